"""An agency's year in figures: the three tables, and the counts that only its prose tells.

A year follows from the one before: what was carried forward comes in again,
what is in force is what was, plus issued, less repealed. The few that depart
from it (INCIDENTS) depart for a reason, which the plan explains. A government's
year is its own office's and that of every body below it; not all of them
publish on this site.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from random import Random

from reports.editions import EDITIONS
from reports.editions.bodies import BodyKind
from reports.editions.covering import COVERING
from reports.editions.grammar import Number, total

from .city import CITY, Seat, seat, seats
from .works import DISTRICT_SHARE, WORKS, Work

SEED = 2025
FIRST = 2021  # before it there is no year to follow from
EDITION = EDITIONS[2021]
SHARES = {  # of applicants, in a hundred
    "natural_person": 78, "business": 12, "research_institute": 1, "public_welfare": 2,
    "legal_service": 6, "other_organization": 1,
}  # fmt: skip
OUTCOMES = {  # of applications, in a hundred
    "granted": 50, "granted_in_part": 12, "denied_forbidden_by_law": 1,
    "denied_third_party_rights": 2, "denied_internal_affairs": 3, "denied_process_information": 3,
    "denied_enforcement_files": 2, "denied_administrative_queries": 2, "unable_not_held": 13,
    "unable_not_compiled": 3, "unable_still_unclear": 1, "not_processed_petition": 3,
    "not_processed_repeat": 2, "closed_uncorrected": 2, "closed_other": 1,
}  # fmt: skip
CLEARED = {("labor", 2024): 3}  # lapsed in a review of documents, not repealed
MOVED_AWAY = {("planning", 2024): 2}  # applications handed over with a task
SURGES = {("labor", 2024): 7, ("labor", 2025): 5}  # of penalties
JOINT_DOCUMENTS = {("lakeside-union", 2024)}  # a union's name on a normative document
AT_LEAST_CARRIED = {("planning", 2023): 3}
PROCESSING_FEES = {  # cases and 元
    ("planning", 2023): (2, 260), ("planning", 2024): (1, 180), ("housing", 2024): (1, 100),
}  # fmt: skip


@dataclass(frozen=True)
class Year:
    """``applications`` and ``remedies`` without their computed totals."""

    disclosure: Mapping[str, Number]
    applications: Mapping[str, Mapping[str, int]]
    remedies: Mapping[str, Mapping[str, int]]
    facts: Mapping[str, int]

    def sum(self, *lines: str) -> int:
        """The lines of part three summed over all applicants."""
        return sum(figures[line] for figures in self.applications.values() for line in lines)


def chance(slug: str, year: int, what: str) -> Random:
    """Its own seeded chance for each thing, so that none depends on another's order."""
    return Random(f"{SEED}/{slug}/{year}/{what}")


@cache
def year_of(slug: str, year: int) -> Year:
    """What the agency reports: a government its own office and every body below it (S1)."""
    own = own_year_of(slug, year)
    if seat(slug).kind not in COVERING:
        return own
    below = [own_year_of(each.slug, year) for each in covered(slug, year)]
    return added_up(own, below)


def covered(slug: str, year: int) -> list[Seat]:
    """The bodies below a government in the year, the offices of governments below included."""
    return [
        each for each in seats()
        if slug in superiors(each) and each.founded <= year
        and (each.closed is None or year < each.closed.year)
    ]  # fmt: skip


def superiors(place: Seat) -> list[str]:
    return [place.parent, *superiors(seat(place.parent))] if place.parent else []


def added_up(own: Year, below: list[Year]) -> Year:
    """The tables cell by cell; what only the prose counts stays the office's own."""

    def sums(name: str) -> dict[str, dict[str, int]]:
        tables = [getattr(each, name) for each in (own, *below)]
        return {
            key: {cell: sum(table[key][cell] for table in tables) for cell in figures}
            for key, figures in tables[0].items()
        }

    return Year(
        {key: sum(each.disclosure[key] for each in (own, *below)) for key in own.disclosure},
        sums("applications"),
        sums("remedies"),
        own.facts,
    )


@cache
def own_year_of(slug: str, year: int) -> Year:
    last = last_of(slug, year)
    applications = applications_of(slug, year, last)
    received = sum(figures["received"] for figures in applications.values())
    return Year(
        disclosure_of(slug, year, last),
        applications,
        remedies_of(slug, year, received),
        facts_of(slug, year),
    )


def last_of(slug: str, year: int) -> tuple[Year, ...]:
    """The year before: of its predecessors for an agency that succeeded them."""
    place = seat(slug)
    if year <= FIRST:
        return ()
    if place.predecessors and year == place.founded:
        return tuple(own_year_of(each, year - 1) for each in place.predecessors)
    return (own_year_of(slug, year - 1),)


def share_of(slug: str) -> float:
    """How much of a city body's cases this body has; a town's work is counted by itself."""
    place = seat(slug)
    if place.kind in (BodyKind.TOWN, BodyKind.UNION) or place.region == CITY.code:
        return 1
    return DISTRICT_SHARE


def scaled(base: int, slug: str, random: Random) -> int:
    return round(base * share_of(slug) * random.uniform(0.85, 1.2))


def disclosure_of(slug: str, year: int, last: tuple[Year, ...]) -> dict[str, Number]:
    place, random = seat(slug), chance(slug, year, "disclosure")
    work = WORKS[place.work]
    surge = SURGES.get((slug, year), 1)
    makes_rules = place.kind is BodyKind.GOVERNMENT and place.region == CITY.code
    cents = Decimal(str(round(float(work.fees) * share_of(slug) * random.uniform(0.9, 1.1), 4)))
    return {
        **documents("rules", 12 if makes_rules else 0, slug, year, last),
        **documents("normative_documents", documents_of(work, slug), slug, year, last),
        "licenses_decided": scaled(work.licenses, slug, random),
        "penalties_decided": scaled(work.penalties, slug, random) * surge,
        "coercive_measures_decided": scaled(work.measures, slug, random),
        "administrative_fees_amount": cents,
    }


def documents_of(work: Work, slug: str) -> int:
    return work.documents if share_of(slug) == 1 else max(1, work.documents // 3)


def documents(row: str, base: int, slug: str, year: int, last: tuple[Year, ...]) -> dict[str, int]:
    """Issued, repealed and in force, the last following from the year before."""
    random = chance(slug, year, row)
    before = int(total(each.disclosure[f"{row}_in_force"] for each in last) or 0) if last else base
    often = (0, 1, 1) if row == "rules" else (0, 1, 1, 2, 3)
    issued = random.choice(often) if base else 0
    issued += row == "normative_documents" and (slug, year) in JOINT_DOCUMENTS
    repealed = min(before, random.choice(often)) if base else 0
    cleared = CLEARED.get((slug, year), 0) if row == "normative_documents" else 0
    return {
        f"{row}_issued": issued,
        f"{row}_repealed": repealed,
        f"{row}_in_force": before + issued - repealed - cleared,
    }


def applications_of(slug: str, year: int, last: tuple[Year, ...]) -> dict[str, dict[str, int]]:
    place, random = seat(slug), chance(slug, year, "applications")
    received = scaled(WORKS[place.work].applications, slug, random)
    if place.kind is BodyKind.UNION:
        received = random.choice((0, 0, 0, 1))
    of_whom = random.choices(list(SHARES), list(SHARES.values()), k=received)
    columns = {}
    for applicant in SHARES:
        brought = sum(each.applications[applicant]["carried_forward"] for each in last)
        if applicant == "natural_person":
            brought -= MOVED_AWAY.get((slug, year), 0)
        carried = 0
        if applicant in ("natural_person", "business"):
            new = of_whom.count(applicant)
            carried = max(
                min(new // 6, random.choice((0, 1, 1, 2))),
                AT_LEAST_CARRIED.get((slug, year), 0) if applicant == "natural_person" else 0,
            )
        columns[applicant] = column(of_whom.count(applicant), brought, carried, random)
    return columns


def column(received: int, brought: int, carried: int, random: Random) -> dict[str, int]:
    """One applicant's column, which balances (A1) because outcomes are what is left."""
    figures = {line.key: 0 for line in EDITION.applications.leaves() if not line.computed}
    figures |= {"received": received, "brought_forward": brought, "carried_forward": carried}
    decided = received + brought - carried
    for outcome in random.choices(list(OUTCOMES), list(OUTCOMES.values()), k=decided):
        figures[outcome] += 1
    return figures


def remedies_of(slug: str, year: int, received: int) -> dict[str, dict[str, int]]:
    """Now and then somebody contests an answer: the more answers, the more often."""
    random = chance(slug, year, "remedies")
    groups = {}
    for group, often in zip(EDITION.remedies.groups, (12, 30, 24), strict=True):
        typed = [result.key for result in EDITION.remedies.results if not result.computed]
        cases = random.choices(typed, (60, 12, 16, 12), k=received // often)
        groups[group.key] = {key: cases.count(key) for key in typed}
    return groups


def facts_of(slug: str, year: int) -> dict[str, int]:
    """Counts that no table has; sums are made of their parts."""
    place, random = seat(slug), chance(slug, year, "facts")
    size = 60 if share_of(slug) == 1 and place.kind is not BodyKind.TOWN else 24
    kinds = [random.randint(size // 4, size) * weight for weight in (1, 4, 2, 1)]
    pictures, answers = random.randint(2, 9), random.randint(2, 9)
    cases, yuan = PROCESSING_FEES.get((slug, year), (0, 0))
    return {
        "disclosed": sum(kinds),
        **{f"kind_{number}": count for number, count in enumerate(kinds, 1)},
        "explained": pictures + answers,
        "pictures": pictures,
        "answers": answers,
        "training": random.randint(1, 4),
        "trained": random.randint(3, 19) * 10 + random.randint(0, 9),
        "hearings": random.randint(2, 6),
        "cleaned": random.randint(6, 90),
        "papers": random.randint(30, 260),
        "released": random.randint(2, 12),
        "accounts": random.randint(1, 3),
        "pushed": random.randint(60, 900),
        "visits": random.randint(30, 600),
        "faults": random.randint(3, 40),
        "opinions": random.randint(8, 120),
        "consulted": random.randint(1, 6),
        "proposals": random.randint(2, 26),
        "days": random.randint(8, 16),
        "processing_cases": cases,
        "processing_yuan": yuan,
    }

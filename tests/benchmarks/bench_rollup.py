"""The roll-up and the board: 5,000 bodies below one office, ten years of reports."""

from datetime import date
from random import Random

import pytest
from django.db import transaction
from django.utils import timezone

from reports.actions.aggregating import count_in, rebuild
from reports.editions import EDITIONS, edition_for
from reports.editions.bodies import BodyKind
from reports.editions.grammar import Edition, Place
from reports.models import (
    Agency,
    ApplicationFigures,
    DisclosureFigures,
    RemedyFigures,
    Report,
    Revision,
    Tally,
)
from reports.queries.aggregation import published_below, sheet_from, summed_raw, tallied
from reports.queries.branches import branches
from reports.queries.drilldown import Contribution, Page, bodies, extent_of, sources
from reports.queries.filing import filings_of
from reports.queries.rollup import blanks_in, missing_from, rollup_of
from reports.workflow import State
from tests.benchmarks.timing import medians
from tests.factories import make_agency, make_division, make_revision

pytestmark = pytest.mark.django_db(transaction=True)
BODIES, YEARS, OFFICES = 5_000, range(2015, 2025), 5
LAST = YEARS[-1]


def bodies_below(office: Agency, number: int) -> list[Agency]:
    """Bodies with their paths, written at once."""
    division = make_division()
    found = Agency.objects.bulk_create(
        Agency(
            name=f"虚构{office.pk}第{n}局", slug=f"bench-{office.pk}-{n}",
            kind=str(BodyKind.DEPARTMENT), division=division, parent=office,
        )
        for n in range(number)
    )  # fmt: skip
    for body in found:
        body.path = f"{office.path}{body.pk:08d}/"
    Agency.objects.bulk_update(found, ["path"], batch_size=1000)
    return found


def edition_of(year: int) -> Edition:
    return edition_for(max(year, 2019))


def published(bodies: list[Agency], year: int) -> list[Revision]:
    """A published report of each body, with figures, written at once."""
    edition, chance = edition_of(year), Random(year)
    reports = Report.objects.bulk_create(Report(agency=body, year=year) for body in bodies)
    revisions = Revision.objects.bulk_create(
        Revision(
            report=report, edition=edition.key, as_printed=True, agency_name=report.agency.name
        )
        for report in reports
    )
    keys = [line.key for line in edition.applications.leaves()]
    ApplicationFigures.objects.bulk_create(
        (
            ApplicationFigures(
                revision=revision, applicant=column.key, edition=edition.key, as_printed=True,
                **{key: chance.randint(0, 40) for key in keys},
            )
            for revision in revisions
            for column in edition.applications.columns
        ),
        batch_size=5000,
    )  # fmt: skip
    RemedyFigures.objects.bulk_create(
        (
            RemedyFigures(
                revision=revision, remedy=group.key, edition=edition.key, as_printed=True,
                **{result.key: chance.randint(0, 9) for result in edition.remedies.results},
            )
            for revision in revisions
            for group in edition.remedies.groups
        ),
        batch_size=5000,
    )  # fmt: skip
    DisclosureFigures.objects.bulk_create(
        DisclosureFigures(
            revision=revision, edition=edition.key, as_printed=True,
            **{place.key: chance.randint(0, 99) for place in edition.disclosure.places()},
        )
        for revision in revisions
    )  # fmt: skip
    Revision.objects.filter(pk__in=[each.pk for each in revisions]).update(
        state=str(State.PUBLISHED), published_at=timezone.now()
    )
    return revisions


@pytest.fixture
def city() -> Agency:
    """An office with five below it, which have a thousand bodies each."""
    top = make_agency("虚构市人民政府办公室")
    for _ in range(OFFICES):
        bodies = bodies_below(make_agency(parent=top), BODIES // OFFICES)
        for year in YEARS:
            published(bodies, year)
    rebuild()
    return top


def test_rolling_up_a_city(city: Agency) -> None:
    office = city.children.order_by("pk").first()
    assert office is not None
    extra = make_revision(LAST, make_agency(parent=office))
    filler = iter(range(10_000))

    def publish_one() -> None:
        body = make_agency(f"再一个虚构局{next(filler)}", parent=office)
        (revision,) = published([body], LAST)
        with transaction.atomic():
            count_in(Revision.objects.select_related("report__agency").get(pk=revision.pk))

    below = Agency.objects.filter(path__startswith=city.path)
    places = EDITIONS[2021].places()
    total = next(place for place in places if place.key == "total.outcomes_total")
    typed = next(place for place in places if place.key == "natural_person.received")

    def cell(place: Place, after: int | None = None) -> Page[Contribution]:
        """What the page of a cell asks: its bodies; on the first page also its branches."""
        behind = sources(city, LAST, EDITIONS[2021], place)
        extent_of(behind, tallied(city, LAST))
        if after is None:
            branches(city, [behind])
        return bodies(behind, after, 100)

    onward = {place: cell(place).next for place in (typed, total)}

    print(f"\n{Revision.objects.count()} 份报告，{Tally.objects.count()} 份汇总数")
    taken = medians(
        "汇总 rolling up",
        {
            "tally: 5,000 bodies": lambda: tallied(city, LAST),
            "tally: 1,000 bodies": lambda: tallied(office, LAST),
            "tally, as a sheet": lambda: sheet_from(tallied(city, LAST)[2021], "", LAST),
            "raw: 1,000 bodies": lambda: summed_raw(published_below(office, LAST)),
            "raw: 5,000 bodies": lambda: summed_raw(published_below(city, LAST)),
            "a typed cell of 5,000 bodies": lambda: cell(typed),
            "the second page of its bodies": lambda: cell(typed, onward[typed]),
            "the largest total of 5,000 bodies": lambda: cell(total),
            "the second page of the total's": lambda: cell(total, onward[total]),
            "who is missing, of 5,000": lambda: missing_from(city, LAST),
            "who left blanks, of 5,000": lambda: blanks_in(city, LAST, rollup_of(city, LAST)),
            "board: filings of 5,000 bodies": lambda: filings_of(below, LAST, date(2025, 1, 20)),
            "a body made, published and counted": publish_one,
        },
        rounds=15,
    )
    assert extra.is_draft
    assert max(taken.values()) < 10_000  # what nobody would wait for

"""What a call, or a change of one, would mean for whom: reckoned before it is saved."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from reports.editions.bodies import BodyKind, Level, deadline
from reports.models import Agency, Campaign

from .calls import Call, Owing, Reckoning, call_from, calls_of
from .filing import Due, Filer, filers, not_there


@dataclass(frozen=True)
class Effect:
    """One body before and after."""

    agency: Filer
    before: Due
    after: Due


@dataclass(frozen=True)
class Effects:
    """The bodies that a call reaches, by what it changes for each.

    ``elsewhere`` is how many below the agency follow another call, nearer to
    them, and are not reached.
    """

    owing: int = 0
    newly_owing: list[Effect] = field(default_factory=list)
    no_longer: list[Effect] = field(default_factory=list)
    redated: list[Effect] = field(default_factory=list)
    unchanged: int = 0
    elsewhere: int = 0

    @property
    def changed(self) -> int:
        return len(self.newly_owing) + len(self.no_longer) + len(self.redated)


def below(agency: Agency, year: int) -> list[Filer]:
    """The agency and all below it that were there in the year."""
    listed = filers(Agency.objects.filter(path__startswith=agency.path))
    return [each for each in listed if not not_there(each, year)]


def effects_of(agency: Agency, year: int, opens_on: date, owing: Owing) -> Effects:
    """What calling so would change; four statements, whatever the number of bodies."""
    standing = calls_of(year)
    own = next((call for call in standing if call.path == agency.path), None)
    blank = Call(agency.name, agency.path, year, opens_on, owing)
    planned = replace(own, opens=opens_on, owing=owing) if own else blank
    others = [call for call in standing if call is not own]
    before, after = Reckoning(year, standing), Reckoning(year, [*others, planned])
    newly_owing: list[Effect] = []
    no_longer: list[Effect] = []
    redated: list[Effect] = []
    owed = unchanged = elsewhere = 0
    for body in below(agency, year):
        if after.nearest(body.path) is not planned:
            elsewhere += 1
            continue
        effect = Effect(body, before.due(body), after.due(body))
        owed += effect.after.owed
        if effect.before.owed != effect.after.owed:
            (newly_owing if effect.after.owed else no_longer).append(effect)
        elif effect.after.owed and effect.before.next != effect.after.next:
            redated.append(effect)
        else:
            unchanged += 1
    return Effects(owed, newly_owing, no_longer, redated, unchanged, elsewhere)


@dataclass(frozen=True)
class KindRow:
    """A row of the call's table: bodies of a kind, at a level or (None) at every one."""

    kind: BodyKind
    level: Level | None
    legal: date
    bodies: int

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.level or 'all'}"

    @property
    def label(self) -> str:
        return f"{self.level.label if self.level else '各级'}{self.kind.label}"


def rows_of(agency: Agency, year: int) -> list[KindRow]:
    """Every kind at every level, with how many bodies of it the call would reach now."""
    reckoning = Reckoning(year, (call for call in calls_of(year) if call.path != agency.path))
    reached = [
        each
        for each in below(agency, year)
        if not (nearer := reckoning.nearest(each.path)) or agency.path.startswith(nearer.path)
    ]
    return list(counted_rows(reached, year))


def counted_rows(reached: list[Filer], year: int) -> Iterator[KindRow]:
    for kind in BodyKind:
        of_kind = [each for each in reached if each.kind == kind]
        for level in (None, *Level):
            number = len([each for each in of_kind if level in (None, each.level)])
            yield KindRow(kind, level, deadline(kind, year), number)


def reach_of(campaign: Campaign) -> tuple[int, int, int]:
    """How many bodies follow the call, owe by it, and are exempt from it."""
    reckoning = Reckoning(campaign.year, calls_of(campaign.year))
    call = call_from(campaign)
    following = [
        each
        for each in below(campaign.agency, campaign.year)
        if (found := reckoning.nearest(each.path)) and found.path == call.path
    ]
    owing = sum(reckoning.due(each).owed for each in following)
    exempt = sum(bool(call.exemption(each.path)) for each in following)
    return len(following), owing, exempt

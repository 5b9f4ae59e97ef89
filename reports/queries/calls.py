"""Which call (部署) an agency follows, and when its report is due.

A call is read into plain values (``Call``), so that one which is only being
thought of can be reckoned as well: what a change would mean for whom.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from django.db.models import Prefetch

from reports.editions.bodies import BodyKind, Level, deadline
from reports.editions.wording import date_text
from reports.models import Campaign, Exemption

Owing = Mapping[tuple[str, str], date | None]  # (kind, level or "" for every) -> inner date


class Placed(Protocol):
    """What is asked of an agency here: a model's instance or a row of a list."""

    @property
    def pk(self) -> int: ...
    @property
    def path(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def level(self) -> Level | None: ...
    @property
    def founded_on(self) -> date | None: ...
    @property
    def closed_on(self) -> date | None: ...


def absence(body: Placed, year: int) -> str:
    """Why the body owes nothing for the year: it was not there when the year ended; or "".

    A report is on a year's whole work and falls due after it (articles 49 and
    50), so it is the body there on 31 December that owes it: one closed later
    still does, though it is gone by the legal date; what one closed earlier did
    in the year is reported by whoever has its duties since. A body founded
    within the year reports on it, with its predecessors' months; never on
    years before.
    """
    if body.closed_on is not None and body.closed_on.year <= year:
        return f"本机关已于{date_text(body.closed_on)}撤销，由继续履行其职责的机关编报"
    if body.founded_on is not None and body.founded_on.year > year:
        return f"本机关{date_text(body.founded_on)}才成立"
    return ""


@dataclass(frozen=True)
class Due:
    """When a body's report is due: to be submitted (``inner``) and to be published (``legal``)."""

    legal: date
    inner: date | None = None
    opens: date | None = None
    campaign: Campaign | None = None
    owed: bool = True
    reason: str = ""  # why it is not owed

    @property
    def next(self) -> date:
        return self.inner or self.legal

    def asked(self, handed_in: bool) -> date:
        """The day that counts next: the inner one until the text was first submitted."""
        return self.legal if handed_in else self.next


@dataclass(frozen=True)
class Call:
    """A year's call by the agency at ``path``: who owes by when, and who need not.

    ``exempt`` gives the reasons by the paths of single agencies, ``exempt_below``
    by those of agencies exempted with all below them.
    """

    caller: str
    path: str
    year: int
    opens: date
    owing: Owing
    exempt: Mapping[str, str] = field(default_factory=dict)
    exempt_below: Mapping[str, str] = field(default_factory=dict)
    campaign: Campaign | None = None

    def exemption(self, path: str) -> str:
        """The reason why the agency at the path owes nothing; empty if it is not exempt."""
        if path in self.exempt:
            return self.exempt[path]
        if not self.exempt_below:
            return ""
        return next((self.exempt_below[at] for at in upward(path) if at in self.exempt_below), "")

    def of_kind(self, kind: str, level: Level | None) -> Due:
        """What the row that names kind and level asks for, or else the row of the kind."""
        legal = deadline(BodyKind(kind), self.year)
        for key in ((kind, str(level or "")), (kind, "")):
            if key in self.owing:
                return Due(legal, self.owing[key], self.opens, self.campaign)
        why = f"{self.caller}的部署没有要求{BodyKind(kind).label}编报"
        return Due(legal, None, self.opens, self.campaign, False, why)


class Reckoning:
    """The calls of one year: whose an agency follows; what is alike is reckoned once."""

    def __init__(self, year: int, calls: Iterable[Call]) -> None:
        self.year = year
        self.following: dict[str, Call | None] = {call.path: call for call in calls}
        self.alike: dict[tuple[str, str, Level | None], Due] = {}

    def nearest(self, path: str) -> Call | None:
        """The call of the agency itself, or of the nearest above it."""
        if path not in self.following:
            above = next(upward(path, itself=False), "")
            self.following[path] = self.nearest(above) if above else None
        return self.following[path]

    def due(self, agency: Placed) -> Due:
        call = self.nearest(agency.path)
        key = (call.path if call else "", agency.kind, agency.level)
        due = self.alike.get(key)
        if due is None:
            due = self.alike[key] = (
                call.of_kind(agency.kind, agency.level)
                if call
                else Due(deadline(BodyKind(agency.kind), self.year))
            )
        reason = absence(agency, self.year) or (call.exemption(agency.path) if call else "")
        return Due(due.legal, None, due.opens, due.campaign, False, reason) if reason else due


def upward(path: str, *, itself: bool = True) -> Iterator[str]:
    """The path and those of all above it, from below."""
    end = len(path) if itself else path.rfind("/", 0, -1) + 1
    while end > 0:
        yield path[:end]
        end = path.rfind("/", 0, end - 1) + 1


def call_from(campaign: Campaign) -> Call:
    """The stored call as plain values; obligations and exemptions may be prefetched."""
    alone: dict[str, str] = {}
    below: dict[str, str] = {}
    for exemption in campaign.exemptions.all():
        (below if exemption.and_below else alone)[exemption.agency.path] = exemption.reason
    return Call(
        str(campaign.agency),
        campaign.agency.path,
        campaign.year,
        campaign.opens_on,
        {(row.kind, row.level): row.due_on for row in campaign.obligations.all()},
        alone,
        below,
        campaign,
    )


def calls_of(*years: int) -> list[Call]:
    """Every call of the years; three statements."""
    exemptions = Exemption.objects.select_related("agency")
    campaigns = (
        Campaign.objects.filter(year__in=years)
        .select_related("agency")
        .prefetch_related("obligations", Prefetch("exemptions", exemptions))
    )
    return [call_from(campaign) for campaign in campaigns]


def due_dates(agencies: Iterable[Placed], *years: int) -> dict[tuple[int, int], Due]:
    """When the agencies' reports are due, by (key, year); three statements.

    Each follows the call of the nearest authority above it, or its own.
    """
    calls = calls_of(*years)
    reckoned = {
        year: Reckoning(year, (call for call in calls if call.year == year)) for year in years
    }
    return {
        (agency.pk, year): reckoning.due(agency)
        for agency in agencies
        for year, reckoning in reckoned.items()
    }


def due_of(agency: Placed, year: int) -> Due:
    """When one agency's report of the year is due."""
    return due_dates([agency], year)[agency.pk, year]


def followed_by(agency: Placed, year: int) -> Campaign | None:
    """The call which the agency follows, whether it owes by it or not."""
    call = Reckoning(year, calls_of(year)).nearest(agency.path)
    return call.campaign if call else None

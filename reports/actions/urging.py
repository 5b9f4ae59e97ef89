"""催办: the authority asks for reports at once, of one body or of all that are behind.

Asked is whoever has the text in hand, never the asker; once a day of one report,
however many ask and however it is asked (``make`` and its constraint decide).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from os.path import commonpath

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils import timezone

from reports.editions import NoEdition, edition_for
from reports.models import Agency, Membership, Notice, User
from reports.permissions import agencies_where, may_supervise, writers_in
from reports.queries.calls import upward
from reports.queries.filing import Filing, filings_of
from reports.workflow import AUTHORITIES, REVIEWERS

from .auditing import attempted, note
from .notifying import Kind, key_of, make
from .refusals import Refused
from .reminding import WITH_REVIEWERS, authors_of


@dataclass(frozen=True)
class Asking:
    """A report to be asked for: whom, and whether somebody was asked for it today."""

    filing: Filing
    users: tuple[User, ...]
    asked_today: bool = False

    @property
    def due(self) -> date:
        return self.filing.due.asked(self.filing.submitted_on is not None)

    @property
    def may_go(self) -> bool:
        return bool(self.users) and not self.asked_today


@attempted("urge")
def remind_now(agency: Agency, year: int, *, by: User) -> int:
    """Ask whoever has the body's report in hand; returns how many were told.

    Refused where nothing is asked of the body, nobody can be told, or it has
    been done today.
    """
    asking = whom_to_urge(agency, year, by=by)
    if not asking.users:
        raise Refused(
            f"{agency}没有可以提醒的人，没有催办。请联系安全管理员为该机关设置填报员或审核员。"
        )
    made = make(notices_for([asking], year, by)) if asking.may_go else 0
    if not made:
        raise Refused(f"今天已经催办过{agency}的{year}年度报告，没有重复提醒。")
    note("urge", agency, by=by, year=year)
    return made


@attempted("urge")
def remind_all_now(agencies: Iterable[int], year: int, *, by: User) -> tuple[int, int]:
    """Ask for the reports of these bodies that owe them still; returns bodies and people told.

    What was handed in since the page was opened, or asked for today, is left
    out. PermissionDenied where one of the bodies is another authority's;
    Refused where none is left.
    """
    wanted = set(agencies)
    found = Agency.objects.filter(pk__in=wanted)
    if agencies_where(by, AUTHORITIES).filter(pk__in=wanted).count() != len(wanted):
        raise PermissionDenied
    going = [each for each in asked_for(found, year, by=by) if each.may_go]
    told = make(notices_for(going, year, by))
    if not told:
        raise Refused("没有需要催办的了：今天都已经催办过，或者报告已经送来。没有重复提醒。")
    keys = [each.filing.agency.pk for each in going]
    note("urge", above_all(going), by=by, year=year, agencies=keys)
    return len(going), told


def above_all(going: Iterable[Asking]) -> Agency | None:
    """The lowest agency at or above all the bodies."""
    shared = commonpath([each.filing.agency.path for each in going])
    return Agency.objects.filter(path=f"{shared}/").first()


def whom_to_urge(agency: Agency, year: int, *, by: User) -> Asking:
    """The body's report and who has it in hand; Refused where nothing is owed."""
    if not may_supervise(by, agency):
        raise PermissionDenied
    refuse_unless_ended(year)
    agencies = Agency.objects.filter(pk=agency.pk)
    filing = next(iter(filings_of(agencies, year)), None)
    if filing is None or not filing.due.owed:
        raise Refused(f"{agency}不须编报{year}年度报告，没有催办。")
    if filing.is_settled:
        raise Refused(f"{agency}的{year}年度报告{filing.stage.label}，没有催办。")
    return askings([filing], year, by)[0]


def asked_for(agencies: QuerySet[Agency], year: int, *, by: User) -> list[Asking]:
    """Those of the agencies that owe the year's report and have not settled it; few statements."""
    refuse_unless_ended(year)
    filings = filings_of(agencies, year)
    return askings([each for each in filings if each.due.owed and not each.is_settled], year, by)


def refuse_unless_ended(year: int) -> None:
    if year >= timezone.localdate().year:
        raise Refused(f"{year}年度还没有结束，不能催办它的年度报告。")
    try:
        edition_for(year)
    except NoEdition as unknown:
        raise Refused(str(unknown)) from unknown


def askings(filings: list[Filing], year: int, by: User) -> list[Asking]:
    """With whom the texts are now: authors, or reviewers who did not write in them."""
    reviewers = reviewers_of([each for each in filings if each.stage in WITH_REVIEWERS], year)
    authors = authors_of({each.agency.pk for each in filings})
    found = []
    for filing in filings:
        people = reviewers if filing.stage in WITH_REVIEWERS else authors
        users = {user.pk: user for user in people.get(filing.agency.pk, ()) if user.pk != by.pk}
        found.append(Asking(filing, tuple(users.values())))
    keys = keys_of_today(found)
    return [replace(each, asked_today=urged_key(each.filing, year) in keys) for each in found]


def keys_of_today(found: Iterable[Asking]) -> set[str]:
    """What these people were urged about since midnight."""
    told = {user.pk for each in found for user in each.users}
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    urged = Notice.objects.filter(to__in=told, kind=Kind.URGED, at__gte=today)
    return set(urged.values_list("key", flat=True))


def reviewers_of(filings: list[Filing], year: int) -> Mapping[int, list[User]]:
    """By agency, its active reviewers who did not write in its report of the year; two statements."""
    if not filings:
        return {}
    above: dict[str, list[User]] = defaultdict(list)
    held = Membership.objects.filter(role__in=REVIEWERS, user__is_active=True)
    for membership in held.select_related("user", "agency").order_by("user"):
        if membership.agency is not None:
            above[membership.agency.path].append(membership.user)
    wrote = writers_in({each.agency.pk for each in filings}, year)
    return {
        each.agency.pk: [
            user
            for path in upward(each.agency.path)
            for user in above.get(path, ())
            if (each.agency.pk, user.pk) not in wrote
        ]
        for each in filings
    }


def urged_key(filing: Filing, year: int) -> str:
    return f"{key_of(filing.agency.pk, year)}urged/{filing.today}"


def notices_for(going: Iterable[Asking], year: int, by: User) -> list[Notice]:
    return [
        Notice(
            to=user,
            kind=Kind.URGED,
            key=urged_key(each.filing, year),
            revision_id=each.filing.revision.pk if each.filing.revision else None,
            words=f"{by}催办：{each.filing.agency.name}{year}年度报告现在是“{each.filing.stage.label}”，"
            f"期限是 {each.due:%Y-%m-%d}，请尽快办理。",
            by=by,
        )
        for each in going
        for user in each.users
    ]

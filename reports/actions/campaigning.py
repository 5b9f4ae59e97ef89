"""Calling a year's reports: dates, who owes, and who need not. Every step is recorded."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from reports.editions import NoEdition, edition_for
from reports.editions.bodies import BodyKind, Level, deadline
from reports.models import Agency, Campaign, CampaignEvent, Exemption, Obligation, User
from reports.permissions import may_supervise
from reports.queries.calls import followed_by

from .auditing import attempted, note
from .refusals import Refused

SHORTEST_REASON, LONGEST_REASON = 2, 200


@dataclass(frozen=True)
class Owing:
    """Bodies of a kind, at a level or (None) at every one, and their inner date if any."""

    kind: BodyKind
    level: Level | None = None
    due_on: date | None = None

    def __str__(self) -> str:
        return f"{self.level.label if self.level else ''}{self.kind.label}"


@dataclass(frozen=True)
class Fault:
    """What is wrong with a call, where: a field's name, and the row of a kind and level."""

    field: str
    message: str
    row: tuple[BodyKind, Level | None] | None = None


class CallRefused(Refused):
    """The call cannot stand as it is; ``faults`` names each."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = faults
        super().__init__("\n".join(fault.message for fault in faults))


class ExemptionRefused(Refused):
    """``field`` is what has to be changed: the agency or the reason."""

    def __init__(self, field: str, message: str) -> None:
        self.field = field
        super().__init__(message)


@attempted("call_reports")
def call_reports(
    agency: Agency,
    year: int,
    *,
    by: User,
    opens_on: date,
    owing: Iterable[Owing],
    instructions: str = "",
    seen: int | None = None,
) -> Campaign:
    """Call the year's reports of all below the agency, or change the call that stands.

    ``seen`` is the key of the call's last event on the page from which this is
    asked (0 where there was no call): if there has been another since, it is
    refused. Refused too where nobody would owe or dates cannot hold.
    """
    if not may_supervise(by, agency):
        raise PermissionDenied
    rows = list(dict.fromkeys(owing))
    faults = list(faults_of(year, opens_on, rows))
    if faults:
        raise CallRefused(faults)
    campaign, created = Campaign.objects.select_for_update().get_or_create(
        agency=agency,
        year=year,
        defaults={"opens_on": opens_on, "instructions": instructions.strip(), "called_by": by},
    )
    if seen is not None and seen != last_event(campaign):
        raise Refused("您打开页面之后，这次部署又有了变动。请看过最新内容后再修改。")
    said = told(opens_on, rows, instructions.strip())
    if not created:
        if said == told(campaign.opens_on, owing_of(campaign), campaign.instructions):
            return campaign
        campaign.opens_on, campaign.instructions = opens_on, instructions.strip()
        campaign.save(update_fields=["opens_on", "instructions", "changed_at"])
        campaign.obligations.all().delete()
    Obligation.objects.bulk_create(
        Obligation(
            campaign=campaign, kind=str(row.kind), level=str(row.level or ""), due_on=row.due_on
        )
        for row in rows
    )
    record(campaign, CampaignEvent.CALL if created else CampaignEvent.CHANGE, said, by)
    note("call_reports", campaign, by=by, changed=not created, kinds=[row.kind for row in rows])
    return campaign


def record(campaign: Campaign, verb: str, note: str, by: User) -> None:
    CampaignEvent.objects.create(campaign=campaign, verb=verb, note=note, by=by)


def last_event(campaign: Campaign) -> int:
    """The key of the call's newest event: what a page has seen; 0 without any."""
    return campaign.events.order_by("pk").values_list("pk", flat=True).last() or 0


def owing_of(campaign: Campaign) -> list[Owing]:
    return [
        Owing(BodyKind(row.kind), Level(row.level) if row.level else None, row.due_on)
        for row in campaign.obligations.all()
    ]


def told(opens_on: date, rows: Iterable[Owing], instructions: str) -> str:
    """The whole call in words, for the record."""
    lines = sorted(
        f"{row}：{f'{row.due_on:%Y-%m-%d}前送审' if row.due_on else '按法定期限'}" for row in rows
    )
    return "\n".join([f"{opens_on:%Y-%m-%d}开始填报", *lines, instructions]).strip()


def faults_of(year: int, opens_on: date, rows: Sequence[Owing]) -> Iterator[Fault]:
    """Why the call cannot stand, in the order of its form."""
    try:
        edition_for(year)
    except NoEdition as unknown:
        yield Fault("year", str(unknown))
        return
    if year > timezone.localdate().year:
        yield Fault("year", f"{year}年度还没有开始，不能部署它的年度报告。")
    if opens_on.year <= year:
        yield Fault(
            "opens_on",
            f"{year}年度的报告在年度结束后编制，开始填报的日期应当在{year + 1}年1月1日或以后。",
        )
    if not rows:
        yield Fault("owing", "没有选择任何性质的机关，请至少选择一种由谁编报。")
    if len({(row.kind, row.level) for row in rows}) < len(rows):
        yield Fault("owing", "同一性质、同一级别的机关写了两个期限，请只留一个。")
    for row in rows:
        yield from faults_of_row(row, deadline(row.kind, year), opens_on)


def faults_of_row(row: Owing, legal: date, opens_on: date) -> Iterator[Fault]:
    where = (row.kind, row.level)
    if opens_on > legal:
        said = f"开始填报的日期（{opens_on:%Y-%m-%d}）晚于{row}的法定期限（{legal:%Y-%m-%d}），请改早。"
        yield Fault("opens_on", said)
    elif row.due_on and row.due_on < opens_on:
        said = f"{row}的内部期限（{row.due_on:%Y-%m-%d}）早于开始填报的日期，请改晚。"
        yield Fault("due", said, where)
    if row.due_on and row.due_on > legal:
        said = f"{row}的内部期限（{row.due_on:%Y-%m-%d}）晚于法定期限（{legal:%Y-%m-%d}），请改早。"
        yield Fault("due", said, where)


@attempted("exempt")
def exempt(
    campaign: Campaign, agency: Agency, reason: str, *, by: User, and_below: bool = False
) -> Exemption:
    """Let a body which follows the call owe nothing this year, for a written reason."""
    if not may_supervise(by, campaign.agency):
        raise PermissionDenied
    if not agency.path.startswith(campaign.agency.path):
        raise ExemptionRefused(
            "agency", f"“{agency}”不在“{campaign.agency}”之下，不能由它免予编报。"
        )
    followed = followed_by(agency, campaign.year)
    if followed != campaign:
        raise ExemptionRefused(
            "agency",
            f"“{agency}”按“{followed and followed.agency}”的部署编报，请在那次部署里办理。",
        )
    reason = reason.strip()
    if len(reason) < SHORTEST_REASON:
        raise ExemptionRefused("reason", "免予编报应当写明理由，请填写后再提交。")
    if len(reason) > LONGEST_REASON:
        raise ExemptionRefused(
            "reason", f"理由有{len(reason)}个字，最多{LONGEST_REASON}个字，请写短一些。"
        )
    exemption, _ = Exemption.objects.update_or_create(
        campaign=campaign,
        agency=agency,
        defaults={"reason": reason, "and_below": and_below, "by": by},
    )
    record(campaign, CampaignEvent.EXEMPT, f"{scope_of(exemption)}：{reason}", by)
    note("exempt", exemption, by=by, and_below=and_below)
    return exemption


def scope_of(exemption: Exemption) -> str:
    return f"{exemption.agency}{'及其下级' if exemption.and_below else ''}"


@attempted("end_exemption")
def end_exemption(exemption: Exemption, *, by: User) -> None:
    """The body owes its report after all."""
    if not may_supervise(by, exemption.campaign.agency):
        raise PermissionDenied
    record(exemption.campaign, CampaignEvent.END, scope_of(exemption), by)
    note("end_exemption", exemption, by=by)
    exemption.delete()

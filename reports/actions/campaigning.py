"""Calling a year's reports: dates, who owes, and who need not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from reports.editions import NoEdition, edition_for
from reports.editions.bodies import BodyKind, Level, deadline
from reports.models import Agency, Campaign, Exemption, Obligation, User
from reports.permissions import may_supervise

from .auditing import attempted, note
from .refusals import Refused

SHORTEST_REASON = 2


@dataclass(frozen=True)
class Owing:
    """Bodies of a kind, at a level or (None) at every one, and their inner date if any."""

    kind: BodyKind
    level: Level | None = None
    due_on: date | None = None


@attempted("call_reports")
def call_reports(
    agency: Agency,
    year: int,
    *,
    by: User,
    opens_on: date,
    owing: Iterable[Owing],
    instructions: str = "",
) -> Campaign:
    """Call the year's reports of all below the agency, or change the call that stands.

    Refused where nobody would owe, an inner date lies before the opening or
    after the legal date, or the year has no edition.
    """
    if not may_supervise(by, agency):
        raise PermissionDenied
    rows = list(dict.fromkeys(owing))
    refuse_unsound_dates(year, opens_on, rows)
    campaign, created = Campaign.objects.select_for_update().get_or_create(
        agency=agency,
        year=year,
        defaults={"opens_on": opens_on, "instructions": instructions.strip(), "called_by": by},
    )
    if not created:
        campaign.opens_on, campaign.instructions = opens_on, instructions.strip()
        campaign.save(update_fields=["opens_on", "instructions", "changed_at"])
        campaign.obligations.all().delete()
    Obligation.objects.bulk_create(
        Obligation(
            campaign=campaign, kind=str(row.kind), level=str(row.level or ""), due_on=row.due_on
        )
        for row in rows
    )
    note("call_reports", campaign, by=by, changed=not created, kinds=[row.kind for row in rows])
    return campaign


def refuse_unsound_dates(year: int, opens_on: date, rows: list[Owing]) -> None:
    try:
        edition_for(year)
    except NoEdition as unknown:
        raise Refused(str(unknown)) from unknown
    if year > timezone.localdate().year:
        raise Refused(f"{year}年度还没有开始，不能部署它的年度报告。")
    if opens_on.year <= year:
        raise Refused(
            f"{year}年度的报告在年度结束后编制，开始填报的日期应当在{year + 1}年1月1日或以后。"
        )
    if not rows:
        raise Refused("没有选择任何性质的机关，请至少选择一种由谁编报。")
    if len({(row.kind, row.level) for row in rows}) < len(rows):
        raise Refused("同一性质、同一级别的机关写了两个期限，请只留一个。")
    for row in rows:
        legal = deadline(row.kind, year)
        who = f"{row.level.label if row.level else ''}{row.kind.label}"
        if row.due_on and row.due_on < opens_on:
            raise Refused(f"{who}的内部期限（{row.due_on:%Y-%m-%d}）早于开始填报的日期，请改晚。")
        if row.due_on and row.due_on > legal:
            raise Refused(
                f"{who}的内部期限（{row.due_on:%Y-%m-%d}）晚于法定期限（{legal:%Y-%m-%d}），请改早。"
            )


@attempted("exempt")
def exempt(
    campaign: Campaign, agency: Agency, reason: str, *, by: User, and_below: bool = False
) -> Exemption:
    """Let a body of the campaign's subtree owe nothing this year, for a written reason."""
    if not may_supervise(by, campaign.agency):
        raise PermissionDenied
    if not agency.path.startswith(campaign.agency.path):
        raise Refused(f"“{agency}”不在“{campaign.agency}”之下，不能由它免予编报。")
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused("免予编报应当写明理由，请填写后再提交。")
    exemption, _ = Exemption.objects.update_or_create(
        campaign=campaign,
        agency=agency,
        defaults={"reason": reason.strip(), "and_below": and_below, "by": by},
    )
    note("exempt", exemption, by=by, and_below=and_below)
    return exemption


@attempted("end_exemption")
def end_exemption(exemption: Exemption, *, by: User) -> None:
    """The body owes its report after all."""
    if not may_supervise(by, exemption.campaign.agency):
        raise PermissionDenied
    note("end_exemption", exemption, by=by)
    exemption.delete()

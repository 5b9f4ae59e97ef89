"""Calling a year's reports, and who need not report."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from reports.actions.campaigning import (
    CallRefused,
    ExemptionRefused,
    Owing,
    call_reports,
    end_exemption,
    exempt,
    last_event,
)
from reports.actions.drafting import start_report
from reports.actions.refusals import Refused
from reports.editions.bodies import BodyKind, Level
from reports.models import Agency, Campaign, Exemption, Obligation, User
from reports.workflow import Role
from tests.factories import make_agency, make_user

pytestmark = pytest.mark.django_db
YEAR = 2024
DEPARTMENTS = Owing(BodyKind.DEPARTMENT, None, date(2025, 1, 20))


@pytest.fixture
def office() -> Agency:
    return make_agency("虚构市政务公开办公室")


@pytest.fixture
def authority(office: Agency) -> User:
    return make_user(Role.AUTHORITY, agency=office)


def call(office: Agency, by: User, *owing: Owing, opens: date = date(2025, 1, 2)) -> Campaign:
    return call_reports(
        office, YEAR, by=by, opens_on=opens, owing=owing or (DEPARTMENTS,), instructions="按时。"
    )


def test_a_call_keeps_its_dates_and_who_owes(office: Agency, authority: User) -> None:
    campaign = call(office, authority, DEPARTMENTS, Owing(BodyKind.TOWN, Level.TOWN))
    rows = campaign.obligations.values_list("kind", "level", "due_on")
    assert list(rows) == [("department", "", date(2025, 1, 20)), ("town", "town", None)]
    assert (campaign.called_by, campaign.instructions) == (authority, "按时。")


def test_calling_again_changes_the_call(office: Agency, authority: User) -> None:
    call(office, authority)
    campaign = call(office, authority, Owing(BodyKind.UNION))
    assert Campaign.objects.get() == campaign
    assert [row.kind for row in Obligation.objects.all()] == ["union"]


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.SUPERVISOR])
def test_only_an_authority_calls(office: Agency, role: Role) -> None:
    with pytest.raises(PermissionDenied):
        call(office, make_user(role, agency=office))


def test_an_authority_calls_within_its_subtree_only(authority: User) -> None:
    with pytest.raises(PermissionDenied):
        call(make_agency(), authority)


@pytest.mark.parametrize(
    ("owing", "opens", "said"),
    [
        ((), date(2025, 1, 2), "没有选择任何性质的机关"),
        ((DEPARTMENTS,), date(2024, 12, 31), "应当在2025年1月1日或以后"),
        ((DEPARTMENTS,), date(2025, 1, 21), "早于开始填报的日期"),
        ((Owing(BodyKind.UNION, None, date(2025, 2, 1)),), date(2025, 1, 2), "晚于法定期限（2025-01-31）"),
        ((DEPARTMENTS, Owing(BodyKind.DEPARTMENT)), date(2025, 1, 2), "写了两个期限"),
    ],
)  # fmt: skip
def test_dates_that_cannot_hold_are_refused(
    office: Agency, authority: User, owing: tuple[Owing, ...], opens: date, said: str
) -> None:
    with pytest.raises(Refused, match=said):
        call_reports(office, YEAR, by=authority, opens_on=opens, owing=owing)
    assert not Campaign.objects.exists()


def test_a_government_may_be_given_until_march(office: Agency, authority: User) -> None:
    campaign = call(office, authority, Owing(BodyKind.GOVERNMENT, None, date(2025, 3, 31)))
    assert campaign.obligations.get().due_on == date(2025, 3, 31)


def test_an_exemption_has_a_reason_and_can_end(office: Agency, authority: User) -> None:
    body = make_agency(parent=office)
    campaign = call(office, authority)
    exemption = exempt(campaign, body, " 本年新设立 ", by=authority)
    assert (exemption.reason, exemption.by) == ("本年新设立", authority)
    with pytest.raises(Refused, match="应当写明理由"):
        exempt(campaign, body, "  ", by=authority)
    with pytest.raises(Refused, match="不在"):
        exempt(campaign, make_agency(), "不归本办", by=authority)
    with pytest.raises(PermissionDenied):
        end_exemption(exemption, by=make_user(Role.AUTHOR, agency=office))
    end_exemption(exemption, by=authority)
    assert not Exemption.objects.exists()


def test_nobody_starts_before_the_opening(
    office: Agency, authority: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = make_agency(parent=office)
    author = make_user(Role.AUTHOR, agency=body)
    call(office, authority, opens=date(2025, 1, 10))
    today = "django.utils.timezone.localdate"
    monkeypatch.setattr(today, lambda *args: date(2025, 1, 9))
    with pytest.raises(Refused, match="从2025-01-10开始填报"):
        start_report(body, YEAR, by=author)
    monkeypatch.setattr(today, lambda *args: date(2025, 1, 10))
    assert start_report(body, YEAR, by=author).is_draft


def test_every_step_is_recorded_and_an_unchanged_call_is_none(
    office: Agency, authority: User
) -> None:
    body = make_agency(parent=office)
    campaign = call(office, authority)
    call(office, authority)
    call(office, authority, Owing(BodyKind.DEPARTMENT, None, date(2025, 1, 15)))
    end_exemption(exempt(campaign, body, "虚构的理由", by=authority), by=authority)
    steps = campaign.events.values_list("verb", "by")
    assert list(steps) == [(verb, authority.pk) for verb in ("call", "change", "exempt", "end")]
    notes = list(campaign.events.values_list("note", flat=True))
    assert "政府部门：2025-01-15前送审" in notes[1]
    assert notes[2] == f"{body}：虚构的理由"


def test_a_page_that_did_not_see_the_last_change_changes_nothing(
    office: Agency, authority: User
) -> None:
    campaign = call(office, authority)
    seen = last_event(campaign)
    call(office, authority, Owing(BodyKind.UNION))
    with pytest.raises(Refused, match="又有了变动"):
        call_reports(
            office, YEAR, by=authority, opens_on=date(2025, 1, 2), owing=[DEPARTMENTS], seen=seen
        )
    assert campaign.obligations.get().kind == "union"


def test_who_follows_a_nearer_call_is_exempted_there(office: Agency, authority: User) -> None:
    bureau = make_agency(parent=office)
    below = make_agency(parent=bureau)
    campaign = call(office, authority)
    nearer = call(bureau, authority)
    with pytest.raises(ExemptionRefused, match=f"按“{bureau}”的部署编报"):
        exempt(campaign, below, "虚构的理由", by=authority)
    assert exempt(nearer, below, "虚构的理由", by=authority).campaign == nearer


def test_a_reason_too_long_for_the_row_is_refused(office: Agency, authority: User) -> None:
    campaign = call(office, authority)
    with pytest.raises(ExemptionRefused, match="最多200个字"):
        exempt(campaign, office, "因" * 201, by=authority)


def test_the_opening_lies_before_the_legal_date(office: Agency, authority: User) -> None:
    with pytest.raises(CallRefused, match="晚于政府部门的法定期限") as refused:
        call(office, authority, Owing(BodyKind.DEPARTMENT), opens=date(2025, 2, 3))
    assert [fault.field for fault in refused.value.faults] == ["opens_on"]

"""Who owes, how far they are, and who is late."""

from datetime import UTC, date, datetime

import pytest

from reports.actions.campaigning import Owing, call_reports, exempt
from reports.actions.drafting import record
from reports.actions.moves import move
from reports.editions.bodies import BodyKind, Level
from reports.models import Agency, Campaign, Revision, User
from reports.queries.filing import Filing, Stage, counted, due_of, filings_of, years_called
from reports.workflow import Role, State
from tests.factories import (
    complete,
    in_state,
    make_agency,
    make_division,
    make_revision,
    make_user,
    written_by,
)

pytestmark = pytest.mark.django_db
YEAR = 2024
NEW_YEAR = date(2025, 1, 15)


@pytest.fixture
def office() -> Agency:
    return make_agency("虚构市政务公开办公室")


@pytest.fixture
def authority(office: Agency) -> User:
    return make_user(Role.AUTHORITY, agency=office)


def call(office: Agency, by: User, *owing: Owing) -> Campaign:
    rows = owing or (Owing(BodyKind.DEPARTMENT, None, date(2025, 1, 20)),)
    return call_reports(office, YEAR, by=by, opens_on=date(2025, 1, 2), owing=rows)


def filing_of(agency: Agency, today: date = NEW_YEAR) -> Filing:
    (found,) = filings_of(Agency.objects.filter(pk=agency.pk), YEAR, today)
    return found


def test_without_a_call_only_the_legal_date_holds() -> None:
    assert due_of(make_agency(), YEAR).legal == date(2025, 1, 31)
    government = make_agency(kind=str(BodyKind.GOVERNMENT))
    due = due_of(government, YEAR)
    assert (due.legal, due.inner, due.owed) == (date(2025, 3, 31), None, True)


def test_the_row_that_names_the_level_goes_before_the_one_of_its_kind(
    office: Agency, authority: User
) -> None:
    county = make_agency(parent=office, division=make_division(Level.COUNTY))
    town = make_agency(parent=office, division=make_division(Level.TOWN))
    call(
        office, authority,
        Owing(BodyKind.DEPARTMENT, None, date(2025, 1, 20)),
        Owing(BodyKind.DEPARTMENT, Level.TOWN, date(2025, 1, 10)),
    )  # fmt: skip
    assert due_of(county, YEAR).inner == date(2025, 1, 20)
    assert due_of(town, YEAR).inner == date(2025, 1, 10)


def test_the_nearest_call_above_counts(office: Agency, authority: User) -> None:
    bureau = make_agency(parent=office)
    below = make_agency(parent=bureau)
    call(office, authority)
    nearer = call(bureau, authority, Owing(BodyKind.DEPARTMENT, None, date(2025, 1, 8)))
    assert due_of(below, YEAR).campaign == nearer
    assert due_of(make_agency(parent=office), YEAR).inner == date(2025, 1, 20)


def test_who_is_not_called_or_exempt_owes_nothing_and_is_told_why(
    office: Agency, authority: User
) -> None:
    union = make_agency(parent=office, kind=str(BodyKind.UNION))
    bureau = make_agency(parent=office)
    below = make_agency(parent=bureau)
    campaign = call(office, authority)
    exempt(campaign, bureau, "已并入其他部门", by=authority)
    assert filing_of(union).stage is Stage.NOT_OWED
    assert "没有要求工会编报" in filing_of(union).due.reason
    assert filing_of(bureau).due.reason == "已并入其他部门"
    assert filing_of(below).stage is Stage.NOT_BEGUN
    exempt(campaign, bureau, "已并入其他部门", by=authority, and_below=True)
    assert filing_of(below).stage is Stage.NOT_OWED


@pytest.mark.parametrize(
    ("state", "stage"),
    [
        (State.DRAFT, Stage.IN_PROGRESS),
        (State.IN_REVIEW, Stage.IN_REVIEW),
        (State.APPROVED, Stage.APPROVED),
    ],
)
def test_the_open_text_tells_the_stage(state: State, stage: Stage) -> None:
    revision = in_state(make_revision(YEAR), state)
    assert filing_of(revision.report.agency).stage is stage


def finished(agency: Agency, author: User, supervisor: User) -> Revision:
    revision = complete(make_revision(YEAR, agency))
    written_by(revision, author)
    for verb, by in (("submit", author), ("approve", supervisor), ("publish", supervisor)):
        revision = move(revision, verb, by=by)
    return revision


@pytest.fixture
def people(office: Agency) -> tuple[Agency, User, User]:
    body = make_agency(parent=office)
    return body, make_user(Role.AUTHOR, agency=body), make_user(Role.SUPERVISOR, agency=office)


def test_a_returned_draft_is_told_from_one_in_progress(people: tuple[Agency, User, User]) -> None:
    body, author, supervisor = people
    revision = complete(make_revision(YEAR, body))
    written_by(revision, author)
    move(revision, "submit", by=author)
    move(revision, "return", by=supervisor, note="请核对第三部分")
    assert filing_of(body).stage is Stage.RETURNED
    assert filing_of(body).submitted_on is not None


def test_the_findings_of_the_text_submitted_are_counted(people: tuple[Agency, User, User]) -> None:
    body, author, supervisor = people
    finished(body, author, supervisor)
    found = filing_of(body).findings
    assert found is not None
    assert (found.errors, found.to_explain) == (0, 0)


def test_late_is_told_by_the_day_in_shanghai(people: tuple[Agency, User, User]) -> None:
    body, _, _ = people
    revision = make_revision(YEAR, body)
    midnight = datetime(2025, 1, 31, 16, 30, tzinfo=UTC)  # the first of February there
    Revision.objects.filter(pk=revision.pk).update(
        state=str(State.PUBLISHED), published_at=midnight
    )
    assert filing_of(body).stage is Stage.PUBLISHED
    assert filing_of(body).late_days == 1
    early = datetime(2025, 1, 31, 15, 30, tzinfo=UTC)
    other = make_revision(YEAR)
    Revision.objects.filter(pk=other.pk).update(state=str(State.PUBLISHED), published_at=early)
    assert filing_of(other.report.agency).late_days == 0


def test_who_has_not_published_is_late_after_the_legal_date_only(
    office: Agency, authority: User
) -> None:
    body = make_agency(parent=office)
    call(office, authority)
    assert filing_of(body, date(2025, 1, 20)).behind_days == 0
    assert filing_of(body, date(2025, 1, 21)).behind_days == 1
    assert not filing_of(body, date(2025, 1, 31)).is_late
    assert filing_of(body, date(2025, 2, 1)).late_days == 1
    assert filing_of(body, date(2025, 1, 18)).days_left == 2


def test_a_correction_leaves_the_report_published(people: tuple[Agency, User, User]) -> None:
    body, author, supervisor = people
    revision = finished(body, author, supervisor)
    second = make_revision(YEAR, body)
    record(second, "start", by=author)
    found = filing_of(body)
    assert found.stage is Stage.PUBLISHED
    assert found.correcting
    assert revision.report_id == second.report_id


def test_a_body_closed_before_the_year_is_left_out_unless_it_reported() -> None:
    closed = make_agency(closed_on=date(2024, 5, 1))
    reported = make_agency(closed_on=date(2024, 5, 1))
    make_revision(YEAR, reported)
    later = make_agency(closed_on=date(2025, 5, 1))
    found = filings_of(Agency.objects.all(), YEAR, NEW_YEAR)
    assert {each.agency.pk for each in found} == {reported.pk, later.pk}
    assert closed.pk not in {each.agency.pk for each in found}


def test_when_others_published_a_transcribed_report_is_not_known() -> None:
    revision = make_revision(YEAR, as_printed=True)
    Revision.objects.filter(pk=revision.pk).update(
        state=str(State.PUBLISHED), published_at=datetime(2026, 5, 1, tzinfo=UTC)
    )
    found = filing_of(revision.report.agency, date(2026, 6, 1))
    assert found.stage is Stage.PUBLISHED
    assert (found.published_on, found.late_days, found.behind_days) == (None, 0, 0)


def test_stages_are_counted_each(office: Agency) -> None:
    make_agency(parent=office)
    in_state(make_revision(YEAR, make_agency(parent=office)), State.IN_REVIEW)
    numbers = counted(filings_of(Agency.objects.all(), YEAR, NEW_YEAR))
    assert numbers[Stage.NOT_BEGUN] == 2
    assert numbers[Stage.IN_REVIEW] == 1
    assert set(numbers) == set(Stage)


@pytest.mark.parametrize("bodies", [1, 8])
def test_the_statements_do_not_grow_with_the_bodies(
    office: Agency, authority: User, bodies: int, django_assert_num_queries: object
) -> None:
    campaign = call(office, authority)
    for _ in range(bodies):
        exempt(campaign, make_agency(parent=office), "新设立", by=authority)
        in_state(make_revision(YEAR, make_agency(parent=office)), State.IN_REVIEW)
    with django_assert_num_queries(6):  # type: ignore[operator]
        filings_of(Agency.objects.filter(path__startswith=office.path), YEAR, NEW_YEAR)


def test_years_go_from_the_first_report_to_the_last_call(office: Agency, authority: User) -> None:
    make_revision(2021, make_agency(parent=office))
    call(office, authority)
    years = years_called(Agency.objects.filter(path__startswith=office.path))
    assert years[-1] == 2021
    assert YEAR in years

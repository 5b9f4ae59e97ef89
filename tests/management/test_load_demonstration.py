"""load_demonstration: what is in the database afterwards, and what a second start does."""

from collections import Counter

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.test import RequestFactory

from reports.actions import storing
from reports.actions.drafting import start_report
from reports.management import pages
from reports.management.demonstration import loading
from reports.management.demonstration.people import ACCOUNTS, PASSWORD
from reports.models import Agency, Campaign, Event, Report, Revision, SiteSettings, Snapshot, User
from reports.queries.filing import Stage, counted, filings_of
from reports.queries.findings import blocking, findings_of
from reports.queries.sheets import last_year_of
from reports.workflow import Role, State
from tests.factories import make_agency, make_user

pytestmark = pytest.mark.django_db


def quietly(said: str) -> None:
    """Nobody listens."""


@pytest.mark.every_format
def test_a_few_agencies_with_everything_really_drawn():
    stopped = loading.load(quietly, only=("data", "lakeside-union"))
    assert stopped == []
    slugs = set(Agency.objects.values_list("slug", flat=True))
    assert slugs == {"city", "data", "union", "lakeside-union"}
    revision = Revision.objects.get(report__agency__slug="lakeside-union", report__year=2024)
    assert set(revision.documents.values_list("format", flat=True)) == {
        "pdf", "docx", "xlsx", "csv", "json",
    }  # fmt: skip
    pdf = revision.documents.get(format="pdf")
    assert (storing.root() / pdf.path).read_bytes().startswith(b"%PDF")
    assert [n.explanation is not None for n in findings_of(revision)] == [True]
    former = Revision.objects.get(report__agency__slug="data", report__year=2023)
    assert former.agency_name == "云泽市大数据发展管理局"
    assert former.report.agency.name == "云泽市数据局"


@pytest.fixture
def city(no_press):
    """The whole city; the PDFs, which take half of the time, stand for themselves elsewhere."""
    call_command("load_demonstration")


def test_the_whole_city(city, capsys):
    assert Agency.objects.count() >= 40
    states = Counter(Revision.objects.values_list("state", flat=True))
    assert set(states) == set(State) - {State.DROPPED}
    assert 45 <= states["published"] <= 60
    years = set(Report.objects.values_list("year", flat=True))
    assert {2019, 2020, 2023, 2024, 2025} <= years
    assert SiteSettings.objects.get().domain.endswith(".invalid")
    the_board_shows_every_stage()
    nothing_blocks_what_was_published()
    corrections_and_returns_have_their_reasons()
    the_successor_goes_on_from_its_predecessors()
    the_accounts_open()
    every_page_is_there()
    a_second_load_changes_nothing(capsys)


def the_board_shows_every_stage():
    """But the withdrawn one, which is of an older year."""
    found = counted(filings_of(Agency.objects.all(), 2025))
    assert {stage for stage, number in found.items() if not number} == {Stage.WITHDRAWN}
    campaign = Campaign.objects.get(year=2025)
    assert campaign.instructions
    assert campaign.exemptions.get().reason


def nothing_blocks_what_was_published():
    authored = Revision.objects.filter(
        as_printed=False, state__in=[State.PUBLISHED, State.IN_REVIEW, State.APPROVED]
    ).select_related("report__agency__division")
    reasons = 0
    for revision in authored:
        noted = findings_of(revision)
        assert blocking(noted) == [], revision
        reasons += sum(each.explanation is not None for each in noted)
    assert reasons >= 6
    historical = Revision.objects.filter(as_printed=True).select_related("report__agency__division")
    assert {each.state for each in historical} == {State.PUBLISHED}
    assert sum(bool(findings_of(each)) for each in historical) >= 5
    assert Snapshot.objects.count() == Revision.objects.filter(published_at__isnull=False).count()


def corrections_and_returns_have_their_reasons():
    for superseded in Revision.objects.filter(state=State.SUPERSEDED):
        correction = superseded.report.revisions.get(state=State.PUBLISHED)
        assert (correction.number, bool(correction.reason)) == (superseded.number + 1, True)
    withdrawals = Event.objects.filter(verb="withdraw")
    assert withdrawals.count() == Revision.objects.filter(state=State.WITHDRAWN).count()
    assert all(each.note for each in withdrawals)
    returned = Event.objects.filter(verb="return")
    assert returned.count() >= 2
    assert all(event.note for event in returned)


def the_successor_goes_on_from_its_predecessors():
    revision = Revision.objects.get(report__agency__slug="culture", report__year=2025)
    last = last_year_of(revision)
    before = Revision.objects.filter(
        report__agency__slug__in=("arts", "tourism"), report__year=2024
    )
    in_force = sum(each.disclosure.normative_documents_in_force for each in before)
    assert last is not None
    assert last.disclosure["normative_documents_in_force"] == in_force


def the_accounts_open():
    asked = RequestFactory().post("/accounts/login/")  # a name is locked from where it is tried
    for account in ACCOUNTS:
        assert authenticate(asked, username=account.username, password=PASSWORD) is not None
    assert User.objects.filter(username="clerk-city").exists()
    assert authenticate(asked, username="clerk-city", password="") is None
    author = User.objects.get(username="author")
    revision = start_report(Agency.objects.get(slug="education"), 2025, by=author)
    assert revision.state == State.DRAFT


def every_page_is_there():
    for _, slug, year in pages.public_reports():
        assert (storing.page_folder(slug, year) / "index.html").is_file()
    assert not pages.is_stale()


def a_second_load_changes_nothing(capsys):
    before = Event.objects.count()
    capsys.readouterr()
    call_command("load_demonstration", "--if-empty")
    said = capsys.readouterr().out
    assert Event.objects.count() == before
    assert "已经装入" in said
    for account in ACCOUNTS:
        assert account.username in said
    assert PASSWORD in said


def test_a_load_that_was_cut_off_goes_on(no_press, monkeypatch, capsys):
    """After the agencies and a first report the process was gone."""
    few = loading.with_superiors({"data"})
    monkeypatch.setattr(loading, "seats", lambda: few)
    monkeypatch.setattr(loading, "TRANSCRIPTS", ())
    planned = loading.plan
    monkeypatch.setattr(
        loading, "plan", lambda year: [each for each in planned(year) if each.slug == "data"]
    )
    carry_out, calls = loading.carry_out, []

    def die_at_the_second(*arguments):
        calls.append(arguments)
        if len(calls) == 2:
            raise KeyboardInterrupt
        carry_out(*arguments)

    monkeypatch.setattr(loading, "carry_out", die_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        call_command("load_demonstration", "--if-empty")
    assert (loading.is_begun(), loading.is_whole()) == (True, False)
    assert Report.objects.count() == 1
    monkeypatch.setattr(loading, "carry_out", carry_out)
    call_command("load_demonstration", "--if-empty")
    assert "没有装完" in capsys.readouterr().out
    assert loading.is_whole()
    assert Report.objects.count() == 3


def test_a_database_in_use_is_left_alone(capsys):
    make_user(Role.AUTHOR, agency=make_agency())
    call_command("load_demonstration", "--if-empty")
    said = capsys.readouterr().out
    assert "没有装入" in said
    assert PASSWORD not in said
    with pytest.raises(CommandError):
        call_command("load_demonstration")
    assert not loading.is_begun()


def test_a_database_with_an_account_only_is_in_use_too():
    make_user()
    call_command("load_demonstration", "--if-empty")
    assert not loading.is_begun()

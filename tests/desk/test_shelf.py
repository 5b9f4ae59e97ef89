"""The shelf, and beginning a report."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reports.models import Membership, Revision
from reports.workflow import Role, State
from tests.factories import in_state, make_agency, make_revision, make_user

from .conftest import YEAR, Desk

pytestmark = pytest.mark.django_db
SHELF = reverse("desk:shelf")
START = reverse("desk:start")


def queries_for(client: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(SHELF).status_code == 200
    return len(asked)


def test_the_shelf_asks_as_much_for_one_report_as_for_many(desk: Desk, supervisor):
    few = queries_for(desk.client)
    for _ in range(3):
        agency = make_agency()
        Membership.objects.create(user=desk.author, agency=agency, role=str(Role.AUTHOR))
        make_revision(YEAR, agency)
        in_state(make_revision(YEAR - 1, agency), State.IN_REVIEW)
    assert queries_for(desk.client) == few


def test_the_reviewers_shelf_asks_as_much_for_one_as_for_many(desk: Desk, supervisor):
    in_state(desk.revision, State.IN_REVIEW)
    client = desk.client_of(supervisor)
    few = queries_for(client)
    for year in (YEAR - 2, YEAR - 3, YEAR - 4):
        in_state(make_revision(year, desk.agency), State.IN_REVIEW)
    assert queries_for(client) == few


def test_a_report_shows_its_state_its_turn_and_its_days(desk: Desk):
    page = desk.client.get(SHELF).text
    assert desk.url("hub") in page
    assert State.DRAFT.label in page
    assert "现在轮到：填报员" in page
    assert f"法定期限 {YEAR + 1}年1月31日" in page


def test_what_waits_for_a_reviewer_leads_to_the_admin(desk: Desk, supervisor):
    in_state(desk.revision, State.IN_REVIEW)
    page = desk.client_of(supervisor).get(SHELF).text
    assert reverse("admin:reports_revision_review", args=[desk.revision.pk]) in page


def test_who_is_nobodys_author_is_told_what_to_do(db):
    client = Client()
    client.force_login(make_user())
    assert "联系系统管理员" in client.get(SHELF).text


def test_this_years_report_is_begun_once(desk: Desk):
    agency = make_agency()
    Membership.objects.create(user=desk.author, agency=agency, role=str(Role.AUTHOR))
    first = desk.client.post(START, {"report": f"{agency.pk}:{YEAR}"})
    second = desk.client.post(START, {"report": f"{agency.pk}:{YEAR}"})
    assert first.url == second.url
    assert Revision.objects.filter(report__agency=agency).count() == 1


@pytest.mark.parametrize("sent", ["", "x:y", "999999:2024", "٣:2024"])
def test_nonsense_begins_nothing(desk: Desk, sent: str):
    before = Revision.objects.count()
    assert desk.client.post(START, {"report": sent}).status_code in (302, 404)
    assert Revision.objects.count() == before


def test_a_year_that_is_not_over_is_refused_in_words(desk: Desk):
    sent = {"report": f"{desk.agency.pk}:{YEAR + 1}"}
    page = desk.client.post(START, sent, follow=True)
    assert "还没有结束" in page.text


def test_another_agencys_report_cannot_be_begun(desk: Desk):
    other = make_agency()
    assert desk.client.post(START, {"report": f"{other.pk}:{YEAR}"}).status_code == 404


def test_a_supervisor_begins_nothing(desk: Desk, supervisor):
    assert desk.client_of(supervisor).get(START).status_code == 403

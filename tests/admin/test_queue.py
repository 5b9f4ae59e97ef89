"""The queue: what waits, for whom, in a constant number of queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from reports.actions.moves import move
from reports.workflow import Role, State
from tests.factories import (
    complete,
    in_state,
    make_agency,
    make_revision,
    make_user,
    written_by,
)

from .conftest import entered

pytestmark = pytest.mark.django_db
QUEUE = "/admin/reports/revision/"


def rows(client, query=""):
    page = html.fromstring(client.get(QUEUE + query).content.decode())
    return [
        [
            " ".join(cell.text_content().split())
            for cell in row
            if cell.get("class") != "action-checkbox"
        ]
        for row in page.findall(".//table[@id='result_list']/tbody/tr")
    ]


def names(client, query=""):
    return [row[0] for row in rows(client, query)]


def waiting(agency, state=State.IN_REVIEW, year=2024):
    return in_state(complete(make_revision(year, agency)), state)


def test_it_shows_first_what_waits_of_ones_own_subtree(client, city, bureau, elsewhere):
    waiting(bureau)
    waiting(city, State.APPROVED)
    waiting(elsewhere)
    make_revision(2024, make_agency(parent=city))
    assert names(client) == [bureau.name, city.name]


def test_filters_by_state_year_kind_and_name(client, city, bureau):
    waiting(bureau)
    waiting(city, State.APPROVED, 2023)
    draft = make_revision(2022, bureau)
    assert names(client, "?state=all") == [draft.report.agency.name, city.name, bureau.name]
    assert names(client, "?state=draft") == [bureau.name]
    assert names(client, "?state=approved") == [city.name]
    assert names(client, "?report__year=2024") == [bureau.name]
    assert names(client, "?report__agency__kind=government") == []
    assert names(client, "?q=人民政府") == [city.name]


def test_a_row_says_who_submitted_whose_turn_and_leads_to_the_review(client, bureau, author):
    revision = complete(make_revision(2024, bureau))
    move(revision, "submit", by=author)
    [row] = rows(client)
    assert row[:7] == [bureau.name, "2024", "1", "审核中", "审核员审定", "甄填报", "—"]
    link = html.fromstring(client.get(QUEUE).content.decode()).find(".//tbody//a").get("href")
    assert link == f"/admin/reports/revision/{revision.pk}/review/"


def test_ones_own_text_is_anothers_turn(client, bureau, supervisor):
    written_by(waiting(bureau), supervisor)
    assert rows(client)[0][4] == "其他审核员（您填写过）"


def test_an_auditor_sees_all_and_waits_for_nothing(bureau, elsewhere):
    waiting(bureau)
    make_revision(2024, elsewhere)
    client = entered(make_user(Role.AUDITOR))
    assert set(names(client)) == {bureau.name, elsewhere.name}


def test_an_empty_queue_says_why(client):
    said = client.get(QUEUE).content.decode()
    assert "现在没有等待办理的报告" in said
    assert "没有找到与“无此局”相符的内容" in client.get(f"{QUEUE}?q=无此局").content.decode()


def test_the_number_of_queries_does_not_grow_with_the_reports(client, city, author):
    def count():
        with CaptureQueriesContext(connection) as queries:
            client.get(QUEUE)
        return len(queries)

    client.get(QUEUE)
    numbers = []
    for wanted in (1, 3):
        while len(names(client)) < wanted:
            written_by(waiting(make_agency(parent=city)), author)
        numbers.append(count())
    assert numbers[0] == numbers[1]


def test_the_first_page_counts_and_lists_what_waits(client, bureau, city, elsewhere):
    revision = waiting(bureau)
    waiting(city, State.APPROVED)
    waiting(elsewhere)
    page = html.fromstring(client.get("/admin/").content.decode())
    counts = [each.text_content().split()[0] for each in page.findall(".//dl//dd")]
    assert counts == ["1", "1"]
    links = [each.get("href") for each in page.findall(".//ul[@class='listing']//a")]
    assert f"/admin/reports/revision/{revision.pk}/review/" in links
    assert len(links) == 2


@pytest.mark.parametrize("address", ["add/", "{pk}/delete/"])
def test_nothing_is_added_or_deleted(client, bureau, address):
    revision = waiting(bureau)
    assert client.get(QUEUE + address.format(pk=revision.pk)).status_code == 403
    assert client.post(QUEUE + address.format(pk=revision.pk), {"post": "yes"}).status_code == 403


def test_figures_cannot_be_posted(client, bureau):
    """Django's change form is not there: its address only leads to the review."""
    revision = waiting(bureau)
    response = client.post(f"{QUEUE}{revision.pk}/change/", {"title": "改写"})
    assert response.url == f"{QUEUE}{revision.pk}/review/"
    revision.refresh_from_db()
    assert revision.title != "改写"


def test_a_list_is_counted_no_further_than_it_is_shown(client, city, monkeypatch):
    monkeypatch.setattr("reports.admin.counting.MOST", 2)
    for _ in range(3):
        in_state(make_revision(2024, make_agency(parent=city)), State.IN_REVIEW)
    page = client.get("/admin/reports/revision/")
    assert page.context["cl"].result_count == 2

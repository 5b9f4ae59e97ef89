"""The buttons: asking first, moving once, saying what happened, and refusing in clear words."""

import pytest
from django.test import Client
from lxml import html

from reports.actions.moves import last_event, move
from reports.models import Event, Revision
from reports.workflow import MOVES, Role, State
from tests.factories import complete, in_state, make_revision, make_user, written_by

from .conftest import entered

pytestmark = pytest.mark.django_db


@pytest.fixture
def revision(bureau, author):
    made = complete(make_revision(2024, bureau))
    written_by(made, author)
    return in_state(made, State.IN_REVIEW)


@pytest.fixture
def approved(revision):
    return in_state(revision, State.APPROVED)


def address(revision, verb, what="move"):
    return f"/admin/reports/revision/{revision.pk}/{what}/{verb}/"


def post(client, revision, verb, **typed):
    return client.post(address(revision, verb), {"seen": last_event(revision)} | typed)


def state_of(revision):
    return Revision.objects.get(pk=revision.pk).state


def said(response):
    return " ".join(html.fromstring(response.content.decode()).text_content().split())


def test_approving_leads_to_a_receipt_which_says_what_comes_next(client, revision):
    response = post(client, revision, "approve")
    receipt = f"/admin/reports/revision/{revision.pk}/receipt/"
    assert (response.status_code, response.url) == (302, receipt)
    text = said(client.get(receipt))
    assert "已审定" in text
    assert "办理人申审核" in text
    assert MOVES["approve"].next_step in text
    assert "轮到谁审核员公布" in text


def test_returning_needs_a_comment_and_says_so_at_the_field(client, revision):
    response = post(client, revision, "return", note="  ")
    page = html.fromstring(response.content.decode())
    assert response.status_code == 409
    assert state_of(revision) == State.IN_REVIEW
    assert page.get_element_by_id("note-error").text == "退回修改应当写明理由，请填写后再提交。"
    assert page.find(".//section[@role='alert']//a").get("href") == "#note"


def test_returning_with_a_comment_gives_it_back_to_the_author(client, revision, supervisor):
    assert post(client, revision, "return", note="请补充第一部分。").status_code == 302
    last = Event.objects.last()
    assert (state_of(revision), last.verb, last.by, last.note) == (
        "draft", "return", supervisor, "请补充第一部分。",
    )  # fmt: skip
    receipt = said(client.get(f"/admin/reports/revision/{revision.pk}/receipt/"))
    assert "请补充第一部分。" in receipt
    assert "轮到谁填报员修改" in receipt


def test_what_was_typed_survives_a_refusal(client, revision, author):
    seen = last_event(revision)
    written_by(revision, author)
    response = client.post(address(revision, "return"), {"seen": seen, "note": "请补充第一部分。"})
    page = html.fromstring(response.content.decode())
    assert response.status_code == 409
    assert "您打开页面之后，报告又有了变动" in said(response)
    assert page.get_element_by_id("note").text.strip() == "请补充第一部分。"
    assert page.find(".//input[@name='seen']").get("value") == str(last_event(revision))
    assert state_of(revision) == State.IN_REVIEW


def test_what_was_typed_is_shown_even_where_the_move_is_no_longer_open(client, revision, city):
    move(revision, "return", by=make_user(Role.SUPERVISOR, agency=city), note="别人先退回了")
    response = post(client, revision, "return", note="请补充第一部分。")
    assert response.status_code == 409
    assert "原文是：请补充第一部分。" in said(response)


def test_a_form_without_what_was_seen_is_out_of_date(client, revision):
    response = client.post(address(revision, "approve"))
    assert response.status_code == 409
    assert state_of(revision) == State.IN_REVIEW


def test_a_double_click_moves_once(client, revision):
    posted = {"seen": last_event(revision)}
    codes = [client.post(address(revision, "approve"), posted).status_code for _ in range(2)]
    assert codes == [302, 409]
    assert Event.objects.filter(verb="approve").count() == 1


@pytest.mark.parametrize("verb", ["publish", "withdraw"])
def test_what_cannot_be_undone_is_asked_on_a_page_that_names_it(client, approved, verb):
    if verb == "withdraw":
        post(client, approved, "publish")
    response = client.get(address(approved, verb, "confirm"))
    text = said(response)
    assert response.status_code == 200
    assert f"{MOVES[verb].label}这份报告？" in text
    assert approved.title in text
    assert f"/agencies/{approved.report.agency.slug}/2024/" in text
    form = html.fromstring(response.content.decode()).find(".//main//form")
    assert (form.get("method"), form.get("action")) == ("post", address(approved, verb))


def test_asking_changes_nothing(client, approved):
    events = Event.objects.count()
    client.get(address(approved, "publish", "confirm"))
    assert (state_of(approved), Event.objects.count()) == ("approved", events)


def test_publishing_and_withdrawing_with_its_reason(client, approved):
    assert post(client, approved, "publish").status_code == 302
    assert state_of(approved) == State.PUBLISHED
    refused = post(client, approved, "withdraw", note="")
    assert (refused.status_code, state_of(approved)) == (409, "published")
    assert "撤回公布这份报告？" in said(refused)
    assert post(client, approved, "withdraw", note="第三部分数据有误。").status_code == 302
    stored = Revision.objects.get(pk=approved.pk)
    event = stored.events.get(verb="withdraw")
    assert (stored.state, event.note) == ("withdrawn", "第三部分数据有误。")


def test_asking_too_late_says_why_not(client, revision):
    response = client.get(address(revision, "publish", "confirm"))
    assert response.status_code == 409
    assert "报告现在是“审核中”" in said(response)


def test_a_report_with_open_findings_is_not_approved(client, bureau, author):
    bad = complete(make_revision(2023, bureau), problems="无")
    written_by(bad, author)
    bad = in_state(bad, State.IN_REVIEW)
    response = post(client, bad, "approve")
    assert response.status_code == 409
    assert "没有处理，不能审定" in said(response)
    assert state_of(bad) == State.IN_REVIEW


@pytest.mark.parametrize("verb", ["approve", "publish"])
def test_who_wrote_cannot_post_past_the_missing_button(bureau, verb):
    both = make_user(Role.AUTHOR, Role.SUPERVISOR, agency=bureau)
    written = complete(make_revision(2024, bureau))
    written_by(written, both)
    written = in_state(written, min(MOVES[verb].sources))
    response = post(entered(both), written, verb)
    assert response.status_code == 409
    assert "有您填写的内容，应当由其他审核人员" in said(response)
    assert state_of(written) == written.state


@pytest.mark.parametrize("verb", MOVES)
def test_only_a_post_moves(client, revision, verb):
    assert client.get(address(revision, verb)).status_code == 405
    assert state_of(revision) == State.IN_REVIEW


@pytest.mark.parametrize("verb", MOVES)
def test_a_post_without_a_token_moves_nothing(supervisor, revision, verb):
    client = Client(enforce_csrf_checks=True)
    client.force_login(supervisor)
    assert post(client, revision, verb, note="理由").status_code == 403
    assert state_of(revision) == State.IN_REVIEW


@pytest.mark.parametrize("verb", ["submit", "recall", "reopen"])
def test_the_authors_moves_are_forbidden_to_a_reviewer(client, revision, verb):
    assert post(client, revision, verb, note="理由").status_code == 403
    assert state_of(revision) == State.IN_REVIEW


def test_an_unknown_move_is_not_found(client, revision):
    assert post(client, revision, "destroy").status_code == 404
    assert client.get(address(revision, "approve", "confirm")).status_code == 404

"""Comments on the review page: written at a place, listed, followed up, and told before a decision."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from reports.actions.commenting import comment, follow
from reports.actions.moves import move
from reports.models import Comment
from reports.queries.findings import findings_of
from reports.workflow import Role, State, Turn
from tests.factories import complete, in_state, make_revision, make_user

from .conftest import entered

pytestmark = pytest.mark.django_db
CELL = "applications.natural_person.received"
SENTENCE = "维护了门户网站的信息公开专栏。"


@pytest.fixture
def revision(bureau):
    text = complete(make_revision(2024, bureau), other_matters="本机关无其他事项。")
    return in_state(text, State.IN_REVIEW)


def address(revision, tail="review/"):
    return f"/admin/reports/revision/{revision.pk}/{tail}"


def page_of(response):
    return html.fromstring(response.content.decode())


def words(page, name):
    return " ".join(page.get_element_by_id(name).text_content().split())


def test_a_comment_is_kept_at_its_place_and_marked_in_the_report(client, revision):
    sent = {"place": CELL, "quote": "", "text": "请核对。"}
    response = client.post(address(revision, "comment/"), sent, follow=True)
    written = Comment.objects.get()
    assert response.redirect_chain[-1][0].endswith(f"#comment-{written.pk}")
    page = page_of(response)
    assert "请核对。" in words(page, f"comment-{written.pk}")
    cell = page.get_element_by_id(f"cell-{CELL}")
    assert cell.find(".//a").get("href") == f"#comment-{written.pk}"


def test_every_cell_can_be_chosen_by_its_label(client, revision):
    page = page_of(client.get(address(revision)))
    options = {
        each.get("value"): each.text
        for each in page.iterfind(".//select[@id='comment-place']//option")
    }
    assert options[CELL] == "“自然人”列“一、本年新收政府信息公开申请数量”"
    assert options[""] == "整份报告"
    assert len(options) == 1 + 7 + sum(1 for _ in page.iterfind(".//td[@headers]"))


def test_a_finding_leads_to_a_form_about_it(client, revision):
    fees = next(each.finding for each in findings_of(revision) if each.finding.code == "C19")
    page = page_of(client.get(address(revision)))
    links = [each.get("href") for each in page.get_element_by_id("findings").iterfind(".//a")]
    [link] = [each for each in links if f"finding={fees.fingerprint}" in each]
    form = page_of(client.get(link)).get_element_by_id("comment")
    assert fees.message in form.text_content()
    client.post(address(revision, "comment/"), {"finding": fees.fingerprint, "text": "请补写。"})
    assert Comment.objects.get().finding == fees.message


def test_a_refused_comment_keeps_every_box(client, revision):
    sent = {"place": "problems", "quote": "没有这一句。", "text": "请改。"}
    response = client.post(address(revision, "comment/"), sent)
    assert response.status_code == 409
    page = page_of(response)
    assert "正文里没有找到“没有这一句。”" in words(page, "comment-error")
    assert page.get_element_by_id("comment-quote").text == "没有这一句。"
    assert page.get_element_by_id("comment-text").text == "请改。"
    chosen = page.find(".//select[@id='comment-place']//option[@selected]")
    assert chosen.get("value") == "problems"


def test_a_comment_written_while_the_report_moved_on_is_shown_back(client, revision, author):
    move(revision, "recall", by=author)
    response = client.post(address(revision, "comment/"), {"text": "写了很久的话。"})
    assert response.status_code == 409
    assert "送审之后才能写批注" in response.text
    assert "原文是：写了很久的话。" in response.text


def test_an_answer_without_words_shows_why_in_its_thread(client, revision, supervisor):
    opening = comment(revision, "请改。", by=supervisor)
    url = address(revision, f"comment/{opening.pk}/")
    response = client.post(url, {"turn": "answer", "words": " "})
    assert response.status_code == 409
    page = page_of(response)
    assert page.find(".//details[@open]") is not None
    link = page.find(".//*[@role='alert']//a")
    assert link.get("href") == f"#words-{opening.pk}"
    assert client.post(url, {"turn": "comment"}).status_code == 404
    assert client.post(url, {"turn": "handle"}).status_code == 403


def test_the_buttons_are_those_of_the_standing(client, revision, supervisor):
    opening = comment(revision, "请改。", by=supervisor)

    def buttons():
        page = page_of(client.get(address(revision)))
        thread = page.get_element_by_id(opening.anchor)
        return [each.get("value") for each in thread.iterfind(".//button")]

    assert buttons() == ["answer", "resolve"]
    client.post(address(revision, f"comment/{opening.pk}/"), {"turn": "resolve"})
    assert buttons() == ["reopen"]


def test_return_lists_the_open_comments_and_needs_no_opinion_then(client, revision, supervisor):
    note = page_of(client.get(address(revision))).get_element_by_id("note")
    assert note.get("required") is not None
    opening = comment(revision, "请改。", by=supervisor, quote=SENTENCE)
    page = page_of(client.get(address(revision)))
    assert page.get_element_by_id("note").get("required") is None
    listed = page.get_element_by_id("note").getprevious()
    assert [each.get("href") for each in listed.iterfind(".//a")] == [f"#{opening.anchor}"]
    seen = page.find(".//input[@name='seen']").get("value")
    client.post(address(revision, "move/return/"), {"note": "", "seen": seen})
    revision.refresh_from_db()
    assert revision.state == State.DRAFT


@pytest.mark.parametrize("standing", ["open", "handled", "resolved"])
def test_what_is_not_resolved_is_told_before_approval_and_publication(
    client, revision, supervisor, author, standing
):
    opening = comment(revision, "请改。", by=supervisor)
    if standing != "open":
        follow(opening, Turn.HANDLE, by=author)
    if standing == "resolved":
        follow(opening, Turn.RESOLVE, by=supervisor)
    told = "还有 1 条" if standing != "resolved" else "办理"
    aside = page_of(client.get(address(revision))).find(".//section[@class='panel']")
    assert told in aside.text_content()
    in_state(revision, State.APPROVED)
    page = client.get(address(revision, "confirm/publish/"))
    assert ("批注不会公开" in page.text) == (standing != "resolved")


def test_an_auditor_reads_and_is_shown_no_form(revision, supervisor):
    opening = comment(revision, "请改。", by=supervisor)
    page = page_of(entered(make_user(Role.AUDITOR)).get(address(revision)))
    thread = page.get_element_by_id(opening.anchor)
    assert "请改。" in thread.text_content()
    assert thread.findall(".//form") == []
    assert page.find(".//*[@id='comment']") is None


def test_ten_comments_ask_no_more_than_one(client, revision, supervisor):
    def asked():
        with CaptureQueriesContext(connection) as statements:
            client.get(address(revision))
        return len(statements)

    comment(revision, "第0处。", by=supervisor, place=CELL)
    one = asked()
    for number in range(1, 10):
        opening = comment(
            revision,
            f"第{number}处。",
            by=make_user(Role.SUPERVISOR, agency=revision.report.agency),
        )
        follow(opening, Turn.ANSWER, by=supervisor, text="好。")
    assert asked() == one

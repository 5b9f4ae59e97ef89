"""Comments at the desk: on the hub by part, at their place in the part, answered without losing a word."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from reports.actions.commenting import comment, follow
from reports.actions.moves import move
from reports.models import Comment
from reports.workflow import State, Turn
from tests.factories import OVERVIEW, complete, in_state

from .conftest import Desk

pytestmark = pytest.mark.django_db
CELL = "applications.natural_person.granted"
SOUND = {  # what follows from last year's report
    "columns": {"natural_person": {"brought_forward": 1, "granted": 1}},
    "disclosure": {"normative_documents_in_force": 9},
}
SENTENCE = "维护了门户网站的信息公开专栏。"


@pytest.fixture
def returned(desk: Desk, supervisor):
    """Comments on a cell, a sentence and the whole, and the report returned with them."""
    revision = in_state(complete(desk.revision, **SOUND), State.IN_REVIEW)
    made = {
        "cell": comment(revision, "请核对这一格。", by=supervisor, place=CELL),
        "sentence": comment(revision, "请写明专栏名称。", by=supervisor, quote=SENTENCE),
        "whole": comment(revision, "请通读一遍。", by=supervisor),
    }
    move(revision, "return", by=supervisor)
    return made


def tree(response):
    return html.fromstring(response.content.decode())


def test_the_hub_lists_the_comments_by_part_each_leading_to_its_place(desk: Desk, returned):
    response = desk.client.get(desk.url("hub"))
    assert '请按<a href="#comments">下面的批注</a>修改' in response.text
    links = [each.get("href") for each in tree(response).iterfind(".//ul[@class='task-list']//a")]
    assert links[:3] == [
        desk.url("comment", returned["whole"].pk),
        f"{desk.url('part', 'overview')}#{returned['sentence'].anchor}",
        f"{desk.url('part', 'applications')}#{returned['cell'].anchor}",
    ]
    heads = [" ".join(each.text_content().split()) for each in tree(response).iterfind(".//h3")]
    assert heads == [
        "整份报告 1 条",
        "一、总体情况 1 条",
        "三、收到和处理政府信息公开申请情况 1 条",
    ]


def test_a_comment_stands_beside_its_cell(desk: Desk, returned):
    page = tree(desk.client.get(desk.url("part", "applications")))
    box = page.get_element_by_id(f"cell-{CELL}")
    assert f"cell-{CELL}-comment" in box.get("aria-describedby").split()
    link = page.get_element_by_id(f"cell-{CELL}-comment")
    assert link.get("href") == f"#{returned['cell'].anchor}"
    thread = page.get_element_by_id(returned["cell"].anchor)
    assert "请核对这一格。" in thread.text_content()
    assert len(page.findall(".//a[@class='cell-comment']")) == 1


def test_a_comment_on_a_total_stands_beside_the_total(desk: Desk, supervisor):
    revision = in_state(complete(desk.revision), State.IN_REVIEW)
    comment(revision, "合计可疑。", by=supervisor, place="applications.total.granted")
    page = tree(desk.client.get(desk.url("part", "applications")))
    assert page.get_element_by_id("cell-applications.total.granted-comment") is not None


def test_a_sentence_is_quoted_above_the_text_for_the_script_to_find(desk: Desk, returned):
    page = tree(desk.client.get(desk.url("part", "overview")))
    thread = page.get_element_by_id(returned["sentence"].anchor)
    assert thread.get("data-quote") == SENTENCE
    assert thread.find(".//blockquote").text == SENTENCE
    assert "之后已修改" not in thread.text_content()
    desk.post("overview", text=OVERVIEW.replace(SENTENCE, "开设了“虚构公开”专栏。"))
    page = tree(desk.client.get(desk.url("part", "overview")))
    thread = page.get_element_by_id(returned["sentence"].anchor)
    assert "之后已修改：正文里已经没有这一句" in thread.text_content()


def test_a_comment_is_no_longer_marked_once_it_is_resolved(desk: Desk, returned, supervisor):
    follow(returned["cell"], Turn.RESOLVE, by=supervisor)
    page = tree(desk.client.get(desk.url("part", "applications")))
    assert page.findall(".//a[@class='cell-comment']") == []
    assert "已办结的批注（1）" in page.find(".//details/summary").text_content()


def test_an_author_answers_and_comes_back_to_the_place(desk: Desk, returned):
    url = desk.url("comment", returned["cell"].pk)
    response = desk.client.post(url, {"turn": "answer", "words": "已核对。"})
    assert response.url == f"{desk.url('part', 'applications')}#{returned['cell'].anchor}"
    response = desk.client.post(url, {"turn": "handle", "words": ""}, follow=True)
    thread = tree(response).get_element_by_id(returned["cell"].anchor)
    assert "已核对。" in thread.text_content()
    assert "已处理，待确认" in thread.text_content()
    assert [each.get("value") for each in thread.iterfind(".//button")] == ["answer"]


def test_a_refused_answer_keeps_what_was_typed(desk: Desk, returned, supervisor):
    follow(returned["cell"], Turn.RESOLVE, by=supervisor)
    url = desk.url("comment", returned["cell"].pk)
    response = desk.client.post(url, {"turn": "answer", "words": "写了很久的话。"})
    assert response.status_code == 409
    assert "现在是“已办结”，不能答复" in response.text
    assert "写了很久的话。" in response.text


def test_an_author_resolves_nothing_and_a_supervisor_answers_in_the_admin(
    desk: Desk, returned, supervisor
):
    url = desk.url("comment", returned["cell"].pk)
    assert desk.client.post(url, {"turn": "resolve"}).status_code == 404
    assert desk.client_of(supervisor).get(url).status_code == 200
    assert desk.client_of(supervisor).post(url, {"turn": "answer"}).status_code == 404
    assert Comment.objects.filter(parent__isnull=False).count() == 0


def test_a_comment_of_another_report_is_not_found(desk: Desk, returned, supervisor):
    other = Comment.objects.create(
        revision=desk.agency.reports.first().revisions.first(), text="另一份。", by=supervisor
    )
    assert other.revision_id != desk.revision.pk
    assert desk.client.get(desk.url("comment", other.pk)).status_code == 404


def test_open_comments_are_told_before_submission_and_do_not_stop_it(desk: Desk, returned):
    page = desk.client.get(desk.url("check"))
    assert "还有 3 条" in page.text
    seen = page.context["seen"]
    assert desk.client.post(desk.url("move", "submit"), {"seen": seen}).status_code == 302


@pytest.mark.parametrize("name", ["hub", "applications"])
def test_many_comments_ask_no_more_than_one(desk: Desk, supervisor, name):
    revision = in_state(complete(desk.revision), State.IN_REVIEW)
    url = desk.url(name) if name == "hub" else desk.url("part", name)

    def asked():
        with CaptureQueriesContext(connection) as statements:
            desk.client.get(url)
        return len(statements)

    comment(revision, "第0处。", by=supervisor, place=CELL)
    one = asked()
    for number in range(1, 8):
        opening = comment(revision, f"第{number}处。", by=supervisor, place=CELL)
        follow(opening, Turn.ANSWER, by=desk.author, text="好。")
    assert asked() == one

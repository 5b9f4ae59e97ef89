"""Check and submit, explaining, recalling, reopening; the hub and the receipt."""

import pytest

from reports.actions.moves import move
from reports.models import Explanation, Revision
from reports.workflow import State
from tests.factories import complete, in_state

from .conftest import Desk

pytestmark = pytest.mark.django_db


def finished(desk: Desk, **disclosure: int) -> Revision:
    return complete(
        desk.revision,
        columns={
            "natural_person": {
                "received": 3, "brought_forward": 1, "granted": 3, "carried_forward": 1,
            }
        },
        disclosure={"normative_documents_in_force": 9, **disclosure},
    )  # fmt: skip


def state(desk: Desk) -> State:
    return State(desk.fresh().state)


def test_the_check_shows_the_whole_report_and_every_finding(desk: Desk):
    page = desk.client.get(desk.url("check"))
    assert 'class="statutory"' in page.text
    assert page.context["blocking"]
    assert all(
        each.finding.message in page.text.replace("&#x27;", "'")
        for each in page.context["findings"]
    )
    assert ">送审</button>" not in page.text


def test_a_finished_report_is_submitted_and_a_receipt_says_so(desk: Desk):
    finished(desk)
    page = desk.client.get(desk.url("check"))
    assert ">送审</button>" in page.text
    sent = {"seen": page.context["seen"] or ""}
    receipt = desk.client.post(desk.url("move", "submit"), sent, follow=True)
    assert receipt.redirect_chain[0][0] == desk.url("receipt")
    assert "已送审" in receipt.text
    assert "甄填报" in receipt.text
    assert state(desk) is State.IN_REVIEW


def test_a_second_press_is_told_what_the_first_did(desk: Desk):
    finished(desk)
    desk.client.post(desk.url("move", "submit"))
    again = desk.client.post(desk.url("move", "submit"))
    assert again.status_code == 409
    assert "审核中" in again.text


def test_an_unfinished_report_is_not_submitted(desk: Desk):
    response = desk.client.post(desk.url("move", "submit"))
    assert response.status_code == 409
    assert "没有处理" in response.text
    assert state(desk) is State.DRAFT


def test_a_stale_page_does_not_submit(desk: Desk):
    finished(desk)
    desk.post("problems", text="（一）存在的主要问题\n不够。\n（二）改进情况\n改进。")
    response = desk.client.post(desk.url("move", "submit"), {"seen": "1"})
    assert response.status_code == 409
    assert state(desk) is State.DRAFT


def test_a_reason_lets_it_pass_and_is_shown_with_its_author(desk: Desk):
    finished(desk, normative_documents_in_force=12)
    page = desk.client.get(desk.url("check"))
    [doubt] = [each for each in page.context["findings"] if each.noted.blocks]
    assert doubt.place.anchor == "cell-" + "disclosure.normative_documents_in_force"
    sent = {"fingerprint": doubt.finding.fingerprint, "reason": "文件清理后重新认定三件。"}
    page = desk.client.post(desk.url("explain"), sent, follow=True)
    assert "文件清理后重新认定三件。" in page.text
    assert "甄填报" in page.text
    assert not page.context["blocking"]


def test_a_reason_too_short_is_refused_and_stays_in_its_box(desk: Desk):
    finished(desk, normative_documents_in_force=12)
    page = desk.client.get(desk.url("check"))
    [doubt] = [each for each in page.context["findings"] if each.noted.blocks]
    sent = {"fingerprint": doubt.finding.fingerprint, "reason": "清理"}
    page = desk.client.post(desk.url("explain"), sent)
    assert page.status_code == 422
    assert ">清理</textarea>" in page.text
    assert not Explanation.objects.exists()


def test_recalling_names_what_it_does_and_returns_it(desk: Desk):
    in_state(desk.revision, State.IN_REVIEW)
    assert "撤回送审" in desk.client.get(desk.url("move", "recall")).text
    desk.client.post(desk.url("move", "recall"))
    assert state(desk) is State.DRAFT


def test_reopening_an_approved_text_needs_a_reason(desk: Desk):
    in_state(desk.revision, State.APPROVED)
    assert 'name="note"' in desk.client.get(desk.url("move", "reopen")).text
    refused = desk.client.post(desk.url("move", "reopen"), {"note": " "})
    assert refused.status_code == 409
    assert state(desk) is State.APPROVED
    desk.client.post(desk.url("move", "reopen"), {"note": "发现一处错字。"})
    assert state(desk) is State.DRAFT


def test_a_returned_report_shows_the_comment_first(desk: Desk, supervisor):
    in_state(desk.revision, State.IN_REVIEW)
    move(desk.revision, "return", by=supervisor, note="第五部分写得太笼统。")
    page = desk.client.get(desk.url("hub"))
    assert page.text.index("第五部分写得太笼统。") < page.text.index("各部分")


def test_the_hub_has_one_word_for_each_part(desk: Desk):
    desk.post("remedies", reconsideration__upheld="1")
    desk.client.post(desk.url("keep", "overview"), {"text": "写到一半"})
    desk.post("problems", text="无")
    words = {
        each.part.key: each.word for each in desk.client.get(desk.url("hub")).context["progress"]
    }
    assert words == {
        "preface": "空白", "overview": "填写中", "disclosure": "空白", "applications": "空白",
        "remedies": "已完成", "problems": "有检查结果", "other_matters": "空白",
    }  # fmt: skip


def test_history_and_preview_and_pdf(desk: Desk):
    desk.post("overview", text="（一）甲")
    assert "保存“总体情况”" in desk.client.get(desk.url("history")).text
    assert "（一）甲" in desk.client.get(desk.url("preview")).text

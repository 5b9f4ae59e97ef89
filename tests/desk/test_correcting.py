"""更正 at the desk: the page that asks the reason, the hub of a correction, the shelf."""

import pytest
from django.urls import reverse

from reports.actions.correcting import correct
from reports.actions.drafting import save_narrative
from reports.actions.moves import move
from reports.models import Revision
from reports.workflow import State
from tests.factories import complete, in_state

from .conftest import YEAR, Desk
from .test_every_page import INLINE

pytestmark = pytest.mark.django_db
REASON = "第五部分漏写一句。"


@pytest.fixture
def published(desk: Desk, supervisor) -> Revision:
    revision = complete(
        desk.revision,
        columns={"natural_person": {"received": 1, "brought_forward": 1, "granted": 2}},
        disclosure={"normative_documents_in_force": 9},
    )
    return move(in_state(revision, State.APPROVED), "publish", by=supervisor)


def address(name: str, revision: Revision) -> str:
    return reverse(f"desk:{name}", args=[revision.pk])


def begin(desk: Desk, published: Revision, reason: str = REASON):
    return desk.client.post(address("correct", published), {"reason": reason})


def test_the_hub_of_a_published_report_offers_the_correction(desk: Desk, published):
    assert address("correct", published) in desk.client.get(address("hub", published)).text
    asked = desk.client.get(address("correct", published)).text
    assert "第1版的文字、数字、联系方式" in asked
    assert INLINE.findall(asked) == []


def test_a_reason_opens_the_correction_and_its_hub(desk: Desk, published):
    response = begin(desk, published)
    correction = Revision.objects.get(report=published.report, number=2)
    assert response.url == address("hub", correction)
    hub = desk.client.get(response.url).text
    assert "更正已公布的第1版" in hub
    assert REASON in hub
    assert "没有改动的更正不能送审" in hub
    assert "放弃更正" in hub
    assert address("correct", published) not in desk.client.get(address("hub", published)).text


def test_without_a_reason_nothing_is_opened_and_what_was_typed_stays(desk: Desk, published):
    response = begin(desk, published, "错了")
    assert response.status_code == 409
    assert "至少五个字" in response.text
    assert ">错了</textarea>" in response.text
    assert Revision.objects.filter(report=published.report).count() == 1


def test_a_second_click_leads_to_the_open_correction_and_keeps_the_reason(desk: Desk, published):
    begin(desk, published)
    response = begin(desk, published, "另一个不同的理由。")
    assert response.status_code == 409
    opened = Revision.objects.get(report=published.report, number=2)
    assert address("hub", opened) in response.text
    assert "另一个不同的理由。" in response.text


def test_a_draft_is_not_corrected(desk: Desk):
    response = begin(desk, desk.revision)
    assert response.status_code == 409
    assert "没有公布，不需要更正" in response.text


def test_what_is_changed_so_far_is_shown_and_the_reason_can_be_worded_anew(desk: Desk, published):
    correction = correct(published, REASON, by=desk.author)
    text = correction.parts.get(key="problems").text + "\n另有一项。"
    save_narrative(correction, "problems", text, base_version=1, by=desk.author)
    assert "到现在改了 1 处" in desk.client.get(address("hub", correction)).text
    page = desk.client.get(address("changes", correction)).text
    assert "<ins>另有一项。</ins>" in page
    assert INLINE.findall(page) == []
    desk.client.post(address("changes", correction), {"reason": "第五部分漏写了一项问题。"})
    correction.refresh_from_db()
    assert correction.reason == "第五部分漏写了一项问题。"
    refused = desk.client.post(address("changes", correction), {"reason": ""})
    assert (refused.status_code, "至少五个字" in refused.text) == (409, True)


def test_the_shelf_says_that_a_report_is_being_corrected_and_is_not_late(desk: Desk, published):
    correction = correct(published, REASON, by=desk.author)
    shelf = desk.client.get(reverse("desk:shelf")).text
    assert "正在更正（第2版）；现在轮到：填报员修改" in shelf
    assert "已超过" not in shelf
    move(correction, "drop", by=desk.author)
    shelf = desk.client.get(reverse("desk:shelf")).text
    assert "正在更正" not in shelf
    assert address("hub", published) in shelf
    assert f"{YEAR}年度" in shelf

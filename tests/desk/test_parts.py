"""The wizard: what is saved, what is refused, and that nothing typed is lost by it."""

import pytest

from reports.models import ApplicationFigures, DisclosureFigures, DraftInput, Revision
from reports.sheet import NARRATIVES
from reports.workflow import State

from .conftest import Desk

BROKEN = "自然人列：一（3）＋二（1）＝4，三（七）（2）＋四（1）＝3，相差 1"
BREAKING = {
    "natural_person__received": "3",
    "natural_person__granted": "2",
    "natural_person__carried_forward": "1",
}


def test_a_table_begins_at_zero_with_last_years_carried_forward(desk: Desk):
    boxes = desk.boxes("applications")
    assert boxes["natural_person.brought_forward"] == "1"
    assert boxes["natural_person.received"] == "0"


def test_prose_begins_with_its_outline_and_never_last_years_text(desk: Desk):
    text = desk.boxes("overview")["text"]
    assert text.startswith("（一）")
    assert "本年度主动公开政府信息若干" not in text


def test_what_does_not_foot_is_refused_in_the_forms_words(desk: Desk):
    response = desk.post("applications", **BREAKING)
    assert response.status_code == 422
    anchor = "cell-applications.natural_person.carried_forward"
    assert f'<a href="#{anchor}">{BROKEN}' in response.text
    assert response.text.count(BROKEN) == 2  # in the summary, and at the column
    assert f'id="{anchor}-error"' in response.text
    assert not ApplicationFigures.objects.filter(revision=desk.revision).exists()
    assert desk.part("applications").version == 0


def test_a_refusal_keeps_every_character(desk: Desk):
    response = desk.post("applications", **BREAKING, business__granted="３件")
    assert 'value="３件"' in response.text
    kept = DraftInput.objects.get(revision=desk.revision, part="applications", user=desk.author)
    assert kept.content["business.granted"] == "３件"
    assert kept.content["natural_person.received"] == "3"
    again = desk.client.get(desk.url("part", "applications"))
    assert 'value="３件"' in again.text
    assert "暂存、尚未保存的内容" in again.text


def test_a_cell_that_is_no_number_is_named(desk: Desk):
    response = desk.post("applications", natural_person__granted="3件")
    said = "“自然人”列“（一）予以公开”填的是“3件”：这里只填数字，请改为 3。"
    assert said in response.text


def test_totals_are_footed_and_not_taken_from_the_form(desk: Desk):
    response = desk.post(
        "applications",
        natural_person__received="3",
        natural_person__granted="3",
        natural_person__carried_forward="1",
        business__received="２",
        business__denied_state_secret="2",
        natural_person__outcomes_total="99",
        total__received="99",
    )
    assert response.status_code == 302
    rows = {row.applicant: row for row in desk.fresh().applications.all()}
    assert (rows["natural_person"].outcomes_total, rows["total"].received) == (3, 5)
    assert rows["total"].outcomes_total == 5


def test_saving_clears_what_was_kept_and_says_who_and_when(desk: Desk):
    desk.post("applications", **BREAKING)
    desk.post("applications", **BREAKING | {"natural_person__granted": "3"})
    assert not DraftInput.objects.exists()
    stored = desk.part("applications")
    assert (stored.version, stored.saved_by) == (1, desk.author)


def test_part_two_refuses_more_issued_than_are_in_force(desk: Desk):
    response = desk.post("disclosure", rules_issued="2", rules_in_force="1")
    assert response.status_code == 422
    assert 'href="#cell-disclosure.rules_in_force"' in response.text
    assert not DisclosureFigures.objects.filter(revision=desk.revision).exists()


def test_an_amount_keeps_its_six_decimals(desk: Desk):
    desk.post("disclosure", administrative_fees_amount="1,234.567891")
    assert str(desk.fresh().disclosure.administrative_fees_amount) == "1234.567891"
    assert desk.boxes("disclosure")["administrative_fees_amount"] == "1234.567891"


def test_part_four_foots_each_remedy(desk: Desk):
    desk.post("remedies", litigation_direct__upheld="2", litigation_direct__pending="1")
    row = desk.fresh().remedies.get(remedy="litigation_direct")
    assert row.total == 3


def test_the_preface_keeps_contact_and_date(desk: Desk):
    response = desk.post("preface", postcode="999002", signed_on="2026年1月20日")
    assert response.status_code == 302
    revision = desk.fresh()
    assert revision.postcode == "999002"
    assert revision.signed_on.isoformat() == "2026-01-20"


def test_a_preface_in_error_keeps_what_was_typed(desk: Desk):
    response = desk.post("preface", signed_on="明年一月", postcode="99")
    assert response.status_code == 422
    assert 'value="明年一月"' in response.text
    assert 'href="#id_signed_on"' in response.text


@pytest.mark.parametrize("key", ["overview", "problems", "other_matters"])
def test_prose_is_saved_as_typed(desk: Desk, key: str):
    desk.post(key, text="（一）甲\r\n　　乙 <b>丙</b>\r\n")
    assert desk.part(key).text == "（一）甲\n　　乙 <b>丙</b>"
    assert key in NARRATIVES


def test_the_other_button_leads_to_the_next_part_and_at_the_end_to_the_check(desk: Desk):
    boxes = desk.boxes("remedies") | {"next": "1"}
    response = desk.client.post(desk.url("part", "remedies"), boxes)
    assert response.url == desk.url("part", "problems")
    boxes = desk.boxes("other_matters") | {"text": "没有。", "next": "1"}
    response = desk.client.post(desk.url("part", "other_matters"), boxes)
    assert response.url == desk.url("check")


@pytest.mark.parametrize("state", [State.IN_REVIEW, State.APPROVED])
def test_outside_a_draft_nothing_is_written_and_nothing_is_lost(desk: Desk, state: State):
    boxes = desk.boxes("overview") | {"text": "送审以后写的。"}
    Revision.objects.filter(pk=desk.revision.pk).update(state=str(state))
    response = desk.client.post(desk.url("part", "overview"), boxes)
    assert response.status_code == 409
    assert "送审以后写的。" in response.text
    assert state.label in response.text
    assert desk.part("overview").version == 0
    page = desk.client.get(desk.url("part", "overview"))
    assert "送审以后写的。" in page.text
    assert "<fieldset disabled>" in page.text
    assert 'class="save-bar"' not in page.text


def test_last_years_figure_stands_under_its_cell(desk: Desk):
    page = desk.client.get(desk.url("part", "applications"))
    assert "上年 4" in page.text
    assert 'id="cell-applications.natural_person.received-last"' in page.text


def test_a_part_that_does_not_exist_is_not_found(desk: Desk):
    assert desk.client.get(desk.url("part", "appendix")).status_code == 404


def test_what_was_sent_after_the_log_in_ran_out_is_back_after_it(desk: Desk):
    """Without scripts: the form goes to the login page and comes back with what is in it."""
    boxes = desk.boxes("overview") | {"text": "登录失效以后写的。", "writer": str(desk.author.pk)}
    desk.client.logout()
    response = desk.client.post(desk.url("part", "overview"), boxes)
    assert response.url.startswith("/accounts/login/?next=")
    desk.client.force_login(desk.author)
    page = desk.client.get(desk.url("part", "overview"))
    assert "登录失效以后写的。" in page.text
    assert DraftInput.objects.get().content["text"] == "登录失效以后写的。"


def test_what_one_person_sent_is_not_given_to_the_next_who_logs_in(desk: Desk, colleague):
    boxes = desk.boxes("overview") | {"text": "甲写的。", "writer": str(desk.author.pk)}
    desk.client.logout()
    desk.client.post(desk.url("part", "overview"), boxes)
    desk.client.force_login(colleague)
    assert "甲写的。" not in desk.client.get(desk.url("part", "overview")).text
    assert not DraftInput.objects.exists()

"""Draft input: whatever is typed is kept, and said."""

import re

import pytest
from django.test import Client

from reports.actions.drafting import LONGEST_INPUT
from reports.models import DraftInput

from .conftest import Desk

NOT_NUMBERS = ["", "3件", "—", "  ", "<script>alert(1)</script>", "１２，", "\\0 ' \" 😀"]


@pytest.mark.parametrize("text", NOT_NUMBERS)
def test_any_text_is_kept_and_shown_again(desk: Desk, text: str):
    typed = {"base_version": "0", "natural_person.received": text}
    answer = desk.client.post(desk.url("keep", "applications"), typed)
    assert answer.status_code == 200
    assert re.fullmatch(r"\d\d:\d\d", answer.json()["kept_at"])
    assert desk.boxes("applications")["natural_person.received"] == text


def test_a_null_character_is_dropped_and_the_rest_kept(desk: Desk):
    desk.client.post(desk.url("keep", "overview"), {"base_version": "0", "text": "甲\0乙"})
    assert DraftInput.objects.get().content == {"text": "甲乙"}


def test_only_the_parts_own_boxes_are_kept(desk: Desk):
    desk.client.post(desk.url("keep", "overview"), {"text": "甲", "total": "9", "x" * 99: "9"})
    assert DraftInput.objects.get().content == {"text": "甲"}


def test_what_is_too_long_is_refused_in_words(desk: Desk):
    answer = desk.client.post(desk.url("keep", "overview"), {"text": "长" * (LONGEST_INPUT + 1)})
    assert answer.status_code == 422
    assert "太长" in answer.json()["refused"]


def test_saving_what_is_too_long_is_answered_and_not_an_error(desk: Desk):
    """Even what cannot be kept stays on the page."""
    boxes = desk.boxes("disclosure") | {"rules_made": "", "rules_issued": "长" * LONGEST_INPUT}
    response = desk.client.post(desk.url("part", "disclosure"), boxes)
    assert response.status_code == 422
    assert "太长" in response.text


def test_the_logged_out_are_told_so_in_json(desk: Desk):
    answer = Client().post(desk.url("keep", "overview"), {"text": "甲"})
    assert answer.status_code == 403
    assert answer.json()["logged_out"] is True


def test_a_later_save_by_another_is_told(desk: Desk, colleague):
    desk.post("overview", client=desk.client_of(colleague), text="贾写的。")
    typed = {"base_version": "0", "text": "甄写的。"}
    answer = desk.client.post(desk.url("keep", "overview"), typed)
    assert "贾同事" in answer.json()["overtaken"]


def test_each_person_keeps_their_own(desk: Desk, colleague):
    other = desk.client_of(colleague)
    desk.client.post(desk.url("keep", "overview"), {"text": "甄写的。"})
    other.post(desk.url("keep", "overview"), {"text": "贾写的。"})
    assert "贾写的。" not in desk.client.get(desk.url("part", "overview")).text
    assert "贾写的。" in other.get(desk.url("part", "overview")).text


def test_giving_up_asks_first_and_returns_to_what_is_saved(desk: Desk):
    desk.post("overview", text="保存过的。")
    desk.client.post(desk.url("keep", "overview"), {"base_version": "1", "text": "没有保存的。"})
    asked = desk.client.get(desk.url("discard", "overview"))
    assert "放弃" in asked.text
    assert DraftInput.objects.exists()
    response = desk.client.post(desk.url("discard", "overview"), follow=True)
    assert "保存过的。" in response.text
    assert "没有保存的。" not in response.text

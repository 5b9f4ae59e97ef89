"""Two people in one part: the second is shown what changed, and chooses."""

import pytest

from reports.models import DraftInput

from .conftest import Desk

pytestmark = pytest.mark.django_db


def both_write(desk: Desk, colleague):
    """Both open part four; the colleague saves first. Returns the author's refused save."""
    mine = desk.boxes("remedies") | {"reconsideration.upheld": "2", "reconsideration.pending": "1"}
    other = desk.client_of(colleague)
    desk.post("remedies", client=other, reconsideration__upheld="5")
    return desk.client.post(desk.url("part", "remedies"), mine)


def stored(desk: Desk):
    row = desk.fresh().remedies.get(remedy="reconsideration")
    return row.upheld, row.pending


def answer(desk: Desk, page, **more: str):
    typed = dict(page.context["mine"])
    version = str(page.context["stored"].version)
    return desk.client.post(
        desk.url("part", "remedies"), {**typed, "base_version": version, **more}
    )


def test_the_second_is_shown_both_and_nothing_is_overwritten(desk: Desk, colleague):
    page = both_write(desk, colleague)
    assert page.status_code == 409
    assert "贾同事" in page.text
    shown = [(each.name, each.mine, each.theirs) for each in page.context["differences"]]
    assert shown == [
        ("reconsideration.upheld", "2", "5"),
        ("reconsideration.pending", "1", "0"),
    ]
    assert stored(desk) == (5, 0)
    assert DraftInput.objects.get(user=desk.author).content["reconsideration.upheld"] == "2"


def test_mine_replaces_theirs_only_when_chosen(desk: Desk, colleague):
    page = both_write(desk, colleague)
    response = answer(desk, page, choice="mine")
    assert response.status_code == 302
    assert stored(desk) == (2, 1)


def test_theirs_leaves_what_is_saved(desk: Desk, colleague):
    page = both_write(desk, colleague)
    response = answer(desk, page, choice="theirs")
    assert response.status_code == 302
    assert stored(desk) == (5, 0)
    assert not DraftInput.objects.filter(user=desk.author).exists()


def test_each_cell_may_be_chosen_by_itself(desk: Desk, colleague):
    page = both_write(desk, colleague)
    picks = {"pick:reconsideration.upheld": "theirs", "pick:reconsideration.pending": "mine"}
    answer(desk, page, choice="each", **picks)
    assert stored(desk) == (5, 1)


def test_a_third_save_in_between_asks_again(desk: Desk, colleague):
    page = both_write(desk, colleague)
    desk.post("remedies", client=desk.client_of(colleague), reconsideration__upheld="7")
    assert answer(desk, page, choice="mine").status_code == 409
    assert stored(desk) == (7, 0)


def test_what_was_kept_before_anothers_save_opens_as_a_choice(desk: Desk, colleague):
    desk.client.post(desk.url("keep", "overview"), {"base_version": "0", "text": "甄写的。"})
    desk.post("overview", client=desk.client_of(colleague), text="贾写的。")
    page = desk.client.get(desk.url("part", "overview"))
    assert "请选择保留哪一份" in page.text
    assert ("removed", "贾写的。") in page.context["differences"][0].pieces
    assert ("added", "甄写的。") in page.context["differences"][0].pieces


def test_what_was_kept_and_is_the_same_as_saved_is_no_choice(desk: Desk):
    """The last sending of a page may arrive after its own save."""
    desk.post("remedies", reconsideration__upheld="5")
    late = desk.boxes("remedies") | {"base_version": "0", "reconsideration.upheld": "５"}
    desk.client.post(desk.url("keep", "remedies"), late)
    page = desk.client.get(desk.url("part", "remedies"))
    assert "form" in page.context
    assert not DraftInput.objects.exists()

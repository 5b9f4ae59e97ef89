"""Two people at one comment in the same moment: each turn stands once, and none is lost."""

import pytest

from reports.actions.commenting import comment, follow
from reports.models import Comment, Event
from reports.queries.comments import standing_after
from reports.workflow import Role, Standing, State, Turn
from tests.actions.test_batches_at_once import at_once
from tests.actions.test_moves_at_once import needs_real_threads
from tests.factories import complete, in_state, make_agency, make_revision, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def commented():
    """A comment in review, with two authors and two supervisors about it."""
    needs_real_threads()
    agency = make_agency()
    authors = [make_user(Role.AUTHOR, agency=agency) for _ in range(2)]
    supervisors = [make_user(Role.SUPERVISOR, agency=agency) for _ in range(2)]
    revision = in_state(complete(make_revision(2024, agency)), State.IN_REVIEW)
    return comment(revision, "请核对。", by=supervisors[0]), authors, supervisors


def turns_of(opening):
    return list(Comment.objects.filter(parent=opening).order_by("pk"))


def test_two_who_answer_at_once_are_both_heard(commented):
    opening, authors, _ = commented
    answers = ["已核对。", "已改正。"]
    refused = at_once(
        *[
            lambda by=by, said=said: follow(opening, Turn.ANSWER, by=by, text=said)
            for by, said in zip(authors, answers, strict=True)
        ]
    )
    assert refused == []
    assert sorted(each.text for each in turns_of(opening)) == sorted(answers)
    assert Event.objects.filter(verb="answer_comment").count() == 2


@pytest.mark.parametrize("turn", [Turn.HANDLE, Turn.RESOLVE])
def test_of_two_who_end_it_at_once_one_does(commented, turn):
    opening, authors, supervisors = commented
    people = authors if turn is Turn.HANDLE else supervisors
    refused = at_once(*[lambda by=by: follow(opening, turn, by=by) for by in people])
    assert len(refused) == 1
    assert "这条批注现在是" in refused[0]
    assert [each.turn for each in turns_of(opening)] == [str(turn)]


def test_a_double_click_answers_once(commented):
    opening, [author, _], _ = commented
    at_once(*[lambda: follow(opening, Turn.ANSWER, by=author, text="已核对。")] * 4)
    assert len(turns_of(opening)) == 1


def test_answering_and_resolving_at_once_leave_a_thread_that_makes_sense(commented):
    opening, [author, _], [supervisor, _] = commented
    refused = at_once(
        lambda: follow(opening, Turn.ANSWER, by=author, text="已核对。"),
        lambda: follow(opening, Turn.RESOLVE, by=supervisor),
    )
    turns = turns_of(opening)
    assert standing_after(turns) is Standing.RESOLVED
    expected = ["resolve"] if refused else ["answer", "resolve"]
    assert [each.turn for each in turns] == expected

"""What a move asks besides role and state: a comment, a fresh page, a clean report, another's text."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from reports.actions.drafting import save_narrative
from reports.actions.moves import last_event, move
from reports.actions.refusals import MoveRefused
from reports.models import Event, Revision, Submission
from reports.sheet import from_json
from reports.workflow import MOVES, Role, State
from tests.factories import (
    complete,
    in_state,
    make_agency,
    make_revision,
    make_user,
    written_by,
)

pytestmark = pytest.mark.django_db
CHECKED = [verb for verb, step in MOVES.items() if step.checked]
NOTED = [verb for verb, step in MOVES.items() if step.noted]
OTHERS_ONLY = [verb for verb, step in MOVES.items() if step.others_only]


@pytest.fixture
def agency():
    return make_agency()


def ready(verb, agency, **texts):
    """A complete report in a state from which the verb may start, and somebody who may."""
    step = MOVES[verb]
    if step.corrections_only:
        withdrawn = complete(make_revision(2024, agency))
        Revision.objects.filter(pk=withdrawn.pk).update(
            state=str(State.WITHDRAWN), published_at=timezone.now()
        )
    revision = complete(make_revision(2024, agency), **texts)
    user = make_user(*step.roles, agency=agency)
    state = min(step.sources)
    if state == State.PUBLISHED:
        Revision.objects.filter(pk=revision.pk).update(
            state=str(state), published_at=timezone.now()
        )
        return Revision.objects.get(pk=revision.pk), user
    return in_state(revision, state), user


@pytest.mark.parametrize("verb", NOTED)
@pytest.mark.parametrize("note", ["", "  \n　"])
def test_a_move_that_needs_a_comment_is_refused_without_one(verb, note, agency):
    revision, user = ready(verb, agency)
    with pytest.raises(MoveRefused, match="应当写明理由"):
        move(revision, verb, by=user, note=note)
    assert Revision.objects.get(pk=revision.pk).state == revision.state
    assert Event.objects.filter(revision=revision).count() == 0


@pytest.mark.parametrize("verb", CHECKED)
def test_every_rule_is_run_again_on_what_is_stored(verb, agency):
    revision, user = ready(verb, agency, problems="无")
    with pytest.raises(MoveRefused, match=f"没有处理，不能{MOVES[verb].label}。第一项："):
        move(revision, verb, by=user)
    assert Revision.objects.get(pk=revision.pk).state == revision.state


@pytest.mark.parametrize("verb", MOVES)
def test_a_page_which_showed_an_older_text_moves_nothing(verb, agency):
    revision, user = ready(verb, agency)
    seen = last_event(revision)
    assert seen is None
    written_by(revision, make_user())
    with pytest.raises(MoveRefused, match="又有了变动"):
        move(revision, verb, by=user, note="理由", seen=0)
    assert Revision.objects.get(pk=revision.pk).state == revision.state


@pytest.mark.parametrize("verb", OTHERS_ONLY)
def test_who_wrote_in_a_text_neither_approves_nor_publishes_it_even_as_supervisor(verb, agency):
    revision = complete(make_revision(2024, agency))
    both = make_user(Role.AUTHOR, Role.SUPERVISOR, agency=agency)
    part = revision.parts.get(key="overview")
    save_narrative(revision, "overview", part.text, base_version=part.version, by=both)
    revision = in_state(revision, min(MOVES[verb].sources))
    with pytest.raises(MoveRefused, match="有您填写的内容，应当由其他审核人员"):
        move(revision, verb, by=both)
    assert Revision.objects.get(pk=revision.pk).state == revision.state


def test_who_wrote_may_still_return_it(agency):
    revision = complete(make_revision(2024, agency))
    both = make_user(Role.AUTHOR, Role.SUPERVISOR, agency=agency)
    written_by(revision, both)
    moved = move(in_state(revision, State.IN_REVIEW), "return", by=both, note="请补充第一部分")
    assert moved.state == State.DRAFT


def test_what_was_submitted_is_kept_at_every_submission(agency):
    author = make_user(Role.AUTHOR, agency=agency)
    supervisor = make_user(Role.SUPERVISOR, agency=agency)
    revision = complete(make_revision(2024, agency))
    move(revision, "submit", by=author)
    move(revision, "return", by=supervisor, note="请补充")
    first = Submission.objects.get()
    part = revision.parts.get(key="overview")
    text = part.text + "\n还开展了抽查。"
    save_narrative(revision, "overview", text, base_version=part.version, by=author)
    move(revision, "submit", by=author)
    kept = [from_json(each.sheet).overview for each in Submission.objects.all()]
    assert kept == [part.text, text]
    assert [each.event.verb for each in Submission.objects.all()] == ["submit", "submit"]
    assert Submission.objects.first() == first


def test_a_second_move_from_the_same_page_is_refused(agency):
    """One after the other here; at the same instant in test_moves_at_once."""
    supervisor = make_user(Role.SUPERVISOR, agency=agency)
    revision = in_state(complete(make_revision(2024, agency)), State.IN_REVIEW)
    written_by(revision, make_user())
    seen = last_event(revision)
    move(revision, "approve", by=supervisor, seen=seen)
    with pytest.raises(MoveRefused):
        move(revision, "approve", by=supervisor, seen=seen)
    with pytest.raises(MoveRefused, match="又有了变动"):
        move(revision, "publish", by=supervisor, seen=seen)
    verbs = Event.objects.filter(revision=revision).values_list("verb", flat=True)
    assert list(verbs) == ["save_overview", "approve"]


def test_a_kept_submission_is_never_altered_or_removed(agency):
    revision = complete(make_revision(2024, agency))
    move(revision, "submit", by=make_user(Role.AUTHOR, agency=agency))
    with pytest.raises(IntegrityError, match="rows_are_only_added"), transaction.atomic():
        Submission.objects.update(sheet={})
    with pytest.raises(IntegrityError, match="rows_are_only_added"), transaction.atomic():
        Submission.objects.all().delete()
    assert Submission.objects.get().sheet["agency"] == agency.name

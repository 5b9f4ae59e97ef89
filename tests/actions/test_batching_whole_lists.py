"""A whole list moved at once: what is on it when it is confirmed, and as many tasks as workers need."""

from uuid import uuid4

import pytest

from reports.actions import batching
from reports.actions.moves import move, newest_event
from reports.actions.refusals import Refused
from reports.jobs import publishing as jobs
from reports.models import Batch, BatchItem, Revision
from reports.queries.errands import course_of
from reports.workflow import Role, State
from tests.factories import complete, in_state, make_agency, make_revision, make_user, written_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return make_agency("虚构市人民政府")


@pytest.fixture
def supervisor(city):
    return make_user(Role.SUPERVISOR, agency=city)


def ready(city, state=State.APPROVED, **texts):
    made = complete(make_revision(2024, make_agency(parent=city)), **texts)
    written_by(made, make_user())
    return in_state(made, state)


def begun(by, revisions=None, **more):
    listed = Revision.objects.all() if revisions is None else revisions
    asked = {"seen": newest_event(), "by": by, "token": uuid4()} | more
    return batching.begin_all("publish", listed, **asked)


def test_all_that_stands_at_the_step_is_taken_and_nothing_else(city, supervisor):
    first, second = ready(city), ready(city)
    ready(city, State.IN_REVIEW)
    ready(make_agency("别市人民政府"))
    batch = begun(supervisor)
    assert set(batch.items.values_list("revision", flat=True)) == {first.pk, second.pk}


def test_only_the_list_that_was_shown_is_taken(city, supervisor):
    first, _ = ready(city), ready(city)
    batch = begun(supervisor, Revision.objects.filter(pk=first.pk))
    assert list(batch.items.values_list("revision", flat=True)) == [first.pk]


def test_what_changed_since_the_page_is_left_out(city, supervisor):
    standing, changed = ready(city), ready(city)
    seen = newest_event()
    move(changed, "return", by=supervisor, note="请补充")
    in_state(changed, State.APPROVED)
    batch = begun(supervisor, seen=seen)
    assert list(batch.items.values_list("revision", flat=True)) == [standing.pk]


def test_a_page_sent_twice_begins_one_batch(city, supervisor):
    ready(city)
    token = uuid4()
    assert begun(supervisor, token=token) == begun(supervisor, token=token)
    assert Batch.objects.count() == 1


def test_none_and_too_many_are_refused_with_what_to_do(city, supervisor, monkeypatch):
    with pytest.raises(Refused, match="列表里没有可以公布的报告"):
        begun(supervisor)
    ready(city), ready(city)
    monkeypatch.setattr(batching, "MOST_IN_ALL", 1)
    with pytest.raises(Refused, match="请先用年度、机关性质等筛选"):
        begun(supervisor)


def test_the_queue_holds_some_at_a_time_and_the_clock_asks_for_the_rest(
    city, supervisor, monkeypatch
):
    monkeypatch.setattr(jobs, "AHEAD", 2)
    for _ in range(3):
        ready(city)
    batch = begun(supervisor)
    jobs.work_off(batch)
    assert [each.state for each in batch.items.all()] == ["done", "done", "waiting"]
    assert jobs.take_up() == 1
    assert {each.state for each in batch.items.all()} == {"done"}


def test_the_course_counts_all_and_lists_some(city, supervisor, monkeypatch):
    monkeypatch.setattr("reports.queries.errands.LINES", 2)
    for _ in range(3):
        ready(city)
    batch = begun(supervisor)
    batching.carry_out(batch.items.order_by("pk")[0].pk)
    first = course_of(batch)
    assert (first.number, first.done, first.waiting, len(first.lines)) == (3, 1, 2, 2)
    rest = course_of(batch, after=first.onward)
    assert (len(rest.lines), rest.onward, rest.number) == (1, None, 3)
    assert [each.state for each in course_of(batch, state="done").lines] == ["done"]
    assert BatchItem.objects.filter(batch=batch).count() == 3

"""Many reports moved at once: each by itself, and told by itself."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from reports.actions import batching, publishing
from reports.actions.moves import last_event, move
from reports.actions.refusals import Refused
from reports.jobs import publishing as jobs
from reports.models import Batch, BatchItem, Event, Membership, Revision, Snapshot
from reports.workflow import Role, State
from tests.factories import (
    GOVERNMENTS,
    OVERVIEW,
    complete,
    in_state,
    make_agency,
    make_revision,
    make_user,
    written_by,
)

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


def seen(*revisions):
    return {each.pk: last_event(each) for each in revisions}


def begun(verb, by, *revisions):
    return batching.begin(verb, seen(*revisions), by=by, token=uuid4())


def carried_out(batch):
    for item in batch.items.all():
        batching.carry_out(item.pk)
    return [(item.state, item.sentence) for item in batch.items.order_by("pk")]


def state_of(revision):
    return Revision.objects.get(pk=revision.pk).state


def test_each_is_moved_with_an_event_of_its_own(city, supervisor):
    revisions = [ready(city) for _ in range(3)]
    assert carried_out(begun("publish", supervisor, *revisions)) == [("done", "")] * 3
    assert [state_of(each) for each in revisions] == ["published"] * 3
    assert Event.objects.filter(verb="publish", by=supervisor).count() == 3
    assert Snapshot.objects.count() == 3


def test_what_is_refused_is_told_by_line_and_the_rest_is_done(city, supervisor):
    good, returned, written, waiting, broken, changed, last = (ready(city) for _ in range(7))
    written_by(written, supervisor)
    in_state(waiting, State.IN_REVIEW)
    broken = ready(city, problems="无")
    batch = begun("publish", supervisor, good, returned, written, waiting, broken, changed, last)
    move(returned, "return", by=supervisor, note="请补充")
    written_by(changed, make_user())
    assert [state for state, _ in carried_out(batch)] == ["done", *["refused"] * 5, "done"]
    told = [sentence for _, sentence in carried_out(batch)]
    assert "起草中" in told[1]
    assert "有您填写的内容" in told[2]
    assert "审核中" in told[3]
    assert "没有处理，不能公布" in told[4]
    assert "报告又有了变动" in told[5]
    assert state_of(last) == "published"


def test_carrying_out_again_does_nothing_more(city, supervisor):
    batch = begun("approve", supervisor, ready(city, State.IN_REVIEW))
    first = carried_out(batch)
    [item] = batch.items.all()
    assert (carried_out(batch), first) == ([("done", "")], [("done", "")])
    assert BatchItem.objects.get(pk=item.pk).ended_at == item.ended_at
    assert Event.objects.filter(verb="approve").count() == 1


def test_a_page_sent_twice_begins_one_batch(city, supervisor):
    revision, token = ready(city), uuid4()
    first, second = (
        batching.begin("publish", seen(revision), by=supervisor, token=token) for _ in range(2)
    )
    assert first == second
    assert BatchItem.objects.count() == 1


def test_anothers_page_begins_nothing(city, supervisor):
    revision, token = ready(city), uuid4()
    batching.begin("publish", seen(revision), by=supervisor, token=token)
    other = make_user(Role.SUPERVISOR, agency=city)
    with pytest.raises(PermissionDenied):
        batching.begin("publish", seen(revision), by=other, token=token)


def test_another_subtrees_report_is_not_taken_in(supervisor):
    foreign = ready(make_agency())
    with pytest.raises(PermissionDenied):
        begun("publish", supervisor, foreign)
    assert Batch.objects.count() == 0


def test_who_left_the_office_meanwhile_publishes_nothing(city, supervisor):
    revision = ready(city)
    batch = begun("publish", supervisor, revision)
    Membership.objects.filter(user=supervisor).delete()
    [(state, sentence)] = carried_out(batch)
    assert (state, state_of(revision)) == ("refused", "approved")
    assert "您不能公布" in sentence


def test_none_or_too_many_are_refused(city, supervisor, monkeypatch):
    monkeypatch.setattr(batching, "MOST", 1)
    for chosen in ([], [ready(city), ready(city)]):
        with pytest.raises(Refused, match="请选择 1 到 1 份"):
            begun("publish", supervisor, *chosen)


def test_what_stops_a_report_is_known_before(city, supervisor):
    good, written, foreign = ready(city), ready(city), ready(make_agency())
    written_by(written, supervisor)
    told = [batching.obstacle(each, "publish", supervisor) for each in (good, written, foreign)]
    assert told[0] == ""
    assert "有您填写的内容" in told[1]
    assert "不属于您审核的机关" in told[2]
    assert "不能审定" in batching.obstacle(good, "approve", supervisor)
    assert state_of(good) == "approved"


def test_a_fault_leaves_the_line_waiting_and_is_told_after_three_times(
    city, supervisor, monkeypatch
):
    revision = ready(city)
    batch = begun("publish", supervisor, revision)

    def fail(*_):
        raise OSError("no space left")

    monkeypatch.setattr(publishing.storing, "keep", fail)
    for attempt in range(1, 4):
        assert jobs.take_up(jobs.PATIENCE * 0) == 1
        assert (batch.items.get().state, batch.items.get().asks) == ("waiting", attempt)
    assert jobs.take_up(jobs.PATIENCE * 0) == 0
    item = batch.items.get()
    assert (item.state, state_of(revision)) == ("refused", "approved")
    assert "三次中断" in item.sentence
    assert Snapshot.objects.count() == 0


def test_what_was_just_asked_for_is_left_to_its_worker(city, supervisor, monkeypatch):
    batch = begun("publish", supervisor, ready(city))
    asked = []
    monkeypatch.setattr(jobs.batching, "carry_out", asked.append)
    assert jobs.take_up() == 1
    assert jobs.take_up() == 0
    assert asked == [batch.items.get().pk]


def test_a_batch_is_worked_off_once(city, supervisor):
    batch = begun("publish", supervisor, *(ready(city) for _ in range(2)))
    jobs.work_off(batch)
    jobs.work_off(batch)
    assert [item.asks for item in batch.items.all()] == [1, 1]
    assert [item.state for item in batch.items.all()] == ["done", "done"]


# From below


@pytest.fixture
def government(city):
    """A government of a district below, and a bureau of it: the district's report is their sum."""
    district = make_agency("虚构区人民政府", kind="government", parent=city)
    return district, make_agency("虚构区某局", parent=district)


def ready_at(agency):
    made = complete(make_revision(2024, agency), overview=OVERVIEW + GOVERNMENTS)
    written_by(made, make_user())
    return in_state(made, State.APPROVED)


def test_bodies_below_are_published_before_the_government_above(city, supervisor, government):
    district, bureau = map(ready_at, government)
    sister = ready(city)
    batch = begun("publish", supervisor, district, sister, bureau)
    jobs.work_off(batch)
    assert jobs.take_up() == 1
    published = Revision.objects.filter(state="published").order_by("published_at")
    assert [each.pk for each in published] == [bureau.pk, sister.pk, district.pk]


def test_of_many_the_government_waits_for_the_bodies_below_and_is_then_asked_for(
    city, supervisor, government, monkeypatch
):
    district, bureau = map(ready_at, government)
    batch = begun("publish", supervisor, district, bureau)
    with monkeypatch.context() as busy:  # the worker is slow: the bureau's line waits meanwhile
        busy.setattr(jobs.batching, "carry_out", lambda pk: None)
        jobs.work_off(batch)
        assert jobs.take_up() == 0
        assert [line.asks for line in batch.items.all()] == [1, 0]
    batching.carry_out(batch.items.first().pk)
    assert jobs.take_up() == 1
    assert [state for state, _ in carried_out(batch)] == ["done", "done"]


def test_a_line_below_that_is_refused_holds_nobody_back(city, supervisor, government):
    district, bureau = map(ready_at, government)
    batch = begun("publish", supervisor, district, bureau)
    move(bureau, "return", by=supervisor, note="请补充")
    assert [state for state, _ in carried_out(batch)] == ["refused", "done"]
    assert jobs.take_up() == 0

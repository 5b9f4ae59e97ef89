"""Many at once, by many at once: real connections, real processes, one of them killed."""

import signal
import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connections
from django.test import Client
from django.utils import timezone

from reports.actions import batching, publishing, scheduling, storing
from reports.actions.moves import last_event, move
from reports.actions.refusals import Refused
from reports.models import (
    BatchItem,
    Event,
    Revision,
    ScheduledPublication,
    Snapshot,
    StoredDocument,
)
from reports.workflow import Role, State
from tests.actions.test_moves_at_once import needs_real_threads
from tests.actions.workers import wait_until, worker
from tests.factories import complete, in_state, make_agency, make_revision, make_user, written_by

pytestmark = pytest.mark.django_db(transaction=True)
ASKS = "--patience", "2"


@pytest.fixture
def city():
    needs_real_threads()
    return make_agency("虚构市人民政府")


@pytest.fixture
def supervisor(city):
    return make_user(Role.SUPERVISOR, agency=city)


def approved(city, number):
    """Approved reports of as many bodies."""
    found = []
    for _ in range(number):
        made = complete(make_revision(2024, make_agency(parent=city)))
        written_by(made, make_user())
        found.append(in_state(made, State.APPROVED))
    return found


def begun(revisions, by):
    seen = {each.pk: last_event(each) for each in revisions}
    return batching.begin("publish", seen, by=by, token=uuid4())


def at_once(*works):
    """Each in a thread with a connection of its own, all from one starting line."""
    line, faults = threading.Barrier(len(works)), []

    def run(work):
        try:
            line.wait(timeout=20)
            work()
        except (Refused, PermissionDenied) as refused:
            faults.append(str(refused))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
        assert not thread.is_alive()
    return faults


def carry_out(items):
    for pk in items:
        batching.carry_out(pk)


def assert_nothing_twice_and_nothing_lost(revisions):
    """Each is public with one event, one whole snapshot and its files, or as it was before."""
    for revision in revisions:
        published = Revision.objects.get(pk=revision.pk).state == State.PUBLISHED
        events = Event.objects.filter(revision=revision, verb="publish").count()
        snapshots = Snapshot.objects.filter(revision=revision).count()
        documents = StoredDocument.objects.filter(revision=revision)
        assert events == snapshots == published
        assert sorted(each.format for each in documents) == (
            sorted(publishing.KEPT_FORMATS) if published else []
        )
        for document in documents:
            assert (storing.root() / document.path).stat().st_size == document.size
    call_command("check_tally")


@pytest.mark.parametrize("at", range(4))
def test_of_bulk_publication_and_a_single_return_one_happens(city, supervisor, at):
    revisions = approved(city, 4)
    batch = begun(revisions, supervisor)
    items = list(batch.items.values_list("pk", flat=True))
    one, other = revisions[at], make_user(Role.SUPERVISOR, agency=city)
    seen = last_event(one)
    refused = at_once(
        lambda: carry_out(items),
        lambda: move(one, "return", by=other, note="请补充", seen=seen),
    )
    line = BatchItem.objects.get(revision=one)
    returned = Revision.objects.get(pk=one.pk).state == State.DRAFT
    assert (line.state, len(refused)) == (("refused", 0) if returned else ("done", 1))
    assert Revision.objects.filter(state=State.PUBLISHED).count() == 4 - returned
    assert_nothing_twice_and_nothing_lost(revisions)


def test_two_workers_at_one_batch_do_each_line_once(city, supervisor):
    revisions = approved(city, 6)
    batch = begun(revisions, supervisor)
    items = list(batch.items.values_list("pk", flat=True))
    at_once(*[lambda: carry_out(items)] * 2, lambda: carry_out(items[::-1]))
    carry_out(items)  # what was locked by another at that moment was left to it
    assert list(batch.items.values_list("state", flat=True)) == ["done"] * 6
    assert_nothing_twice_and_nothing_lost(revisions)


def test_two_supervisors_who_choose_the_same_publish_each_once(city, supervisor):
    revisions = approved(city, 4)
    other = make_user(Role.AUTHORITY, agency=city)
    batches = [begun(revisions, by) for by in (supervisor, other)]
    lines = [list(each.items.values_list("pk", flat=True)) for each in batches]
    at_once(lambda: carry_out(lines[0]), lambda: carry_out(lines[1]))
    states = list(BatchItem.objects.values_list("state", flat=True))
    assert (states.count("done"), states.count("refused")) == (4, 4)
    assert_nothing_twice_and_nothing_lost(revisions)


def test_a_double_click_on_the_confirmation_begins_one_batch(city, supervisor):
    revisions = approved(city, 3)
    posted = {
        "token": str(uuid4()),
        "item": [f"{each.pk}:{last_event(each)}" for each in revisions],
    }
    clients = [Client(), Client()]
    for client in clients:
        client.force_login(supervisor)
    pages = []
    address = "/admin/reports/revision/batches/begin/publish/"
    at_once(*[lambda c=client: pages.append(c.post(address, posted).url) for client in clients])
    assert len(set(pages)) == 1
    assert list(BatchItem.objects.values_list("state", flat=True)) == ["done"] * 3
    assert_nothing_twice_and_nothing_lost(revisions)


@pytest.mark.parametrize("rival", ["cancel", "return", "publish", "again"])
def test_at_its_time_one_of_publishing_and_its_rival_happens(city, supervisor, rival):
    [one] = approved(city, 1)
    scheduling.schedule(one, timezone.now() + timedelta(hours=1), by=supervisor)
    ScheduledPublication.objects.update(due_at=timezone.now())
    pk = ScheduledPublication.objects.get().pk
    rivals = {
        "cancel": lambda: scheduling.cancel(one, by=supervisor),
        "return": lambda: move(one, "return", by=supervisor, note="请补充"),
        "publish": lambda: move(one, "publish", by=supervisor),
        "again": lambda: scheduling.publish_on_time(pk),
    }
    at_once(lambda: scheduling.publish_on_time(pk), rivals[rival])
    schedule = ScheduledPublication.objects.get()
    state = Revision.objects.get(pk=one.pk).state
    assert (schedule.state, state) in {
        "cancel": [("done", "published"), ("cancelled", "approved")],
        "return": [("done", "published"), ("lapsed", "draft")],
        "publish": [("done", "published"), ("lapsed", "published")],
        "again": [("done", "published")],
    }[rival]
    assert_nothing_twice_and_nothing_lost([one])


@pytest.mark.every_format
def test_workers_killed_between_steps_lose_nothing_and_do_nothing_twice(city, supervisor, tmp_path):
    """Real processes with real documents: two are killed in the midst, the third takes up."""
    revisions = approved(city, 7)
    batch = begun(revisions, supervisor)

    def done():
        return batch.items.filter(state="done").count()

    for kill_after in (2, 4):
        with worker(tmp_path, *ASKS) as process:
            wait_until(lambda enough=kill_after: done() >= enough)
            process.send_signal(signal.SIGKILL)
            assert process.wait() == -signal.SIGKILL
    assert done() < 7
    assert_nothing_twice_and_nothing_lost(revisions)
    with worker(tmp_path, *ASKS):
        wait_until(lambda: done() == 7)
    assert_nothing_twice_and_nothing_lost(revisions)
    for revision in revisions:
        address = f"/agencies/{revision.report.agency.slug}/2024/"
        assert Client().get(address).status_code == 200


@pytest.mark.every_format
def test_two_worker_processes_share_a_batch_and_the_clock_publishes_what_is_due(
    city, supervisor, tmp_path
):
    revisions = approved(city, 5)
    *many, one = revisions
    begun(many, supervisor)
    scheduling.schedule(one, timezone.now() + timedelta(seconds=3), by=supervisor)
    with worker(tmp_path), worker(tmp_path):
        wait_until(lambda: Revision.objects.filter(state=State.PUBLISHED).count() == 5)
    assert ScheduledPublication.objects.get().state == "done"
    assert_nothing_twice_and_nothing_lost(revisions)

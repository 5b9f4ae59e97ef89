"""The worker's clock finds the pages whose drawing was cut off, and has them drawn."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django_tasks_db.models import DBTaskResult

from reports.actions import storing
from reports.actions.moves import move
from reports.jobs import pages
from reports.management.commands.worker import Clock
from reports.models import Report
from reports.workflow import Role, State
from tests.factories import complete, in_state, make_agency, make_revision, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_press")]


class Running:
    """A clock that a test moves on."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def published(slug: str) -> Report:
    """Published by somebody who was killed before the page was drawn: its commit is this test's."""
    revision = in_state(complete(make_revision(2024, make_agency(slug=slug))), State.APPROVED)
    move(revision, "publish", by=make_user(Role.SUPERVISOR, agency=revision.report.agency))
    assert not page(slug).exists()
    return revision.report


def page(slug: str):
    return storing.page_folder(slug, 2024) / "index.html"


@pytest.fixture
def queue(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    return DBTaskResult.objects.ready().filter(task_path=pages.draw_if_missing.module_path)


def test_a_page_that_is_missing_at_two_looks_is_drawn():
    published("cut-off")
    seen = pages.Round()
    assert [seen.take_up(), page("cut-off").exists()] == [0, False]
    assert [seen.take_up(), page("cut-off").exists()] == [1, True]
    assert seen.take_up() == 0


def test_the_worker_s_clock_does_it():
    published("cut-off")
    clock = Clock("one", timedelta(seconds=90))
    clock.tick()
    clock.tick()
    assert page("cut-off").is_file()


def test_one_that_is_just_being_drawn_is_left_alone():
    report = published("quick")
    seen = pages.Round()
    seen.take_up()
    pages.draw_pages(report.pk)
    drawn = page("quick").stat().st_ino
    assert seen.take_up() == 0
    pages.draw_if_missing.enqueue(report.pk)  # asked for by a worker that had looked before
    assert page("quick").stat().st_ino == drawn


def test_what_nobody_may_read_is_no_page_that_is_missing():
    in_state(complete(make_revision(2024, make_agency(slug="draft"))), State.APPROVED)
    seen = pages.Round()
    assert [seen.take_up(), seen.take_up()] == [0, 0]


def test_the_round_comes_to_old_reports_a_few_at_a_time(monkeypatch):
    reports = [published(f"old-{number}") for number in range(5)]
    for each in reports[1:]:
        pages.draw_pages(each.pk)
    monkeypatch.setattr(pages, "LOOKED_AT", 2)
    seen = pages.Round()
    looked_at = []
    for _ in range(3):
        seen.take_up()
        looked_at.append(seen.at)
    assert looked_at == [reports[1].pk, reports[3].pk, 0]
    assert page("old-0").is_file()
    assert len(list(seen.next_reports())) <= 2 * pages.LOOKED_AT


def test_one_that_cannot_be_drawn_is_asked_for_less_and_less_often(queue):
    published("broken")
    now = Running()
    seen = pages.Round(now)
    asked_at = []
    for _ in range(24 * 60):
        now.now += 5
        if seen.take_up():
            asked_at.append(now.now)
            queue.delete()  # a worker took it, and failed
    waits = [later - earlier for earlier, later in pairwise(asked_at)]
    assert waits == [60, 120, 240, 480, 960, 1920]
    for _ in range(2):
        now.now += pages.LONGEST_REST
        assert seen.take_up() == 1
        assert seen.take_up() == 0
        queue.delete()


def test_what_waits_in_the_queue_is_not_asked_for_again_and_never_too_many(queue, monkeypatch):
    for number in range(3):
        published(f"many-{number}")
    monkeypatch.setattr(pages, "AHEAD", 2)
    now = Running()
    seen = pages.Round(now)
    assert [seen.take_up(), seen.take_up(), seen.take_up()] == [0, 2, 0]
    assert queue.count() == 2


def test_a_beat_costs_three_statements(django_assert_num_queries):
    report = published("quiet")
    pages.draw_pages(report.pk)
    with django_assert_num_queries(3):
        pages.Round().take_up()

"""Publishing at a set time: set, cancelled, overtaken, carried out, refused when it has come."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from reports.actions import scheduling
from reports.actions.moves import last_event, move
from reports.actions.refusals import Refused
from reports.actions.scheduling import latest_time
from reports.jobs import publishing as jobs
from reports.models import (
    Agency,
    Event,
    Membership,
    Revision,
    RevisionPart,
    ScheduledPublication,
    Snapshot,
)
from reports.queries.errands import in_words, schedule_of
from reports.workflow import Role
from tests.factories import complete, make_agency, make_revision, make_user

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def city():
    return make_agency("虚构市人民政府")


@pytest.fixture
def bureau(city):
    return make_agency(parent=city)


@pytest.fixture
def author(bureau):
    return make_user(Role.AUTHOR, agency=bureau)


@pytest.fixture
def supervisor(city):
    return make_user(Role.SUPERVISOR, agency=city)


@pytest.fixture
def approved(bureau, author, supervisor):
    made = complete(make_revision(2024, bureau))
    move(made, "submit", by=author)
    return move(made, "approve", by=supervisor)


def in_an_hour():
    return timezone.now() + HOUR


def its_time_comes():
    ScheduledPublication.objects.filter(state="waiting").update(due_at=timezone.now())
    return jobs.take_up()


def stored(revision):
    return Revision.objects.get(pk=revision.pk)


def test_it_is_published_when_its_time_has_come_by_who_set_it(approved, supervisor):
    made = scheduling.schedule(approved, in_an_hour(), by=supervisor)
    assert jobs.take_up() == 0
    scheduling.publish_on_time(made.pk)  # a task that came too early
    assert stored(approved).state == "approved"
    assert its_time_comes() == 1
    assert stored(approved).state == "published"
    assert Event.objects.get(verb="publish").by == supervisor
    made.refresh_from_db()
    assert made.state == "done"


def test_it_is_published_once_however_often_asked(approved, supervisor):
    made = scheduling.schedule(approved, in_an_hour(), by=supervisor)
    its_time_comes()
    scheduling.publish_on_time(made.pk)
    assert its_time_comes() == 0
    assert Event.objects.filter(verb="publish").count() == Snapshot.objects.count() == 1


def test_a_worker_that_starts_late_publishes_what_is_due(approved, supervisor):
    scheduling.schedule(approved, in_an_hour(), by=supervisor)
    ScheduledPublication.objects.update(due_at=timezone.now() - 5 * HOUR)
    jobs.take_up()
    assert stored(approved).state == "published"


def test_it_is_said_in_the_history(approved, supervisor):
    scheduling.schedule(approved, in_an_hour(), by=supervisor)
    event = Event.objects.latest("pk")
    assert (event.verb, event.by) == ("schedule", supervisor)
    assert event.note == f"定于{in_words(ScheduledPublication.objects.get().due_at)}公布。"


def test_another_time_takes_its_place(approved, supervisor):
    first = scheduling.schedule(approved, in_an_hour(), by=supervisor)
    second = scheduling.schedule(approved, in_an_hour() + HOUR, by=supervisor)
    first.refresh_from_db()
    assert (first.state, schedule_of(approved)) == ("cancelled", second)


def test_it_can_be_cancelled_and_the_text_stays_approved(approved, supervisor):
    scheduling.schedule(approved, in_an_hour(), by=supervisor)
    scheduling.cancel(approved, by=supervisor, seen=last_event(approved))
    assert (schedule_of(approved), its_time_comes()) == (None, 0)
    assert stored(approved).state == "approved"
    assert Event.objects.latest("pk").verb == "cancel_schedule"
    with pytest.raises(Refused, match="不用取消"):
        scheduling.cancel(approved, by=supervisor)


@pytest.mark.parametrize("verb", ["return", "reopen"])
def test_what_voids_the_approval_voids_the_time_for_good(approved, author, supervisor, verb):
    made = scheduling.schedule(approved, in_an_hour(), by=supervisor)
    back = move(approved, verb, by=author if verb == "reopen" else supervisor, note="修改")
    made.refresh_from_db()
    assert made.state == "lapsed"
    move(back, "submit", by=author)
    move(back, "approve", by=supervisor)
    assert its_time_comes() == 0
    assert (stored(approved).state, schedule_of(stored(approved))) == ("approved", None)


def test_a_text_approved_anew_is_not_published_by_an_old_time(approved, author, supervisor):
    """Even if the row were still waiting: another approval is of another text."""
    made = scheduling.schedule(approved, in_an_hour(), by=supervisor)
    for verb, by in (("return", supervisor), ("submit", author), ("approve", supervisor)):
        move(approved, verb, by=by, note="修改")
    ScheduledPublication.objects.filter(pk=made.pk).update(state="waiting")
    its_time_comes()
    made.refresh_from_db()
    assert (stored(approved).state, made.state) == ("approved", "refused")
    assert "原来的定时公布失效" in made.sentence


def test_publishing_by_hand_overtakes_it(approved, supervisor):
    made = scheduling.schedule(approved, in_an_hour(), by=supervisor)
    move(approved, "publish", by=supervisor)
    made.refresh_from_db()
    assert (made.state, made.sentence) == ("lapsed", "报告已公布。")
    assert its_time_comes() == 0


def test_who_left_the_office_publishes_nothing_and_it_is_told(approved, supervisor):
    made = scheduling.schedule(approved, in_an_hour(), by=supervisor)
    Membership.objects.filter(user=supervisor).delete()
    its_time_comes()
    assert stored(approved).state == "approved"
    told = schedule_of(stored(approved))
    assert (told, told.state) == (made, "refused")
    assert f"设定人{supervisor}现在不能公布" in told.sentence
    event = Event.objects.latest("pk")
    assert (event.verb, event.by, event.note) == ("schedule_refused", None, told.sentence)


def test_the_rules_are_run_again_when_the_time_has_come(approved, supervisor):
    made = scheduling.schedule(approved, in_an_hour(), by=supervisor)
    RevisionPart.objects.filter(revision=approved, key="problems").update(text="无")
    its_time_comes()
    made.refresh_from_db()
    assert (stored(approved).state, made.state) == ("approved", "refused")
    assert "没有处理，不能公布" in made.sentence


def test_the_rules_are_run_when_it_is_set(approved, author, supervisor):
    RevisionPart.objects.filter(revision=approved, key="problems").update(text="无")
    with pytest.raises(Refused, match="没有处理，不能公布"):
        scheduling.schedule(approved, in_an_hour(), by=supervisor)
    with pytest.raises(PermissionDenied):
        scheduling.schedule(approved, in_an_hour(), by=author)
    assert ScheduledPublication.objects.count() == 0


def test_a_page_that_has_seen_less_sets_nothing(approved, supervisor):
    with pytest.raises(Refused, match="报告又有了变动"):
        scheduling.schedule(approved, in_an_hour(), by=supervisor, seen=1)


def test_a_draft_has_no_time(bureau, supervisor):
    with pytest.raises(Refused, match="起草中"):
        scheduling.schedule(complete(make_revision(2023, bureau)), in_an_hour(), by=supervisor)


def test_a_time_that_has_passed_or_is_too_far_is_refused_with_both(approved, supervisor):
    with pytest.raises(Refused, match="已经过去（现在是"):
        scheduling.schedule(approved, timezone.now() - HOUR, by=supervisor)
    with pytest.raises(Refused, match="最晚是"):
        scheduling.schedule(approved, timezone.now() + timedelta(days=31), by=supervisor)


def test_before_the_legal_date_nothing_later_than_it_can_be_set(approved):
    noon = timezone.make_aware(datetime(2025, 1, 20, 12))
    assert timezone.localtime(latest_time(approved, noon)).date() == date(2025, 1, 31)
    Agency.objects.filter(pk=approved.report.agency_id).update(kind="government")
    assert timezone.localtime(latest_time(stored(approved), noon)).date() == date(2025, 3, 31)
    late = timezone.make_aware(datetime(2025, 4, 1))
    assert latest_time(stored(approved), late) == late + timedelta(days=30)

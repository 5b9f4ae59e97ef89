"""定时公布 on the review page: set, seen everywhere, changed, cancelled, refused in clear words."""

from datetime import timedelta

import pytest
from django.utils import timezone
from lxml import html

from reports.actions.moves import last_event, move
from reports.jobs.publishing import take_up
from reports.models import Membership, Revision, ScheduledPublication
from reports.queries.errands import in_words
from tests.factories import complete, make_revision

from .conftest import entered

pytestmark = pytest.mark.django_db
TOMORROW = timezone.localtime() + timedelta(days=1)


@pytest.fixture
def approved(bureau, author, supervisor):
    made = complete(make_revision(2024, bureau))
    move(made, "submit", by=author)
    return move(made, "approve", by=supervisor)


def page(revision, what="schedule/"):
    return f"/admin/reports/revision/{revision.pk}/{what}"


def said(response):
    return " ".join(html.fromstring(response.content.decode()).text_content().split())


def set_time(client, revision, typed=f"{TOMORROW:%Y-%m-%dT%H:%M}", **more):
    return client.post(
        page(revision), {"seen": last_event(revision), "due_at": typed} | more, follow=True
    )


def cancel(client, revision):
    return client.post(
        page(revision, "schedule/cancel/"), {"seen": last_event(revision)}, follow=True
    )


def test_a_time_is_set_and_seen_by_all_whom_it_concerns(client, approved, author, supervisor):
    asked = client.get(page(approved))
    assert "最晚" in said(asked)
    told = said(set_time(client, approved))
    schedule = ScheduledPublication.objects.get()
    when = in_words(schedule.due_at)
    assert f"{TOMORROW:%H:%M}" in when  # in the site's own time zone
    assert schedule.by == supervisor
    assert f"已设定：{when}由系统公布" in told
    assert f"轮到谁定于{when}公布" in told
    assert f"定于{when}公布" in said(client.get("/admin/reports/revision/"))
    desk = entered(author)
    assert f"定于 {when} 由系统公布（申审核设定）" in said(desk.get(f"/desk/{approved.pk}/"))
    assert f"定于{when}公布" in said(desk.get("/desk/"))


def test_it_can_be_changed_and_cancelled(client, approved):
    set_time(client, approved)
    later = TOMORROW + timedelta(days=1)
    assert "改公布时间" in said(set_time(client, approved, f"{later:%Y-%m-%dT%H:%M}"))
    assert "已取消定时公布" in said(cancel(client, approved))
    assert not ScheduledPublication.objects.filter(state="waiting").exists()
    assert Revision.objects.get(pk=approved.pk).state == "approved"
    response = cancel(client, approved)
    assert (response.status_code, "不用取消" in said(response)) == (409, True)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "请填写公布的日期和时间"),
        ("明天上午", "请填写公布的日期和时间"),
        ("2024-13-01T09:00", "请填写公布的日期和时间"),
        ("2024-01-25T09:00", "2024年1月25日 09:00已经过去"),
        ("2999-01-25T09:00", "公布的时间最晚是"),
    ],
)
def test_a_time_that_cannot_be_is_refused_and_kept_in_its_field(client, approved, typed, why):
    response = set_time(client, approved, typed)
    field = html.fromstring(response.content.decode()).get_element_by_id("due_at")
    assert (response.status_code, field.get("value")) == (409, typed)
    assert why in said(response)
    assert ScheduledPublication.objects.count() == 0


def test_a_page_that_has_seen_less_sets_nothing(client, approved):
    response = set_time(client, approved, seen=1)
    assert (response.status_code, "报告又有了变动" in said(response)) == (409, True)


def test_why_it_came_to_nothing_is_shown_to_both(client, approved, author, supervisor):
    set_time(client, approved)
    ScheduledPublication.objects.update(due_at=timezone.now())
    Membership.objects.filter(user=supervisor).update(role="author")
    take_up()
    Membership.objects.filter(user=supervisor).update(role="supervisor")
    told = said(client.get(page(approved, "review/")))
    assert "定时公布没有办成" in told
    assert "设定人申审核现在不能公布这份报告" in told
    assert "定时公布没有办成" in said(entered(author).get(f"/desk/{approved.pk}/"))


def test_who_may_not_publish_is_not_asked(bureau, approved, client, author):
    mine = complete(make_revision(2023, bureau))
    assert client.get(page(mine)).status_code == 409
    assert "不能设定时间" in said(client.get(page(mine)))

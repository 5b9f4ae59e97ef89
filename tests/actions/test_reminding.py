"""Who is reminded of what is due, on which days, and by whom; nobody twice."""

import threading
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from reports.actions.campaigning import Owing, call_reports, exempt
from reports.actions.moves import move
from reports.actions.reminding import remind_due
from reports.editions.bodies import BodyKind
from reports.models import Notice, RemindedDay
from reports.queries.notices import unread_count
from reports.workflow import Role, State
from tests.factories import complete, in_state, make_agency, make_revision, make_user

from .test_moves_at_once import needs_real_threads

pytestmark = pytest.mark.django_db
YEAR = 2024
INNER, LEGAL = date(2025, 1, 20), date(2025, 1, 31)
Kind = Notice.Kind


class City:
    """An office that has called for the year's reports, and two bureaus which owe them."""

    def __init__(self):
        self.office = make_agency("虚构市人民政府")
        self.bureau = make_agency("虚构市档案局", parent=self.office)
        self.sister = make_agency("虚构市体育局", parent=self.office)
        self.author = make_user(Role.AUTHOR, agency=self.bureau)
        self.sister_author = make_user(Role.AUTHOR, agency=self.sister)
        self.supervisor = make_user(Role.SUPERVISOR, agency=self.bureau)
        self.authority = make_user(Role.AUTHORITY, agency=self.office, name="申主管")
        self.campaign = call_reports(
            self.office,
            YEAR,
            by=self.authority,
            opens_on=date(2025, 1, 2),
            owing=[Owing(BodyKind.DEPARTMENT, None, INNER)],
        )
        exempt(self.campaign, self.office, "由办公室编报", by=self.authority)


@pytest.fixture
def city():
    return City()


def steps_of(user):
    """On which days of January and February the user was reminded, as days before or after the inner date."""
    days = []
    for number in range(59):
        today = date(2025, 1, 2) + timedelta(days=number)
        before = Notice.objects.filter(to=user).count()
        remind_due(today)
        if Notice.objects.filter(to=user).count() > before:
            days.append((today - INNER).days)
    return days


def test_an_author_is_reminded_14_7_3_and_1_days_before_then_the_day_after_then_weekly(city):
    Notice.objects.all().delete()
    found = steps_of(city.author)
    inner = [-14, -7, -3, -1, 1, 8, 15, 22, 29, 36]
    gap = (LEGAL - INNER).days
    legal = [gap + days for days in (-14, -7, -3, -1, 1, 8, 15, 22, 29)]
    assert found == sorted({*inner, *legal} & set(range(-18, 41)))


def test_running_twice_on_one_day_tells_once(city):
    first = remind_due(INNER - timedelta(days=7))
    assert first > 0
    assert remind_due(INNER - timedelta(days=7)) == 0
    assert remind_due(INNER - timedelta(days=6)) == 0
    assert RemindedDay.objects.count() == 2


def test_a_day_on_which_no_worker_ran_is_made_up_for(city):
    remind_due(INNER - timedelta(days=5))
    [notice] = Notice.objects.filter(to=city.author, key__contains="/inner/")
    assert "还有 5 天" in notice.words
    assert notice.kind == Kind.DUE


def test_what_is_late_says_by_how_much(city):
    remind_due(LEGAL + timedelta(days=2))
    words = {each.words for each in Notice.objects.filter(to=city.author, kind=Kind.OVERDUE)}
    assert words == {
        "虚构市档案局2024年度报告已超过送审期限（2025-01-20） 13 天，现在是“未开始”，请尽快送审。",
        "虚构市档案局2024年度报告已超过法定公布期限（2025-01-31） 2 天，现在是“未开始”，请尽快送审、公布。",
    }


def test_only_those_who_owe_are_reminded(city):
    exempt(city.campaign, city.bureau, "当年撤销", by=city.authority)
    remind_due(INNER - timedelta(days=1))
    assert not Notice.objects.filter(to=city.author).exists()
    assert Notice.objects.filter(to=city.sister_author, kind=Kind.DUE).count() == 2


def test_before_the_call_opens_nobody_is_reminded(city):
    city.campaign.opens_on = INNER - timedelta(days=2)
    city.campaign.save()
    assert remind_due(INNER - timedelta(days=7)) == 0


def test_once_submitted_the_inner_date_is_no_more_the_authors(city):
    revision = complete(make_revision(YEAR, city.bureau))
    remind_due(INNER - timedelta(days=3))
    assert unread_count(city.author) == 2
    move(revision, "submit", by=city.author)
    assert unread_count(city.author) == 0
    Notice.objects.all().delete()
    remind_due(LEGAL - timedelta(days=1))
    assert not Notice.objects.filter(to=city.author).exists()
    assert "审核中：虚构市档案局" in Notice.objects.get(to=city.supervisor).detail


def test_what_is_published_is_nobodys_reminder(city):
    revision = in_state(complete(make_revision(YEAR, city.bureau)), State.APPROVED)
    move(revision, "publish", by=city.supervisor)
    Notice.objects.all().delete()
    remind_due(LEGAL + timedelta(days=1))
    assert not Notice.objects.filter(to__in=[city.author, city.supervisor]).exists()


def test_a_reviewer_gets_one_summary_of_all_below_for_each_date(city):
    remind_due(INNER - timedelta(days=1))
    found = Notice.objects.filter(to=city.authority).order_by("key")
    assert {each.kind for each in found} == {Kind.DIGEST}
    assert [each.words for each in found] == [
        "虚构市人民政府范围内2024年度报告距送审期限（2025-01-20）还有 1 天，还有 2 家没有送审。",
        "虚构市人民政府范围内2024年度报告距法定公布期限（2025-01-31）还有 12 天，还有 2 家没有公布。",
    ]
    assert found[0].detail == "未开始：虚构市档案局、虚构市体育局"
    assert "还有 1 家" in Notice.objects.filter(to=city.supervisor).first().words


def test_who_has_gone_is_not_reminded(city):
    city.author.is_active = False
    city.author.save()
    remind_due(INNER - timedelta(days=1))
    assert not Notice.objects.filter(to=city.author).exists()


def test_many_bodies_take_as_many_statements_as_few(city):
    def asked(today):
        with CaptureQueriesContext(connection) as statements:
            assert remind_due(today)
        return len(statements)

    few = asked(INNER - timedelta(days=14))
    for number in range(20):
        agency = make_agency(f"虚构市第{number}局", parent=city.office)
        make_user(Role.AUTHOR, agency=agency)
    assert asked(INNER - timedelta(days=7)) <= few


def test_the_command_tells_once_however_often_it_runs(city, capsys):
    for _ in range(2):
        call_command("send_reminders", "--today", "2025-01-19")
    said = capsys.readouterr().out.splitlines()
    assert said[0] != said[1] == "新提醒 0 条，发出邮件 0 封。"


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_tell_each_once():
    needs_real_threads()
    city = City()
    line, made, faults = threading.Barrier(2), [], []

    def run():
        try:
            line.wait(timeout=20)
            made.append(remind_due(INNER - timedelta(days=1)))
        except Exception as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert faults == []
    assert sorted(made) == [0, Notice.objects.count()]
    assert Notice.objects.filter(to=city.author).count() == 2

"""The audit trail is verified once a day, and whoever watches over it is told of what is broken."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from reports.actions.auditing import note
from reports.actions.chaining import link_all
from reports.jobs import verifying
from reports.models import AuditEntry, Notice
from reports.queries import chain
from reports.queries.notices import address_of
from reports.workflow import Role
from tests.factories import make_agency, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def noon(monkeypatch):
    """The clock, which a test may turn."""
    real, ahead = timezone.now, {"by": timedelta()}
    today = timezone.localtime()
    ahead["by"] = today.replace(hour=12, minute=0) - today
    monkeypatch.setattr(timezone, "now", lambda: real() + ahead["by"])
    return ahead


@pytest.fixture
def auditor():
    return make_user(Role.AUDITOR)


def slip_in():
    """An entry as one who may write in the tables would slip it in."""
    then = timezone.now() - timedelta(days=40)
    AuditEntry.objects.create(at=then, origin="命令行", verb="aside", result="done")


def test_once_a_day_and_the_auditor_sees_what_it_came_to(noon, auditor):
    note("change_agency", make_agency())
    link_all()
    assert [verifying.take_up(), verifying.take_up()] == [1, 0]
    noted = AuditEntry.objects.get(verb="verify_audit")
    assert (noted.origin, noted.result) == ("后台任务", "done")
    browser = Client()
    browser.force_login(auditor)
    page = browser.get("/admin/reports/auditentry/").text
    assert f"/admin/reports/auditentry/{noted.pk}/change/" in page
    assert "完整" in page
    assert not Notice.objects.exists()
    noon["by"] += timedelta(days=1)
    assert verifying.take_up() == 1


def test_not_in_the_middle_of_the_night(noon):
    noon["by"] -= timedelta(hours=11)
    assert verifying.take_up() == 0


def test_a_break_is_told_to_auditors_and_security_administrators_once_a_day(noon, auditor):
    security, system = make_user(Role.SECURITY_ADMINISTRATOR), make_user(Role.SYSTEM_ADMINISTRATOR)
    make_user(Role.SUPERVISOR, agency=make_agency())
    slip_in()
    verifying.take_up()
    verifying.verify_audit.enqueue()
    told = Notice.objects.filter(kind=Notice.Kind.AUDIT_BROKEN)
    assert {each.to for each in told} == {auditor, security}
    assert told.count() == 2
    assert "1 处问题" in told[0].words
    assert "可能是事后插入的" in told[0].detail
    for each in told:
        browser = Client()
        browser.force_login(each.to)
        assert browser.get(address_of(each)).status_code == 200
        assert "核验审计记录发现 1 处问题" in browser.get("/desk/notices/").text
    assert not Notice.objects.filter(to=system).exists()


def test_one_that_is_under_way_or_failed_three_times_is_not_begun_again(noon):
    def asked(status):
        row = DBTaskResult.objects.create(
            task_path=verifying.verify_audit.module_path, status=status, args_kwargs={},
            backend_name="default", run_after=timezone.now(), exception_class_path="", traceback="",
        )  # fmt: skip
        DBTaskResult.objects.filter(pk=row.pk).update(enqueued_at=timezone.now())
        return row

    running = asked(TaskResultStatus.RUNNING)
    assert verifying.take_up() == 0
    running.delete()
    for _ in range(3):
        asked(TaskResultStatus.FAILED)
    assert verifying.take_up() == 0


def test_what_is_linked_while_the_chain_is_read_is_no_fault(monkeypatch):
    agency = make_agency()
    note("change_agency", agency)
    link_all()
    real, told = chain.faults_of_links, []

    def reading(*last):
        end = yield from real(*last)
        if not told:  # somebody acts between the last link read and the head
            told.append(note("change_agency", agency))
            link_all()
        return end

    monkeypatch.setattr(chain, "faults_of_links", reading)
    assert list(chain.faults()) == []
    assert told

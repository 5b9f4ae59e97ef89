"""What is mailed, to whom, once; a mail that fails, a worker that dies."""

import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connections
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from reports.actions.mailing import MOST_TRIES, WAITS, send_waiting_mail
from reports.actions.notifying import choose_mail, make, read
from reports.jobs import notifying
from reports.models import Notice, RemindedDay, SiteSettings, User
from tests.factories import make_user

from .test_moves_at_once import needs_real_threads

pytestmark = pytest.mark.django_db
Kind, Mail = Notice.Kind, Notice.Mail
BROKEN = "broken@example.invalid"


class OneAddressFails(EmailBackend):
    """A server that takes every mail but those to one address."""

    def send_messages(self, messages):
        if BROKEN in messages[0].to:
            raise ConnectionResetError("the server went away")
        return super().send_messages(messages)


@pytest.fixture
def one_address_fails(settings):
    settings.EMAIL_BACKEND = f"{__name__}.OneAddressFails"


def addressed(email: str) -> User:
    user = make_user()
    user.email = email
    user.save()
    return user


def told(user: User, key: str = "test:1") -> Notice:
    make(
        [
            Notice(
                to=user,
                kind=Kind.RETURNED,
                key=key,
                words="虚构区档案局2024年度报告被退回。",
                detail="不宜外传的意见",
            )
        ]
    )
    return Notice.objects.get(to=user, key=key)


def recipients() -> list[str]:
    return [address for message in mail.outbox for address in message.to]


def test_a_mail_says_one_sentence_and_where_to_go():
    SiteSettings.objects.create(pk=1, name="虚构网站", domain="example.invalid")
    notice = told(addressed("a@example.invalid"))
    assert mail.outbox == []
    assert send_waiting_mail() == 1
    [message] = mail.outbox
    assert message.subject == "虚构区档案局2024年度报告被退回。"
    assert f"https://example.invalid/desk/notices/{notice.pk}/" in message.body
    assert "虚构网站" in message.body
    assert "不宜外传的意见" not in message.body
    assert message.extra_headers["Message-ID"] == f"<notice-{notice.pk}@example.invalid>"


def test_what_was_sent_is_not_sent_again():
    notice = told(addressed("a@example.invalid"))
    assert [send_waiting_mail(), send_waiting_mail()] == [1, 0]
    notice.refresh_from_db()
    assert (notice.mail, notice.tries) == (Mail.SENT, 1)
    assert notice.mailed_at is not None


def test_one_address_that_fails_keeps_no_other_back_and_is_tried_again(one_address_fails):
    bad, good = told(addressed(BROKEN)), told(addressed("good@example.invalid"))
    assert send_waiting_mail() == 1
    assert recipients() == ["good@example.invalid"]
    bad.refresh_from_db()
    assert (bad.mail, bad.tries) == (Mail.WAITING, 1)
    assert bad.trouble == "ConnectionResetError: the server went away"
    assert send_waiting_mail() == 0
    bad.refresh_from_db()
    assert bad.tries == 1, "not before its time"
    User.objects.filter(email=BROKEN).update(email="mended@example.invalid")
    assert send_waiting_mail(timezone.now() + WAITS[0] + timedelta(minutes=1)) == 1
    assert recipients() == ["good@example.invalid", "mended@example.invalid"]
    bad.refresh_from_db()
    assert (bad.mail, bad.trouble) == (Mail.SENT, "")
    good.refresh_from_db()
    assert good.tries == 1


def test_a_mail_is_given_up_after_so_many_tries(one_address_fails):
    notice = told(addressed(BROKEN))
    now = timezone.now()
    for _ in range(MOST_TRIES + 2):
        send_waiting_mail(now)
        now += timedelta(days=2)
    notice.refresh_from_db()
    assert (notice.mail, notice.tries) == (Mail.FAILED, MOST_TRIES)
    assert notice.read_at is None, "it stands in the inbox all the same"


def test_a_server_that_takes_nothing_is_left_alone_for_now(one_address_fails):
    user = addressed(BROKEN)
    for number in range(10):
        told(user, f"test:{number}")
    assert send_waiting_mail() == 0
    assert Notice.objects.filter(tries=1).count() == 3
    assert Notice.objects.filter(mail=Mail.WAITING).count() == 10
    assert send_waiting_mail() == 0
    assert Notice.objects.filter(tries__gt=0).count() == 3


def test_a_worker_that_died_between_row_and_mail_has_it_sent_by_the_next():
    notice = told(addressed("a@example.invalid"))
    Notice.objects.filter(pk=notice.pk).update(
        tries=1, next_try_at=timezone.now() + WAITS[0]
    )  # what is left of one that took the mail and did not live to send it
    assert send_waiting_mail() == 0
    assert send_waiting_mail(timezone.now() + WAITS[0] + timedelta(minutes=1)) == 1
    assert recipients() == ["a@example.invalid"]


def test_workers_that_died_over_it_every_time_end_it():
    notice = told(addressed("a@example.invalid"))
    Notice.objects.filter(pk=notice.pk).update(tries=MOST_TRIES, next_try_at=timezone.now())
    assert send_waiting_mail() == 0
    notice.refresh_from_db()
    assert (notice.mail, notice.trouble) == (Mail.FAILED, "发送时处理进程中断")


@pytest.mark.parametrize("why", ["read", "unwanted", "gone", "no address"])
def test_what_nobody_wants_any_more_is_not_sent(why):
    user = addressed("a@example.invalid")
    notice = told(user)
    if why == "read":
        read(user, notice.pk)
    elif why == "unwanted":
        choose_mail(user, set(Kind) - {Kind.RETURNED})
    else:
        change = {"is_active": False} if why == "gone" else {"email": ""}
        User.objects.filter(pk=user.pk).update(**change)
    assert send_waiting_mail() == 0
    assert mail.outbox == []
    notice.refresh_from_db()
    assert notice.mail == Mail.NONE


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_mail_once():
    needs_real_threads()
    user = addressed("a@example.invalid")
    for number in range(30):
        told(user, f"test:{number}")
    line, sent = threading.Barrier(3), []

    def run():
        try:
            line.wait(timeout=20)
            sent.append(send_waiting_mail())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sum(sent) == len(mail.outbox) == 30
    identities = [message.extra_headers["Message-ID"] for message in mail.outbox]
    assert len(set(identities)) == 30


# The clock


@pytest.fixture
def queue(settings):
    """Tasks wait for a worker, as they do on a site."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def at(monkeypatch, hour):
    now = timezone.localtime().replace(hour=hour)
    monkeypatch.setattr(timezone, "localtime", lambda *given: now)


def test_the_clock_asks_for_the_days_reminders_and_for_mail_once(queue, monkeypatch):
    at(monkeypatch, 9)
    told(addressed("a@example.invalid"))
    assert [notifying.take_up(), notifying.take_up()] == [2, 0]
    paths = set(DBTaskResult.objects.values_list("task_path", flat=True))
    assert paths == {
        "reports.jobs.notifying.remind_due",
        "reports.jobs.notifying.send_waiting_mail",
    }


def test_nobody_is_reminded_at_night(queue, monkeypatch):
    at(monkeypatch, 3)
    assert notifying.take_up() == 0


def test_a_day_is_reminded_of_once(monkeypatch):
    at(monkeypatch, 9)
    assert notifying.take_up() == 1  # done at once by the tests' backend
    assert RemindedDay.objects.count() == 1
    assert notifying.take_up() == 0


def test_mail_that_cannot_be_sent_at_all_is_tried_less_and_less_often(queue, settings, caplog):
    told(addressed("a@example.invalid"))
    settings.EMAIL_BACKEND = "no.such.backend"
    now = timezone.now()
    waits = []
    for _ in range(9):
        asked_for(notifying.send_waiting_mail)
        results = DBTaskResult.objects.order_by("-finished_at")
        results.filter(pk=results[0].pk).update(finished_at=now)
        minutes = (
            each for each in range(120) if not notifying.mail_rests(now + timedelta(minutes=each))
        )
        waits.append(next(minutes))
        now += timedelta(hours=1)
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert Notice.objects.get().tries == 0  # the mail is not to blame
    said = [each.message for each in caplog.records if each.name == notifying.__name__]
    assert len(said) == 1
    assert "no" in said[0]


def test_the_clock_does_not_ask_while_mail_rests(queue, settings, monkeypatch):
    at(monkeypatch, 3)
    told(addressed("a@example.invalid"))
    settings.EMAIL_BACKEND = "no.such.backend"
    assert notifying.take_up() == 1
    work_off()
    assert notifying.take_up() == 0


def test_when_it_can_be_sent_again_that_is_said_and_nothing_rests(queue, settings, caplog):
    notice = told(addressed("a@example.invalid"))
    good, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "no.such.backend"
    asked_for(notifying.send_waiting_mail)
    settings.EMAIL_BACKEND = "other.backend"
    asked_for(notifying.send_waiting_mail)
    settings.EMAIL_BACKEND = good
    asked_for(notifying.send_waiting_mail)
    said = [each.levelname for each in caplog.records if each.name == notifying.__name__]
    assert said == ["ERROR", "ERROR", "WARNING"]
    assert not notifying.mail_rests(timezone.now())
    assert Notice.objects.get(pk=notice.pk).mail == Mail.SENT


def asked_for(job) -> None:
    job.enqueue()
    work_off()


def work_off() -> None:
    """What a worker process does with the queue, without its closing of connections."""
    worker = Worker(
        queue_names=["*"], interval=1, batch=True, backend_name="default", startup_delay=False,
        max_tasks=None, worker_id="one", excluded_queue_names=[],
    )  # fmt: skip
    for task in DBTaskResult.objects.ready():
        task.claim(worker.worker_id)
        worker.run_task(task)

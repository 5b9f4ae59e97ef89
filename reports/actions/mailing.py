"""Sending by e-mail what was told. Only the worker does it, never a request.

A mail is taken (its try counted, the next one set) before it is sent, so of
many workers one sends it. If that one dies the mail is tried again later: its
Message-ID is always the same, by which a repeated mail is known.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.urls import reverse
from django.utils import timezone

from reports.exporters.page import Site
from reports.models import Notice
from reports.queries.notices import mail_due, unmailed_kinds
from reports.queries.site import site

Mail = Notice.Mail
# How long after each try the next one is; after the last the mail is given up.
WAITS = tuple(timedelta(minutes=each) for each in (10, 60, 6 * 60, 24 * 60, 24 * 60))
MOST_TRIES = len(WAITS)
MOST_IN_A_ROW = 3  # failures after which the server is left alone for a while
INTERRUPTED = "发送时处理进程中断"
logger = logging.getLogger(__name__)


class Unopened(Exception):
    """There is no sending at all: the settings name no mail server that can be used."""


def send_waiting_mail(now: datetime | None = None) -> int:
    """Send what waits; returns how many were sent. One that fails keeps no other back.

    Raises Unopened, and has tried none then.
    """
    now = now or timezone.now()
    sent = failures = 0
    website = site()
    with opened() as connection:
        for notice in list(mail_due(now).select_related("to")):
            if failures == MOST_IN_A_ROW:
                mail_due(now).update(next_try_at=now + WAITS[0])
                break
            if not take(notice, now):
                continue
            trouble = deliver(notice, website, connection)
            settle(notice, trouble)
            sent += not trouble
            failures = failures + 1 if trouble else 0
    return sent


@contextmanager
def opened() -> Iterator[BaseEmailBackend]:
    """One connection for all mails, made with the first of them."""
    try:
        connection = get_connection()
    except Exception as error:  # whatever the backend that is set does when it is made
        raise Unopened(f"{type(error).__name__}: {error}"[:200]) from error
    try:
        yield connection
    finally:
        connection.close()


def take(notice: Notice, now: datetime) -> bool:
    """Whether the mail is ours to send; what nobody wants any more is laid aside."""
    if notice.tries >= MOST_TRIES:  # whoever tried last did not live to say what came of it
        settle(notice, notice.trouble or INTERRUPTED)
        return False
    row = Notice.objects.filter(pk=notice.pk, mail=Mail.WAITING, tries=notice.tries)
    if not wanted(notice):
        row.update(mail=Mail.NONE, next_try_at=None)
        return False
    taken = row.update(tries=notice.tries + 1, next_try_at=now + WAITS[notice.tries])
    notice.tries += taken
    return bool(taken)


def wanted(notice: Notice) -> bool:
    """Not what was read meanwhile, nor what its addressee no longer wants or may have."""
    user = notice.to
    unread = Notice.objects.filter(pk=notice.pk, read_at=None).exists()
    return bool(
        unread and user.is_active and user.email and notice.kind not in unmailed_kinds(user)
    )


def deliver(notice: Notice, website: Site, connection: BaseEmailBackend) -> str:
    """Send it; returns what went wrong, empty where nothing did."""
    try:
        message_of(notice, website, connection).send()
    except Exception as error:  # whatever a mail server does keeps no other mail from going
        logger.exception("Mail of notice %s was not sent", notice.pk)
        return f"{type(error).__name__}: {error}"[:200]
    return ""


def settle(notice: Notice, trouble: str) -> None:
    """Write down what came of it."""
    said: dict[str, object] = {"trouble": trouble}
    if not trouble:
        said |= {"mail": Mail.SENT, "mailed_at": timezone.now(), "next_try_at": None}
    elif notice.tries >= MOST_TRIES:
        said |= {"mail": Mail.FAILED, "next_try_at": None}
    Notice.objects.filter(pk=notice.pk, mail=Mail.WAITING).update(**said)


def message_of(notice: Notice, website: Site, connection: BaseEmailBackend) -> EmailMessage:
    """Plain text: the one sentence and where to go; opinions stay within the product."""
    address = website.address + reverse("desk:notice", args=[notice.pk])
    body = (
        f"{notice.to}：\n\n{notice.words}\n\n请登录后办理：{address}\n\n"
        f"这封邮件由{website.name}自动发送，请不要回复。不想收到这类邮件，可以在“提醒”的“邮件设置”里取消。\n"
    )
    domain = website.address.rpartition("/")[2]
    return EmailMessage(
        subject=notice.words,
        body=body,
        to=[notice.to.email],
        headers={
            "Message-ID": f"<notice-{notice.pk}@{domain}>",
            "Auto-Submitted": "auto-generated",
        },
        connection=connection,
    )

"""What a person has been told, and which mails wait."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Q, QuerySet, When
from django.urls import reverse

from reports.models import Notice, NoticeSettings, User
from reports.permissions import Asker, is_auditor, notices_of

from .keys import key_of

Kind = Notice.Kind
REVIEWED = frozenset({Kind.TO_APPROVE, Kind.TO_PUBLISH})


A_PAGE = 50
READ, UNREAD = "r", "u"


def inbox_of(user: Asker) -> QuerySet[Notice]:
    """The person's notices, the unread first, the newest first among each."""
    unread = Case(When(read_at=None, then=0), default=1)
    return notices_of(user).select_related("by").order_by(unread, "-pk")


@dataclass(frozen=True)
class Page:
    """Some notices of an inbox; ``after`` leads to those that follow, empty after the last."""

    notices: list[Notice]
    after: str = ""


def page_of(user: Asker, after: str = "") -> Page:
    """The inbox from a place on, however long it is: two statements, by key.

    ``after`` is a page's own: whether its last notice was unread, and its key. Of
    anything else the first page is shown.
    """
    among, below = after[:1], key_of(after[1:])
    found: list[Notice] = []
    for part, condition in ((UNREAD, Q(read_at=None)), (READ, Q(read_at__isnull=False))):
        if below is not None and among == READ and part == UNREAD:
            continue
        rows = notices_of(user).filter(condition).select_related("by").order_by("-pk")
        if below is not None and among == part:
            rows = rows.filter(pk__lt=below)
        found += rows[: A_PAGE + 1 - len(found)]
    shown = found[:A_PAGE]
    if len(found) <= A_PAGE:
        return Page(shown)
    last = shown[-1]
    return Page(shown, f"{READ if last.read_at else UNREAD}{last.pk}")


def unread_count(user: Asker) -> int:
    return notices_of(user).filter(read_at=None).count()


def address_of(notice: Notice) -> str:
    """Where the person does what the notice is about, as a path."""
    if notice.kind in REVIEWED and notice.revision_id:
        return reverse("admin:reports_revision_review", args=[notice.revision_id])
    if notice.kind == Kind.FACTOR_RESET:
        return reverse("account")
    if notice.kind == Kind.AUDIT_BROKEN:
        name = "reports_auditentry_changelist" if is_auditor(notice.to) else "index"
        return reverse(f"admin:{name}")
    if notice.revision_id:
        return reverse("desk:hub", args=[notice.revision_id])
    return reverse("admin:index" if notice.kind == Kind.DIGEST else "desk:shelf")


def unmailed_kinds(user: User) -> frozenset[str]:
    """The kinds which the person does not want by e-mail."""
    row = NoticeSettings.objects.filter(user=user).first()
    return frozenset(row.unmailed) if row else frozenset()


def mail_due(now: datetime) -> QuerySet[Notice]:
    """The notices whose mail is to be sent now, the oldest first."""
    return Notice.objects.filter(mail=Notice.Mail.WAITING, next_try_at__lte=now).order_by("pk")

"""What a person has been told, and which mails wait."""

from datetime import datetime

from django.db.models import F, QuerySet
from django.urls import reverse

from reports.models import Notice, NoticeSettings, User
from reports.permissions import Asker, is_auditor, notices_of

Kind = Notice.Kind
REVIEWED = frozenset({Kind.TO_APPROVE, Kind.TO_PUBLISH})


def inbox_of(user: Asker) -> QuerySet[Notice]:
    """The person's notices, the unread first, the newest first among each."""
    return (
        notices_of(user).select_related("by").order_by(F("read_at").desc(nulls_first=True), "-pk")
    )


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

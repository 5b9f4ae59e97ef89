"""When and from where a person logged in last, as the audit trail has it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from reports.models import AuditEntry, User

Result = AuditEntry.Result


@dataclass(frozen=True)
class LastLogIn:
    at: datetime
    address: str
    failures: int  # refused since, wherever from

    @property
    def words(self) -> str:
        when = timezone.localtime(self.at)
        told = f"上次登录：{when:%Y年}{when.month}月{when.day}日 {when:%H:%M}"
        told += f"，来自 {self.address}。" if self.address else "。"
        if self.failures:
            told += f"其后有 {self.failures} 次没有成功的登录，不是您本人的请告诉安全管理员。"
        return told


def log_ins_of(user: User) -> QuerySet[AuditEntry]:
    return AuditEntry.objects.filter(
        verb="log_in", subject_kind="user", subject_key=str(user.pk)
    ).order_by("-pk")


def last_log_in(user: User, *, skip: int = 0) -> LastLogIn | None:
    """The newest, or with ``skip`` one before; failures are counted up to the one after it."""
    done = list(log_ins_of(user).filter(result=Result.DONE)[skip - 1 if skip else 0 : skip + 1])
    if len(done) < (2 if skip else 1):
        return None
    last = done[-1]
    since = log_ins_of(user).filter(result=Result.REFUSED, pk__gt=last.pk)
    if skip:
        since = since.filter(pk__lt=done[0].pk)
    return LastLogIn(last.at, last.address, since.count())

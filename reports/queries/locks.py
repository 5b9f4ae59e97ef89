"""Log-ins locked after too many wrong passwords, by user name and address together.

django-axes counts (``AXES_*`` in the settings) in a table that all processes share. A
bureau comes from one address and a name can be typed by anybody: neither alone is locked.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max, Sum
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from reports.models import User

from .visitors import visitor_address


@dataclass(frozen=True)
class Lock:
    username: str
    address: str | None
    failures: int
    since: datetime
    person: User | None

    @property
    def until(self) -> datetime:
        return self.since + lock_time()


def lock_time() -> timedelta:
    lasts: timedelta = settings.AXES_COOLOFF_TIME
    return lasts


def locks_standing() -> list[Lock]:
    """The newest first."""
    recent = AccessAttempt.objects.filter(attempt_time__gte=timezone.now() - lock_time())
    rows = list(
        recent.order_by()
        .values("username", "ip_address")
        .annotate(failures=Sum("failures_since_start"), since=Max("attempt_time"))
        .filter(failures__gte=settings.AXES_FAILURE_LIMIT)
        .order_by("-since")[:200]
    )
    named = User.objects.in_bulk([row["username"] for row in rows], field_name="username")
    return [
        Lock(
            row["username"], row["ip_address"], row["failures"], row["since"],
            named.get(row["username"]),
        )
        for row in rows
    ]  # fmt: skip


def attempts_by(username: str, address: str | None) -> Any:
    return AccessAttempt.objects.filter(username=username, ip_address=address)


def nobody_called(typed: str) -> str:
    """A name nobody has may be a password in the wrong box: only its keyed hash is kept."""
    digest = salted_hmac("reports.accounts.views", typed).hexdigest()[:12]
    return f"没有的用户名（{digest}）"


def counted_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """Under which name django-axes counts."""
    given = credentials or {}
    typed = str(given.get("username") or request.POST.get("username", ""))[:150].replace("\0", "")
    return typed if User.objects.filter(username=typed).exists() else nobody_called(typed)


def counted_address(request: HttpRequest) -> str | None:
    """From which address; None where there is none (a socket of the same machine)."""
    said = visitor_address(request)
    try:
        return str(ip_address(said))
    except ValueError:
        return None

"""From a password that was right to a session: the second factor stands between where there is one.

What a session is stamped with: ``began`` (its twelve hours), ``valid`` (against
``User.sessions_from``), ``keyed`` (against ``User.rights_changed_at``), ``seen``.
"""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from reports.actions.auditing import note
from reports.actions.sessions import end_sessions
from reports.models import User
from reports.queries.log_ins import last_log_in
from reports.queries.second_factor import factor_of

AWAITS = "awaits_second_factor"
HELD = "held"
SIGNED_ON = "signed_on"  # came through the single sign-on
TWICE = "second_factor_elsewhere"  # which asked for a second factor
PATIENCE = 5 * 60  # seconds from the password to the code


def come_in(
    request: HttpRequest, user: User, where: str, *, signed_on: bool = False, twice: bool = False
) -> HttpResponse:
    """Whoever has a second factor is asked for it, and nobody is logged in until then.

    ``signed_on``: the city's single sign-on has shown who it is; ``twice``: by two factors.
    """
    request.session[SIGNED_ON], request.session[TWICE] = signed_on, twice
    if twice or factor_of(user) is None:
        return enter(request, user, where, way="统一身份认证" if signed_on else "")
    request.session.cycle_key()
    request.session[AWAITS] = {
        "user": user.pk,
        "backend": getattr(user, "backend", ""),
        "password": user.get_session_auth_hash(),
        "until": timezone.now().timestamp() + PATIENCE,
        "where": where,
    }
    return redirect("second_factor")


def awaited(request: HttpRequest) -> tuple[User, dict[str, Any]] | None:
    """Who gave the right password a moment ago, and what was kept of it; the account as it is now."""
    kept = request.session.get(AWAITS)
    if not kept or kept["until"] < timezone.now().timestamp():
        return None
    user = User.objects.filter(pk=kept["user"], is_active=True).first()
    if user is None or user.get_session_auth_hash() != kept["password"]:
        return None
    return user, kept


def enter(
    request: HttpRequest, user: User, where: str, *, backend: str = "", **detail: Any
) -> HttpResponse:
    """Log in under a new session key, note it, and say when the last time was."""
    last = last_log_in(user)
    request.session.pop(AWAITS, None)
    began = end_sessions(user) if user.one_session else timezone.now()
    by = {each: request.session.get(each, False) for each in (SIGNED_ON, TWICE)}
    login(request, user, backend=backend or None)
    request.session.update(by)
    stamp(request, began)
    note("log_in", user, by=user, **detail)
    if last:
        messages.info(request, last.words)
    held = request.session.get(HELD)
    if held and held["user"] == user.pk:
        return redirect(reverse("held"))
    request.session.pop(HELD, None)
    return redirect(where)


def stamp(request: HttpRequest, began: datetime) -> None:
    at = began.timestamp()
    request.session.update({"began": at, "valid": at, "keyed": at, "seen": at})

"""How long a session stays: it ends idle, after its longest time, or because the person ended it.

Asked at the desk, the admin and the person's own pages; public pages know no session.
What was just being sent is held in the session of whoever comes next to this
browser and shown to the same person alone, after log-in (``held_view``).
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from reports.actions.auditing import note
from reports.models import User

from .entering import HELD, TWICE
from .standing_between import DOORS, NOT_SENT_AGAIN

OURS = frozenset(
    {"account", "held", "stay", "second_factor_setup", "password_change", "password_change_done"}
)
LOGGING_OUT = "logout"
SCRIPTED = frozenset({"stay", "keep"})  # asked by scripts alone
MOST_HELD = 1024 * 1024  # characters of a form that are held
ENDED = "ended"
STAMPED_EVERY = 60  # seconds; each stamp is a write


class Staying:
    """After AuthenticationMiddleware and before that of what stands between."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        at = request.resolver_match
        if at is None or not (set(at.namespaces) & DOORS or at.url_name in OURS):
            return None
        user = request.user
        if not isinstance(user, User):
            return None
        over = why_over(request, user)
        if over and at.url_name != LOGGING_OUT:
            return end(request, user, over)
        user.__dict__["proved_elsewhere"] = request.session.get(TWICE, False)
        if not (at.url_name == "stay" and request.method == "GET"):
            refresh(request, user)
        return None


def stamps(request: HttpRequest, user: User) -> tuple[float, float, float, float]:
    """``began``, ``valid``, ``keyed``, ``seen``; of an older session, from its log-in."""
    came = user.last_login.timestamp() if user.last_login else timezone.now().timestamp()
    began = request.session.get("began", came)
    valid, keyed, seen = (request.session.get(each, began) for each in ("valid", "keyed", "seen"))
    return began, valid, keyed, seen


def why_over(request: HttpRequest, user: User) -> str:
    """The sentence why the session is over; empty while it is not."""
    began, valid, _, seen = stamps(request, user)
    now = timezone.now().timestamp()
    if now - seen > settings.SESSION_IDLE:
        minutes = max(1, round(settings.SESSION_IDLE / 60))
        return f"超过 {minutes} 分钟没有操作，为了安全已经退出。请重新登录，回到刚才的页面。"
    if now - began > settings.SESSION_LONGEST:
        hours = max(1, round(settings.SESSION_LONGEST / 3600))
        return f"登录已满 {hours} 小时，请重新登录，回到刚才的页面。"
    if user.sessions_from and valid < user.sessions_from.timestamp():
        return "您的账号在别处登录或者退出了其他登录，这里已经退出。请重新登录。"
    return ""


def seconds_left(request: HttpRequest, user: User) -> int:
    began, _, _, seen = stamps(request, user)
    now = timezone.now().timestamp()
    if why_over(request, user):
        return 0
    return int(min(seen + settings.SESSION_IDLE, began + settings.SESSION_LONGEST) - now)


def refresh(request: HttpRequest, user: User) -> None:
    """Remember that the person is here; a new key where their rights have changed."""
    _, _, keyed, seen = stamps(request, user)
    now = timezone.now().timestamp()
    if user.rights_changed_at and keyed < user.rights_changed_at.timestamp():
        request.session.cycle_key()
        request.session["keyed"] = now
    if now - seen >= min(STAMPED_EVERY, settings.SESSION_IDLE / 4):
        request.session["seen"] = now
    held = request.session.get(HELD)
    if held and request.method == "POST" and held["where"] == request.get_full_path():
        del request.session[HELD]


def end(request: HttpRequest, user: User, over: str) -> HttpResponse | None:
    """Log out, hold what was being sent, and lead to log-in and back."""
    note("log_out", user, by=user, why=over)
    at = request.resolver_match
    by_script = request.headers.get("Sec-Fetch-Dest") == "empty" or (at and at.url_name in SCRIPTED)
    sent = None if by_script or request.method != "POST" else what_was_sent(request, user)
    logout(request)
    if by_script:
        return None  # the page's own view tells the script
    request.session[ENDED] = over
    if sent is not None:
        request.session[HELD] = sent
    if request.method not in ("GET", "HEAD"):
        return redirect(settings.LOGIN_URL)
    return redirect(f"{settings.LOGIN_URL}?{urlencode({'next': request.get_full_path()})}")


def what_was_sent(request: HttpRequest, user: User) -> dict[str, Any] | None:
    """The form as it came; nothing of a form with passwords, and none beyond the measure."""
    names = set(request.POST)
    if any("password" in name for name in names):
        return None
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NOT_SENT_AGAIN
        for value in values
    ]
    if sum(len(name) + len(value) for name, value in typed) > MOST_HELD:
        return None
    files = [each.name for _, files in request.FILES.lists() for each in files]
    return {"user": user.pk, "where": request.get_full_path(), "typed": typed, "files": files}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def held_view(request: HttpRequest) -> HttpResponse:
    """What was being sent when the session ended: sent on, or given up."""
    held = request.session.get(HELD)
    if request.method == "POST" or not held or held["user"] != request.user.pk:
        request.session.pop(HELD, None)
        return redirect(settings.LOGIN_REDIRECT_URL)
    shown = {name: held[name] for name in ("where", "typed", "files")}
    return render(request, "registration/held.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def stay_view(request: HttpRequest) -> HttpResponse:
    """GET tells how many seconds are left and is no sign of life; POST is one."""
    user = request.user
    left = seconds_left(request, user) if isinstance(user, User) else 0
    return JsonResponse({"left": left})

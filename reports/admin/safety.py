"""登录安全: which log-ins are locked, and releasing them."""

from http import HTTPStatus
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from reports.actions.locking import release_lock
from reports.actions.refusals import Refused
from reports.permissions import is_security_administrator, sees_log_ins
from reports.queries.locks import locks_standing

from .site import asker


def safety_view(request: HttpRequest) -> HttpResponse:
    """GET lists; POST does what its button says."""
    by = asker(request)
    if not sees_log_ins(by):
        raise PermissionDenied
    if request.method != "POST":
        return draw(request)
    try:
        said = turn(request)
    except Refused as refused:
        return draw(request, str(refused))
    messages.success(request, said)
    return redirect("admin:safety")


def turn(request: HttpRequest) -> str:
    """Carry out what is asked; the sentence that says so. Raises ``Refused``."""
    asked, by = request.POST, asker(request)
    if asked.get("turn") == "release":
        release_lock(asked.get("username", ""), asked.get("address") or None, by=by)
        return "已解除锁定，现在可以重新登录。"
    raise Refused("没有选择要办理的事项，请按页面上的按钮办理。")


def draw(request: HttpRequest, refused: str = "") -> HttpResponse:
    by = asker(request)
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": "登录安全",
        "locks": locks_standing(),
        "may_release": is_security_administrator(by),
        "refused": refused,
    }
    status = HTTPStatus.CONFLICT if refused else HTTPStatus.OK
    return TemplateResponse(request, "admin/safety/page.html", context, status=status)

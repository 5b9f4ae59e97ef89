"""登录安全: which log-ins are locked, and releasing them; second factors reset by two people."""

from http import HTTPStatus
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from reports.actions.factor_resets import decide_reset, may_reset, propose_reset
from reports.actions.locking import release_lock
from reports.actions.refusals import Refused
from reports.models import FactorReset
from reports.permissions import is_security_administrator, sees_log_ins
from reports.queries.keys import key_of
from reports.queries.locks import locks_standing
from reports.queries.second_factor import resets_waiting, user_called

from .site import asker

DECIDED = {"confirm": "已确认，现在生效，本人已收到提醒。", "refuse": "已记下不同意。"}


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
    if asked.get("turn") == "propose":
        person = user_called(asked.get("username", "").strip()[:150].replace("\0", ""))
        if person is None:
            raise Refused("没有这个用户名，或者没有启用第二重验证，请核对后再提出。")
        propose_reset(person, asked.get("reason", ""), by=by)
        return f"已提出重置{person}的第二重验证，由另一名管理员确认之后生效。"
    if asked.get("turn") in DECIDED:
        key = key_of(asked.get("reset", ""))
        found = None if key is None else FactorReset.objects.filter(pk=key).first()
        if found is None:
            raise Refused("没有这项重置，请刷新页面后再办理。")
        decide_reset(found, confirmed=asked["turn"] == "confirm", by=by)
        return f"{found}：{DECIDED[asked['turn']]}"
    raise Refused("没有选择要办理的事项，请按页面上的按钮办理。")


def draw(request: HttpRequest, refused: str = "") -> HttpResponse:
    by = asker(request)
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": "登录安全",
        "locks": locks_standing(),
        "may_release": is_security_administrator(by),
        "resets": resets_waiting(),
        "may_reset": may_reset(by),
        "asked": request.POST if refused else {},
        "refused": refused,
    }
    status = HTTPStatus.CONFLICT if refused else HTTPStatus.OK
    return TemplateResponse(request, "admin/safety/page.html", context, status=status)

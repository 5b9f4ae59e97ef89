"""The inbox: what a person was told, and which of it they want by e-mail."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reports.actions import notifying
from reports.models import Notice
from reports.permissions import may_enter_admin, notices_of
from reports.queries.keys import key_of
from reports.queries.notices import address_of, page_of, unmailed_kinds

from .revisions import user_of


@never_cache
@login_required
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """Everything the person was told, the unread first."""
    after = request.GET.get("after", "")
    context = framed(request, page=page_of(request.user, after), is_first=not after)
    return render(request, "desk/notices.html", context)


@login_required
@require_safe
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Leads to what the notice is about, and has it read; what a mail's address opens."""
    found = get_object_or_404(notices_of(request.user), pk=pk)
    if request.method == "GET":
        notifying.read(user_of(request), found.pk)
    return redirect(address_of(found))


@login_required
@require_POST
def notices_read(request: HttpRequest) -> HttpResponse:
    """One, or all that are unread where none is named."""
    asked = request.POST.get("notice", "")
    if asked and key_of(asked) is None:
        messages.error(request, "没有找到这条提醒，请刷新后再试。")
        return redirect("desk:notices")
    number = notifying.read(user_of(request), key_of(asked))
    if number:
        messages.success(request, f"已把 {number} 条提醒标为已读。")
    return redirect("desk:notices")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def notice_settings(request: HttpRequest) -> HttpResponse:
    """Which kinds are sent by e-mail; the inbox has them all."""
    user = user_of(request)
    if request.method == "POST":
        notifying.choose_mail(user, request.POST.getlist("mailed"))
        messages.success(request, "已保存。")
        return redirect("desk:notice_settings")
    unmailed = unmailed_kinds(user)
    kinds = [(kind, kind not in unmailed) for kind in Notice.Kind]
    return render(request, "desk/notice_settings.html", framed(request, kinds=kinds))


def framed(request: HttpRequest, **more: Any) -> dict[str, Any]:
    return {"enters_admin": may_enter_admin(request.user), "place": "notices", **more}

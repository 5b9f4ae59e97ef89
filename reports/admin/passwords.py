"""Initial passwords: whose, then told once on a page to print or in a file; never shown again."""

import csv
from io import StringIO
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from reports.actions.passwords import MOST_AT_ONCE, Issued, issue_passwords
from reports.actions.refusals import Refused
from reports.exporters.csv import harmless
from reports.models import User
from reports.queries.people import awaiting_a_password

from .site import asker

HEADINGS = ("用户名", "姓名", "机关和角色", "初始密码")


def passwords_view(request: HttpRequest, room: Any) -> HttpResponse:
    """The accounts to choose from, or the passwords just made: in this answer and nowhere else."""
    if not room.has_change_permission(request):
        raise PermissionDenied
    if request.method != "POST":
        return choose(request, room)
    chosen = [int(each) for each in request.POST.getlist("user") if each.isdecimal()]
    as_file = "file" in request.POST
    try:
        issued = issue_passwords(chosen, by=asker(request), told_as="CSV" if as_file else "清单")
    except Refused as refused:
        return choose(request, room, str(refused), frozenset(chosen))
    response = file_of(issued) if as_file else slips(request, room, issued)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def choose(
    request: HttpRequest, room: Any, refused: str = "", chosen: frozenset[int] = frozenset()
) -> HttpResponse:
    waiting = awaiting_a_password(asker(request))
    number = waiting.count()
    listed = waiting.prefetch_related("memberships__agency", "role_requests__agency")
    context = framed(request, room, "发放初始密码") | {
        "waiting": [
            (each, roles_of(each), not refused or each.pk in chosen)
            for each in listed[:MOST_AT_ONCE]
        ],
        "more": max(0, number - MOST_AT_ONCE),
        "most": MOST_AT_ONCE,
        "refused": refused,
    }
    status = 409 if refused else 200
    return TemplateResponse(request, "admin/reports/user/passwords.html", context, status=status)


def roles_of(user: User) -> str:
    """The roles held, and those asked for, of prefetched rows."""
    held = [f"{each.agency or '全站'}{each.get_role_display()}" for each in user.memberships.all()]
    asked = [
        f"{each.agency or '全站'}{each.get_role_display()}（待确认）"
        for each in user.role_requests.all()
        if each.state == "waiting"
    ]
    return "；".join([*held, *asked]) or "还没有角色"


def slips(request: HttpRequest, room: Any, issued: list[Issued]) -> HttpResponse:
    context = framed(request, room, "初始密码清单") | {
        "issued": [(each, roles_of(each.user)) for each in issued],
        "at": timezone.now(),
    }
    return TemplateResponse(request, "admin/reports/user/slips.html", context)


def file_of(issued: list[Issued]) -> HttpResponse:
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(HEADINGS)
    for each in issued:
        row = (each.user.username, each.user.display_name, roles_of(each.user), each.password)
        writer.writerow([harmless(cell) for cell in row])
    response = HttpResponse("\ufeff" + file.getvalue(), content_type="text/csv; charset=utf-8")
    named = content_disposition_header(True, f"初始密码-{timezone.localtime():%Y%m%d-%H%M}.csv")
    response.headers["Content-Disposition"] = named or "attachment"
    return response


def framed(request: HttpRequest, room: Any, title: str) -> dict[str, Any]:
    return {**room.admin_site.each_context(request), "opts": room.opts, "title": title}

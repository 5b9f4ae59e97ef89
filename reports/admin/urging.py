"""催办 from the board: all that is listed, owed and not there, after a page that names each."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from reports.actions.refusals import Refused
from reports.actions.urging import askings, refuse_unless_ended, remind_all_now
from reports.permissions import agencies_where, may_urge
from reports.queries.board import chosen_from, lines_of
from reports.queries.filing import filings_of
from reports.workflow import AUTHORITIES

from .board import NAME, Asked, asked_for
from .site import asker


@require_http_methods(["GET", "HEAD", "POST"])
def urge_view(request: HttpRequest) -> HttpResponse:
    """GET names whom it will remind of which report; POST reminds those who were named."""
    if not may_urge(request.user):
        raise PermissionDenied
    asked = asked_for(request)
    board = f"{reverse('admin:board')}{asked.address()}"
    if request.method != "POST":
        return shown(request, asked, board)
    named = [int(key) for key in request.POST.get("bodies", "").split(",") if key.isdecimal()]
    try:
        bodies, told = remind_all_now(named, asked.year, by=asker(request))
    except Refused as refused:
        return shown(request, asked, board, refusal=str(refused))
    left = f"；另有 {len(named) - bodies} 家不用再催" if bodies < len(named) else ""
    messages.success(request, f"已催办 {bodies} 家，提醒 {told} 人{left}。")
    return redirect(board)


def shown(request: HttpRequest, asked: Asked, board: str, refusal: str = "") -> HttpResponse:
    user = asker(request)
    try:
        refuse_unless_ended(asked.year)
    except Refused as refused:
        refusal, lines = str(refused), []
    else:
        mine = set(agencies_where(user, AUTHORITIES).values_list("pk", flat=True))
        every = chosen_from(lines_of(filings_of(asked.agencies, asked.year)), asked.chosen)
        lines = [each for each in every if each.is_wanting and each.filing.agency.pk in mine]
    found = askings([line.filing for line in lines], asked.year, user)
    listed = list(zip(lines, found, strict=True))
    going = [each for each in listed if each[1].may_go]
    context = {
        **admin.site.each_context(request),
        "title": f"催办 {len(going)} 家" if going else "没有需要催办的",
        "name": f"{asked.year}年度{NAME}",
        "asked": asked,
        "board": board,
        "refusal": refusal,
        "going": going,
        "bodies": ",".join(str(line.filing.agency.pk) for line, _ in going),
        "people": len({user.pk for _, asking in going for user in asking.users}),
        "asked_today": [line for line, asking in listed if asking.asked_today],
        "unheard": [line for line, asking in listed if not asking.users],
        "opts": None,
    }
    response = TemplateResponse(request, "admin/urge.html", context)
    response.status_code = 409 if refusal else 200
    return response

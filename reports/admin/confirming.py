"""Many changes of roles decided by the second person: each named, each done by itself."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from reports.actions.people import confirm_role
from reports.actions.refusals import Refused
from reports.models import RoleRequest
from reports.permissions import is_security_administrator
from reports.queries.people import open_role_requests

from .site import asker

A_PAGE = 100


def confirming_view(request: HttpRequest, room: Any) -> HttpResponse:
    """The list with a box for each; afterwards what became of each that was chosen."""
    by = asker(request)
    if not is_security_administrator(by):
        raise PermissionDenied
    done: list[tuple[RoleRequest, str]] = []
    if request.method == "POST":
        chosen = [each for each in request.POST.getlist("request") if each.isdecimal()][:A_PAGE]
        found = RoleRequest.objects.select_related("user", "agency").filter(pk__in=chosen)
        for asked in found.order_by("pk"):
            try:
                confirm_role(asked, by=by)
                done.append((asked, ""))
            except Refused as refused:
                done.append((asked, str(refused)))
    waiting = open_role_requests(by).select_related("user", "agency", "proposed_by").order_by("pk")
    number = waiting.count()
    context = {
        **room.admin_site.each_context(request),
        "opts": room.opts,
        "title": "成批确认角色变更",
        "waiting": waiting[:A_PAGE],
        "more": max(0, number - A_PAGE),
        "done": done,
        "confirmed": sum(not why for _, why in done),
        "none_chosen": request.method == "POST" and not done,
    }
    return TemplateResponse(request, "admin/reports/rolerequest/confirming.html", context)

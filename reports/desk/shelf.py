"""The shelf, and beginning a report."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from reports.actions.drafting import start_report
from reports.actions.refusals import Refused
from reports.permissions import agencies_where, may_enter_admin, may_enter_desk, roles_of
from reports.queries.shelf import awaiting_review, shelf_of, startable
from reports.queries.uploads import transcripts_to_publish
from reports.workflow import AUTHORS, Role

from .revisions import user_of


@login_required
@require_safe
def shelf(request: HttpRequest) -> HttpResponse:
    """My reports by year; what waits for me as a reviewer."""
    if not may_enter_desk(request.user) and may_enter_admin(request.user):
        return redirect("admin:index")
    context = {
        "owed": shelf_of(user_of(request)),
        "waiting": awaiting_review(user_of(request)),
        "may_start": bool(startable(user_of(request))),
        "writes": Role.AUTHOR in roles_of(request.user),
        "transcripts": transcripts_to_publish(user_of(request)).count(),
        "enters_admin": may_enter_admin(request.user),
    }
    return render(request, "desk/shelf.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """GET offers what is owed and not begun; POST begins one and opens its hub."""
    if not agencies_where(request.user, AUTHORS).exists():
        raise PermissionDenied
    if request.method != "POST":
        context = {
            "startable": startable(user_of(request)),
            "enters_admin": may_enter_admin(request.user),
        }
        return render(request, "desk/start.html", context)
    pk, _, year = request.POST.get("report", "").partition(":")
    if not (pk.isdecimal() and year.isdecimal()):
        messages.error(request, "请先选择机关和年度。")
        return redirect("desk:start")
    agency = get_object_or_404(agencies_where(request.user, AUTHORS), pk=int(pk))
    try:
        revision = start_report(agency, int(year), by=user_of(request))
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("desk:start")
    return redirect("desk:hub", revision.pk)

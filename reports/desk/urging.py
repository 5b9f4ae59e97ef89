"""催办: the authority asks for a report at once."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from reports.actions.refusals import Refused
from reports.actions.urging import remind_now, whom_to_urge
from reports.models import Agency
from reports.permissions import agencies_where, may_enter_admin
from reports.workflow import AUTHORITIES

from .revisions import user_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remind(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """GET names the report and who would be told; POST tells them."""
    agency = get_object_or_404(agencies_where(request.user, AUTHORITIES), pk=pk)
    user = user_of(request)
    try:
        if request.method == "POST":
            told = remind_now(agency, year, by=user)
            messages.success(request, f"已提醒 {told} 人：{agency.name}{year}年度报告。")
            return redirect(f"{reverse('admin:board')}?year={year}")
        asking = whom_to_urge(agency, year, by=user)
    except Refused as refused:
        return shown(request, agency, year, 409, refusal=str(refused))
    return shown(request, agency, year, 200, filing=asking.filing, users=asking.users)


def shown(
    request: HttpRequest, agency: Agency, year: int, status: int, **more: object
) -> HttpResponse:
    context = {"agency": agency, "year": year, "enters_admin": may_enter_admin(request.user)}
    return render(request, "desk/remind.html", context | more, status=status)

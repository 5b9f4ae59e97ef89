"""Setting the time at which an approved report is published, and cancelling it."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_http_methods, require_POST

from reports.actions import scheduling
from reports.actions.refusals import Refused
from reports.models import Revision
from reports.queries.errands import in_words
from reports.queries.publications import page_url

from .moving import UNSEEN
from .review import draw, page_context, revision_asked
from .site import asker

if TYPE_CHECKING:
    from .revision import RevisionAdmin

MINUTES = "%Y-%m-%dT%H:%M"  # how a browser's own field writes a moment
NO_TIME = "请填写公布的日期和时间，例如 1月25日 09:00。"


def seen_by(request: HttpRequest) -> int:
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isdecimal() else UNSEEN


@require_http_methods(["GET", "HEAD", "POST"])
def schedule_view(request: HttpRequest, room: "RevisionAdmin", pk: int) -> HttpResponse:
    """GET asks for the time and says what will happen; POST sets it."""
    revision = revision_asked(request, room, pk, content=True)
    if request.method != "POST":
        if "publish" not in page_context(request, room, revision)["open"]:
            why = f"报告现在是“{revision.get_state_display()}”，或者您不能公布，所以不能设定时间。"
            return draw(request, room, revision, refused=why, refused_verb="publish", note="")
        return asked(request, room, revision)
    typed = request.POST.get("due_at", "").strip()
    due_at = moment_of(typed)
    if due_at is None:
        return asked(request, room, revision, why=NO_TIME, typed=typed)
    try:
        scheduling.schedule(revision, due_at, by=asker(request), seen=seen_by(request))
    except Refused as refused:
        revision = revision_asked(request, room, pk, content=True)
        return asked(request, room, revision, why=str(refused), typed=typed)
    room.message_user(request, f"已设定：{in_words(due_at)}由系统公布。", messages.SUCCESS)
    return redirect("admin:reports_revision_review", pk)


def moment_of(typed: str) -> datetime | None:
    """The moment in the site's own time zone; None where it is no moment at all."""
    try:
        read = parse_datetime(typed)
    except ValueError:  # a thirteenth month
        return None
    if read is None or timezone.is_aware(read):
        return read
    return timezone.make_aware(read)


def asked(
    request: HttpRequest, room: "RevisionAdmin", revision: Revision, why: str = "", typed: str = ""
) -> HttpResponse:
    context = page_context(request, room, revision)
    now = timezone.now()
    latest = scheduling.latest_time(revision, now)
    context |= {
        "why": why,
        "typed": typed,
        "earliest": timezone.localtime(now).strftime(MINUTES),
        "latest": timezone.localtime(latest).strftime(MINUTES),
        "latest_in_words": in_words(latest),
        "address": page_url(revision.report.agency.slug, revision.report.year),
        "title": f"定时公布：{context['title']}",
    }
    response = TemplateResponse(request, "admin/reports/revision/schedule.html", context)
    response.status_code = 409 if why else 200
    return response


@require_POST
def cancel_view(request: HttpRequest, room: "RevisionAdmin", pk: int) -> HttpResponse:
    revision = revision_asked(request, room, pk)
    try:
        scheduling.cancel(revision, by=asker(request), seen=seen_by(request))
    except Refused as refused:
        revision = revision_asked(request, room, pk, content=True)
        return draw(request, room, revision, refused=str(refused), refused_verb="", note="")
    room.message_user(request, "已取消定时公布，报告仍是已审定。", messages.SUCCESS)
    return redirect("admin:reports_revision_review", pk)

"""Approving and publishing many reports: the question, the beginning, and the course of it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST

from reports.actions import batching
from reports.actions.moves import last_event, newest_event
from reports.actions.refusals import Refused
from reports.jobs.publishing import goes_to_workers, work_off
from reports.models import Revision
from reports.permissions import roles_of
from reports.queries.errands import batches_of, course_of
from reports.queries.keys import key_of
from reports.workflow import MOVES, REVIEWERS

from .access import key_in
from .site import asker

if TYPE_CHECKING:
    from .revision import RevisionAdmin

LISTED = 50  # batches on the list
NAMED = 20  # reports of a whole list that its confirmation page names


@dataclass(frozen=True)
class Choice:
    """A chosen report, the last event seen of it, and what stops it."""

    revision: Revision
    seen: int
    obstacle: str


@admin.action(description="审定所选…")
def approve_chosen(
    room: "RevisionAdmin", request: HttpRequest, queryset: QuerySet[Revision]
) -> HttpResponse | None:
    return ask(room, request, queryset, "approve")


@admin.action(description="公布所选…")
def publish_chosen(
    room: "RevisionAdmin", request: HttpRequest, queryset: QuerySet[Revision]
) -> HttpResponse | None:
    return ask(room, request, queryset, "publish")


def ask(
    room: "RevisionAdmin", request: HttpRequest, queryset: QuerySet[Revision], verb: str
) -> HttpResponse | None:
    """A page that names each report, says what will happen and what stops which."""
    number = queryset.count()
    if number > batching.MOST:
        said = (
            f"选了 {number} 份：一次最多 {batching.MOST} 份，请分几次办理，"
            f"或者用“{MOVES[verb].label}列表全部…”。"
        )
        room.message_user(request, said, messages.ERROR)
        return None
    user, step = asker(request), MOVES[verb]
    # The event before the checks: whatever comes between them is refused later.
    choices = [
        Choice(each, last_event(each) or 0, batching.obstacle(each, verb, user))
        for each in queryset.select_related("report__agency__division")
    ]
    going = [each for each in choices if not each.obstacle]
    context = framed(room, request) | {
        "move": step,
        "going": going,
        "stopped": [each for each in choices if each.obstacle],
        "token": uuid4(),
        "by_worker": goes_to_workers(verb, len(going)),
        "title": f"{step.label} {len(going)} 份报告" if going else f"不能{step.label}",
    }
    return TemplateResponse(request, "admin/reports/revision/batch_confirm.html", context)


def framed(room: "RevisionAdmin", request: HttpRequest) -> dict[str, Any]:
    return {**room.admin_site.each_context(request), "opts": room.opts}


@require_POST
def begin_view(request: HttpRequest, room: "RevisionAdmin", verb: str) -> HttpResponse:
    """Write the batch down and begin it; the page sent again leads to the same batch."""
    if verb not in batching.VERBS:
        raise Http404
    try:
        chosen = dict(map(chosen_from, request.POST.getlist("item")))
        token = UUID(request.POST.get("token", ""))
    except ValueError:
        room.message_user(request, "没有收到要办理的报告，请重新选择。", messages.ERROR)
        return redirect("admin:reports_revision_changelist")
    try:
        batch = batching.begin(verb, chosen, by=asker(request), token=token)
    except Refused as refused:
        room.message_user(request, str(refused), messages.ERROR)
        return redirect("admin:reports_revision_changelist")
    work_off(batch)
    return redirect("admin:reports_revision_batch", batch.pk)


def chosen_from(item: str) -> tuple[int, int]:
    """Revision and event from ``key:event``; ValueError for anything else."""
    key, _, seen = item.partition(":")
    if not (key.isdecimal() and seen.isdecimal()):
        raise ValueError(item)
    return int(key), int(seen)


def whole_view(request: HttpRequest, room: "RevisionAdmin", verb: str) -> HttpResponse:
    """A whole list, as its address filters it: GET asks, POST begins."""
    if verb not in batching.VERBS:
        raise Http404
    user, step = asker(request), MOVES[verb]
    if not roles_of(user) & REVIEWERS:
        raise PermissionDenied
    try:
        listed = room.get_changelist_instance(request).get_queryset(request)
    except IncorrectLookupParameters:  # a filter that the list does not have
        return redirect("admin:reports_revision_changelist")
    if request.method == "POST":
        return begin_whole(request, room, verb, listed)
    seen = newest_event()  # before the counting: what comes between is left out later
    going = batching.at_the_step(verb, listed, user)
    number = going.count()
    context = framed(room, request) | {
        "move": step,
        "number": number,
        "most": batching.MOST_IN_ALL,
        "first": going.select_related("report__agency").order_by("changed_at", "pk")[:NAMED],
        "seen": seen,
        "token": uuid4(),
        "query": request.GET.urlencode(),
        "title": f"{step.label}列表全部 {number} 份" if number else f"不能{step.label}",
    }
    return TemplateResponse(request, "admin/reports/revision/batch_whole.html", context)


def begin_whole(
    request: HttpRequest, room: "RevisionAdmin", verb: str, listed: QuerySet[Revision]
) -> HttpResponse:
    seen = key_of(request.POST.get("seen", ""))
    try:
        token = UUID(request.POST.get("token", ""))
        if seen is None:
            raise ValueError("no event was seen")
        batch = batching.begin_all(verb, listed, seen=seen, by=asker(request), token=token)
    except ValueError:
        room.message_user(request, "没有收到要办理的报告，请回到列表再试。", messages.ERROR)
        return redirect("admin:reports_revision_changelist")
    except Refused as refused:
        room.message_user(request, str(refused), messages.ERROR)
        return redirect("admin:reports_revision_changelist")
    work_off(batch)
    return redirect("admin:reports_revision_batch", batch.pk)


def batches_view(request: HttpRequest, room: "RevisionAdmin") -> HttpResponse:
    if not room.has_view_permission(request):
        raise PermissionDenied
    context = framed(room, request) | {
        "batches": [(each, MOVES[each.verb].label) for each in batches_of(asker(request))[:LISTED]],
        "title": "批量办理记录",
    }
    return TemplateResponse(request, "admin/reports/revision/batches.html", context)


def batch_view(request: HttpRequest, room: "RevisionAdmin", pk: int) -> HttpResponse:
    """How far it is, line by line; reloads itself while any line waits."""
    batch = get_object_or_404(batches_of(asker(request)), pk=pk)
    label = MOVES[batch.verb].label
    after = key_in(request, "after") or 0
    context = framed(room, request) | {
        "batch": batch,
        "move": MOVES[batch.verb],
        "course": course_of(batch, state=request.GET.get("state", ""), after=after),
        "state": request.GET.get("state", ""),
        "title": f"批量{label}",
    }
    return TemplateResponse(request, "admin/reports/revision/batch.html", context)

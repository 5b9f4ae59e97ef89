"""The hub of a report: its parts as a task list, and what can be done next."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.models import Event, Revision
from reports.queries.errands import schedule_of
from reports.queries.filing import due_of
from reports.queries.findings import blocking, findings_of
from reports.queries.progress import progress_of
from reports.workflow import State

from .revisions import frame, revision_of


@login_required
@require_safe
def hub(request: HttpRequest, pk: int) -> HttpResponse:
    revision = revision_of(request, pk)
    findings = findings_of(revision)
    context = frame(
        request,
        revision,
        progress=progress_of(revision, findings),
        findings=findings,
        blocking=blocking(findings),
        returned=last_return(revision),
        schedule=schedule_of(revision),
        due=due_of(revision.report.agency, revision.report.year),
    )
    return render(request, "desk/hub.html", context)


def last_return(revision: Revision) -> Event | None:
    """The supervisor's comment on a draft that came back, until it is submitted again."""
    if revision.state != State.DRAFT:
        return None
    moves = revision.events.filter(verb__in=["return", "submit"]).select_related("by")
    newest = moves.order_by("-pk").first()
    return newest if newest and newest.verb == "return" else None

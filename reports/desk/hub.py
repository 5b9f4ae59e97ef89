"""The hub of a report: its parts as a task list, and what can be done next."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.models import Event, Revision
from reports.permissions import may_move
from reports.queries.calls import due_of
from reports.queries.comments import threads_of
from reports.queries.corrections import correction_of, newest_text, open_text
from reports.queries.errands import schedule_of
from reports.queries.findings import blocking, findings_of
from reports.queries.progress import progress_of
from reports.queries.sheets import sheet_of
from reports.workflow import CORRECT, OPEN, State

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
        threads=threads_of(
            revision, sheet_of(revision), {each.finding.fingerprint for each in findings}
        ),
        schedule=schedule_of(revision),
        due=due_of(revision.report.agency, revision.report.year),
        **standing(request, revision),
    )
    return render(request, "desk/hub.html", context)


def standing(request: HttpRequest, revision: Revision) -> dict[str, Any]:
    """Which of the report's texts this is: what it corrects, and whether it may be corrected."""
    newest, opened = newest_text(revision.report), open_text(revision.report)
    public = newest is not None and newest.pk == revision.pk
    return {
        "correction": correction_of(revision) if revision.state in OPEN else None,
        "newest": newest,
        "opened": opened if opened != revision else None,
        "may_correct": public and opened is None and may_move(request.user, CORRECT, revision),
    }


def last_return(revision: Revision) -> Event | None:
    """The supervisor's comment on a draft that came back, until it is submitted again."""
    if revision.state != State.DRAFT:
        return None
    moves = revision.events.filter(verb__in=["return", "submit"]).select_related("by")
    newest = moves.order_by("-pk").first()
    return newest if newest and newest.verb == "return" else None

"""The buttons of the review page: asking first, moving, and saying what happened."""

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from reports.actions.moves import move
from reports.actions.refusals import Refused
from reports.models import Revision
from reports.queries.comments import unresolved_comments
from reports.queries.corrections import open_text
from reports.queries.findings import findings_of
from reports.queries.history import last_move_of
from reports.queries.publications import page_url
from reports.workflow import MOVES, State

from .review import CONFIRMED, draw, page_context, revision_asked
from .site import asker

if TYPE_CHECKING:
    from .revision import RevisionAdmin

UNSEEN = 0  # no event has this key: a form without ``seen`` is out of date


@require_POST
def move_view(request: HttpRequest, room: "RevisionAdmin", pk: int, verb: str) -> HttpResponse:
    """Make the move, or show the page again with why not."""
    revision = revision_asked(request, room, pk)
    if verb not in MOVES:
        raise Http404
    note, seen = request.POST.get("note", ""), request.POST.get("seen", "")
    try:
        move(
            revision,
            verb,
            by=asker(request),
            note=note,
            seen=int(seen) if seen.isdecimal() else UNSEEN,
        )
    except Refused as refused:
        return refuse(request, room, pk, verb, str(refused), note)
    return redirect("admin:reports_revision_receipt", pk)


def refuse(
    request: HttpRequest, room: "RevisionAdmin", pk: int, verb: str, why: str, note: str
) -> HttpResponse:
    """The page which asked, as the report stands now, with the reason and what was typed."""
    revision = revision_asked(request, room, pk, content=True)
    if verb in CONFIRMED and revision.state in MOVES[verb].sources:
        return draw_confirmation(request, room, revision, verb, why=why, note=note)
    return draw(request, room, revision, refused=why, refused_verb=verb, note=note)


def confirm_view(request: HttpRequest, room: "RevisionAdmin", pk: int, verb: str) -> HttpResponse:
    """A page that names the report and says what will happen."""
    revision = revision_asked(request, room, pk, content=True)
    if verb not in CONFIRMED:
        raise Http404
    step = MOVES[verb]
    if verb not in page_context(request, room, revision)["open"]:
        why = f"报告现在是“{revision.get_state_display()}”，或者您不能办理，所以不能{step.label}。"
        return draw(request, room, revision, refused=why, refused_verb=verb, note="")
    return draw_confirmation(request, room, revision, verb)


def draw_confirmation(
    request: HttpRequest,
    room: "RevisionAdmin",
    revision: Revision,
    verb: str,
    why: str = "",
    note: str = "",
) -> HttpResponse:
    context = page_context(request, room, revision)
    context |= {
        "move": MOVES[verb],
        "noted": [each for each in findings_of(revision) if each.explanation],
        "in_force": revision.report.revisions.filter(state=State.PUBLISHED)
        .exclude(pk=revision.pk)
        .first(),
        "opened": open_text(revision.report),
        "address": page_url(revision.report.agency.slug, revision.report.year),
        "unresolved": unresolved_comments(revision).count(),
        "why": why,
        "note": note,
        "title": f"{MOVES[verb].label}：{context['title']}",
    }
    response = TemplateResponse(request, "admin/reports/revision/confirm.html", context)
    response.status_code = 409 if why else 200
    return response


def receipt_view(request: HttpRequest, room: "RevisionAdmin", pk: int) -> HttpResponse:
    """What happened last, what comes next, and who has it now."""
    revision = revision_asked(request, room, pk)
    last = last_move_of(revision)
    if last is None:
        return redirect(reverse("admin:reports_revision_review", args=[pk]))
    context = page_context(request, room, revision) | {
        "last": last,
        "next_step": MOVES[last.verb].next_step,
        "address": page_url(revision.report.agency.slug, revision.report.year),
        "title": f"已{last.words}",
    }
    return TemplateResponse(request, "admin/reports/revision/receipt.html", context)

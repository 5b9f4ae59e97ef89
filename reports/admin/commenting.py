"""Commenting on the review page: a comment on a place, and what a reviewer does with its thread."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from reports.actions import commenting
from reports.actions.refusals import Refused
from reports.workflow import STEPS

from .review import draw, revision_asked
from .site import asker

if TYPE_CHECKING:
    from .revision import RevisionAdmin

COMMENT_FORM, THREADS = "comment", "comments"  # what a refusal leads to on the page


@require_POST
def comment_view(request: HttpRequest, room: "RevisionAdmin", pk: int) -> HttpResponse:
    """Keep the comment and show where it stands; a refusal keeps every box as it was."""
    revision = revision_asked(request, room, pk)
    typed = {name: request.POST.get(name, "") for name in ("place", "quote", "text")}
    finding = request.POST.get("finding", "")
    try:
        written = commenting.comment(revision, **typed, fingerprint=finding, by=asker(request))
    except Refused as refused:
        return again(request, room, pk, str(refused), COMMENT_FORM)
    messages.success(request, "批注已保存，填报员在报告退回后逐条处理。")
    return redirect(f"{review_url(pk)}#{written.anchor}")


@require_POST
def follow_view(request: HttpRequest, room: "RevisionAdmin", pk: int, comment: int) -> HttpResponse:
    """Answer, resolve or take up again, by the button that was pressed."""
    revision = revision_asked(request, room, pk)
    opening = get_object_or_404(revision.comments.filter(parent=None), pk=comment)
    turn = next((turn for turn in STEPS if turn == request.POST.get("turn")), None)
    if turn is None:
        raise Http404
    try:
        commenting.follow(opening, turn, by=asker(request), text=request.POST.get("words", ""))
    except Refused as refused:
        return again(request, room, pk, str(refused), THREADS, pk_refused=comment)
    messages.success(request, f"批注已{STEPS[turn].label}。")
    return redirect(f"{review_url(pk)}#{opening.anchor}")


def again(
    request: HttpRequest,
    room: "RevisionAdmin",
    pk: int,
    why: str,
    leads_to: str,
    pk_refused: int = 0,
) -> HttpResponse:
    """The page with why not, and in its box what was typed."""
    revision = revision_asked(request, room, pk, content=True)
    return draw(
        request,
        room,
        revision,
        refused=why,
        refused_verb=leads_to,
        refused_thread=pk_refused,
        words=request.POST.get("words", ""),
    )


def review_url(pk: int) -> str:
    return reverse("admin:reports_revision_review", args=[pk])

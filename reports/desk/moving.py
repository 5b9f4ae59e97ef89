"""The author's moves: submit, recall, reopen; and the receipt after each."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from reports.actions import moves
from reports.actions.refusals import MoveRefused
from reports.permissions import may_move
from reports.queries.history import last_move_of
from reports.queries.queue import turn_of
from reports.workflow import AUTHORS, MOVES, State

from .checking import checked
from .revisions import frame, revision_of, user_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """GET is the page that names what will happen; POST does it."""
    revision = revision_of(request, pk)
    step = MOVES.get(verb)
    if step is None or not step.roles & AUTHORS or not may_move(request.user, step, revision):
        raise Http404
    if request.method != "POST":
        context = frame(request, revision, move=step, seen=moves.last_event(revision))
        return render(request, "desk/move.html", context)
    note = request.POST.get("note", "")
    seen = request.POST.get("seen", "")
    try:
        moves.move(
            revision,
            verb,
            by=user_of(request),
            note=note,
            seen=int(seen) if seen.isdecimal() else None,
        )
    except MoveRefused as refused:
        if verb == "submit":
            context = checked(request, revision, refusal=str(refused))
            return render(request, "desk/check.html", context, status=409)
        context = frame(request, revision, move=step, refusal=str(refused), note=note)
        context["seen"] = moves.last_event(revision)
        return render(request, "desk/move.html", context, status=409)
    return redirect("desk:receipt", revision.pk)


@login_required
@require_safe
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """What happened last, what comes next, who has it now."""
    revision = revision_of(request, pk)
    last = last_move_of(revision)
    if last is None:
        return redirect("desk:hub", revision.pk)
    turn = turn_of(State(revision.state))
    context = frame(request, revision, last=last, move=MOVES[last.verb], turn=turn)
    return render(request, "desk/receipt.html", context)

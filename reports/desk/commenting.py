"""A reviewer's comment at the desk: read, answered, marked as handled."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from reports.actions.commenting import follow
from reports.actions.refusals import Refused
from reports.models import Revision
from reports.permissions import may_write
from reports.queries.comments import Thread, threads_of
from reports.queries.sheets import sheet_of
from reports.workflow import AUTHORS, OPEN, STEPS

from .revisions import frame, revision_of, user_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: HttpRequest, pk: int, comment: int) -> HttpResponse:
    """The thread on a page of its own; POST answers it and leads back to where it is mended."""
    revision = revision_of(request, pk)
    thread = thread_of(revision, comment)
    if request.method != "POST":
        return draw(request, revision, thread)
    turn = next((turn for turn in STEPS if turn == request.POST.get("turn")), None)
    if not may_write(request.user, revision) or (turn and not STEPS[turn].roles & AUTHORS):
        raise Http404
    words = request.POST.get("words", "")
    if turn is None:
        return draw(
            request, revision, thread, refusal="请选择“答复”或者“标为已处理”。", words=words
        )
    try:
        follow(thread.comment, turn, by=user_of(request), text=words)
    except Refused as refused:
        return draw(request, revision, thread, refusal=str(refused), words=words)
    messages.success(request, f"批注已{STEPS[turn].label}。")
    return redirect(mending_url(revision, thread))


def thread_of(revision: Revision, comment: int) -> Thread:
    for thread in threads_of(revision, sheet_of(revision)):
        if thread.comment.pk == comment:
            return thread
    raise Http404


def draw(
    request: HttpRequest, revision: Revision, thread: Thread, *, refusal: str = "", words: str = ""
) -> HttpResponse:
    """The page; after a refusal with why, and with what was typed still in its box."""
    context = frame(
        request,
        revision,
        thread=thread,
        where_url=mending_url(revision, thread) if thread.part else "",
        may_answer=revision.state in OPEN and may_write(request.user, revision),
        refusal=refusal,
        refused_thread=thread.comment.pk if refusal else 0,
        words=words,
    )
    return render(request, "desk/comment.html", context, status=409 if refusal else 200)


def mending_url(revision: Revision, thread: Thread) -> str:
    """Where the author mends what was commented: at the part, else at the whole report."""
    if thread.part is None:
        return reverse("desk:hub", args=[revision.pk]) + "#comments"
    part = reverse("desk:part", args=[revision.pk, thread.part.key])
    return f"{part}#{thread.comment.anchor}"

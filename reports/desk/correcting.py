"""更正 at the desk: opening it with its public reason, wording that anew, seeing what it changes."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from reports.actions import correcting
from reports.actions.refusals import Refused
from reports.permissions import may_move
from reports.queries.corrections import correction_of, newest_text, open_text
from reports.workflow import CORRECT

from .revisions import frame, revision_of, user_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """GET says what will happen and asks the reason; POST opens the correction and its hub."""
    revision = revision_of(request, pk)
    if not may_move(request.user, CORRECT, revision):
        raise Http404
    context = frame(
        request,
        revision,
        move=CORRECT,
        newest=newest_text(revision.report),
        opened=open_text(revision.report),
        longest=correcting.LONGEST_REASON,
    )
    if request.method != "POST":
        return render(request, "desk/correct.html", context)
    reason = request.POST.get("reason", "")
    try:
        correction = correcting.correct(revision, reason, by=user_of(request))
    except Refused as refused:
        context |= {"refusal": str(refused), "reason": reason}
        return render(request, "desk/correct.html", context, status=409)
    messages.success(request, "更正已经开始。请打开有误的部分改正，改完后送审。")
    return redirect("desk:hub", correction.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """What a correction changes so far, and its reason, which POST words anew."""
    revision = revision_of(request, pk)
    correction = correction_of(revision)
    if correction is None:
        raise Http404
    context = frame(
        request,
        revision,
        correction=correction,
        reason=revision.reason,
        longest=correcting.LONGEST_REASON,
    )
    if request.method != "POST":
        return render(request, "desk/changes.html", context)
    if not may_move(request.user, CORRECT, revision):
        raise Http404
    reason = request.POST.get("reason", "")
    try:
        correcting.change_reason(revision, reason, by=user_of(request))
    except Refused as refused:
        context |= {"refusal": str(refused), "reason": reason}
        return render(request, "desk/changes.html", context, status=409)
    messages.success(request, "更正理由已保存。")
    return redirect("desk:changes", revision.pk)

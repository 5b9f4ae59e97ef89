"""Keeping what is typed, seconds after it is typed, and giving it up again."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from reports.actions.drafting import discard_input, keep_input
from reports.actions.refusals import Refused
from reports.permissions import may_write

from .filling import form_for, typed_in, version_in
from .revisions import frame, part_of, revision_of, user_of

LOGGED_OUT = "登录已失效：内容保留在本机"


@require_POST
def keep(request: HttpRequest, pk: int, part: str) -> JsonResponse:
    """Answers with the time it was kept, or with the sentence why not."""
    if not request.user.is_authenticated:
        return JsonResponse({"refused": LOGGED_OUT, "logged_out": True}, status=403)
    revision = revision_of(request, pk)
    key = part_of(revision, part).key
    if not may_write(request.user, revision):
        raise Http404
    typed = typed_in(form_for(revision, key), request.POST)
    base = version_in(request.POST)
    try:
        kept = keep_input(revision, key, typed, base_version=base, by=user_of(request))
    except Refused as refused:
        return JsonResponse({"refused": str(refused)}, status=422)
    stored = revision.parts.select_related("saved_by").get(key=key)
    answer = {"kept_at": timezone.localtime(kept.typed_at).strftime("%H:%M")}
    if stored.version > base:
        who = "您自己" if stored.saved_by == request.user else str(stored.saved_by)
        answer["overtaken"] = f"{who}刚刚保存过这一部分，保存时会请您对照选择。"
    return JsonResponse(answer)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, pk: int, part: str) -> HttpResponse:
    """GET asks; POST gives up what one has typed and returns to what is saved."""
    revision = revision_of(request, pk)
    asked = part_of(revision, part)
    if not may_write(request.user, revision):
        raise Http404
    if request.method != "POST":
        return render(request, "desk/discard.html", frame(request, revision, part=asked))
    discard_input(revision, asked.key, by=user_of(request))
    messages.info(request, "已放弃未保存的内容，下面是已经保存的内容。")
    return redirect("desk:part", revision.pk, asked.key)

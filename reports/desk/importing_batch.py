"""Many documents at once: storing those without trouble, and publishing what was put in."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from reports.actions import batching, importing
from reports.actions.refusals import Refused
from reports.jobs.publishing import work_off
from reports.models import Batch, Revision, Upload
from reports.permissions import agencies_where, may_enter_admin
from reports.queries.uploads import (
    listed_uploads,
    reports_begun,
    transcripts_at_work,
    transcripts_to_publish,
)
from reports.workflow import REVIEWERS

from .importing import only_authors
from .importing_one import form_of
from .revisions import user_of


@dataclass(frozen=True)
class Candidate:
    """A document that was read: whether it may be stored unseen, or why not."""

    upload: Upload
    trouble: str = ""
    own_year: bool = False


@dataclass(frozen=True)
class Outcome:
    """A line of result: what, whether it was done, and what is to be said."""

    name: str
    done: bool
    said: str
    revision: Revision | None = None


def candidates(request: HttpRequest) -> list[Candidate]:
    read = list(listed_uploads(user_of(request)).filter(state=Upload.State.READ))
    begun = reports_begun({upload.agency for upload in read if upload.agency})
    twice = Counter((upload.agency_id, upload.year) for upload in read)
    this_year = timezone.localdate().year

    def trouble(upload: Upload) -> str:
        place = (upload.agency_id, upload.year)
        if upload.agency is None:
            return f"没有认出是您填报的哪个机关（文件上是“{upload.agency_name or '空白'}”）"
        if not upload.year:
            return "没有认出报告年度"
        if upload.year >= this_year:
            return f"{upload.year}年度还没有结束"
        if place in begun:
            return f"{upload.agency}{upload.year}年度已有一份文本"
        if twice[place] > 1:
            return "同一机关同一年度有不止一份文件"
        if upload.figures < upload.cells:
            return f"有 {upload.cells - upload.figures} 格没有读出数字"
        if upload.doubts and not upload.version:
            return f"有 {upload.doubts} 格要看一看"
        return ""

    return [Candidate(each, trouble(each), each.year == this_year - 1) for each in read]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_store(request: HttpRequest) -> HttpResponse:
    """GET names each document that can be stored as a historical report; POST stores the chosen."""
    only_authors(request)
    listed = candidates(request)
    ready = [each for each in listed if not each.trouble]
    context = {
        "ready": ready,
        "others": [each for each in listed if each.trouble],
        "enters_admin": may_enter_admin(request.user),
    }
    if request.method == "POST":
        chosen = set(request.POST.getlist("upload"))
        wanted = [each.upload for each in ready if str(each.upload.pk) in chosen]
        context["outcomes"] = list(stored(request, wanted))
    return render(request, "desk/import_store.html", context)


def stored(request: HttpRequest, uploads: list[Upload]) -> Iterator[Outcome]:
    """Each by itself: one that is refused does not keep the others."""
    for upload in uploads:
        form = form_of(request, upload, upload.corrections)
        if form.errors or upload.agency is None or upload.year is None:
            yield Outcome(upload.filename, False, "更正里有不是数字的内容，请先打开改正。")
            continue
        try:
            revision = importing.store_upload(
                upload, form.corrected, upload.agency, upload.year,
                as_draft=False, by=user_of(request),
            )  # fmt: skip
        except Refused as refused:
            yield Outcome(upload.filename, False, str(refused))
        else:
            yield Outcome(upload.filename, True, f"已照录为{revision.report}。", revision)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_publish(request: HttpRequest) -> HttpResponse:
    """GET names the historical reports that wait for this reviewer; POST has the chosen published.

    More than a request bears the workers publish; the course of it is the batch's own page.
    """
    if not agencies_where(request.user, REVIEWERS).exists():
        raise PermissionDenied
    user = user_of(request)
    waiting = transcripts_to_publish(user)
    context: dict[str, Any] = {"most": batching.MOST, "token": uuid4()}
    if request.method == "POST":
        try:
            batch = begun(request, waiting)
        except Refused as refused:
            context["refusal"] = str(refused)
        else:
            work_off(batch)
            return redirect("admin:reports_revision_batch", batch.pk)
    context |= {
        "waiting": waiting,
        "at_work": transcripts_at_work(user).count(),
        "enters_admin": may_enter_admin(request.user),
    }
    status = 409 if "refusal" in context else 200
    return render(request, "desk/import_publish.html", context, status=status)


def begun(request: HttpRequest, waiting: QuerySet[Revision]) -> Batch:
    """The batch of what was chosen, the same one if the page is sent twice; Refused for none left."""
    try:
        token = UUID(request.POST.get("token", ""))
    except ValueError:
        raise Refused("没有收到要公布的报告，请重新选择。") from None
    user = user_of(request)
    standing = batching.begun_with(token, "publish", by=user)
    if standing is not None:
        return standing
    chosen = set(request.POST.getlist("revision"))
    seen = waiting.annotate(last=Max("events")).values_list("pk", "last")
    left = {pk: last for pk, last in seen if str(pk) in chosen}
    if chosen and not left:
        raise Refused(
            "所选的报告现在不用您公布：可能已经公布，或者正在由后台公布。办到哪里，请看批量办理记录。"
        )
    return batching.begin("publish", left, by=user, token=token)

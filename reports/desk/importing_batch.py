"""Many documents at once: storing those without trouble, and publishing what was put in."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from reports.actions import importing
from reports.actions.refusals import Refused
from reports.actions.transcribing import publish_transcript
from reports.models import Revision, Upload
from reports.permissions import agencies_where, may_enter_admin
from reports.queries.uploads import listed_uploads, reports_begun, transcripts_to_publish
from reports.workflow import REVIEWERS

from .importing import only_authors
from .importing_one import form_of
from .revisions import user_of

MOST_PUBLISHED = 10  # each is drawn within the request, in about a second


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
    """GET names the historical reports that wait for this reviewer; POST publishes the chosen."""
    if not agencies_where(request.user, REVIEWERS).exists():
        raise PermissionDenied
    user = user_of(request)
    context: dict[str, Any] = {
        "most": MOST_PUBLISHED,
        "enters_admin": may_enter_admin(request.user),
    }
    if request.method == "POST":
        chosen = [pk for pk in request.POST.getlist("revision") if pk.isdecimal()]
        if not chosen or len(chosen) > MOST_PUBLISHED:
            context["refusal"] = f"请选择 1 到 {MOST_PUBLISHED} 份再公布。"
        else:
            wanted = transcripts_to_publish(user).filter(pk__in=[int(pk) for pk in chosen])
            context["outcomes"] = [published(request, each) for each in wanted]
    context["waiting"] = transcripts_to_publish(user)
    return render(request, "desk/import_publish.html", context)


def published(request: HttpRequest, revision: Revision) -> Outcome:
    try:
        publish_transcript(revision, by=user_of(request))
    except PermissionDenied:
        return Outcome(str(revision.report), False, "您参与了这份报告的导入，应由他人公布。")
    except Refused as refused:
        return Outcome(str(revision.report), False, str(refused))
    return Outcome(str(revision.report), True, "已公布。", revision)

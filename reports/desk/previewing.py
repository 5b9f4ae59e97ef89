"""The report as it will look, as a PDF draft, and its history."""

from urllib.parse import quote

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.actions.auditing import note_of_asker
from reports.exporters import draw
from reports.exporters.document import Options
from reports.exporters.presentation import present
from reports.queries.history import history_of
from reports.queries.sheets import sheet_of

from .revisions import frame, revision_of


@login_required
@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    revision = revision_of(request, pk)
    context = frame(request, revision, presentation=present(sheet_of(revision)))
    return render(request, "desk/preview.html", context)


@login_required
@require_safe
def draft_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The PDF with 送审稿 on every page; only for those who may read the draft."""
    revision = revision_of(request, pk)
    note_of_asker("download_draft", revision)
    options = Options(font_root=settings.FONT_ROOT, draft=True)
    document = draw("pdf", sheet_of(revision), options)
    response = HttpResponse(document.content, content_type=document.content_type)
    name = quote(document.filename)
    response["Content-Disposition"] = f"inline; filename*=UTF-8''{name}"
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    revision = revision_of(request, pk)
    siblings = revision.report.revisions.order_by("-number")
    context = frame(request, revision, entries=history_of(revision), siblings=siblings)
    return render(request, "desk/history.html", context)

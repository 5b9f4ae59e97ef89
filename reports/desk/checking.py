"""Check and submit: the whole report as it will look, with every finding beside it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from reports.actions import explaining
from reports.actions.auditing import note_of_asker
from reports.actions.moves import last_event
from reports.actions.refusals import Refused
from reports.checker.finding import Finding
from reports.editions.grammar import Part
from reports.exporters.finding_list import LIST_FORMATS
from reports.exporters.finding_list_html import STYLESHEETS, page
from reports.exporters.presentation import Mark, Presentation, present
from reports.models import Revision
from reports.permissions import may_write
from reports.queries.comments import open_comments
from reports.queries.finding_lists import GRAVITY, Placed, list_of_revision, placed
from reports.queries.findings import Noted, blocking, findings_of
from reports.queries.sheets import sheet_of

from .revisions import frame, revision_of, user_of


@dataclass(frozen=True)
class Listed:
    """A finding with the place in the page it leads to, and the part to mend it in."""

    noted: Noted
    place: Placed
    part: Part | None
    number: int
    saved: bool

    @property
    def mend(self) -> str:
        """Where in the part's own page it is mended: the cell, else the sentence quoted there."""
        if self.place.anchor.startswith("cell-"):
            return self.place.anchor
        return f"finding-{self.finding.fingerprint}" if self.saved else ""

    @property
    def finding(self) -> Finding:
        return self.noted.finding

    @property
    def mark(self) -> Mark:
        severity = self.finding.severity
        word = "已说明" if self.noted.explanation else severity.label
        return Mark(str(severity), word, self.finding.message, f"finding-{self.number}")


def listed(report: Presentation, findings: list[Noted], saved: set[str]) -> list[Listed]:
    parts = {part.number: part for part in report.sheet.edition.parts}
    found = []
    for number, noted in enumerate(findings, 1):
        finding = noted.finding
        part = None if finding.part is None else parts.get(finding.part)
        found.append(
            Listed(
                noted, placed(report, finding), part, number, part is not None and part.key in saved
            )
        )
    return found


def checked(request: HttpRequest, revision: Revision, **more: Any) -> dict[str, Any]:
    findings = findings_of(revision)
    sheet = sheet_of(revision)
    saved = set(revision.parts.filter(version__gt=0).values_list("key", flat=True))
    found = listed(present(sheet), findings, saved)
    gravest_last = sorted(
        found, key=lambda each: GRAVITY.index(each.finding.severity), reverse=True
    )
    marks = {each.place.name: each.mark for each in gravest_last if each.place.name}
    return frame(
        request,
        revision,
        presentation=present(sheet, marks=marks),
        findings=found,
        blocking=blocking(findings),
        downloads=reverse("desk:findings", args=[revision.pk, "json"]).removesuffix("json"),
        seen=last_event(revision),
        open_comments=open_comments(revision).count(),
        **more,
    )


@login_required
@require_safe
def check(request: HttpRequest, pk: int) -> HttpResponse:
    revision = revision_of(request, pk)
    return render(request, "desk/check.html", checked(request, revision))


@login_required
@require_safe
def listing(request: HttpRequest, pk: int, extension: str) -> HttpResponse:
    """校核意见表: HTML opens for printing, the others are files."""
    revision = revision_of(request, pk)
    if extension not in LIST_FORMATS:
        raise Http404
    note_of_asker("download_findings", revision, format=extension)
    found = list_of_revision(revision)
    if extension == "html":
        response = HttpResponse(page(found, stylesheets=[static(each) for each in STYLESHEETS]))
    else:
        document = LIST_FORMATS[extension](found)
        response = HttpResponse(document.content, content_type=document.content_type)
        named = content_disposition_header(True, document.filename)
        response.headers["Content-Disposition"] = named or "attachment"
    response.headers["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_POST
def explain(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the reason; a refusal shows the page again with the reason still in its box."""
    revision = revision_of(request, pk)
    if not may_write(request.user, revision):
        raise Http404
    fingerprint = request.POST.get("fingerprint", "")
    reason = request.POST.get("reason", "")
    try:
        explaining.explain(revision, fingerprint, reason, by=user_of(request))
    except Refused as refused:
        context = checked(
            request, revision, refusal=str(refused), refused=fingerprint, reason=reason
        )
        return render(request, "desk/check.html", context, status=422)
    messages.success(request, "说明已保存，将随报告一并公开。")
    return redirect("desk:check", revision.pk)

"""Check and submit: the whole report as it will look, with every finding beside it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from reports.actions import explaining
from reports.actions.moves import last_event
from reports.actions.refusals import Refused
from reports.exporters.presentation import Presentation, anchor_of, present
from reports.models import Revision
from reports.permissions import may_write
from reports.queries.findings import Noted, blocking, findings_of
from reports.queries.sheets import sheet_of

from .revisions import frame, revision_of, user_of


def listed(report: Presentation, findings: list[Noted]) -> list[dict[str, Any]]:
    """Findings with the place in the page they lead to, and the part to mend it in."""
    parts = {part.number: part for part in report.sheet.edition.parts}
    return [
        {
            "noted": each,
            "finding": each.finding,
            "anchor": anchor_of(
                report,
                each.finding.part,
                each.finding.line,
                each.finding.column,
                each.finding.quote,
            ),
            "part": parts.get(each.finding.part if each.finding.part is not None else -1),
        }
        for each in findings
    ]


def checked(request: HttpRequest, revision: Revision, **more: Any) -> dict[str, Any]:
    findings = findings_of(revision)
    report = present(sheet_of(revision))
    return frame(
        request,
        revision,
        presentation=report,
        findings=listed(report, findings),
        blocking=blocking(findings),
        seen=last_event(revision),
        **more,
    )


@login_required
@require_safe
def check(request: HttpRequest, pk: int) -> HttpResponse:
    revision = revision_of(request, pk)
    return render(request, "desk/check.html", checked(request, revision))


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

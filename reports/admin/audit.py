"""The audit trail as the auditor reads it: pages by key, one entry, and an export."""

import csv
from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.http import content_disposition_header, urlencode

from reports.actions.auditing import note
from reports.exporters.csv import harmless
from reports.models import Agency, AuditEntry
from reports.queries.audit import (
    VERBS,
    Asked,
    chain_state,
    entries_readable_by,
    link_of,
    page_of,
    revision_meant,
    role_words,
    streamed,
    verb_words,
    who,
)
from reports.workflow import Role

from .access import BY_NAME, AgencyByName, ReadOnlyAdmin, key_in
from .site import asker

HEADINGS = (
    "编号", "时间", "用户名", "姓名", "角色", "途径", "网络地址", "浏览器", "请求编号",
    "动作", "动作代码", "对象种类", "对象编号", "对象", "结果", "细节",
)  # fmt: skip


class SearchForm(forms.Form):
    """What of the trail is asked for."""

    who = forms.CharField(label="谁", required=False, help_text="用户名或者姓名，要写全")
    verb = forms.ChoiceField(
        label="动作", required=False, choices=[("", "全部"), *sorted(VERBS.items())]
    )
    subject = forms.CharField(label="对象", required=False, help_text="名称里的几个字")
    agency = AgencyByName(
        label="机关和它的下级",
        required=False,
        help_text=BY_NAME,
        queryset=Agency.objects.all(),
    )
    result = forms.ChoiceField(
        label="结果", required=False, choices=[("", "全部"), *AuditEntry.Result.choices]
    )
    since = forms.DateField(
        label="从", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label="到", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def asked(self) -> Asked:
        """What was typed rightly; what was not is said at its field and left out."""
        self.is_valid()
        return Asked(**{name: value for name, value in self.cleaned_data.items() if value})


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    seen_by = frozenset({Role.AUDITOR})

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.export_view)
        return [path("export.csv", view, name="reports_auditentry_export"), *super().get_urls()]

    def refuse_others(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        self.refuse_others(request)
        form = SearchForm(request.GET)
        page = page_of(
            entries_readable_by(request.user),
            form.asked(),
            before=key_in(request, "before"),
            after=key_in(request, "after"),
        )
        context = {
            **self.admin_site.each_context(request),
            "title": "审计",
            "opts": self.opts,
            "form": form,
            "rows": [row_of(entry) for entry in page.entries],
            "page": page,
            "chosen": urlencode({k: v for k, v in form.data.items() if v and k in form.fields}),
            "chain": chain_state(),
        }
        return TemplateResponse(request, "admin/reports/auditentry/list.html", context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        self.refuse_others(request)
        key = object_id if object_id.isdecimal() else 0
        entry = get_object_or_404(entries_readable_by(request.user), pk=key)
        context = {
            **self.admin_site.each_context(request),
            "title": f"审计记录 {entry.pk}",
            "opts": self.opts,
            "row": row_of(entry),
            "link": link_of(entry),
            "revision": revision_meant(entry),
        }
        return TemplateResponse(request, "admin/reports/auditentry/entry.html", context)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """An entry never changes: its history is itself."""
        return self.change_view(request, object_id)

    def export_view(self, request: HttpRequest) -> StreamingHttpResponse:
        """What was asked for as CSV, row by row; the export is itself an entry."""
        self.refuse_others(request)
        form = SearchForm(request.GET)
        asked = form.asked()
        told = {name: str(value) for name, value in form.cleaned_data.items() if value}
        note("export_audit", by=asker(request), asked=told)
        rows = streamed(entries_readable_by(request.user), asked)
        response = StreamingHttpResponse(lines(rows), content_type="text/csv; charset=utf-8")
        named = content_disposition_header(True, f"审计记录-{timezone.localdate():%Y%m%d}.csv")
        response.headers["Content-Disposition"] = named or "attachment"
        response.headers["Cache-Control"] = "private, no-store"
        return response


def row_of(entry: AuditEntry) -> dict[str, Any]:
    return {
        "entry": entry,
        "who": who(entry),
        "roles": role_words(entry),
        "verb": verb_words(entry.verb),
    }


class Line:
    """A file of one line: what was written last."""

    def write(self, text: str) -> str:
        return text


def lines(entries: Iterator[AuditEntry]) -> Iterator[str]:
    writer = csv.writer(Line())
    yield "\ufeff" + writer.writerow(HEADINGS)  # type: ignore[operator]
    for entry in entries:
        yield writer.writerow([harmless(str(value)) for value in columns(entry)])  # type: ignore[misc]


def columns(entry: AuditEntry) -> list[Any]:
    return [
        entry.pk, timezone.localtime(entry.at).isoformat(), entry.username, entry.display_name,
        role_words(entry), entry.origin, entry.address, entry.agent, entry.request_key,
        verb_words(entry.verb), entry.verb, entry.subject_kind, entry.subject_key, entry.subject,
        entry.get_result_display(), entry.detail or "",
    ]  # fmt: skip

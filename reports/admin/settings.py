"""What the site says of itself: one row, edited in place."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from reports.jobs.pages import redraw_all_pages
from reports.models import SiteSettings
from reports.workflow import Role

from .access import RoleAdmin

THE_ROW = 1
NO_ADDRESS = (
    "这不是网址。请写许可全文所在的完整网址，从 https:// 或者 http:// 写起，例如 "
    "https://data.example.cn/license；没有这样的网址就不填。"
)
NAMELESS = "只填了网址，没有填“数据许可”的名称。请把名称补上，或者把网址清空。"


class SettingsForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """The address of a license is one that a reader's program can follow, and has its name."""

    class Meta:
        model = SiteSettings
        fields = [
            "name", "domain", "identification_code", "icp_record", "police_record",
            "host_organization", "contact", "data_terms", "license_name", "license_address",
        ]  # fmt: skip
        error_messages = {"license_address": {"invalid": NO_ADDRESS}}

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("license_address") and not said.get("license_name"):
            self.add_error("license_address", NAMELESS)
        return said


@admin.register(SiteSettings)
class SiteSettingsAdmin(RoleAdmin):
    form = SettingsForm
    seen_by = frozenset({Role.AUDITOR})
    kept_by = frozenset({Role.SYSTEM_ADMINISTRATOR})

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request, obj) and not SiteSettings.objects.exists()

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """There is nothing to list: straight to the row, or to making it."""
        if SiteSettings.objects.exists():
            return redirect("admin:reports_sitesettings_change", THE_ROW)
        if self.has_add_permission(request):
            return redirect("admin:reports_sitesettings_add")
        return super().changelist_view(request, extra_context)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.pk = THE_ROW
        super().save_model(request, obj, form, change)
        transaction.on_commit(redraw_all_pages.enqueue)  # every page carries the footer

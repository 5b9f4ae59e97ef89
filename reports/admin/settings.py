"""What the site says of itself: one row, edited in place."""

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from reports.jobs.pages import redraw_all_pages
from reports.models import SiteSettings
from reports.workflow import Role

from .access import RoleAdmin

THE_ROW = 1


@admin.register(SiteSettings)
class SiteSettingsAdmin(RoleAdmin):
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

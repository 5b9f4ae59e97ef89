"""Agencies, their names and succession, and the divisions they are in."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest

from reports.actions.agencies import create_agency, move_agency
from reports.actions.aggregating import recount_own
from reports.actions.regional import move_division, recount_region, surrounding
from reports.models import Agency, AgencyName, Division, Revision, Succession
from reports.permissions import agencies_where, roles_of
from reports.workflow import PUBLIC, REVIEWERS, SITE_ROLES, Role

from .access import RoleAdmin, RoleInline, indented

KEEPERS = frozenset({Role.SYSTEM_ADMINISTRATOR})


class AgencyForm(forms.ModelForm):
    """Refuses a parent from the agency's own subtree."""

    def clean_parent(self) -> Agency | None:
        parent: Agency | None = self.cleaned_data["parent"]
        own = self.instance.path
        if parent is not None and own and parent.path.startswith(own):
            raise ValidationError(
                f"“{parent}”就是本机关或在本机关之下，不能作为它的上级。请选择另一个机关，或者留空。"
            )
        return parent


class NameInline(RoleInline):
    model = AgencyName
    seen_by = REVIEWERS | SITE_ROLES
    kept_by = KEEPERS
    verbose_name_plural = "简称和曾用名"


class SuccessionInline(RoleInline):
    model = Succession
    fk_name = "predecessor"
    seen_by = REVIEWERS | SITE_ROLES
    kept_by = KEEPERS
    verbose_name_plural = "撤销后由谁承继"


@admin.register(Agency)
class AgencyAdmin(RoleAdmin):
    """The tree. A reviewer reads the part of it that they review."""

    form = AgencyForm
    seen_by = REVIEWERS | SITE_ROLES
    kept_by = KEEPERS
    list_display = ["in_tree", "kind", "division", "slug", "closed_on"]
    list_filter = ["kind"]
    list_select_related = ["division"]
    list_per_page = 100
    search_fields = ["name", "slug", "names__name"]
    search_help_text = "机关全称、简称、曾用名或网址标识"
    ordering = ["path"]
    sortable_by = ()  # the tree is its order
    inlines = [NameInline, SuccessionInline]
    fieldsets = [
        (None, {"fields": ["name", "slug", "kind", "division", "parent", "closed_on"]}),
        ("联系方式", {"fields": ["office", "address", "postcode", "telephone", "email"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Agency]:
        if roles_of(request.user) & SITE_ROLES:
            return super().get_queryset(request)
        return agencies_where(request.user, REVIEWERS)

    def get_readonly_fields(self, request: HttpRequest, obj: Agency | None = None) -> list[str]:
        """Public addresses are for ever: once a report is out, the slug stays."""
        published = obj is not None and Revision.objects.filter(
            report__agency=obj, state__in=sorted(PUBLIC)
        )
        return ["slug"] if published and published.exists() else []

    @admin.display(description="机关全称")
    def in_tree(self, agency: Agency) -> str:
        return indented(agency)

    def save_model(self, request: HttpRequest, obj: Agency, form: Any, change: bool) -> None:
        """Created and moved by the actions, which keep the tree's paths."""
        if not change:
            created = create_agency(**form.cleaned_data)
            obj.pk, obj.path = created.pk, created.path
            obj._state.adding = False
            return
        changed = set(form.changed_data)
        if "parent" in changed:
            moved = move_agency(Agency.objects.get(pk=obj.pk), obj.parent)
            obj.path = moved.path
        if changed - {"parent"}:
            obj.save(update_fields=sorted(changed - {"parent"}))
        if "kind" in changed:
            recount_own(obj)
        if changed & {"kind", "division"}:
            recount_region(obj)


class DivisionForm(forms.ModelForm):
    """Refuses a parent from within the region."""

    def clean_parent(self) -> Division | None:
        parent: Division | None = self.cleaned_data["parent"]
        if parent is not None and self.instance.pk in surrounding(parent.pk):
            raise ValidationError(
                f"“{parent}”就是本区划或在本区划之内，不能作为它的上级。请选择另一个区划，或者留空。"
            )
        return parent


@admin.register(Division)
class DivisionAdmin(RoleAdmin):
    form = DivisionForm
    seen_by = REVIEWERS | SITE_ROLES
    kept_by = KEEPERS
    list_display = ["code", "name", "level", "parent"]
    list_filter = ["level"]
    list_select_related = ["parent"]
    search_fields = ["code", "name"]
    search_help_text = "区划代码或名称"

    def save_model(self, request: HttpRequest, obj: Division, form: Any, change: bool) -> None:
        """Moved by the action, which takes the region's sums along."""
        if change and "parent" in form.changed_data:
            move_division(Division.objects.get(pk=obj.pk), obj.parent)
        super().save_model(request, obj, form, change)

"""Agencies, their names and succession, and the divisions they are in."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from reports.actions.agencies import change_agency, create_agency
from reports.actions.auditing import note
from reports.actions.indexing import index_agency
from reports.actions.regional import move_division, surrounding
from reports.jobs.indexing import index_reports_of_region
from reports.models import Agency, AgencyName, Division, Intake, Revision, Succession
from reports.permissions import agencies_where, roles_of
from reports.queries.reshaping import acts_of
from reports.workflow import PUBLIC, REVIEWERS, SITE_ROLES, Role

from . import intake, reshaping
from .access import RoleAdmin, RoleInline, indented
from .site import asker

KEEPERS = frozenset({Role.SYSTEM_ADMINISTRATOR})


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

    notes_itself = True
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
        (
            None,
            {
                "fields": [
                    "name",
                    "slug",
                    "kind",
                    "division",
                    "parent",
                    "founded_on",
                    "closed_on",
                ]
            },
        ),
        ("联系方式", {"fields": ["office", "address", "postcode", "telephone", "email"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Agency]:
        if roles_of(request.user) & SITE_ROLES:
            return super().get_queryset(request)
        return agencies_where(request.user, REVIEWERS)

    def get_readonly_fields(self, request: HttpRequest, obj: Agency | None = None) -> list[str]:
        """What changes with a date and a reason has a guided act; public addresses are for ever."""
        if obj is None:
            return []
        acted = ["name", "parent", "closed_on"]
        published = Revision.objects.filter(report__agency=obj, state__in=sorted(PUBLIC))
        return [*acted, "slug"] if published.exists() else acted

    def get_urls(self) -> list[URLPattern]:
        def room(route: str, view: Any, name: str) -> URLPattern:
            def checked(request: HttpRequest, **kwargs: Any) -> HttpResponse:
                return view(request, self, **kwargs)

            return path(route, self.admin_site.admin_view(checked), name=f"reports_agency_{name}")

        return [
            room("<int:pk>/acts/<str:kind>/", reshaping.act_view, "act"),
            room("acts/<int:act>/", reshaping.receipt_view, "receipt"),
            *intake.pages(self, Intake.Kind.AGENCIES),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """With the acts that may be done to the agency, and those that were."""
        obj = self.get_object(request, object_id)
        told = {}
        if obj is not None and self.has_view_permission(request, obj):
            keeps = self.has_change_permission(request, obj)
            told = {
                "acts_open": reshaping.open_to(obj) if keeps else [],
                "acts_done": acts_of(obj),
            }
        return super().change_view(request, object_id, form_url, (extra_context or {}) | told)

    @admin.display(description="机关全称")
    def in_tree(self, agency: Agency) -> str:
        return indented(agency)

    def save_model(self, request: HttpRequest, obj: Agency, form: Any, change: bool) -> None:
        """Created and changed by the actions, which keep the tree's paths and the sums."""
        if not change:
            created = create_agency(by=asker(request), **form.cleaned_data)
            obj.pk, obj.path = created.pk, created.path
            obj._state.adding = False
        elif form.changed_data:
            changed = {name: form.cleaned_data[name] for name in form.changed_data}
            change_agency(Agency.objects.get(pk=obj.pk), changed, by=asker(request))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Names and successions are noted with the agency they are of, which is found by them."""
        super().save_related(request, form, formsets, change)
        index_agency(form.instance)
        told = [str(each.model._meta.verbose_name) for each in formsets if each.has_changed()]
        if told:
            note("change_agency", form.instance, by=asker(request), change="、".join(told))


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
        """Moved by the action, which takes the region's sums along.

        A region's name and place stand in what the reports within it are found by.
        """
        if change and "parent" in form.changed_data:
            move_division(Division.objects.get(pk=obj.pk), obj.parent)
        super().save_model(request, obj, form, change)
        if change and {"code", "name", "parent"} & set(form.changed_data):
            index_reports_of_region.enqueue(obj.pk)

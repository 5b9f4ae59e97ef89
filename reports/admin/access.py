"""Which pages open to whom, by the roles of memberships; Django's permissions decide nothing."""

import json
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import LogEntry
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import DateField, Field, ForeignKey, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from reports.actions.auditing import note
from reports.actions.refusals import Refused
from reports.models import Agency
from reports.permissions import roles_of
from reports.queries.audit import entries_about
from reports.queries.keys import key_of
from reports.workflow import Role

from .keyed import Keyed
from .site import ROOMS, asker

Roles = frozenset[Role]
LONGEST_SEARCH = 200  # characters
LONGEST_LIST = 1000  # agencies to choose from; of more one is typed
BY_NAME = "机关的全称，或者它的网址标识"


class ByRole:
    """A model's pages: read by ``seen_by``, added to and changed by ``kept_by``."""

    seen_by: Roles = frozenset()
    kept_by: Roles = frozenset()

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(roles_of(request.user) & (self.seen_by | self.kept_by))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(roles_of(request.user) & (self.seen_by | self.kept_by))

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(roles_of(request.user) & self.kept_by)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(roles_of(request.user) & self.kept_by)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class Titled:
    """A list is headed by what the navigation calls it."""

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        title = ROOMS[self.model.__name__]  # type: ignore[attr-defined]
        context = {"title": title} | (extra_context or {})
        return super().changelist_view(request, context)  # type: ignore[misc]


class Audited:
    """What a form added or changed is noted in the audit trail, in place of Django's own log.

    ``notes_itself``: the action behind the form notes it already.
    """

    notes_itself = False

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        self.noted("add", request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        self.noted("change", request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        for each in queryset:
            self.noted("remove", request, each, "")

    def noted(self, verb: str, request: HttpRequest, obj: Any, message: Any) -> None:
        if not self.notes_itself:
            change = message if isinstance(message, str) else in_words(message)
            note(f"{verb}_{obj._meta.model_name}", obj, by=asker(request), change=change)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """What the audit trail has about the row, without from where."""
        room: Any = self
        obj = room.get_object(request, object_id)
        if obj is None:
            missing: HttpResponse = room._get_obj_does_not_exist_redirect(
                request, room.opts, object_id
            )
            return missing
        if not room.has_view_permission(request, obj):
            raise PermissionDenied
        context = {
            **room.admin_site.each_context(request),
            "title": f"变更历史：{obj}",
            "opts": room.opts,
            "object": obj,
            "entries": entries_about(obj),
        }
        return TemplateResponse(request, "admin/object_history.html", context)


def in_words(message: list[dict[str, Any]]) -> str:
    """Which fields a form changed, as Django's log would say it."""
    return str(LogEntry(change_message=json.dumps(message)).get_change_message())


class AgencyChoice(forms.ModelChoiceField):
    """Agencies as their tree, indented."""

    def label_from_instance(self, obj: Any) -> str:
        return indented(obj)


class AgencyByName(forms.ModelChoiceField):
    """One agency by its whole name or its 网址标识, where a list of all would be of any length."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Agency | None:
        typed = str(value or "").replace("\0", "").strip()  # PostgreSQL takes no text with it
        if not typed:
            return None
        known: QuerySet[Any] = self.queryset  # type: ignore[assignment]  # never None here
        found = list(known.filter(Q(name=typed) | Q(slug=typed))[:2])
        if not found:
            raise forms.ValidationError(
                f"没有名称或者网址标识是“{typed}”的机关。请写全称，或者到机关列表里查它的网址标识。"
            )
        if len(found) > 1:
            raise forms.ValidationError(f"叫“{typed}”的机关不止一个，请改写它的网址标识。")
        return found[0]

    def prepare_value(self, value: Any) -> Any:
        """A key as it would be typed; what was typed as it was."""
        key = value.pk if isinstance(value, Agency) else value
        known = Agency.objects.filter(pk=key).first() if isinstance(key, int) else None
        if known is None:
            return value
        return known.slug if Agency.objects.filter(name=known.name).count() > 1 else known.name


def are_many() -> bool:
    """Whether there are more agencies than one chooses from in a list."""
    return Agency.objects.values("pk")[: LONGEST_LIST + 1].count() > LONGEST_LIST


def indented(agency: Agency) -> str:
    depth = max(agency.path.count("/") - 1, 0)
    return f"{'　' * depth}{agency.name}"


def key_in(request: HttpRequest, name: str) -> int | None:
    """The key that an address gives under a name; None where it is none."""
    return key_of(request.GET.get(name, ""))


class PlainFields:
    """Relations are plain lists to choose from, dates are the browser's own fields."""

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.related_model is Agency:
            kwargs["queryset"] = Agency.objects.only("name", "path").order_by("path")
            kwargs["form_class"] = AgencyChoice
            if are_many():
                kwargs["form_class"] = AgencyByName
                kwargs["help_text"] = "。".join(filter(None, (str(db_field.help_text), BY_NAME)))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        if isinstance(db_field, DateField):
            kwargs["widget"] = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field


class RoleAdmin(ByRole, Audited, Titled, Keyed, PlainFields, admin.ModelAdmin):
    """The base of every page of this admin."""

    actions: Any = None  # nothing is done to many rows at once, but in the queue
    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """SQLite refuses to look for a pattern of 50,000 signs."""
        return super().get_search_results(request, queryset, search_term[:LONGEST_SEARCH])

    def response_action(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        """Chosen rows are named by keys; of what is none Django asks the database as it stands."""
        try:
            for each in request.POST.getlist(ACTION_CHECKBOX_NAME):
                self.opts.pk.clean(each, None)
        except ValidationError:
            self.message_user(
                request, "所选的行里有无法识别的，请在列表中重新选择。", messages.ERROR
            )
            return None
        return super().response_action(request, queryset)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What a form let pass and the action still refuses, another having been quicker."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except Refused as refused:
            self.message_user(request, str(refused), messages.ERROR)
            return redirect(request.get_full_path())


class RoleInline(ByRole, PlainFields, admin.StackedInline):
    """Rows of another model on the same page, under the same rules; stacked, so each has labels."""

    extra = 1  # to add one works without JavaScript

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)


class ReadOnlyAdmin(RoleAdmin):
    """Nothing can be added, changed or removed here, by anybody."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

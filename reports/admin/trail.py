"""What was done to reports, with the opinions given: the auditor's, and read only."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from reports.models import Event
from reports.queries.history import NOBODY, VERBS, words_for
from reports.workflow import Role

from .access import ReadOnlyAdmin

AUDITORS = frozenset({Role.AUDITOR})


class ByVerb(admin.SimpleListFilter):
    title = "动作"
    parameter_name = "verb"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(VERBS.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(verb=self.value()) if self.value() else queryset


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    seen_by = AUDITORS
    list_display = ["at", "agency", "year", "verb_words", "person", "note"]
    list_filter = [ByVerb, "at"]
    list_select_related = ["revision__report__agency", "by"]
    search_fields = ["revision__report__agency__name", "by__display_name", "by__username"]
    search_help_text = "机关名称或办理人"
    ordering = ["-pk"]
    fields = ["at", "revision", "verb_words", "person", "note"]

    @admin.display(description="机关", ordering="revision__report__agency__path")
    def agency(self, event: Event) -> str:
        return event.revision.report.agency.name

    @admin.display(description="年度", ordering="revision__report__year")
    def year(self, event: Event) -> int:
        return event.revision.report.year

    @admin.display(description="动作", ordering="verb")
    def verb_words(self, event: Event) -> str:
        return words_for(event.verb)

    @admin.display(description="办理人", ordering="by")
    def person(self, event: Event) -> str:
        return str(event.by) if event.by else NOBODY

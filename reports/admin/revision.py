"""The queue of reports, and the addresses of a report's review."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Max, Min, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from reports.actions.batching import MOST
from reports.models import Report, Revision
from reports.permissions import revisions_reviewable_by, roles_of
from reports.queries.queue import listed, turn_of
from reports.workflow import REVIEWERS, WAITING, Role, State

from . import bulk, commenting, moving, review, timing
from .access import ReadOnlyAdmin
from .keyed import KeyedChangeList
from .site import asker


class Waiting(admin.SimpleListFilter):
    """By state; without a choice, what waits for a reviewer (all, for an auditor)."""

    title = "状态"
    parameter_name = "state"
    waiting, everything = "waiting", "all"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        self.default = self.waiting if roles_of(request.user) & REVIEWERS else self.everything
        return [
            (self.waiting, "等待办理"),
            (self.everything, "全部"),
            *((str(state), state.label) for state in State),
        ]

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        for lookup, title in self.lookup_choices:
            yield {
                "selected": (self.value() or self.default) == lookup,
                "query_string": changelist.get_query_string({self.parameter_name: lookup}),
                "display": title,
            }

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        asked = self.value() or self.default
        if asked == self.everything:
            return queryset
        states = sorted(WAITING) if asked == self.waiting else [asked]
        return queryset.filter(state__in=states)


class Year(admin.SimpleListFilter):
    """By year, from the first to the last of all reports: two ends of an index, not every row."""

    title = "年度"
    parameter_name = "report__year"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        ends = Report.objects.aggregate(first=Min("year"), last=Max("year"))
        if ends["first"] is None:
            return []
        years = range(ends["last"], ends["first"] - 1, -1)
        return [(str(year), str(year)) for year in years]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        known = {key for key, _ in self.lookup_choices}
        return queryset.filter(report__year=self.value()) if self.value() in known else queryset


class Queue(KeyedChangeList):
    """A list whose rows lead to the review of each."""

    def url_for_result(self, result: Any) -> str:
        return reverse("admin:reports_revision_review", args=[result.pk])


def titled(field: str, title: str, kind: type[admin.FieldListFilter]) -> Any:
    """A list filter under another title than its field's."""

    class Titled(kind):  # type: ignore[misc, valid-type]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.title = title

    return field, Titled


@admin.register(Revision)
class RevisionAdmin(ReadOnlyAdmin):
    seen_by = REVIEWERS | {Role.AUDITOR}
    list_display = ["agency", "year", "number", "state_tag", "turn", "submitted", "reasons",
                    "changed_at"]  # fmt: skip
    list_filter = [
        Waiting,
        Year,
        titled("report__agency__kind", "机关性质", admin.ChoicesFieldListFilter),
    ]
    search_fields = ["report__agency__name", "agency_name"]
    search_help_text = "机关名称"
    actions = [bulk.approve_chosen, bulk.publish_chosen]
    list_per_page = MOST  # a queue is chosen from as a whole, not page by page

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Auditors read, so they choose nothing."""
        return super().get_actions(request) if roles_of(request.user) & REVIEWERS else {}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Revision]:
        """The door shows nobody another subtree's reports: every view begins here."""
        return listed(revisions_reviewable_by(request.user), asker(request))

    def get_ordering(self, request: HttpRequest) -> list[str]:
        """What waits, the oldest first; otherwise the latest first."""
        return ["-changed_at", "-pk"] if "state" in request.GET else ["changed_at", "pk"]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return Queue

    @admin.display(description="机关", ordering="report__agency__path")
    def agency(self, revision: Revision) -> str:
        return revision.report.agency.name

    @admin.display(description="年度", ordering="report__year")
    def year(self, revision: Revision) -> int:
        return revision.report.year

    @admin.display(description="状态", ordering="state")
    def state_tag(self, revision: Revision) -> SafeString:
        return format_html(
            '<span class="tag tag-{}">{}</span>', revision.state, revision.get_state_display()
        )

    @admin.display(description="轮到谁")
    def turn(self, revision: Any) -> str:
        """Whose turn; one's own text is another reviewer's turn."""
        if revision.state in WAITING and revision.written_by_me:
            return "其他审核员（您填写过）"
        return turn_of(State(revision.state), revision.scheduled_at)

    @admin.display(description="送审", ordering="submitted_at")
    def submitted(self, revision: Any) -> str:
        return revision.submitted_by or "—"

    @admin.display(description="说明", ordering="explained")
    def reasons(self, revision: Any) -> str:
        return f"{revision.explained} 条" if revision.explained else "—"

    def get_urls(self) -> list[URLPattern]:
        """Whole numbers only: a ``path`` converter here would swallow Django's own addresses."""

        def room(route: str, view: Any, name: str, of: str = "<int:pk>/") -> URLPattern:
            def checked(request: HttpRequest, **kwargs: Any) -> HttpResponse:
                return view(request, self, **kwargs)

            wrapped = self.admin_site.admin_view(checked)
            return path(f"{of}{route}", wrapped, name=f"reports_revision_{name}")

        return [
            room("review/", review.review_view, "review"),
            room("findings.<str:extension>", review.findings_view, "findings"),
            room("confirm/<str:verb>/", moving.confirm_view, "confirm"),
            room("move/<str:verb>/", moving.move_view, "move"),
            room("receipt/", moving.receipt_view, "receipt"),
            room("comment/", commenting.comment_view, "comment"),
            room("comment/<int:comment>/", commenting.follow_view, "follow"),
            room("schedule/", timing.schedule_view, "schedule"),
            room("schedule/cancel/", timing.cancel_view, "cancel_schedule"),
            room("", bulk.batches_view, "batches", of="batches/"),
            room("all/<str:verb>/", bulk.whole_view, "whole", of="batches/"),
            room("begin/<str:verb>/", bulk.begin_view, "begin", of="batches/"),
            room("<int:pk>/", bulk.batch_view, "batch", of="batches/"),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Django's own form has no place here: figures are not typed."""
        pk = review.revision_asked(request, self, object_id).pk
        return redirect("admin:reports_revision_review", pk)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        pk = review.revision_asked(request, self, object_id).pk
        return redirect(f"{reverse('admin:reports_revision_review', args=[pk])}#history")

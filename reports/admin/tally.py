"""汇总: which addresses the room has, and who may enter."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path

from reports.models import Tally
from reports.permissions import agencies_summed_by
from reports.workflow import REVIEWERS, Role

from . import rollup
from .access import ReadOnlyAdmin


@admin.register(Tally)
class TallyAdmin(ReadOnlyAdmin):
    """Its list is the roll-up page: the rows of the table are how sums are kept, not what is read."""

    seen_by = REVIEWERS | {Role.AUDITOR}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tally]:
        return Tally.objects.filter(agency__in=agencies_summed_by(request.user))

    def get_urls(self) -> list[URLPattern]:
        def room(route: str, view: Any, name: str) -> URLPattern:
            def checked(request: HttpRequest, **kwargs: Any) -> HttpResponse:
                return view(request, self, **kwargs)

            wrapped = self.admin_site.admin_view(checked)
            return path(f"<int:agency>/<int:year>/{route}", wrapped, name=f"reports_tally_{name}")

        return [
            room("table.<str:extension>", rollup.file_view, "file"),
            room("<slug:form>/<str:cell>/", rollup.cell_view, "cell"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return rollup.rollup_view(request, self)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return self.to_rollup(request, object_id)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        return self.to_rollup(request, object_id)

    def to_rollup(self, request: HttpRequest, object_id: str) -> HttpResponse:
        tally = self.get_object(request, object_id)  # None for what is no key at all
        if tally is None:
            raise Http404
        return redirect(rollup.address(tally.agency_id, tally.year))

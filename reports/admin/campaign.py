"""Campaigns (部署): the list by year, and the page of one with its exemptions and record."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from reports.models import Campaign
from reports.permissions import agencies_where, may_supervise, roles_of
from reports.queries.call_changes import reach_of, rows_of
from reports.queries.calls import upward
from reports.workflow import AUTHORITIES, REVIEWERS, Role

from . import calling, exempting
from .access import RoleAdmin
from .site import asker


@admin.register(Campaign)
class CampaignAdmin(RoleAdmin):
    """Called by the authority; read by those who review below, and by the auditor."""

    seen_by = REVIEWERS | {Role.AUDITOR}
    kept_by = AUTHORITIES
    list_display = ["year_of", "agency", "opens_on", "called_by", "called_at", "changed_at"]
    list_display_links = ["year_of", "agency"]
    list_filter = ["year"]
    list_select_related = ["agency", "called_by"]
    search_fields = ["agency__name"]
    search_help_text = "部署机关名称"
    ordering = ["-year", "agency__path"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Campaign]:
        """The calls of the subtrees which the user reviews, and those which they follow."""
        campaigns = super().get_queryset(request).select_related("agency", "called_by")
        if Role.AUDITOR in roles_of(request.user):
            return campaigns
        mine = agencies_where(request.user, REVIEWERS)
        tops = asker(request).memberships.filter(role__in=REVIEWERS, agency__isnull=False)
        above = {at for top in tops.values_list("agency__path", flat=True) for at in upward(top)}
        return campaigns.filter(Q(agency__in=mine) | Q(agency__path__in=above))

    @admin.display(description="年度", ordering="year")
    def year_of(self, campaign: Campaign) -> str:
        return f"{campaign.year}年度"

    def get_urls(self) -> list[URLPattern]:
        def room(route: str, view: Any, name: str) -> URLPattern:
            def checked(request: HttpRequest, **kwargs: Any) -> HttpResponse:
                return view(request, self, **kwargs)

            wrapped = self.admin_site.admin_view(checked)
            return path(f"<int:pk>/{route}", wrapped, name=f"reports_campaign_{name}")

        return [
            room("call/", calling.change_call, "call"),
            room("exempt/", exempting.exempt_view, "exempt"),
            room("exempt/<int:exemption>/end/", exempting.end_view, "end"),
            *super().get_urls(),
        ]

    def campaign_asked(self, request: HttpRequest, pk: int | str) -> Campaign:
        """The call, if the user may read it; 404 for one of another subtree."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = self.get_queryset(request).filter(pk=pk).first() if str(pk).isdecimal() else None
        if found is None:
            raise Http404("没有这次部署，或者它不属于您审核的机关。")
        return found

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return calling.new_call(request, self)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The call as it stands; what changes it has pages of its own."""
        campaign = self.campaign_asked(request, object_id)
        rows = {
            (str(row.kind), str(row.level or "")): row
            for row in rows_of(campaign.agency, campaign.year)
        }
        following, owing, exempt = reach_of(campaign)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": str(campaign),
            "campaign": campaign,
            "owing": [(rows[row.kind, row.level], row) for row in campaign.obligations.all()],
            "following": following,
            "owed": owing,
            "exempt": exempt,
            "exemptions": campaign.exemptions.select_related("agency", "by").order_by(
                "agency__path"
            ),
            "events": campaign.events.select_related("by").order_by("-pk"),
            "may_call": may_supervise(request.user, campaign.agency),
        }
        return TemplateResponse(request, "admin/reports/campaign/detail.html", context)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        pk = self.campaign_asked(request, object_id).pk
        return redirect(f"{reverse('admin:reports_campaign_change', args=[pk])}#record")

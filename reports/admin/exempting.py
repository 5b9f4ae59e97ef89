"""Exempting a body from a call (免予编报): found by its name, for a written reason."""

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST

from reports.actions.campaigning import (
    LONGEST_REASON,
    ExemptionRefused,
    end_exemption,
    exempt,
    scope_of,
)
from reports.models import Agency, Campaign, Exemption
from reports.permissions import may_supervise

from .access import AgencyChoice
from .calling import page_of
from .site import asker

if TYPE_CHECKING:
    from .campaign import CampaignAdmin

MOST = 50  # agencies found by a name; more are asked for by a longer one


class ExemptionForm(forms.Form):
    """One of the agencies found, with all below or alone, and why."""

    and_below = forms.BooleanField(label="它以下的机关也都免予编报", required=False)
    reason = forms.CharField(
        label="理由",
        max_length=LONGEST_REASON,
        help_text="必填，填报员在“我的报告”里看到。例如：本年度新设立，没有上一年度的工作。",
        error_messages={
            "required": "免予编报应当写明理由，请填写后再提交。",
            "max_length": "理由最多 %(limit_value)d 个字，现在有 %(show_value)d 个字，请写短一些。",
        },
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: object, found: list[Agency], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = Agency.objects.filter(pk__in=[each.pk for each in found]).order_by("path")
        self.fields["agency"] = AgencyChoice(
            label="机关",
            queryset=choices,
            widget=forms.RadioSelect,
            empty_label=None,
            initial=found[0].pk if len(found) == 1 else None,
            error_messages={
                "required": "请先选择一个机关。",
                "invalid_choice": "请先选择一个机关。",
            },
        )
        self.order_fields(["agency"])


def found_below(campaign: Campaign, words: str) -> list[Agency]:
    """Agencies of the call's subtree with every word in their name."""
    agencies = Agency.objects.filter(path__startswith=campaign.agency.path)
    for word in words.split():
        agencies = agencies.filter(name__icontains=word)
    return list(agencies.order_by("path")[: MOST + 1])


def exempt_view(request: HttpRequest, room: "CampaignAdmin", pk: int) -> HttpResponse:
    """Search by name; then choose one and say why."""
    campaign = room.campaign_asked(request, pk)
    if not may_supervise(request.user, campaign.agency):
        raise PermissionDenied
    words = request.GET.get("q", "").replace("\0", "").strip()
    found = found_below(campaign, words) if words else []
    more, found = len(found) > MOST, found[:MOST]
    form = ExemptionForm(request.POST if request.method == "POST" else None, found=found)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            done = exempt(
                campaign,
                given["agency"],
                given["reason"],
                by=asker(request),
                and_below=given["and_below"],
            )
        except ExemptionRefused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, f"{scope_of(done)}{campaign.year}年度免予编报。")
            return redirect("admin:reports_campaign_change", campaign.pk)
    context = page_of(request, room, f"免予编报：{campaign}") | {
        "campaign": campaign,
        "words": words,
        "found": found,
        "more": more,
        "form": form,
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "admin/reports/campaign/exempt.html", context, status=status)


@require_POST
def end_view(request: HttpRequest, room: "CampaignAdmin", pk: int, exemption: int) -> HttpResponse:
    """The body owes again. A second press finds nothing and says so by the page itself."""
    campaign = room.campaign_asked(request, pk)
    if not may_supervise(request.user, campaign.agency):
        raise PermissionDenied
    ended = get_object_or_404(
        Exemption.objects.select_related("agency"), pk=exemption, campaign=campaign
    )
    name = scope_of(ended)
    end_exemption(ended, by=asker(request))
    messages.success(request, f"{name}恢复编报{campaign.year}年度报告。")
    return redirect("admin:reports_campaign_change", campaign.pk)

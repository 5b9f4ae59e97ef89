"""Calling a year (部署): whose year, the form, and what it changes before it is saved.

Nothing is stored between the form and its confirmation: what was typed stands
in the page that asks, and is read again when it comes back.
"""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from reports.actions.campaigning import (
    CallRefused,
    Fault,
    Owing,
    call_reports,
    faults_of,
    last_event,
)
from reports.actions.refusals import Refused
from reports.models import Agency, Campaign
from reports.permissions import agencies_where, may_supervise
from reports.queries.call_changes import KindRow, effects_of, rows_of
from reports.workflow import AUTHORITIES

from .access import AgencyChoice
from .site import asker

if TYPE_CHECKING:
    from .campaign import CampaignAdmin

NAMED = 20  # bodies named of each kind of change; the rest are counted
DAY = {"invalid": "请写成 2026-01-20 这样的日期。", "required": "请填写日期。"}


def day(label: str, *, required: bool) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, error_messages=DAY)


class WhoseYear(forms.Form):
    """Which agency calls for which year: one with others below it."""

    def __init__(self, *args: Any, asked_by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = agencies_where(asked_by, AUTHORITIES)
        callers = mine.filter(Q(children__isnull=False) | Q(memberships__user=asked_by))
        self.fields["agency"] = AgencyChoice(
            label="部署机关", queryset=callers.distinct().order_by("path"), empty_label=None
        )
        self.fields[
            "agency"
        ].help_text = "它和它以下的机关都按这次部署编报；下级另有部署的，按下级的。"
        this = timezone.localdate().year
        self.fields["year"] = forms.TypedChoiceField(
            label="报告年度",
            coerce=int,
            choices=[(year, f"{year}年度") for year in range(this, this - 4, -1)],
            initial=this - 1,
        )


class CallForm(forms.Form):
    """The call: its opening, its instructions, and a row for each kind and level."""

    opens_on = day("开始填报", required=True)
    instructions = forms.CharField(
        label="填报要求",
        required=False,
        help_text="填报员在“我的报告”和填报页面上看到。可以不填。",
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args: Any, agency: Agency, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agency, self.year = agency, year
        self.rows = rows_of(agency, year)
        for row in self.rows:
            self.fields[f"owes-{row.key}"] = forms.BooleanField(
                label=f"{row.label}应当编报", required=False
            )
            self.fields[f"due-{row.key}"] = day(f"{row.label}的内部期限", required=False)

    def owing(self) -> list[Owing]:
        return [
            Owing(row.kind, row.level, self.cleaned_data[f"due-{row.key}"])
            for row in self.rows
            if self.cleaned_data[f"owes-{row.key}"]
        ]

    def clean(self) -> dict[str, Any]:
        """Every rule of the action, each fault at its field."""
        given = super().clean() or self.cleaned_data
        for row in self.rows:
            if given.get(f"due-{row.key}") and not given.get(f"owes-{row.key}"):
                said = f"{row.label}写了内部期限，但没有勾选应当编报：请勾选，或者清空日期。"
                self.add_error(f"due-{row.key}", said)
        if not self.errors:
            self.point_at(list(faults_of(self.year, given["opens_on"], self.owing())))
        return given

    def point_at(self, faults: list[Fault]) -> None:
        for fault in faults:
            row = next((each for each in self.rows if (each.kind, each.level) == fault.row), None)
            name = f"due-{row.key}" if row else fault.field
            self.add_error(name if name in self.fields else None, fault.message)

    def kinds(self) -> list[dict[str, Any]]:
        """The table: of each kind its rows with their fields; those without a body apart."""
        drawn = [
            {
                "row": row,
                "owes": self[f"owes-{row.key}"],
                "due": self[f"due-{row.key}"],
                "used": bool(row.bodies) or self.is_used(row),
            }
            for row in self.rows
        ]
        return drawn

    def is_used(self, row: KindRow) -> bool:
        names = (f"owes-{row.key}", f"due-{row.key}")
        return any(self[name].value() or self[name].errors for name in names)


def initial_of(campaign: Campaign | None, year: int, rows: list[KindRow]) -> dict[str, Any]:
    """The call as it stands; a new one asks every kind that is there, by the legal date."""
    if campaign is None:
        there = {f"owes-{row.key}": bool(row.bodies) for row in rows if row.level is None}
        return {"opens_on": date(year + 1, 1, 1), **there}
    values: dict[str, Any] = {
        "opens_on": campaign.opens_on,
        "instructions": campaign.instructions,
    }
    for row in campaign.obligations.all():
        key = f"{row.kind}-{row.level or 'all'}"
        values |= {f"owes-{key}": True, f"due-{key}": row.due_on}
    return values


def new_call(request: HttpRequest, room: "CampaignAdmin") -> HttpResponse:
    """First whose year; then its form. A call which stands already is opened to be changed."""
    if not room.has_add_permission(request):
        raise PermissionDenied
    whose = WhoseYear(request.GET if "year" in request.GET else None, asked_by=request.user)
    if not whose.is_valid():
        context = page_of(request, room, "部署年度报告") | {"form": whose}
        status = 422 if whose.errors else 200
        return TemplateResponse(
            request, "admin/reports/campaign/choose.html", context, status=status
        )
    agency, year = whose.cleaned_data["agency"], whose.cleaned_data["year"]
    standing = Campaign.objects.filter(agency=agency, year=year).first()
    if standing is not None and request.method != "POST":
        messages.info(request, "这个年度已经部署过，下面是现在的部署，可以修改。")
        return redirect("admin:reports_campaign_call", standing.pk)
    return call_view(request, room, agency, year, None)


def change_call(request: HttpRequest, room: "CampaignAdmin", pk: int) -> HttpResponse:
    campaign = room.campaign_asked(request, pk)
    if not may_supervise(request.user, campaign.agency):
        raise PermissionDenied
    return call_view(request, room, campaign.agency, campaign.year, campaign)


def call_view(
    request: HttpRequest,
    room: "CampaignAdmin",
    agency: Agency,
    year: int,
    campaign: Campaign | None,
) -> HttpResponse:
    """Ask, show what it changes for whom, or do it; a refusal keeps what was typed."""
    seen = last_event(campaign) if campaign else 0
    if request.method != "POST":
        initial = initial_of(campaign, year, rows_of(agency, year))
        form = CallForm(agency=agency, year=year, initial=initial)
        return draw(request, room, form, campaign, seen)
    form = CallForm(request.POST, agency=agency, year=year)
    said = request.POST.get("seen", "")
    seen = int(said) if said.isdecimal() else 0
    if not form.is_valid() or "again" in request.POST:
        return draw(request, room, form, campaign, seen)
    if "confirmed" not in request.POST:
        return confirm(request, room, form, campaign, seen)
    try:
        done = call_reports(
            agency,
            year,
            by=asker(request),
            opens_on=form.cleaned_data["opens_on"],
            owing=form.owing(),
            instructions=form.cleaned_data["instructions"],
            seen=seen,
        )
    except CallRefused as refused:
        form.point_at(list(refused.faults))
        return draw(request, room, form, campaign, seen)
    except Refused as refused:
        form.add_error(None, str(refused))
        return draw(request, room, form, campaign, last_event(campaign) if campaign else 0)
    messages.success(request, f"已{'修改' if campaign else '部署'}：{done}。")
    return redirect("admin:reports_campaign_change", done.pk)


def page_of(request: HttpRequest, room: "CampaignAdmin", title: str) -> dict[str, Any]:
    return {**room.admin_site.each_context(request), "opts": room.opts, "title": title}


def draw(
    request: HttpRequest,
    room: "CampaignAdmin",
    form: CallForm,
    campaign: Campaign | None,
    seen: int,
) -> HttpResponse:
    verb = "修改部署" if campaign else "部署"
    kinds = form.kinds()
    context = page_of(request, room, f"{verb}：{form.agency}{form.year}年度") | {
        "form": form,
        "campaign": campaign,
        "seen": seen,
        "there": [each for each in kinds if each["used"]],
        "absent": [each for each in kinds if not each["used"]],
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "admin/reports/campaign/call.html", context, status=status)


def confirm(
    request: HttpRequest,
    room: "CampaignAdmin",
    form: CallForm,
    campaign: Campaign | None,
    seen: int,
) -> HttpResponse:
    """What will change for whom; what was typed stands in hidden fields."""
    opens_on, owing = form.cleaned_data["opens_on"], form.owing()
    planned = {(str(row.kind), str(row.level or "")): row.due_on for row in owing}
    effects = effects_of(form.agency, form.year, opens_on, planned)
    context = page_of(request, room, f"确认部署：{form.agency}{form.year}年度") | {
        "form": form,
        "campaign": campaign,
        "seen": seen,
        "effects": effects,
        "groups": [
            (title, found[:NAMED], max(len(found) - NAMED, 0), len(found))
            for title, found in (
                ("新增须编报", effects.newly_owing),
                ("不再须编报", effects.no_longer),
                ("期限改变", effects.redated),
            )
        ],
        "opens_on": opens_on,
        "typed": [
            (name, value)
            for name, value in request.POST.items()
            if name in form.fields and value
        ],
    }  # fmt: skip
    return TemplateResponse(request, "admin/reports/campaign/confirm.html", context)

"""The guided acts on an agency: what is asked, what it would do, and the receipt.

Nothing is stored between the form and its confirmation: what was typed stands
in the page that asks, with the seal of the plan which that page showed.
"""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse

from reports.actions.refusals import Refused
from reports.actions.reshaping import PlanChanged, reshape
from reports.models import Agency, AgencyAct
from reports.queries.reshaping import Kind, Plan
from reports.queries.reshaping_effects import planned

from .reshaping_forms import FORMS, ActForm
from .site import asker

if TYPE_CHECKING:
    from .agency import AgencyAdmin

KEPT_OUT = {"csrfmiddlewaretoken", "confirmed", "again", "seal"}


def open_to(agency: Agency) -> list[tuple[str, str]]:
    """The acts offered on an agency's page: a closed one is only reopened."""
    kinds = [Kind.REOPEN] if agency.closed_on else [each for each in Kind if each != Kind.REOPEN]
    return [(str(kind.value), str(kind.label)) for kind in kinds]


def act_view(request: HttpRequest, room: "AgencyAdmin", pk: int, kind: str) -> HttpResponse:
    """Ask, show the plan, or do what was shown."""
    if not room.has_change_permission(request):
        raise PermissionDenied
    agency = get_object_or_404(Agency.objects.select_related("parent", "division"), pk=pk)
    if kind not in FORMS:
        raise Http404
    posted = request.POST if request.method == "POST" else None
    form = FORMS[kind](posted)
    if posted is None or not form.is_valid() or "again" in posted:
        return draw(request, room, agency, form)
    asked = form.proposal(agency)
    if "confirmed" not in posted:
        return weigh(request, room, agency, form, planned(asked))
    try:
        act = reshape(agency, asked, seen=posted.get("seal", ""), by=asker(request))
    except PlanChanged as changed:
        return weigh(request, room, agency, form, changed.plan, str(changed))
    except Refused as refused:
        form.add_error(None, str(refused))
        return draw(request, room, agency, form, status=409)
    return redirect("admin:reports_agency_receipt", act.pk)


def weigh(
    request: HttpRequest,
    room: "AgencyAdmin",
    agency: Agency,
    form: ActForm,
    plan: Plan,
    changed: str = "",
) -> HttpResponse:
    """The page that says what will happen; back to the form where something speaks against it."""
    if plan.objections:
        for sentence in plan.objections:
            form.add_error(None, sentence)
        return draw(request, room, agency, form)
    typed = [(name, value) for name, value in request.POST.items() if name not in KEPT_OUT]
    context = framed(request, room, agency, form) | {
        "plan": plan,
        "typed": typed,
        "changed": changed,
    }
    status = 409 if changed else 200
    return TemplateResponse(request, "admin/reports/agency/plan.html", context, status=status)


def draw(
    request: HttpRequest, room: "AgencyAdmin", agency: Agency, form: ActForm, status: int = 0
) -> HttpResponse:
    faulty = form.is_bound and form.errors and "again" not in request.POST
    context = framed(request, room, agency, form) | {"faulty": faulty}
    return TemplateResponse(
        request, "admin/reports/agency/act.html", context, status=status or (422 if faulty else 200)
    )


def framed(
    request: HttpRequest, room: "AgencyAdmin", agency: Agency, form: ActForm
) -> dict[str, Any]:
    label = Kind(form.kind).label
    return {
        **room.admin_site.each_context(request),
        "opts": room.opts,
        "agency": agency,
        "form": form,
        "label": label,
        "title": f"{label}：{agency}",
    }


def receipt_view(request: HttpRequest, room: "AgencyAdmin", act: int) -> HttpResponse:
    """What was done, to those who see the agency."""
    if not room.has_view_permission(request):
        raise PermissionDenied
    mine = room.get_queryset(request)
    acts = AgencyAct.objects.filter(bodies__agency__in=mine.order_by()).distinct()
    done = get_object_or_404(acts.select_related("agency", "by"), pk=act)
    seen = set(mine.values_list("pk", flat=True).filter(pk__in=done.bodies.values("agency")))
    context = {
        **room.admin_site.each_context(request),
        "opts": room.opts,
        "title": f"{done.get_kind_display()}已经办理",
        "act": done,
        "bodies": [
            (each.agency, each.agency_id in seen)
            for each in done.bodies.select_related("agency").order_by("pk")
        ],
    }
    return TemplateResponse(request, "admin/reports/agency/receipt.html", context)

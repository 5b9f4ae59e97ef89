"""汇总 on screen: the sums as the statutory tables, the bodies behind each cell, the files."""

from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import content_disposition_header

from reports.editions.grammar import Number, Place, plain
from reports.exporters.presentation import present
from reports.exporters.rollup import NO_REPORT, ROLLUP_FORMATS
from reports.models import Agency
from reports.permissions import agencies_summed_by
from reports.queries.branches import Branch, branches
from reports.queries.drilldown import bodies, extent_of
from reports.queries.filing import years_called
from reports.queries.publications import page_url
from reports.queries.rollup import Form, RollUp, blanks_in, missing_from, rollup_of
from reports.queries.rollup_paper import not_together, notes_of, paper_of
from reports.sheet import name_of

from .access import indented, key_in

if TYPE_CHECKING:
    from .tally import TallyAdmin

ON_A_PAGE = 100  # bodies in a list
NAMED = 60  # of those missing, or with blanks; the file has them all
BY_BRANCH = ("received", "outcomes_total", "carried_forward")  # of part three, by branch


def said(number: Number | None) -> str:
    return "空" if number is None else plain(number)


def address(agency: int, year: int, form: str = "") -> str:
    asked = {"agency": agency, "year": year} | ({"form": form} if form else {})
    return f"{reverse('admin:reports_tally_changelist')}?{urlencode(asked)}"


def cell_address(agency: Agency, form: Form, place: Place) -> str:
    """Where the bodies behind a cell are listed; nowhere for what the form cannot say."""
    if not form.makes_sense(place):
        return ""
    asked = [agency.pk, form.rollup.year, form.key, name_of(place)]
    return reverse("admin:reports_tally_cell", args=asked)


def agency_asked(request: HttpRequest, pk: str) -> Agency:
    """The agency, if the user may read its roll-up; 404 for any other."""
    found = agencies_summed_by(request.user).filter(pk=pk).first() if pk.isdecimal() else None
    if found is None:
        raise Http404("没有这个机关，或者它不属于您审核的范围。")
    return found


def rollup_asked(request: HttpRequest, pk: str, year: str) -> RollUp:
    if not (year.isdecimal() and len(year) == 4):
        raise Http404("年度要写成四位数字。")
    return rollup_of(agency_asked(request, pk), int(year))


def form_asked(rollup: RollUp, key: str) -> Form | None:
    """The form named, or the first; None where nothing is published."""
    if not key:
        return next(iter(rollup.forms), None)
    form = rollup.form(key)
    if form is None and rollup.forms:
        raise Http404("这个年度的汇总没有这一版格式。")
    return form


def rollup_view(request: HttpRequest, room: "TallyAdmin") -> HttpResponse:
    mine = agencies_summed_by(request.user)
    below = Agency.objects.filter(parent=OuterRef("pk"))
    choices = list(mine.filter(Exists(below)).order_by("path")) or list(mine.order_by("path")[:1])
    years = years_called(mine)
    context: dict[str, Any] = {"choices": [(each.pk, indented(each)) for each in choices],
                               "years": years}  # fmt: skip
    if "agency" in request.GET or choices:
        pk = request.GET.get("agency") or str(choices[0].pk)
        rollup = rollup_asked(request, pk, request.GET.get("year") or str(years[0]))
        context |= sums_of(rollup, form_asked(rollup, request.GET.get("form", "")), request)
    return drawn(request, room, "page", context)


def sums_of(rollup: RollUp, form: Form | None, request: HttpRequest) -> dict[str, Any]:
    """The tables of one form, and who is in them, who is missing, what is blank."""
    agency, year = rollup.agency, rollup.year
    missing, blanks = missing_from(agency, year), blanks_in(agency, year, rollup)
    context: dict[str, Any] = {
        "title": rollup.title,
        "rollup": rollup,
        "missing": missing[:NAMED],
        "missing_beyond": max(len(missing) - NAMED, 0),
        "missing_count": len(missing),
        "blanks": [(body, number, page_url(body.slug, year)) for body, number in blanks[:NAMED]],
        "blanks_beyond": max(len(blanks) - NAMED, 0),
    }
    if form is None:
        return context
    parts = present(form.sheet, links=partial(cell_address, agency, form)).parts
    return context | {
        "form": form,
        "forms": [(each, address(agency.pk, year, each.key)) for each in rollup.forms],
        "parts": [part for part in parts if part.table],
        "notes": (NO_REPORT, *notes_of(rollup, missing, len(blanks))),
        "apart": not_together() if form.is_together else (),
        "by_branch": by_branch(request, form),
    }


def by_branch(request: HttpRequest, form: Form) -> dict[str, Any]:
    """Part three's totals by the bodies directly below, a page of them."""
    agency, year = form.rollup.agency, form.rollup.year
    places = [
        place for place in form.edition.places()
        if place.part == 3 and place.column == "total" and place.line in BY_BRANCH
    ]  # fmt: skip
    behind = [form.behind(place) for place in places]
    page = branches(agency, behind, key_in(request, "after"), ON_A_PAGE)
    return {
        "labels": [place.line_label for place in places],
        "page": page,
        "rows": [
            {
                "agency": each.agency,
                "reports": each.reports,
                "numbers": [said(number) for number in each.numbers],
                "leads": address(each.agency.pk, year)
                if each.has_below
                else page_url(each.agency.slug, year),
            }
            for each in page.rows
        ],
    }


def cell_view(
    request: HttpRequest, room: "TallyAdmin", agency: int, year: int, form: str, cell: str
) -> HttpResponse:
    """The bodies that make up a cell, largest first, and the same by those directly below."""
    rollup = rollup_asked(request, str(agency), str(year))
    on = rollup.form(form)
    place = on.place(cell) if on else None
    if on is None or place is None:
        raise Http404("汇总里没有这一格。")
    behind = on.behind(place)
    page = bodies(behind, key_in(request, "after"), ON_A_PAGE)
    context = {
        "title": f"{place.label}：{rollup.agency}{year}年度汇总",
        "rollup": rollup,
        "form": on,
        "place": place,
        "part": next(part for part in on.edition.parts if part.number == place.part),
        "sum": said(on.sheet.figure(place)),
        "extent": extent_of(behind, rollup.sums),
        "page": page,
        "rows": [(each, said(each.number), page_url(each.agency.slug, year)) for each in page.rows],
        "branches": branches_of(on, place) if page.is_first else [],
        "back": f"{address(agency, year, form)}#cell-{cell}",
    }
    return drawn(request, room, "cell", context)


def branches_of(form: Form, place: Place) -> list[tuple[Branch, str, str]]:
    """A cell by the bodies directly below, where one of them has others below it."""
    agency = form.rollup.agency
    if not Agency.objects.filter(parent__parent=agency).exists():
        return []
    found = branches(agency, [form.behind(place)]).rows
    if not any(each.has_below for each in found):
        return []
    return [
        (
            each,
            said(each.numbers[0]),
            cell_address(each.agency, form, place) if each.has_below else "",
        )
        for each in found
    ]


def file_view(
    request: HttpRequest, room: "TallyAdmin", agency: int, year: int, extension: str
) -> HttpResponse:
    rollup = rollup_asked(request, str(agency), str(year))
    if extension not in ROLLUP_FORMATS or not rollup.forms:
        raise Http404("没有可以下载的汇总表。")
    document = ROLLUP_FORMATS[extension](paper_of(rollup))
    response = HttpResponse(document.content, content_type=document.content_type)
    named = content_disposition_header(True, document.filename)
    response.headers["Content-Disposition"] = named or "attachment"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def drawn(
    request: HttpRequest, room: "TallyAdmin", page: str, context: dict[str, Any]
) -> HttpResponse:
    shared = {**room.admin_site.each_context(request), "opts": room.opts, "title": "汇总"}
    return TemplateResponse(request, f"admin/reports/tally/{page}.html", shared | context)

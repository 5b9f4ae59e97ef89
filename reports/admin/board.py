"""The board (进度): how far every body of a subtree is, chosen and ordered by links and a form."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from reports.exporters.list_xlsx import Column, draw_list
from reports.exporters.xlsx import TYPE
from reports.models import Agency
from reports.models.agency import KIND_CHOICES, LEVEL_CHOICES
from reports.permissions import agencies_overseen_by, agencies_where, may_oversee, may_urge
from reports.queries.board import (
    COLUMNS,
    OWED,
    SORTS,
    Chosen,
    Line,
    Numbers,
    Timing,
    chosen_from,
    lines_of,
    numbers_of,
    row_of,
)
from reports.queries.calls import upward
from reports.queries.filing import Stage, filings_of, years_called
from reports.workflow import AUTHORITIES

from .board_parts import is_too_wide, parts_page
from .site import asker

NAME = "编报进度"
LINES_A_PAGE = 100
ALL = [("", "全部")]
DEEPEST = 6  # steps that are indented
HEADS = (  # what each column is called, and the key it is sorted by
    ("机关", "name"), ("性质", "kind"), ("阶段", "stage"), ("轮到谁", "turn"), ("送审", "submitted"),
    ("公布", "published"), ("期限", "days"), ("检查结果", "findings"),
)  # fmt: skip
WIDTHS = (30, 26, 12, 8, 12, 14, 12, 12, 12, 12, 24, 10, 10, 10, 8, 8)


class BoardForm(forms.Form):
    """What the board is narrowed to. What cannot be is left out, and said at its field."""

    stage = forms.ChoiceField(
        label="阶段",
        required=False,
        choices=[*ALL, (OWED, "应当编报"), *((str(stage), stage.label) for stage in Stage)],
    )
    timing = forms.ChoiceField(
        label="期限", required=False, choices=[*ALL, *((str(each), each.label) for each in Timing)]
    )
    kind = forms.ChoiceField(label="性质", required=False, choices=[*ALL, *KIND_CHOICES])
    level = forms.ChoiceField(label="级别", required=False, choices=[*ALL, *LEVEL_CHOICES])
    text = forms.CharField(label="机关名称", required=False, max_length=60)
    found = forms.BooleanField(label="只看有检查结果的", required=False)


@dataclass(frozen=True)
class Asked:
    """A board as its address asks for it; ``top`` is None for all that the user oversees."""

    agencies: QuerySet[Agency]
    top: Agency | None
    year: int
    years: list[int]
    chosen: Chosen
    form: BoardForm

    def address(self, **changed: Any) -> str:
        """The query of this board with something changed; empty things are left out."""
        chosen = replace(
            self.chosen, **{key: value for key, value in changed.items() if key in CHOICES}
        )
        asked = {"below": self.top.pk if self.top else "", "year": self.year}
        asked |= {key: getattr(chosen, key) for key in CHOICES}
        asked |= {key: value for key, value in changed.items() if key not in CHOICES}
        asked["found"] = "on" if asked["found"] else ""
        return f"?{urlencode({key: value for key, value in asked.items() if value})}"


CHOICES = tuple(Chosen.__dataclass_fields__)


def asked_for(request: HttpRequest) -> Asked:
    """What the address asks for, within what the user oversees; 404 for any other subtree."""
    if not may_oversee(request.user):
        raise PermissionDenied
    agencies = agencies_overseen_by(request.user)
    years = years_called(agencies)
    wanted, below = request.GET.get("year", ""), request.GET.get("below", "")
    year = int(wanted) if wanted in map(str, years) else timezone.localdate().year - 1
    top = None
    if below:
        top = agencies.filter(pk=below).first() if below.isdecimal() else None
        if top is None:
            raise Http404("没有这个机关，或者它不属于您审核的范围。")
        agencies = agencies.filter(path__startswith=top.path)
    form = BoardForm(request.GET)
    form.is_valid()
    given = {key: form.cleaned_data[key] for key in form.cleaned_data}
    sort = request.GET.get("sort", "")
    known = sort if sort.removeprefix("-") in SORTS else ""
    return Asked(agencies, top, year, years, Chosen(**given, sort=known), form)


@require_safe
def board_view(request: HttpRequest) -> HttpResponse:
    asked = asked_for(request)
    if is_too_wide(asked.agencies):
        return parts_page(request, asked, trail_of(request, asked))
    lines = lines_of(filings_of(asked.agencies, asked.year))
    found = chosen_from(lines, asked.chosen)
    page = Paginator(found, LINES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        **admin.site.each_context(request),
        "title": f"{asked.year}年度{NAME}",
        "asked": asked,
        "trail": trail_of(request, asked),
        "numbers": numbers_shown(numbers_of(lines), asked),
        "years": [(year, asked.address(year=year), year == asked.year) for year in asked.years],
        "heads": list(heads(asked)),
        "page": page,
        "pages": pages_of(page, asked),
        "rows": [(line, indent_of(line, asked), asked.address(below=line.filing.agency.pk)) for line in page],
        "total": len(lines),
        "export": asked.address(),
        "narrowed": asked.chosen != Chosen(sort=asked.chosen.sort),
        "everything": asked.address(**dict.fromkeys(CHOICES, "")),
        "hidden": [("below", asked.top.pk if asked.top else ""), ("year", asked.year), ("sort", asked.chosen.sort)],
        "urged": urged_by(request, page),
        "urges": may_urge(request.user),
        "opts": None,
    }  # fmt: skip
    return TemplateResponse(request, "admin/board.html", context)


@require_safe
def export_view(request: HttpRequest) -> HttpResponse:
    """Exactly what the board shows, every page of it, for a spreadsheet."""
    asked = asked_for(request)
    if is_too_wide(asked.agencies):
        return parts_page(request, asked, trail_of(request, asked))
    lines = lines_of(filings_of(asked.agencies, asked.year))
    names = {line.path: line.filing.agency.name for line in lines}
    where = asked.top.name if asked.top else ""
    title = f"{where}{asked.year}年度{NAME}（{timezone.localdate():%Y-%m-%d}）"
    columns = [
        Column(name, width, name not in ("机关", "上级", "期限情况"))
        for name, width in zip(COLUMNS, WIDTHS, strict=True)
    ]
    rows = (row_of(line, names) for line in chosen_from(lines, asked.chosen))
    response = HttpResponse(
        draw_list(NAME, title, columns, rows, by=str(asker(request))), content_type=TYPE
    )
    named = content_disposition_header(True, f"{title}.xlsx")
    response.headers["Content-Disposition"] = named or "attachment"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def trail_of(request: HttpRequest, asked: Asked) -> list[tuple[str, str]]:
    """All, then the agencies above the top which the user oversees, from above."""
    if asked.top is None:
        return []
    above = agencies_overseen_by(request.user).filter(
        path__in=list(upward(asked.top.path, itself=False))
    )
    steps = [("全部", asked.address(below=""))]
    return steps + [(each.name, asked.address(below=each.pk)) for each in above.order_by("path")]


def urged_by(request: HttpRequest, page: Page) -> frozenset[int]:
    """The bodies of the page which the user may urge (催办)."""
    shown = [line.filing.agency.pk for line in page]
    mine = agencies_where(request.user, AUTHORITIES).filter(pk__in=shown)
    return frozenset(mine.values_list("pk", flat=True))


def numbers_shown(numbers: Numbers, asked: Asked) -> list[tuple[str, int, str, bool]]:
    """What is counted, each with the address that lists it, and whether it is listed now."""
    bare = dict.fromkeys(CHOICES, "")
    shown: list[tuple[str, int, dict[str, Any]]] = [
        ("应当编报", numbers.stages[OWED], {"stage": OWED})
    ]
    shown += [(stage.label, numbers.stages[stage], {"stage": str(stage)}) for stage in Stage]
    shown += [
        (Timing.LATE.label, numbers.late, {"timing": str(Timing.LATE)}),
        (Timing.BEHIND.label, numbers.behind, {"timing": str(Timing.BEHIND)}),
    ]
    shown += [("有检查结果", numbers.found, {"found": True})]
    return [
        (label, number, asked.address(**bare | choice), is_chosen(asked.chosen, choice))
        for label, number, choice in shown
    ]


def is_chosen(chosen: Chosen, choice: dict[str, Any]) -> bool:
    return replace(chosen, sort="") == Chosen(**choice)


def heads(asked: Asked) -> Iterator[tuple[str, str, str]]:
    """Each column with the address that sorts by it, and how it is sorted now (aria-sort)."""
    for label, key in HEADS:
        up, down = asked.chosen.sort == key, asked.chosen.sort == f"-{key}"
        now = "ascending" if up else "descending" if down else ""
        yield label, asked.address(sort=f"-{key}" if up else "" if down else key), now


def indent_of(line: Line, asked: Asked) -> int:
    """Only the tree's own order is drawn as a tree."""
    return 0 if asked.chosen.sort else min(line.depth, DEEPEST)


def pages_of(page: Page, asked: Asked) -> list[tuple[int | str, str, bool]]:
    """The pages' numbers with their addresses; a gap has none."""
    if not page.has_other_pages():
        return []
    return [
        (
            number,
            asked.address(page=number) if isinstance(number, int) else "",
            number == page.number,
        )
        for number in page.paginator.get_elided_page_range(page.number)
    ]

"""Where a board would hold more bodies than one list bears: the parts of the tree to go on with.

A board's numbers come of reading every filing below it: of ten thousand bodies
that is seconds already. Above that it is read part by part.
"""

from typing import TYPE_CHECKING

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from reports.models import Agency
from reports.permissions import is_auditor, reviewed_directly_by

if TYPE_CHECKING:
    from .board import Asked

MOST_BODIES = 10_000
PARTS = 500  # of a list


def is_too_wide(agencies: QuerySet[Agency]) -> bool:
    """Whether there are more bodies than one board holds; never counts further than that."""
    return bool(agencies.order_by().values_list("pk")[MOST_BODIES : MOST_BODIES + 1])


def parts_page(request: HttpRequest, asked: "Asked", trail: list[tuple[str, str]]) -> HttpResponse:
    parts = parts_of(request, asked.top).order_by("path")[:PARTS]
    context = {
        **admin.site.each_context(request),
        "title": f"{asked.year}年度编报进度",
        "asked": asked,
        "trail": trail,
        "most": MOST_BODIES,
        "parts": [(each.name, asked.address(below=each.pk)) for each in parts],
        "opts": None,
    }
    return TemplateResponse(request, "admin/board_parts.html", context)


def parts_of(request: HttpRequest, top: Agency | None) -> QuerySet[Agency]:
    """The agencies right below, as far as they have bodies below themselves."""
    if top is not None:
        below = Agency.objects.filter(parent=top)
    elif is_auditor(request.user):
        below = Agency.objects.filter(parent=None)
    else:
        below = Agency.objects.filter(parent__in=reviewed_directly_by(request.user))
    return below.filter(Exists(Agency.objects.filter(parent=OuterRef("pk"))))

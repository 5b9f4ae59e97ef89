"""使用手册: every manual is one page with its contents, an anchor for each task, and pictures."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from struct import unpack

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from reports.editions import EDITIONS

from .manuals import MANUALS, place_of

PICTURES = Path(settings.BASE_DIR) / "static/help"
SIZES = slice(16, 24)  # of a PNG: width and height, four bytes each


@dataclass(frozen=True)
class Picture:
    """A picture of the running site, made by ``make manual-pictures``."""

    path: str  # below static/
    width: int
    height: int


@cache
def pictures() -> dict[str, Picture]:
    """Every picture by its name, with the measures the file itself states."""
    found = {}
    for path in sorted(PICTURES.glob("*.png")):
        with path.open("rb") as file:
            width, height = unpack(">II", file.read(SIZES.stop)[SIZES])
        found[path.stem] = Picture(f"help/{path.name}", width, height)
    return found


@cache
def words() -> dict[str, object]:
    """What manuals say in the form's own words: of the newest edition, typed only there."""
    edition = EDITIONS[max(EDITIONS)]
    return {
        "parts": {part.key: part for part in edition.parts},
        "lines": {line.key: line.label for line in edition.applications.leaves()},
        "equations": [equation.label for equation in edition.applications.down],
    }


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "help/index.html", {"manuals": MANUALS.values()})


@require_safe
def manual(request: HttpRequest, key: str) -> HttpResponse:
    """One manual; Http404 where there is none of that name."""
    if key not in MANUALS:
        raise Http404
    book = MANUALS[key]
    chapters = [(each, f"help/{key}/{each.key}.html") for each in book.sections]
    context = {"manual": book, "chapters": chapters, "pictures": pictures(), **words()}
    return render(request, "help/manual.html", context)


def address_of_help(request: HttpRequest) -> str:
    """Where the page that is asked for is explained: its section, or all the manuals."""
    found = request.resolver_match
    place = place_of(found.view_name, str(found.kwargs.get("part", ""))) if found else ""
    key, _, anchor = place.partition("#")
    address = reverse("public:manual", args=[key]) if key else reverse("public:help")
    return f"{address}#{anchor or 'which'}"

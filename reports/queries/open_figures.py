"""The published figures as tidy rows: one for each report and cell.

Rows follow the order in which their texts were made, and within a text the
order of the printed form. A correction is a later text, so a reader who pages
along meets it and misses nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import QuerySet

from reports.editions import EDITIONS
from reports.editions.grammar import Number, Place
from reports.models import ApplicationFigures, DisclosureFigures, RemedyFigures, Revision
from reports.sheet import TABLES

from .keysets import Order

BY_TEXT = Order(("pk",))
Key = tuple[int, int]  # a text, and how many of its cells were read


@dataclass(frozen=True)
class Cells:
    """Which cells are asked for, by the form's identifiers; empty asks for all."""

    table: str = ""
    lines: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()

    def of(self, edition: int) -> tuple[Place, ...]:
        return chosen(edition, self)


@cache
def chosen(edition: int, cells: Cells) -> tuple[Place, ...]:
    return tuple(
        place
        for place in EDITIONS[edition].places()
        if cells.table in ("", TABLES[place.part])
        and (not cells.lines or place.line in cells.lines)
        and (not cells.columns or place.column in cells.columns)
    )


@dataclass(frozen=True)
class Row:
    """A cell of a published text; ``number`` is None where it is blank."""

    revision: Revision
    place: Place
    number: Number | None
    key: Key


def rows(
    texts: QuerySet[Revision], cells: Cells, most: int, key: Key | None = None
) -> tuple[list[Row], bool]:
    """At most ``most`` rows behind ``key``, and whether there are more; at most four statements."""
    fewest = min((len(cells.of(edition)) for edition in EDITIONS if cells.of(edition)), default=0)
    if not fewest:
        return [], False
    able = texts.filter(edition__in=[each for each in EDITIONS if cells.of(each)])
    # The text in which the last page ended is read again; a cell was its last.
    after = BY_TEXT.behind(described(able), key and (key[0] - 1,))
    listed = list(after[: (most + 1) // fewest + 2])
    found = [row for row in of_texts(listed, cells) if key is None or row.key > key]
    return found[:most], len(found) > most


def described(texts: QuerySet[Revision]) -> QuerySet[Revision]:
    return texts.select_related("report__agency__division")


def of_texts(texts: Sequence[Revision], cells: Cells) -> Iterator[Row]:
    """Every chosen cell of the texts, in order; at most three statements."""
    parts = {place.part for text in texts for place in cells.of(text.edition)}
    figures = {
        part: read(part, model, by, texts, cells)
        for part, model, by in (
            (2, DisclosureFigures, ""),
            (3, ApplicationFigures, "applicant"),
            (4, RemedyFigures, "remedy"),
        )
        if part in parts
    }
    for text in texts:
        for at, place in enumerate(cells.of(text.edition), 1):
            whom = "" if place.part == 2 else place.column
            row = figures[place.part].get((text.pk, whom), {})
            name = place.key if place.part == 2 else place.line
            yield Row(text, place, row.get(name), (text.pk, at))


def read(
    part: int, model: Any, by: str, texts: Sequence[Revision], cells: Cells
) -> dict[tuple[int, str], dict[str, Any]]:
    """What is asked of one table, by text and column: of a cell its column alone."""
    places = [p for edition in EDITIONS for p in cells.of(edition) if p.part == part]
    names = {place.key if part == 2 else place.line for place in places}
    found = model.objects.filter(revision__in=[text.pk for text in texts])
    if by:
        found = found.filter(**{f"{by}__in": {place.column for place in places}})
    rows = found.values("revision_id", *([by] if by else []), *names)
    return {(row["revision_id"], row[by] if by else ""): row for row in rows}

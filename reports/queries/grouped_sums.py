"""The figures of all groups of bodies at once: what the tallies of a whole site are made of.

A statement for each table of the form, whatever the number of groups; asked
group by group, three thousand of them would be ten thousand statements, and a
nation's figures would be read once for each level of the tree.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Model, QuerySet

from reports.editions import EDITIONS
from reports.editions.grammar import Edition
from reports.models import Revision
from reports.workflow import State

from .aggregation import (
    FIGURES,
    Cell,
    Sums,
    aggregates,
    cells_of,
    counting,
    keys_of,
    places_of,
    with_cells,
)

Group = tuple[Any, ...]


def counted_by(*by: str) -> Iterator[tuple[int, int, dict[Group, Sums]]]:
    """Of each (year, edition) the sums of what is in force and counts, by columns of the revision.

    A year at a time: what PostgreSQL groups then stays in its memory.
    """
    in_force = Revision.objects.filter(state=State.PUBLISHED).order_by()
    for year, edition in sorted(in_force.values_list("report__year", "edition").distinct()):
        own = counting(in_force.filter(edition=edition), year)
        yield year, edition, summed_by(EDITIONS[edition], own, by)


def summed_by(
    edition: Edition, revisions: QuerySet[Revision], by: tuple[str, ...]
) -> dict[Group, Sums]:
    """The sums of each group; four statements."""
    counts = revisions.order_by().values_list(*by).annotate(Count("pk"))
    reports = {row[:-1]: row[-1] for row in counts}
    cells: dict[Group, list[Cell]] = {group: [] for group in reports}
    for part, model, within in FIGURES:
        places = places_of(edition, part)
        rows = rows_by(model, within, keys_of(places, part), revisions, by)
        for group in cells:
            cells[group] += cells_of(places, part, rows.get(group, {}))
    return {
        group: with_cells(Sums(edition, reports[group]), found) for group, found in cells.items()
    }


def rows_by(
    model: type[Model], within: str, keys: list[str], revisions: QuerySet[Any], by: tuple[str, ...]
) -> dict[Group, dict[str, dict[str, Any]]]:
    columns = [f"revision__{each}" for each in by]
    rows = model._default_manager.filter(revision__in=revisions.values("pk")).order_by()
    grouped = rows.values(*columns, *([within] if within else [])).annotate(**aggregates(keys))
    found: dict[Group, dict[str, dict[str, Any]]] = {}
    for row in grouped:
        group = tuple(row[column] for column in columns)
        found.setdefault(group, {})[row[within] if within else ""] = row
    return found

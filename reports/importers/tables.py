"""Which grid is which statutory table, told by the labels in it."""

from collections.abc import Callable
from functools import lru_cache

from .disclosure import caption_of, is_corner
from .document import GridRow, TableGrid
from .labels import (
    APPLICANTS,
    APPLICANTS_HEADING,
    FIGURES,
    GROUPS,
    LINES,
    LITIGATION,
    ORGANIZATIONS,
    REMEDIES,
    RESULTS,
    ROWS,
    Vocabulary,
)
from .normal import bare, squeezed
from .numbers import is_figure

LONGEST = 300  # characters of a label with all its spaces
ENOUGH = 2  # different labels of one table
AMBIGUOUS = frozenset({"total", "other_organization", "other_result", "closed_other"})


SERIAL = frozenset({"序号", "编号", "行次"})

# Any statistic may have a row 行政许可: part two is told by its captions and columns.
ROW_KEYS = frozenset(key for _, key in ROWS.entries)


def key_among(text: str, *vocabularies: Vocabulary) -> str:
    found = (match for words in vocabularies if (match := words.look_up(text)))
    return next((match.key for match in found if match.key not in AMBIGUOUS), "")


def disclosure_label(text: str) -> str:
    return (
        key_among(text, ROWS, FIGURES) or caption_of(text) or ("corner" if is_corner(text) else "")
    )


def applications_label(text: str) -> str:
    return key_among(text, LINES, GROUPS, ORGANIZATIONS, APPLICANTS_HEADING, APPLICANTS)


def remedies_label(text: str) -> str:
    return key_among(text, REMEDIES, LITIGATION, RESULTS)


LABEL_OF: dict[str, Callable[[str], str]] = {
    "disclosure": disclosure_label,
    "applications": applications_label,
    "remedies": remedies_label,
}


def labels_in(text: str) -> tuple[tuple[str, str], ...]:
    """(table, label key) pairs that a cell's text may be."""
    if len(text) > LONGEST or not squeezed(text) or is_figure(text):
        return ()
    return labels_of(text)


@lru_cache(maxsize=4096)
def labels_of(text: str) -> tuple[tuple[str, str], ...]:
    said = ((table, label_of(text)) for table, label_of in LABEL_OF.items())
    return tuple((table, key) for table, key in said if key)


def rows_of(grid: TableGrid) -> tuple[GridRow, ...]:
    """The grid's rows without a first column of serial numbers, which its head names so."""
    head = next((row for row in grid.rows if sum(not cell.blank for cell in row) > 1), ())
    if not head or bare(head[0].text) not in SERIAL:
        return grid.rows
    return tuple(row[1:] if len(row) > 1 else row for row in grid.rows)


def table_of(grid: TableGrid, begun: str = "") -> str:
    """The statutory table a grid is, or part of one; "" for any other table.

    ``begun`` is the table whose part one is in and which was seen already: of
    that, one label is enough to be its continuation.
    """
    seen: dict[str, set[str]] = {table: set() for table in LABEL_OF}
    for row in grid.rows:
        for cell in row:
            for table, key in labels_in(cell.text):
                seen[table].add(key)
    if seen["disclosure"] <= ROW_KEYS and begun != "disclosure":
        seen["disclosure"].clear()
    table, keys = max(seen.items(), key=lambda item: len(item[1]))
    if begun and seen[begun] and len(keys) < ENOUGH:
        return begun
    return table if len(keys) >= ENOUGH else ""

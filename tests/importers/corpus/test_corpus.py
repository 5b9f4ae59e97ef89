"""Each variation, in each edition and each format: every cell compared.

A PDF takes half a second to draw and to read, so only those variations are
drawn which a page's lines and places may change.
"""

from collections.abc import Callable, Iterator
from functools import cache

import pytest

from reports.editions import EDITIONS
from reports.importers import Reading
from reports.importers.placing import shown
from reports.sheet import NARRATIVES, name_of

from .. import documents as make
from . import figures, labels, parts, retyped, shapes
from .report import Report, report_of
from .writers import reading_of

TEXTS = (*NARRATIVES, "title", "agency", "year", "signed_by", "signed_on", "contact")
FORMATS = ("lines", "tabs", "html", "docx", "xlsx")
BOTH, EVERY = shapes.BOTH, frozenset(FORMATS)
ALL = {
    **{
        name: (change, BOTH, EVERY)
        for module in (labels, retyped, figures, parts)
        for name, change in module.VARIATIONS.items()
    },
    **shapes.VARIATIONS,
}
UNABLE = {  # what a format cannot carry
    "trailing breaks": {"lines"},  # an empty line ends a row
    "with .0": {"xlsx"},  # a number has no digits but its value's
    "leading zeros": {"xlsx"},
    "all blank": {"xlsx"},  # a sheet's last empty row is none
    "beside other years": {"xlsx"},  # nobody saves a site's page as one
    "no labels at all": {"tabs"},  # a row of one cell is a line of prose
}
IN_PDF = (
    "narrow columns", "retyped 1", "with a remark", "all blank", "headings glued to the text",
    "title over two lines", "a label lost", "no labels at all", "split, the head repeated",
    "（六） whole", "one table", "without denied_third_party_rights",
)  # fmt: skip


def able(name: str, form: str) -> bool:
    return form in ALL[name][2] - UNABLE.get(name, set())


def drawn() -> Iterator[tuple[str, int, str]]:
    """Every variation in both editions, and in every format that its table's shape may matter to.

    benchmarks/bench_corpus.py goes through all of editions x variations x formats.
    """
    for number, (name, (_, editions, _)) in enumerate(ALL.items()):
        ordered = sorted(editions)
        turned = ordered[number % len(ordered) :] + ordered[: number % len(ordered)]
        shaped = name in shapes.VARIATIONS or name in parts.ORDER
        forms = FORMATS if shaped else (FORMATS[number % 2], FORMATS[2 + number % 3])
        cases = [(name, turned[at % len(turned)], form) for at, form in enumerate(forms)]
        yield from (case for case in cases if able(name, case[2]))
        if number in PDF_NUMBERS:
            yield name, turned[-1], "pdf"


PDF_NUMBERS = frozenset(list(ALL).index(name) for name in IN_PDF)


@cache
def plain(edition: int) -> Report:
    return report_of(make.random_sheet(EDITIONS[edition]))


@pytest.mark.parametrize(("name", "edition", "form"), [*drawn()], ids=str)
@pytest.mark.corpus
def test_every_cell_of_a_varied_report_is_read(name, edition, form):
    change: Callable[[Report], Report] = ALL[name][0]
    report = change(plain(edition))
    reading = reading_of(report.blocks, form)
    assert_read(report, reading)


def assert_read(report: Report, reading: Reading) -> None:
    """The edition, every cell, every text; and that what was assumed is said."""
    sheet = reading.sheet
    assert sheet.edition is report.sheet.edition
    assert wrong_cells(report, reading) == {}
    assert set(sheet.printed.missing) == set(report.missing)
    for key in TEXTS:
        if key not in report.unread:
            assert getattr(sheet, key) == getattr(report.sheet, key), key
    for piece in report.said:
        assert any(shown(piece) in note for note in reading.notes), (piece, reading.notes)
    for text in report.kept:
        assert any(text in kept for kept in kept_texts(reading)), text
    assert_sourced(reading)


def wrong_cells(report: Report, reading: Reading) -> dict[str, tuple[object, object]]:
    """Cells read otherwise than printed: (expected, read)."""
    read = {name_of(place): number for place, number in reading.sheet.cells()}
    expected = report.expected
    return {name: (expected[name], read[name]) for name in read if expected[name] != read[name]}


def kept_texts(reading: Reading) -> list[str]:
    additions = reading.sheet.printed.additions
    cells = [cell for each in additions for row in each.rows for cell in row]
    return [*cells, *(each.text for each in additions)]


def assert_sourced(reading: Reading) -> None:
    """Every figure says where it stood and what was printed there; no two stood in one cell."""
    sheet = reading.sheet
    for name, cell in reading.cells.items():
        assert bool(cell.source) == (name not in sheet.printed.missing), name
        if cell.number is not None:
            assert cell.printed, name
    merged = [c for c in reading.cells.values() if "合并" in c.note]
    sources = [c.source for c in reading.cells.values() if c.source]
    assert merged or len(sources) == len(set(sources))

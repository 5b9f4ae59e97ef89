"""Tables whose rows were lost, as web pages leave them: one cell a line."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from reports.editions import EDITIONS
from reports.editions.grammar import Edition
from reports.sheet import Sheet

from .documents import Rows, figures, line_names, parts_of, random_sheet, reading_of, tables_of

Writer = Callable[[Rows], list[str]]


def texts(rows: Rows) -> list[str]:
    return [cell.text for row in rows for cell in row]


def bar_after(rows: Rows) -> list[str]:
    return [f"{text} |" for text in texts(rows)]


def bar_below(rows: Rows) -> list[str]:
    return [line for text in texts(rows) for line in (text, "|")]


def bar_before(rows: Rows) -> list[str]:
    return [line for text in texts(rows) for line in ("|", text)]


def no_bar(rows: Rows) -> list[str]:
    return [text for text in texts(rows) if text]


def lines_between(rows: Rows) -> list[str]:
    return [line for text in texts(rows) if text for line in (text, "")]


def broken(write: Writer) -> Writer:
    """Labels of more than three characters over two lines."""

    def lines(rows: Rows) -> list[str]:
        return list(halves(write(rows)))

    lines.__name__ = f"{write.__name__}_broken"
    return lines


def halves(lines: list[str]) -> Iterator[str]:
    for line in lines:
        if len(line) > 5 and not line[0].isdigit() and "（" not in line[:1]:
            yield from (line[:3], line[3:])
        else:
            yield line


WRITERS = (
    bar_after,
    bar_below,
    bar_before,
    no_bar,
    lines_between,
    broken(no_bar),
    broken(bar_below),
)


def printed(sheet: Sheet, write: Writer, tables: dict[str, Rows] | None = None) -> bytes:
    lines: list[str] = []
    for block in parts_of(sheet, tables):
        lines += [block] if isinstance(block, str) else write(block)
    return "\n".join(lines).encode()


@pytest.mark.parametrize("write", WRITERS, ids=lambda write: write.__name__)
@pytest.mark.parametrize("edition", EDITIONS.values(), ids=lambda edition: str(edition.key))
def test_every_cell_is_read(edition: Edition, write: Writer) -> None:
    sheet = random_sheet(edition, 5)
    reading = reading_of(printed(sheet, write))
    assert figures(reading.sheet) == figures(sheet)
    assert reading.sheet.overview == sheet.overview
    assert reading.sheet.problems == sheet.problems
    assert reading.sheet.signed_on == sheet.signed_on


@pytest.mark.parametrize("write", [bar_after, bar_below], ids=lambda write: write.__name__)
def test_a_blank_cell_between_bars_stays_blank(write: Writer) -> None:
    sheet = random_sheet(EDITIONS[2021], 6)
    column = dict(sheet.applications["business"], granted=None)
    sheet = replace(sheet, applications={**sheet.applications, "business": column})
    reading = reading_of(printed(sheet, write))
    assert figures(reading.sheet) == figures(sheet)


@pytest.mark.parametrize("write", [bar_after, no_bar], ids=lambda write: write.__name__)
def test_rows_that_lost_their_labels_are_told_by_their_width(write: Writer) -> None:
    edition = EDITIONS[2021]
    sheet = random_sheet(edition, 7)
    tables = tables_of(sheet)
    lost = edition.applications.lines[2].children[2]
    labels = {child.label for child in lost.children}
    tables["applications"] = [
        [cell for cell in row if cell.text not in labels] for row in tables["applications"]
    ]
    reading = reading_of(printed(sheet, write, tables))
    assert figures(reading.sheet) == figures(sheet)
    names = line_names(edition, lost.children[0].key)
    assert all("行名丢失" in reading.cells[name].note for name in names)


def test_a_list_in_prose_is_no_table() -> None:
    sheet = random_sheet(EDITIONS[2021], 8)
    overview = "本年公开的事项有：\n行政许可\n行政处罚\n行政强制\n其余另行公布。"
    sheet = replace(sheet, overview=overview)
    assert reading_of(printed(sheet, no_bar)).sheet.overview == overview


def test_every_cell_says_the_line_it_stands_in() -> None:
    sheet = random_sheet(EDITIONS[2021], 9)
    data = printed(sheet, no_bar)
    reading = reading_of(data)
    lines = data.decode().split("\n")
    for name, cell in reading.cells.items():
        line = int(cell.source.split("文本第")[1].rstrip("行）"))
        assert lines[line - 1] == cell.printed, name

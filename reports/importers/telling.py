"""What the person is told of the tables: editions, labels, missing and odd cells."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from reports.editions.grammar import Column, Edition, Line, Place
from reports.sheet import TABLES, name_of

from .labels import same_wording
from .numbers import parse_number
from .placing import PLACES, Placing, names_of, shown
from .reading import CellReading

MANY = 3  # the same remark more often than this is told once
MOST_NAMED = 12
LOST = "行名丢失"  # told once with its rows
NO_UNIT = "表头没有写单位，按万元读取"
ABSENT = "文件中没有这一格"


def part_title(edition: Edition, table: str) -> str:
    """「第三部分」."""
    return f"第{edition.part(table).numeral}部分"


def cell_readings(edition: Edition, placings: Mapping[str, Placing]) -> dict[str, CellReading]:
    """Every cell of the edition, then those which only another edition has."""
    own = [name_of(place) for place in edition.places()]
    foreign = [name for placing in placings.values() for name in placing.cells if name not in own]
    readings = {}
    for name in (*own, *dict.fromkeys(foreign)):
        placing = placings[name.split(".")[0]]
        cell = placing.cells.get(name)
        if cell is None:
            readings[name] = CellReading("", "", None, ABSENT)
            continue
        unit = placing.units.get(name, "万元")
        parsed = parse_number(cell.text, PLACES[name].kind, unit)
        assumed = NO_UNIT if not unit and parsed.number and parsed.exact else ""
        said = (placing.remarks.get(name, ""), parsed.note, assumed)
        remark = "；".join(each for each in said if each)
        readings[name] = CellReading(
            cell.source, cell.text.strip(), parsed.number, remark, parsed.exact
        )
    return readings


def form_labels(edition: Edition) -> dict[str, str]:
    """The form's label of every line and column, by its full name."""
    named: dict[str, list[Line | Column]] = {
        "disclosure": [],
        "applications": [*edition.applications.leaves(), *edition.applications.columns],
        "remedies": [*edition.remedies.groups, *edition.remedies.results],
    }
    for block in edition.disclosure.blocks:
        named["disclosure"] += [*block.rows, *block.columns]
    return {f"{part}.{each.key}": each.label for part, all_ in named.items() for each in all_}


def unlike(edition: Edition, placings: Mapping[str, Placing]) -> dict[str, str]:
    """Printed labels which say something else than the form's; "" where one was lost."""
    form = form_labels(edition)
    return {
        name: text
        for placing in placings.values()
        for name, text in placing.labels.items()
        if name in form and not same_wording(text, form[name])
    }


def printed_order(edition: Edition, placings: Mapping[str, Placing]) -> tuple[str, ...]:
    """Lines and columns as they stand in the document, where that is not the form's order.

    Part two's columns are each block's own and are told by its header alone.
    """
    order: list[str] = []
    for table, placing in placings.items():
        own = names_of(edition, table)
        found = sorted(
            (name for name in own if name in placing.cells),
            key=lambda name: (
                placing.cells[name].table,
                placing.cells[name].row,
                placing.cells[name].position,
            ),
        )
        for axis in ("line", "column"):
            if axis == "column" and table == "disclosure":
                continue
            printed = list(dict.fromkeys(getattr(PLACES[name], axis) for name in found))
            form = list(dict.fromkeys(getattr(PLACES[name], axis) for name in own))
            if printed != [key for key in form if key in printed]:
                order += [f"{table}.{key}" for key in printed]
    return tuple(order)


def label_notes(edition: Edition, placings: Mapping[str, Placing]) -> Iterator[str]:
    form = form_labels(edition)
    for name, text in unlike(edition, placings).items():
        if text:
            yield f"“{shown(text)}”按“{form[name]}”读取。"


def edition_notes(
    chosen: Edition, in_force: Edition | None, by_edition: Mapping[int, Mapping[str, Placing]]
) -> Iterator[str]:
    """Which edition the tables are in, where that is not plain."""
    tables = by_edition[chosen.key]
    if not any(placing.cells for placing in tables.values()):
        yield f"没有找到表格，按{chosen.key}年版格式读取。"
        return
    if in_force is not None and in_force is not chosen:
        yield f"表格是{chosen.key}年版的格式，报告年度应当使用{in_force.key}年版。"
    for table, placing in tables.items():
        best = max(by_edition, key=lambda key: by_edition[key][table].share)
        if placing.cells and by_edition[best][table].share > placing.share:
            yield (
                f"{part_title(chosen, table)}的表格是{best}年版的，与其他表格不是同一版本，"
                f"整份报告按{chosen.key}年版读取。"
            )
        own = set(names_of(chosen, table))
        lines = dict.fromkeys(PLACES[name].line_label for name in placing.cells if name not in own)
        if lines:
            yield (
                f"{part_title(chosen, table)}“{'”“'.join(lines)}”有{chosen.key}年版没有的数字格，照录。"
            )


def missing_notes(edition: Edition, cells: Mapping[str, CellReading]) -> Iterator[str]:
    """Cells of the form which the document does not have, by line."""
    for part, places in groupby(edition.places(), key=lambda place: place.part):
        listed = list(places)
        absent = [place for place in listed if not cells[name_of(place)].source]
        title = part_title(edition, TABLES[part])
        if len(absent) == len(listed):
            yield f"没有找到{title}的表格。"
        elif absent:
            named = list(named_places(listed, absent))
            more = f"等 {len(named)} 处" if len(named) > MOST_NAMED else ""
            yield f"{title}的文件中没有：{'、'.join(named[:MOST_NAMED])}{more}，留空。"


def named_places(listed: list[Place], absent: list[Place]) -> Iterator[str]:
    """A line's label where all of it is absent, otherwise each cell."""
    for line, places in groupby(absent, key=lambda place: (place.line, place.line_label)):
        here = list(places)
        if len(here) == sum(place.line == line[0] for place in listed):
            yield f"“{line[1]}”"
        else:
            yield from (place.label for place in here)


def cell_notes(cells: Mapping[str, CellReading]) -> Iterator[str]:
    """What was read otherwise than digit by digit; the same remark is told once a table."""

    def sort(item: tuple[str, CellReading]) -> tuple[str, str]:
        return item[0].split(".")[0], item[1].note

    odd = [
        item for item in cells.items()
        if item[1].source and item[1].note and not item[1].note.startswith(LOST)
    ]  # fmt: skip
    for (table, note), group in groupby(sorted(odd, key=sort), key=sort):
        items = list(group)
        if len(items) > MANY:
            yield f"{in_words(table)}有 {len(items)} 格：{note}。"
        else:
            yield from told(items)


def in_words(table: str) -> str:
    part = next(number for number, name in TABLES.items() if name == table)
    return f"第{'零一二三四五六'[part]}部分"


def told(items: Iterable[tuple[str, CellReading]]) -> Iterator[str]:
    for name, cell in items:
        printed = f"印作“{shown(cell.printed)}”" if cell.printed else "是空白"
        yield f"{in_words(name.split('.')[0])}{PLACES[name].label}{printed}：{cell.note}。"

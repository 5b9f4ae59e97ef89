"""The data dictionary: every figure of every edition, as the editions themselves declare it."""

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from functools import cache
from io import StringIO

from reports.editions import EDITIONS
from reports.editions.crosswalk import comparable, in_series
from reports.editions.grammar import Edition, Equation, Kind, Line, Place
from reports.sheet import TABLES, name_of

from .spread import UNIT

KINDS = {Kind.COUNT: "计数", Kind.CHANGE: "增减数，可以为负", Kind.AMOUNT: "金额"}
HEADINGS = {
    "name": "数据项", "edition": "格式", "part": "部分", "part_title": "部分名称",
    "row": "行标识", "row_label": "行", "column": "列标识", "column_label": "列", "kind": "类型",
    "unit": "单位", "computed": "是否合计", "equations": "勾稽关系", "series": "跨格式序列",
}  # fmt: skip


SEAMS = re.compile(r"(?<=[._])")


@dataclass(frozen=True)
class Entry:
    """A figure. ``equations`` are those it stands in, by number and in the form's words;
    ``series`` is the figure of the earlier form with which it may stand in one series."""

    name: str
    edition: int
    part: int
    part_title: str
    row: str
    row_label: str
    column: str
    column_label: str
    kind: str
    unit: str
    computed: bool
    equations: tuple[str, ...]
    series: str

    @property
    def in_equations(self) -> str:
        return "；".join(self.equations)

    @property
    def name_pieces(self) -> list[str]:
        """The name in pieces between which a line may break."""
        return re.split(SEAMS, self.name)

    @property
    def series_pieces(self) -> list[str]:
        return re.split(SEAMS, self.series)


@cache
def dictionary(edition_key: int) -> tuple[Entry, ...]:
    """Every figure of an edition, in printed order."""
    edition = EDITIONS[edition_key]
    series = dict(series_of(edition))
    paths = dict(label_paths(edition.applications.lines))
    titles = {part.number: part.title for part in edition.parts}
    return tuple(
        Entry(
            name=name_of(place),
            edition=edition.key,
            part=place.part,
            part_title=titles[place.part],
            row=place.line,
            row_label=paths.get(place.line, place.line_label) if place.part == 3 else place.line_label,
            column=place.column,
            column_label=place.column_label,
            kind=KINDS[place.kind],
            unit=UNIT if place.kind is Kind.AMOUNT else "",
            computed=place.computed,
            equations=tuple(f"{each.id} {each.label}" for each in equations_of(edition, place)),
            series=series.get(name_of(place), ""),
        )
        for place in edition.places()
    )  # fmt: skip


def label_paths(lines: tuple[Line, ...], above: str = "") -> Iterator[tuple[str, str]]:
    """A leaf's label behind those of the lines which divide into it."""
    for line in lines:
        label = f"{above}／{line.label}" if above else line.label
        if line.children:
            yield from label_paths(line.children, label)
        else:
            yield line.key, label


def equations_of(edition: Edition, place: Place) -> Iterator[Equation]:
    """The equations in which a figure is a term, this year's and next year's."""
    tables = {
        2: ((place.key, edition.disclosure.equations),),
        3: (
            (place.line, edition.applications.down),
            (place.column, (edition.applications.across,)),
        ),
        4: ((place.line, (edition.remedies.across,)),),
    }
    own = place.key if place.part == 2 else place.line
    for key, equations in (*tables[place.part], (own, edition.continuity)):
        if place.part == 4 and equations is edition.continuity:
            continue
        for equation in equations:
            if any(key in (*term.keys, term.whole) for term in equation.terms):
                yield equation


def series_of(edition: Edition) -> Iterator[tuple[str, str]]:
    """Each figure that has its like in the other form, with that one's name."""
    for each in comparable(edition):
        if in_series(each.place):
            for key in each.keys:
                yield f"{TABLES[each.place.part]}.{key}", name_of(each.place)


def as_json() -> bytes:
    editions = [
        {
            "edition": edition.key,
            "order": edition.order,
            "first_year": edition.years.start,
            "figures": [asdict(entry) for entry in dictionary(edition.key)],
        }
        for edition in EDITIONS.values()
    ]
    text = json.dumps({"headings": HEADINGS, "editions": editions}, ensure_ascii=False, indent=2)
    return f"{text}\n".encode()


def as_csv() -> bytes:
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(HEADINGS[field.name] for field in fields(Entry))
    for edition in EDITIONS:
        for entry in dictionary(edition):
            said = asdict(entry) | {
                "equations": entry.in_equations,
                "computed": "是" if entry.computed else "否",
            }
            writer.writerow(said[field.name] for field in fields(Entry))
    return b"\xef\xbb\xbf" + file.getvalue().encode()

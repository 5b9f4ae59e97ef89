"""The words in which an edition of the statutory form is written.

An edition is data. Nothing in this package knows of Django, a database or a
request, so the same edition serves the form, the page, the checker, the
browser and SQL.

Position, everywhere: part > table > line (down) x column (across) = cell. A
cell of part two is named by its figure (``rules_made``), one of parts three
and four by ``column.line`` (``natural_person.granted``,
``reconsideration.upheld``).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import wraps
from typing import Any, TypeVar

from .wording import nested_quotes

Number = int | Decimal
Figures = Mapping[str, Number | None]
Answer = TypeVar("Answer")


def once(method: Callable[[Any], Answer]) -> Callable[[Any], Answer]:
    """A method whose answer is worked out once for each object: editions never change."""

    @wraps(method)
    def answer(self: Any) -> Answer:
        known: dict[str, Answer] = self.__dict__  # open, though the object itself is frozen
        if method.__qualname__ not in known:
            known[method.__qualname__] = method(self)
        return known[method.__qualname__]

    return answer


class Kind(Enum):
    """What a figure counts, and so what may be written in its cell."""

    COUNT = "count"  # a whole number >= 0
    CHANGE = "change"  # a whole number which may be negative (本年增/减)
    AMOUNT = "amount"  # 万元 >= 0, up to 6 decimals (分)


@dataclass(frozen=True)
class Term:
    """One term of an equation: a figure, or several that the form sums.

    ``mark`` is what a message calls it (「三（七）」). With ``whole`` the term is
    a line which one edition prints whole and another divides into ``keys``;
    whatever was printed counts. ``year`` is -1 for last year's report.
    """

    mark: str
    keys: tuple[str, ...]
    whole: str = ""
    sign: int = 1
    year: int = 0

    def value(self, figures: Figures, last_year: Figures | None = None) -> Number | None:
        """The term's value without its sign, or None while it is blank."""
        source = figures if self.year == 0 else (last_year or {})
        parts = total(source.get(key) for key in self.keys)
        if not self.whole:
            return parts
        printed = [n for n in (source.get(self.whole), parts) if n is not None]
        return sum(printed) if printed else None


def total(numbers: Iterable[Number | None]) -> Number | None:
    """The sum. A blank among the numbers is not a zero: it leaves no sum."""
    listed = list(numbers)
    known = [n for n in listed if n is not None]
    return sum(known) if len(known) == len(listed) else None


@dataclass(frozen=True)
class Equation:
    """A 勾稽关系: left = right, or left >= right.

    ``id`` is format.md's (A1 …); ``name`` makes the database's constraint
    (``authored_<name>_foots``); ``label`` is the form's wording; ``advice`` the
    next step when it does not hold.
    """

    id: str
    name: str
    label: str
    left: tuple[Term, ...]
    right: tuple[Term, ...]
    advice: str = ""
    at_least: bool = False

    @property
    def terms(self) -> tuple[Term, ...]:
        return (*self.left, *self.right)

    def side(
        self, terms: tuple[Term, ...], figures: Figures, last_year: Figures | None = None
    ) -> Number | None:
        values = [(term.sign, term.value(figures, last_year)) for term in terms]
        return total(None if value is None else sign * value for sign, value in values)

    def gap(self, figures: Figures, last_year: Figures | None = None) -> Number | None:
        """Left minus right, or None while any of the figures is blank."""
        left = self.side(self.left, figures, last_year)
        right = self.side(self.right, figures, last_year)
        return None if left is None or right is None else left - right

    def holds(self, figures: Figures, last_year: Figures | None = None) -> bool:
        """Whether it holds; a blank breaks no equation (that it is blank is A4)."""
        gap = self.gap(figures, last_year)
        return gap is None or (gap >= 0 if self.at_least else gap == 0)

    def statement(self, figures: Figures, last_year: Figures | None = None) -> str:
        """Both sides with their values, and the difference, in the form's words."""
        left, right = (
            spell(terms, figures, last_year, self.side(terms, figures, last_year))
            for terms in (self.left, self.right)
        )
        gap: Number = self.gap(figures, last_year) or 0
        apart = plain(gap if gap >= 0 else -gap)
        return (
            f"{left}，小于{right}，少 {apart}"
            if self.at_least
            else f"{left}，{right}，相差 {apart}"
        )


def spell(
    terms: tuple[Term, ...], figures: Figures, last_year: Figures | None, side: Number | None
) -> str:
    """「一（3）＋二（1）＝4」; one term alone says its value only once; none is 0."""
    said = ""
    for term in terms:
        sign = "－" if term.sign < 0 else "＋" if said else ""
        value = term.value(figures, last_year)
        said += f"{sign}{term.mark}（{'空' if value is None else plain(value)}）"
    if not terms:
        return " 0"
    return said if len(terms) == 1 else f"{said}＝{'空' if side is None else plain(side)}"


def plain(number: Number) -> str:
    """A number as a person writes it: no exponent, no trailing zeros."""
    if isinstance(number, int):
        return str(number)
    text = format(number.normalize(), "f")
    return "0" if text == "-0" else text


@dataclass(frozen=True)
class Line:
    """A numbered line of a statutory table, in the form's own wording."""

    key: str
    label: str
    children: tuple["Line", ...] = ()
    computed: bool = False  # the form calls it 总计: footed, never typed

    def leaves(self) -> Iterator["Line"]:
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()


@dataclass(frozen=True)
class Column:
    """A column of a statutory table: an applicant, a result, or a kind of count."""

    key: str
    label: str
    under: str = ""  # the heading printed above several columns
    computed: bool = False
    kind: Kind = Kind.COUNT


@dataclass(frozen=True)
class Place:
    """Where a figure stands: part, line and column by key, and in words."""

    part: int
    line: str
    column: str
    line_label: str
    column_label: str
    kind: Kind = Kind.COUNT
    computed: bool = False
    key: str = ""  # the cell's name within its table

    @property
    def label(self) -> str:
        """「“自然人”列“（一）予以公开”」."""
        if self.part == 2:
            return nested_quotes(f"“{self.line_label}”的“{self.column_label}”")
        return nested_quotes(f"“{self.column_label}”列“{self.line_label}”")


@dataclass(frozen=True)
class Block:
    """A block of part two: the paragraph of article 20, its header and rows."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Line, ...]

    def places(self) -> Iterator[Place]:
        for row in self.rows:
            for column in self.columns:
                yield Place(
                    2, row.key, column.key, row.label, column.label,
                    kind=column.kind, key=f"{row.key}_{column.key}",
                )  # fmt: skip


@dataclass(frozen=True)
class DisclosureTable:
    """Part two: blocks, each with a caption row, a header row and its rows."""

    corner: str  # 信息内容
    blocks: tuple[Block, ...]
    equations: tuple[Equation, ...]
    part: int = 2

    @once
    def places(self) -> tuple[Place, ...]:
        return tuple(place for block in self.blocks for place in block.places())

    def row(self, key: str) -> Line:
        return next(row for block in self.blocks for row in block.rows if row.key == key)


@dataclass(frozen=True)
class ApplicationsTable:
    """Part three: 23 or 25 lines by seven columns."""

    corner: str
    columns_heading: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    down: tuple[Equation, ...]  # between the lines of each column: A2, A1
    across: Equation  # between the columns of each line: A3
    part: int = 3

    @once
    def leaves(self) -> tuple[Line, ...]:
        return tuple(leaf for line in self.lines for leaf in line.leaves())

    def typed_columns(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if not column.computed)

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)

    @once
    def places(self) -> tuple[Place, ...]:
        return tuple(
            Place(
                3, line.key, column.key, line.label, column.label,
                computed=line.computed or column.computed, key=f"{column.key}.{line.key}",
            )
            for line in self.leaves()
            for column in self.columns
        )  # fmt: skip


@dataclass(frozen=True)
class RemediesTable:
    """Part four: three remedies of five results each, printed in one row."""

    groups: tuple[Column, ...]  # reconsideration, and litigation in two kinds
    results: tuple[Column, ...]
    across: Equation  # L1, within each group
    part: int = 4

    def group(self, key: str) -> Column:
        return next(group for group in self.groups if group.key == key)

    @once
    def places(self) -> tuple[Place, ...]:
        return tuple(
            Place(
                4, result.key, group.key, result.label,
                f"{group.under}（{group.label}）" if group.under else group.label,
                computed=result.computed, key=f"{group.key}.{result.key}",
            )
            for group in self.groups
            for result in self.results
        )  # fmt: skip


@dataclass(frozen=True)
class Part:
    """One of the six parts, or the preface (number 0)."""

    number: int
    key: str
    numeral: str
    heading: str
    is_table: bool = False

    @property
    def title(self) -> str:
        """「一、总体情况」; the preface has no number."""
        return f"{self.numeral}、{self.heading}" if self.numeral else self.heading


@dataclass(frozen=True)
class Edition:
    """One edition of the form, in force for the report years ``years``."""

    key: int
    order: str  # the document that fixed it
    years: range
    parts: tuple[Part, ...]  # the preface and the six parts, in order
    disclosure: DisclosureTable
    applications: ApplicationsTable
    remedies: RemediesTable
    continuity: tuple[Equation, ...]  # Y1-Y3: against last year's report
    fee_reported: bool  # part six must state the 信息处理费

    @property
    def name(self) -> str:
        return f"{self.key}年版（{self.order}）"

    def part(self, key: str) -> Part:
        return next(part for part in self.parts if part.key == key)

    @once
    def places(self) -> tuple[Place, ...]:
        """Every cell of the three tables, in printed order."""
        return (*self.disclosure.places(), *self.applications.places(), *self.remedies.places())

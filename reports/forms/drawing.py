"""A statutory table with boxes in it, and what the browser must know to foot it.

The shape, the labels and the equations are the edition's. The browser gets the
same terms as JSON: it computes what the server will compute again.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from reports.editions.grammar import Edition, Equation, Kind, Number, Place, Term
from reports.exporters.presentation import column_classes
from reports.exporters.spread import Spot, spread_of
from reports.sheet import TABLES, Sheet, name_of

from .cells import NotANumber, read_cell, shown


@dataclass(frozen=True)
class Box:
    """A cell on screen: a label, a box to type in, or a computed number."""

    text: str = ""
    scope: str = ""
    rows: int = 1
    columns: int = 1
    anchor: str = ""
    headers: str = ""
    name: str = ""
    label: str = ""
    value: str = ""
    last_year: str = ""
    below: str = ""  # the sum of the bodies below, where the body covers any
    apart: str = ""  # by how much the number departs from it
    computed: bool = False
    decimal: bool = False
    unit: str = ""
    errors: tuple[str, ...] = ()
    told: tuple["Box", ...] = ()  # the boxes of the row above whose errors this cell says
    comment: str = ""  # the id of what a reviewer says of it on the same page

    @property
    def described_by(self) -> str:
        """The ids of what is said of the box beside it."""
        said = {"error": self.errors, "last": not self.errors and self.last_year,
                "below": not self.errors and self.below, "comment": self.comment}  # fmt: skip
        return " ".join(f"{self.anchor}-{name}" for name, there in said.items() if there)


Rows = tuple[tuple[Box, ...], ...]


@dataclass(frozen=True)
class Balance:
    """An equation under its column (or below the table), as it stands."""

    anchor: str
    label: str
    left: str
    right: str
    gap: str
    sign: str
    holds: bool
    known: bool

    @property
    def verdict(self) -> str:
        if not self.known:
            return "未填全"
        return "相符" if self.holds else f"相差 {self.gap}"


@dataclass(frozen=True)
class DrawnForm:
    """Everything the table's template draws."""

    part: str
    caption: str
    columns: tuple[str, ...]
    head: Rows
    bodies: tuple[Rows, ...]
    foot_label: str = ""
    foot: tuple[Balance, ...] = ()
    below: tuple[Balance, ...] = ()
    rules: Mapping[str, Any] = field(default_factory=dict)


Values = Callable[[Place], str]
Errors = Callable[[Place], tuple[str, ...]]


@dataclass(frozen=True)
class Content:
    """What fills a part's table: the texts in its boxes, what is wrong or said of them, what stands beside."""

    edition: Edition
    part: str
    values: Values
    errors: Errors
    last_year: Sheet | None
    comments: Mapping[str, str] = field(default_factory=dict)  # by the cell's full name, an id
    subordinates: Sheet | None = None

    def table(self) -> dict[str, Any]:
        """Columns, head and bodies, box by box; a row with errors is followed by their words."""
        spread = spread_of(self.edition.key, self.part)

        def row(spots: tuple[Spot, ...]) -> tuple[Box, ...]:
            return tuple(box(spot, self) for spot in spots)

        return {
            "columns": column_classes(spread),
            "head": tuple(row(spots) for spots in spread.head),
            "bodies": tuple(
                with_words(tuple(row(spots) for spots in body), spread.width)
                for body in spread.bodies
            ),
        }


def with_words(rows: Rows, width: int) -> Rows:
    """After a row with errors one full-width cell that says them.

    The labels that span the row and the next span the words too.
    """
    wrong = [n for n, row in enumerate(rows) if any(each.errors for each in row)]
    if not wrong:
        return rows
    told: list[tuple[Box, ...]] = []
    for number, row in enumerate(rows):
        told.append(
            tuple(
                replace(
                    each, rows=each.rows + sum(number <= n < number + each.rows - 1 for n in wrong)
                )
                for each in row
            )
        )
        if number in wrong:
            spanned = sum(
                each.columns
                for start, earlier in enumerate(rows[: number + 1])
                for each in earlier
                if start + each.rows - 1 > number
            )
            erring = tuple(each for each in row if each.errors)
            told.append((Box(columns=width - spanned, told=erring),))
    return tuple(told)


def box(spot: Spot, content: Content) -> Box:
    cell, place, part = spot.cell, spot.cell.place, content.part
    if place is None:
        return Box(
            cell.text, cell.scope, cell.rows, cell.columns, head_id(part, spot), unit=spot.unit
        )
    before = content.last_year.figure(place) if content.last_year else None
    below = content.subordinates.figure(place) if content.subordinates else None
    value = content.values(place)
    return Box(
        rows=cell.rows,
        columns=cell.columns,
        anchor=f"cell-{name_of(place)}",
        headers=" ".join(head_id(part, head) for head in spot.headers),
        name=place.key,
        label=f"{place.column_label} {place.line_label}",
        value=value,
        last_year=shown(before) if before else "",
        below=shown(below),
        apart=apart(value, below, place),
        computed=place.computed,
        decimal=place.kind is Kind.AMOUNT,
        errors=content.errors(place),
        comment=content.comments.get(name_of(place), ""),
    )


def apart(text: str, below: Number | None, place: Place) -> str:
    """By how much what stands in a box departs from the sum below; "" where it does not."""
    try:
        number = read_cell(text, place)
    except NotANumber:
        return ""
    if below is None or number == below:
        return ""
    return shown(max(number, below) - min(number, below))


def head_id(part: str, spot: Spot) -> str:
    return f"head-{part}-{spot.row}-{spot.column}"


def balance_of(equation: Equation, anchor: str, figures: Mapping[str, Number | None]) -> Balance:
    left, right = (equation.side(side, figures) for side in (equation.left, equation.right))
    gap = equation.gap(figures)
    known = gap is not None
    holds = known and equation.holds(figures)
    signs = ("≥", "＜") if equation.at_least else ("＝", "≠")
    return Balance(
        anchor=anchor,
        label=equation.label,
        left=shown(left),
        right=shown(right),
        gap=shown(gap if gap is None or gap >= 0 else -gap),
        sign=signs[0] if holds or not known else signs[1],
        holds=holds,
        known=known,
    )


def rule_json(equation: Equation, names: Callable[[str], str], **more: Any) -> dict[str, Any]:
    """An equation for the browser; ``names`` turns the edition's keys into box names."""
    return {
        "id": equation.id,
        "left": [term_json(term, names) for term in equation.left],
        "right": [term_json(term, names) for term in equation.right],
        "atLeast": equation.at_least,
        **more,
    }


def term_json(term: Term, names: Callable[[str], str]) -> dict[str, Any]:
    keys = (*term.keys, term.whole) if term.whole else term.keys
    return {"mark": term.mark, "sign": term.sign, "of": [names(key) for key in keys]}


def marks_of(terms: tuple[Term, ...]) -> str:
    """「一＋二」, for the head of the equations' row."""
    return "＋".join(term.mark for term in terms)


def places_of(edition: Edition, part: str) -> Iterator[Place]:
    return (place for place in edition.places() if TABLES[place.part] == part)

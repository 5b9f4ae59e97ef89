"""What a series tells: the indicators, and their values in sums of published figures.

An indicator is a sum of cells of the form common to all editions
(``editions.crosswalk``), or the share of one such sum in another. Groups are
taken from the editions' own structure, totals are footed anew from the typed
cells, and a printed total is never read. A blank is no zero: it adds nothing,
its number is told, and where every cell is blank there is no value.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from reports.editions.common import APPLICANTS, CLOSED, REMEDIES, mark_of
from reports.editions.crosswalk import COMMON, DECIDED, WHY_NOT
from reports.editions.grammar import Line
from reports.sheet import name_of

from .aggregation import Sums, known_sum, restated

COUNT, SHARE = "件", "%"
SHARED = "share_granted"  # 予以公开 and 部分公开 among all outcomes


@dataclass(frozen=True)
class Indicator:
    """What a series tells: ``key`` is stable, ``definition`` a sentence for readers.

    ``terms`` are the summands, each a set of cells of the common form by full
    name; a share divides their sum by that of ``whole``.
    """

    key: str
    label: str
    unit: str
    definition: str
    terms: tuple[tuple[str, ...], ...]
    whole: tuple[str, ...] = ()

    @property
    def is_share(self) -> bool:
        return bool(self.whole)


@dataclass(frozen=True)
class Family:
    """Indicators that belong on one chart; ``total`` is the one that the others add up to."""

    key: str
    label: str
    parts: tuple[Indicator, ...]
    total: Indicator | None = None

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        return (*self.parts, self.total) if self.total else self.parts


@dataclass(frozen=True)
class Value:
    """A number, or why there is none: ``no_report``, ``blank`` or ``nothing_closed``.

    ``blanks`` counts the cells that were left blank and so add nothing.
    """

    number: int | float | None
    blanks: int = 0
    why: str = ""


def wording(label: str) -> str:
    """A line's label without its number and without what it adds in brackets."""
    return label.removeprefix(mark_of(label)).removeprefix("、").split("（")[0]


@cache
def families() -> tuple[Family, ...]:
    """Every indicator, by what belongs together, in the order of the form."""
    return (received(), outcomes(), share(), *remedies(), decided())


@cache
def indicators() -> dict[str, Indicator]:
    """The registry: every indicator by its key."""
    return {each.key: each for family in families() for each in family.indicators}


def family(key: str) -> Family:
    return next(each for each in families() if each.key == key)


def line_of(key: str) -> Line:
    return next(line for line in COMMON.applications.lines if line.key == key)


def of_all(*lines: str) -> tuple[str, ...]:
    """The cells of these lines in every column that is typed."""
    columns = COMMON.applications.typed_columns()
    return tuple(f"applications.{column.key}.{line}" for column in columns for line in lines)


def received() -> Family:
    line = line_of("received")
    label = wording(line.label)
    by = tuple(
        Indicator(
            f"received_{column.key}",
            f"{column.under}（{column.label}）"
            if column.key == APPLICANTS[-2].key
            else column.label,
            COUNT,
            f"{label}，申请人为“{column.label}”的一列。",
            ((f"applications.{column.key}.{line.key}",),),
        )
        for column in COMMON.applications.typed_columns()
    )
    whole = Indicator(
        "received", label, COUNT,
        f"{label}：六类申请人各列相加，不采用报告所印的总计。", (of_all(line.key),),
    )  # fmt: skip
    return Family("received", label, by, whole)


def outcome_groups() -> Iterator[tuple[Line, tuple[str, ...]]]:
    """The groups of 本年度办理结果 as the form divides them, with their lines."""
    for group in line_of("outcomes").children:
        if not group.computed:
            yield group, tuple(leaf.key for leaf in group.leaves())


def outcomes() -> Family:
    label = wording(line_of("outcomes").label)
    parts = tuple(
        Indicator(
            "closed" if CLOSED.whole in lines else group.key,
            wording(group.label),
            COUNT,
            f"{label}中的“{wording(group.label)}”，各行、各类申请人相加。",
            (of_all(*lines),),
        )
        for group, lines in outcome_groups()
    )
    every = tuple(key for _, lines in outcome_groups() for key in lines)
    named = "、".join(each.label for each in parts)
    total = Indicator(
        "outcomes", f"{label}总计", COUNT,
        f"{named}相加，不采用报告所印的总计。", (of_all(*every),),
    )  # fmt: skip
    return Family("outcomes", label, parts, total)


def share() -> Family:
    first, second, *_ = outcomes().parts
    total = outcomes().total
    assert total is not None
    only = Indicator(
        SHARED,
        f"{first.label}和{second.label}所占比例",
        SHARE,
        f"（{first.label}＋{second.label}）÷ {total.label}，按百分数保留一位小数。"
        f"{total.label}为 0 的年份没有比例；空白不当作 0。",
        (*first.terms, *second.terms),
        total.terms[0],
    )
    return Family(SHARED, only.label, (only,))


def remedies() -> Iterator[Family]:
    for group in REMEDIES.groups:
        label = f"{group.under}（{group.label}）" if group.under else group.label
        typed = [result for result in REMEDIES.results if not result.computed]
        parts = tuple(
            Indicator(
                f"{group.key}_{result.key}", result.label, COUNT,
                f"{label}中“{result.label}”的件数。",
                ((f"remedies.{group.key}.{result.key}",),),
            )
            for result in typed
        )  # fmt: skip
        cells = tuple(name for each in parts for name in each.terms[0])
        named = "、".join(each.label for each in parts)
        total = Indicator(
            group.key, f"{label}总计", COUNT, f"{named}相加，不采用报告所印的总计。", (cells,)
        )
        yield Family(group.key, label, parts, total)


def decided() -> Family:
    """Of part two only what counts the same in both editions."""
    label = COMMON.part("disclosure").heading
    places = [place for place in COMMON.places() if place.part == 2 and place.key in DECIDED]
    parts = tuple(
        Indicator(
            place.key, place.line_label, COUNT,
            f"{label}中“{place.line_label}”的“{place.column_label}”。", ((name_of(place),),),
        )
        for place in places
    )  # fmt: skip
    return Family("decided", places[0].column_label, parts)


def why_not() -> tuple[tuple[str, str], ...]:
    """(which figures, why) stand in no series over both editions."""
    return WHY_NOT


def value_of(indicator: Indicator, sums: Sums | None) -> Value:
    """The indicator's value in sums on the common form; None stands for no report."""
    if sums is None or not sums.reports:
        return Value(None, why="no_report")
    blanks = sum(sums.blanks.get(name, 0) for name in indicator.whole or flat(indicator.terms))
    known = [known_sum(sums.numbers, names) for names in indicator.terms]
    if any(number is None for number in known):
        return Value(None, blanks, "blank")
    number = int(sum(number for number in known if number is not None))
    if not indicator.is_share:
        return Value(number, blanks)
    whole = int(known_sum(sums.numbers, indicator.whole) or 0)
    return (
        Value(percentage(number, whole), blanks) if whole else Value(None, blanks, "nothing_closed")
    )


def flat(terms: Iterable[tuple[str, ...]]) -> Iterator[str]:
    return (name for names in terms for name in names)


def percentage(part: int, whole: int) -> float:
    """In hundredths with one decimal, half a step upwards."""
    return int(Fraction(part * 1000, whole) + Fraction(1, 2)) / 10


def values_of(sums: Sums | None) -> dict[str, Value]:
    """Every indicator's value; the sums may be on any edition."""
    common = None if sums is None else restated(sums)
    return {key: value_of(each, common) for key, each in indicators().items()}


def described(indicator: Indicator) -> dict[str, str]:
    return {
        "key": indicator.key,
        "label": indicator.label,
        "unit": indicator.unit,
        "definition": indicator.definition,
    }

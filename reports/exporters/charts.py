"""Charts as plain values: what stands where, in a box of a given size; a template draws it.

A chart begins at zero and its ticks are whole numbers. Series are told apart by
pattern and name, not by color alone; every value that has room is printed, and
one that is missing leaves a gap with a word in it. Columns stand side by side
where their numbers fit; else, and on a phone, the same lies in rows.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate, count, pairwise

SMALL, NORMAL = 11.0, 12.0  # type, in the chart's own units
WIDE, NARROW = 720, 340
LEAST_SEGMENT = 15.0  # in which a number can be read
STRIP = 18.0  # height of a line of small type
Number = int | float


@dataclass(frozen=True)
class Point:
    """A value with its wording; without a number, the word which stands in the gap."""

    number: Number | None
    said: str


@dataclass(frozen=True)
class Item:
    """What one column or row is about: a year, a body, a region.

    ``points`` has a value for each series; ``total`` is what is written at the
    end, and ``part_of`` names the stretch (an edition) to which the item belongs.
    """

    label: str
    points: tuple[Point, ...]
    total: Point
    part_of: str = ""


@dataclass(frozen=True)
class Data:
    """What a chart shows. ``top`` fixes the end of the scale, so that charts can be compared."""

    title: str
    description: str
    unit: str
    series: tuple[str, ...]
    items: tuple[Item, ...]
    top: int | None = None

    @property
    def most(self) -> Number:
        return max((height_of(each) for each in self.items), default=0)

    @property
    def ticks(self) -> tuple[int, ...]:
        return ticks_to(self.most if self.top is None else self.top)


@dataclass(frozen=True)
class Rect:
    x: float
    y: float
    width: float
    height: float
    style: int  # 1 to 6, the series' pattern


@dataclass(frozen=True)
class Line:
    x1: float
    y1: float
    x2: float
    y2: float
    kind: str  # grid, axis, divider, series


@dataclass(frozen=True)
class Mark:
    x: float
    y: float


@dataclass(frozen=True)
class Text:
    x: float
    y: float
    text: str
    anchor: str = "middle"
    kind: str = "label"  # label, tick, value, inside, gap, stretch


@dataclass
class Chart:
    """The shapes of one chart, in the order in which they are painted."""

    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    rects: list[Rect] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    keys: list[Rect] = field(default_factory=list)  # the legend's

    @property
    def styles(self) -> list[int]:
        return sorted({each.style for each in (*self.rects, *self.keys)})


@dataclass(frozen=True)
class Scale:
    """From a number to a place: zero at ``start``, ``top`` at ``start + length``."""

    start: float
    length: float
    top: Number

    def at(self, number: Number) -> float:
        return round(self.start + self.length * number / self.top, 2)


def height_of(item: Item) -> Number:
    """How far an item's shapes reach: its parts together."""
    return sum(each.number for each in item.points if each.number is not None)


def ticks_to(most: Number) -> tuple[int, ...]:
    """Whole numbers from zero to at least the largest, at most six of them, evenly spaced."""
    step = next(step for step in steps() if step * 5 >= most)
    return tuple(step * each for each in range(max(1, -int(-most // step)) + 1))


def steps() -> Iterator[int]:
    """1, 2, 5, 10, 20, 50 …"""
    for power in count():
        yield from (each * 10**power for each in (1, 2, 5))


def width_of(text: str, size: float = SMALL) -> float:
    """About how wide a text is: Chinese characters are square, others little over a half."""
    return sum(size if ord(each) > 0x2E7F else 0.58 * size for each in text)


def begun(data: Data, width: float) -> tuple[Chart, float]:
    """A chart with its legend, where it has several series; and where the rest may begin."""
    chart = Chart(width, 0)
    x, y = 0.0, 0.0
    if len(data.series) > 1:
        for style, name in enumerate(data.series, start=1):
            wide = 20 + width_of(name, NORMAL) + 16
            if x and x + wide > width:
                x, y = 0.0, y + STRIP + 2
            chart.keys.append(Rect(x, y + 2, 14, 14, style))
            chart.texts.append(Text(x + 20, y + 13, name, "start"))
            x += wide
        y += STRIP + 8
    return chart, y


def segments(item: Item) -> Iterator[tuple[int, tuple[Number, Number, str]]]:
    """(series, (from, to, number)) of the parts that are larger than nothing."""
    numbers = [each.number or 0 for each in item.points]
    edges = pairwise(accumulate(numbers, initial=0))
    for style, ((low, high), point) in enumerate(zip(edges, item.points, strict=True), start=1):
        if high > low:
            yield style, (low, high, point.said)


def has_stretches(data: Data) -> bool:
    return len({each.part_of for each in data.items if each.part_of}) > 1


def boundaries(items: Iterable[Item]) -> Iterator[tuple[str, str]]:
    """Between each item and the next: the stretches that meet there, or twice nothing.

    An item of no stretch, such as a missing year, belongs to the one before it.
    """
    current = ""
    for number, item in enumerate(items):
        if number:
            changes = bool(item.part_of and current and item.part_of != current)
            yield (current, item.part_of) if changes else ("", "")
        current = item.part_of or current


def trimmed(text: str, room: float, size: float = NORMAL) -> str:
    """The text, or as much of it as has room, with an ellipsis."""
    if width_of(text, size) <= room:
        return text
    kept = text
    while kept and width_of(kept + "…", size) > room:
        kept = kept[:-1]
    return kept + "…"

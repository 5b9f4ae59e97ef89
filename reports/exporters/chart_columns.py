"""Years side by side: columns, and a line of points."""

from dataclasses import dataclass
from itertools import pairwise

from .charts import (
    LEAST_SEGMENT,
    NORMAL,
    STRIP,
    WIDE,
    Chart,
    Data,
    Item,
    Line,
    Mark,
    Rect,
    Scale,
    Text,
    begun,
    boundaries,
    has_stretches,
    height_of,
    segments,
    width_of,
)

THICKEST = 64.0


@dataclass(frozen=True)
class Frame:
    """Axis, grid and the items' names; ``band`` is the width that each item has."""

    chart: Chart
    scale: Scale
    left: float
    band: float

    def middle(self, number: int) -> float:
        return round(self.left + self.band * (number + 0.5), 2)


def framed(data: Data, width: float, plot: float) -> Frame | None:
    """The frame, or None where the items' numbers and names do not fit side by side."""
    ticks = data.ticks
    left = max(width_of(f"{each:,}") for each in ticks) + 10
    band = (width - left - 4) / max(len(data.items), 1)
    said = [text for each in data.items for text in (each.total.said, each.label)]
    if any(width_of(text, NORMAL) > band - 3 for text in said):
        return None
    chart, begin = begun(data, width)
    top = begin + (2 * STRIP + 4 if has_stretches(data) else STRIP)
    foot = top + plot
    frame = Frame(chart, Scale(foot, -plot, ticks[-1]), left, band)
    for tick in ticks:
        y = frame.scale.at(tick)
        chart.lines.append(Line(left, y, width, y, "grid" if tick else "axis"))
        chart.texts.append(Text(left - 6, y + 4, f"{tick:,}", "end", "tick"))
    for number, item in enumerate(data.items):
        chart.texts.append(Text(frame.middle(number), foot + 17, item.label))
    divide(frame, data, top - 4, foot)
    chart.height = foot + 26
    return frame


def divide(frame: Frame, data: Data, top: float, foot: float) -> None:
    """A line where one stretch ends and the next begins, each named above it."""
    for number, (before, after) in enumerate(boundaries(data.items), start=1):
        if before and after:
            x = round(frame.left + frame.band * number, 2)
            frame.chart.lines.append(Line(x, top - STRIP, x, foot, "divider"))
            frame.chart.texts.append(Text(x - 5, top - 6, before, "end", "stretch"))
            frame.chart.texts.append(Text(x + 5, top - 6, after, "start", "stretch"))


def columns(data: Data, width: float = WIDE, plot: float = 190.0) -> Chart | None:
    """Columns, stacked where there are several series; None where they do not fit."""
    frame = framed(data, width, plot)
    if frame is None:
        return None
    for number, item in enumerate(data.items):
        stack(frame, item, frame.middle(number))
        said(frame, item, frame.middle(number), 5)
    return frame.chart


def stack(frame: Frame, item: Item, middle: float) -> None:
    """One column: its parts from the axis upwards, each with its number where it has room."""
    thick = min(frame.band * 0.68, THICKEST)
    for style, (low, high, number) in segments(item):
        foot, head = frame.scale.at(low), frame.scale.at(high)
        rect = Rect(
            round(middle - thick / 2, 2), head, round(thick, 2), round(foot - head, 2), style
        )
        frame.chart.rects.append(rect)
        fits = rect.height >= LEAST_SEGMENT and width_of(number) <= thick - 4
        if len(item.points) > 1 and fits:
            where = round((foot + head) / 2 + 4, 2)
            frame.chart.texts.append(Text(middle, where, number, kind="inside"))


def said(frame: Frame, item: Item, middle: float, above: float) -> None:
    """The number over the column, or the word in the gap."""
    known = item.total.number is not None
    y = frame.scale.at(height_of(item)) - above if known else frame.scale.start - 5
    kind = "value" if known else "gap"
    frame.chart.texts.append(Text(middle, round(y, 2), item.total.said, kind=kind))


def line(data: Data, width: float = WIDE, plot: float = 170.0) -> Chart | None:
    """One series as points joined by a line, which breaks where a value is missing."""
    frame = framed(data, width, plot)
    if frame is None:
        return None
    places = [
        None
        if item.total.number is None
        else Mark(frame.middle(number), frame.scale.at(height_of(item)))
        for number, item in enumerate(data.items)
    ]
    for here, there in pairwise(places):
        if here and there:
            frame.chart.lines.append(Line(here.x, here.y, there.x, there.y, "series"))
    frame.chart.marks += [each for each in places if each]
    for number, item in enumerate(data.items):
        said(frame, item, frame.middle(number), 10)
    return frame.chart

"""The same in rows, which have room for any number of items, for long names and on a phone."""

from .charts import (
    NORMAL,
    STRIP,
    WIDE,
    Chart,
    Data,
    Item,
    Line,
    Rect,
    Scale,
    Text,
    begun,
    boundaries,
    height_of,
    segments,
    trimmed,
    width_of,
)

BAR = 18.0
ROW = 27.0
NAME_SHARE = 0.34  # of the width; longer names stand above their bars


def rows(data: Data, width: float = WIDE) -> Chart:
    """A bar for each item, divided where there are several series."""
    chart, top = begun(data, width)
    names = max((width_of(each.label, NORMAL) for each in data.items), default=0) + 10
    above = names > width * NAME_SHARE
    left = 1.0 if above else names
    ticks = data.ticks
    ends = [width_of(each.total.said, NORMAL) + 12 for each in data.items]
    right = max([*ends, width_of(f"{ticks[-1]:,}") / 2 + 2])
    scale = Scale(left, width - left - right, ticks[-1])
    y = top + 4
    meeting = [("", ""), *boundaries(data.items)]
    for item, meets in zip(data.items, meeting, strict=False):
        if all(meets):
            y = divide(chart, meets, y, width)
        if above:
            chart.texts.append(Text(0, y + 12, trimmed(item.label, width), "start"))
            y += STRIP
        else:
            chart.texts.append(Text(left - 8, y + 13, item.label, "end"))
        bar(chart, item, scale, y)
        y += ROW
    axis(chart, scale, ticks, top, y)
    chart.height = y + 20
    return chart


def divide(chart: Chart, meets: tuple[str, str], y: float, width: float) -> float:
    """A line across, with the stretches that meet at it."""
    before, after = meets
    chart.lines.append(Line(0, y + 2, width, y + 2, "divider"))
    chart.texts.append(Text(width - 1, y + 16, f"{before} ↑　{after} ↓", "end", "stretch"))
    return y + STRIP + 4


def bar(chart: Chart, item: Item, scale: Scale, y: float) -> None:
    """One bar: its parts from the axis on, each with its number where it has room."""
    for style, (low, high, number) in segments(item):
        start, end = scale.at(low), scale.at(high)
        chart.rects.append(Rect(start, y, round(end - start, 2), BAR, style))
        if len(item.points) > 1 and width_of(number) + 4 <= end - start:
            where = round((start + end) / 2, 2)
            chart.texts.append(Text(where, y + 13, number, kind="inside"))
    known = item.total.number is not None
    x = scale.at(height_of(item)) if known else scale.start
    kind = "value" if known else "gap"
    chart.texts.append(Text(round(x + 5, 2), y + 13.5, item.total.said, "start", kind))


def axis(chart: Chart, scale: Scale, ticks: tuple[int, ...], top: float, foot: float) -> None:
    """Grid lines, and below them as many of the ticks' numbers as have room."""
    apart = scale.length / (len(ticks) - 1)
    crowded = max(width_of(f"{each:,}") for each in ticks) + 8 > apart
    for tick in ticks:
        x = scale.at(tick)
        chart.lines.append(Line(x, top, x, foot, "grid" if tick else "axis"))
        if not crowded or tick in (0, ticks[-1]):
            anchor = "middle" if tick or x > 8 else "start"
            chart.texts.append(Text(x, foot + 14, f"{tick:,}", anchor, "tick"))

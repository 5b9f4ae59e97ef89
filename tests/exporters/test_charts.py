"""Charts as plain values: everything stays in its box, and larger values reach further."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.exporters.chart_columns import columns, line
from reports.exporters.chart_rows import rows
from reports.exporters.charts import (
    NARROW,
    WIDE,
    Chart,
    Data,
    Item,
    Point,
    boundaries,
    ticks_to,
    trimmed,
    width_of,
)

QUICK = settings(max_examples=40, deadline=None)
NUMBERS = st.one_of(st.none(), st.integers(0, 99), st.integers(0, 3_000_000))


def item(label: str, *numbers: int | None, part_of: str = "") -> Item:
    known = [each for each in numbers if each is not None]
    total = Point(sum(known), f"{sum(known):,}") if known else Point(None, "无")
    points = tuple(Point(each, "无" if each is None else f"{each:,}") for each in numbers)
    return Item(label, points, total, part_of)


def data(*items: Item, top: int | None = None) -> Data:
    names = tuple(f"第{n}项" for n in range(len(items[0].points)))
    return Data("题目", "说明", "件", names, items, top)


@st.composite
def figures(draw) -> Data:
    series = draw(st.integers(1, 6))
    values = draw(
        st.lists(st.lists(NUMBERS, min_size=series, max_size=series), min_size=1, max_size=12)
    )
    stretches = draw(
        st.lists(st.sampled_from(["", "2019年版", "2021年版"]), min_size=12, max_size=12)
    )
    names = draw(
        st.sampled_from(["{}", "虚构市人力资源和社会保障局第{}分局驻虚构开发区联合办事处"])
    )
    return data(
        *(
            item(names.format(2013 + n), *each, part_of=stretches[n])
            for n, each in enumerate(values)
        )
    )


def in_the_box(chart: Chart) -> None:
    for rect in (*chart.rects, *chart.keys):
        assert rect.x >= 0
        assert rect.y >= 0
        assert rect.x + rect.width <= chart.width + 0.1
        assert rect.y + rect.height <= chart.height + 0.1
        assert rect.width > 0 or rect.height > 0
    for each in chart.lines:
        assert 0 <= min(each.x1, each.x2) <= max(each.x1, each.x2) <= chart.width
        assert 0 <= min(each.y1, each.y2) <= max(each.y1, each.y2) <= chart.height
    for text in chart.texts:
        size = width_of(text.text)
        start = {"start": 0.0, "middle": size / 2, "end": size}[text.anchor]
        assert text.x - start >= -1.5, text
        assert text.x - start + size <= chart.width + 1.5, text
        assert 8 <= text.y <= chart.height, text


@QUICK
@given(figures(), st.sampled_from([WIDE, NARROW]))
def test_rows_stay_in_their_box_and_longer_is_more(drawing, width):
    chart = rows(drawing, width)
    in_the_box(chart)
    lengths = lengths_of(drawing, chart, across=True)
    for (_, short), (_, long) in pairwise(sorted(lengths)):
        assert short <= long + 0.1  # both ends are drawn to a tenth


@QUICK
@given(figures(), st.sampled_from([WIDE, NARROW]))
def test_columns_stay_in_their_box_and_higher_is_more(drawing, width):
    chart = columns(drawing, width)
    if chart is None:
        return
    in_the_box(chart)
    lengths = lengths_of(drawing, chart, across=False)
    for (_, short), (_, long) in pairwise(sorted(lengths)):
        assert short <= long + 0.1  # both ends are drawn to a tenth


def lengths_of(drawing: Data, chart: Chart, *, across: bool) -> list[tuple[int, float]]:
    """(value, length of its shape); shapes stand in the order of what they show."""
    values = [point.number for each in drawing.items for point in each.points if point.number]
    sizes = [rect.width if across else rect.height for rect in chart.rects]
    assert len(values) == len(sizes)
    return list(zip(values, (round(size, 1) for size in sizes), strict=True))


@given(st.lists(st.one_of(st.none(), st.integers(0, 100)), min_size=1, max_size=12))
def test_points_stay_in_their_box_and_the_line_breaks_at_a_gap(values):
    chart = line(data(*(item(str(2013 + n), each) for n, each in enumerate(values)), top=100))
    assert chart is not None
    in_the_box(chart)
    known = [each for each in values if each is not None]
    assert len(chart.marks) == len(known)
    together = sum(a is not None and b is not None for a, b in pairwise(values))
    assert sum(each.kind == "series" for each in chart.lines) == together
    by_value = sorted(zip(known, (mark.y for mark in chart.marks), strict=True))
    for (_, low), (_, high) in pairwise(by_value):
        assert low >= high


@given(st.integers(0, 10**9))
def test_ticks_are_whole_even_and_begin_at_zero(most):
    ticks = ticks_to(most)
    assert ticks[0] == 0
    assert ticks[-1] >= most
    assert 2 <= len(ticks) <= 6
    assert len({b - a for a, b in pairwise(ticks)}) == 1


def test_nothing_is_still_a_scale():
    assert ticks_to(0) == (0, 1)


def test_a_gap_has_its_word_and_no_shape():
    for draw in (columns, rows):
        chart = draw(data(item("2023", 3), item("2024", None)))
        assert len(chart.rects) == 1
        assert [text.text for text in chart.texts if text.kind == "gap"] == ["无"]


def test_a_zero_is_written_and_is_no_gap():
    chart = columns(data(item("2023", 0), item("2024", 2)))
    assert [text.text for text in chart.texts if text.kind == "value"] == ["0", "2"]


def test_numbers_that_would_overlap_are_not_put_side_by_side():
    crowd = data(*(item(str(2000 + n), 1_234_567) for n in range(20)))
    assert columns(crowd, WIDE) is None
    assert len(rows(crowd, WIDE).rects) == 20


def test_names_and_numbers_of_columns_do_not_overlap():
    chart = columns(data(*(item(str(2013 + n), 10_000 + n) for n in range(12))))
    for kind in ("value", "name"):
        texts = sorted((each for each in chart.texts if each.kind == kind), key=lambda t: t.x)
        for one, two in pairwise(texts):
            assert one.x + width_of(one.text) / 2 < two.x - width_of(two.text) / 2


def test_a_new_edition_is_marked_between_its_years_and_a_missing_year_marks_nothing():
    items = [
        item("2020", 1, part_of="2019年版"),
        item("2021", None),
        item("2022", 1, part_of="2021年版"),
    ]
    assert list(boundaries(items)) == [("", ""), ("2019年版", "2021年版")]
    for chart in (columns(data(*items)), rows(data(*items))):
        assert sum(each.kind == "divider" for each in chart.lines) == 1


def test_charts_of_one_scale_can_be_laid_beside_each_other():
    one, two = (rows(data(item("2024", n), top=500), NARROW) for n in (500, 5))
    assert one.rects[0].width == pytest.approx(100 * two.rects[0].width, rel=0.01)


def test_a_name_too_long_for_the_box_is_cut_with_an_ellipsis():
    cut = trimmed("虚" * 60, 340)
    assert cut.endswith("…")
    assert width_of(cut, 12) <= 340
    assert trimmed("短名", 340) == "短名"


def test_the_names_of_editions_stand_above_every_number():
    items = [item("2020", 25, part_of="2019年版"), item("2021", 25, part_of="2021年版")]
    chart = columns(data(*items), NARROW)
    named = [each.y for each in chart.texts if each.kind == "stretch"]
    numbers = [each.y for each in chart.texts if each.kind == "value"]
    assert max(named) + 11 <= min(numbers)
    assert min(named) >= 11

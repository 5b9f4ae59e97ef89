"""The statutory tables with boxes in them, in both editions."""

import json

import pytest

from reports.editions import EDITIONS, edition_for
from reports.editions.grammar import Edition
from reports.forms import PART_FORMS
from reports.sheet import TABLES, Sheet, filled, name_of

EACH = pytest.mark.parametrize("edition", EDITIONS.values(), ids=lambda each: str(each.key))
TABLE = pytest.mark.parametrize("part", TABLES.values())


def zeros(edition: Edition, part: str) -> dict[str, str]:
    return {
        place.key: "0"
        for place in edition.places()
        if TABLES[place.part] == part and not place.computed
    }


def form(edition: Edition, part: str, data=None, last_year: Sheet | None = None):
    year = edition.years[0]
    return PART_FORMS[part](data, part=part, edition=edition, year=year, last_year=last_year)


def boxes(drawn):
    rows = [*drawn.head, *(row for body in drawn.bodies for row in body)]
    return [box for row in rows for box in row]


def widths(rows, width):
    """The columns which each row takes, with what spans into it from above."""
    reaching: list[tuple[int, int]] = []
    for row in rows:
        reaching = [(left - 1, columns) for left, columns in reaching if left > 1]
        yield sum(box.columns for box in row) + sum(columns for _, columns in reaching)
        reaching += [(box.rows, box.columns) for box in row if box.rows > 1]


@EACH
@TABLE
def test_every_cell_of_the_edition_is_a_box_or_computed(edition, part):
    drawn = form(edition, part, zeros(edition, part)).drawn()
    places = {p.key: p for p in edition.places() if TABLES[p.part] == part}
    named = {box.name: box for box in boxes(drawn) if box.name}
    assert named.keys() == places.keys()
    assert {name for name, box in named.items() if box.computed} == {
        name for name, place in places.items() if place.computed
    }


@EACH
@TABLE
def test_zeros_are_valid_and_a_blank_is_not(edition, part):
    assert form(edition, part, zeros(edition, part)).is_valid()
    name = next(iter(zeros(edition, part)))
    blank = form(edition, part, zeros(edition, part) | {name: ""})
    assert not blank.is_valid()
    assert list(blank.errors) == [name]


@EACH
@TABLE
def test_words_of_errors_leave_the_table_whole(edition, part):
    """Whichever cells are wrong, every row still takes the table's whole width."""
    names = list(zeros(edition, part))
    for wrong in ([names[0]], names[:: max(1, len(names) // 7)], names):
        refused = form(edition, part, zeros(edition, part) | dict.fromkeys(wrong, "三"))
        drawn = refused.drawn()
        width = len(drawn.columns)
        for rows in (drawn.head, *drawn.bodies):
            assert set(widths(rows, width)) <= {width}
        told = [each for box in boxes(drawn) for each in box.told]
        assert sorted(box.name for box in told) == sorted(wrong)
        assert [anchor for anchor, _ in refused.summary()] == [f"cell-{part}.{n}" for n in wrong]


@EACH
def test_the_browser_gets_every_total_and_equation_of_the_edition(edition):
    rules = form(edition, "applications", zeros(edition, "applications")).drawn().rules
    json.dumps(rules)
    computed = {p.key for p in edition.applications.places() if p.computed}
    assert {each["into"] for each in rules["sums"]} == computed
    assert len(rules["equations"]) == len(edition.applications.columns)
    terms = [term for rule in rules["equations"] for term in (*rule["left"], *rule["right"])]
    assert {term["mark"] for term in terms} == {"一", "二", "三（七）", "四"}
    below = form(edition, "disclosure", zeros(edition, "disclosure")).drawn()
    assert len(below.rules["equations"]) == len(edition.disclosure.equations) == len(below.below)


def test_last_years_figures_are_shown_where_they_are_not_zero():
    edition = edition_for(2024)
    sheet = filled(edition, "虚构区第一局", 2023)
    column = sheet.applications["business"]
    column["received"] = 7  # type: ignore[index]
    drawn = form(edition, "applications", zeros(edition, "applications"), sheet).drawn()
    shown = {box.name: box.last_year for box in boxes(drawn) if box.last_year}
    assert shown == {"business.received": "7"}


def test_a_balance_says_both_sides_and_the_difference():
    edition = edition_for(2024)
    typed = zeros(edition, "applications") | {"business.received": "4", "business.granted": "1"}
    balances = {b.anchor: b for b in form(edition, "applications", typed).drawn().foot}
    business = balances["balance-business"]
    assert (business.left, business.sign, business.right, business.verdict) == (
        "4", "≠", "1", "相差 3",
    )  # fmt: skip
    assert balances["balance-natural_person"].verdict == "相符"


@EACH
def test_anchors_are_those_of_the_report(edition):
    drawn = form(edition, "remedies", zeros(edition, "remedies")).drawn()
    anchors = {box.anchor for box in boxes(drawn) if box.name}
    assert anchors == {f"cell-{name_of(place)}" for place in edition.remedies.places()}

import pytest

from reports.editions import EDITIONS, NoEdition, edition_for
from reports.editions.common import BALANCE
from reports.editions.edition_2019 import EDITION as OF_2019
from reports.editions.edition_2021 import EDITION as OF_2021
from reports.editions.layout import (
    Grid,
    applications_grid,
    disclosure_grid,
    remedies_grid,
)


def grids():
    for edition in EDITIONS.values():
        yield disclosure_grid(edition.disclosure)
        yield applications_grid(edition.applications)
        yield remedies_grid(edition.remedies)


def test_each_edition_has_the_cells_that_the_form_has():
    counted = {
        key: tuple(
            len(table.places())
            for table in (edition.disclosure, edition.applications, edition.remedies)
        )
        for key, edition in EDITIONS.items()
    }
    assert counted == {2019: (22, 161, 15), 2021: (10, 175, 15)}


@pytest.mark.parametrize(
    ("year", "edition"), [(2019, 2019), (2020, 2019), (2021, 2021), (2025, 2021)]
)
def test_the_year_decides_the_edition(year, edition):
    assert edition_for(year).key == edition


def test_before_2019_there_was_no_form():
    with pytest.raises(NoEdition, match="2018年度没有全国统一的年度报告格式"):
        edition_for(2018)


def occupied(grid: Grid):
    """Every grid square with how often the cells cover it."""
    squares = {}
    for number, row in enumerate(grid.rows):
        at = 0
        for cell in row:
            while (number, at) in squares:
                at += 1
            for down in range(cell.rows):
                for across in range(cell.columns):
                    square = (number + down, at + across)
                    squares[square] = squares.get(square, 0) + 1
    return squares


@pytest.mark.parametrize("grid", grids())
def test_the_spans_of_a_printed_table_cover_it_once_and_wholly(grid):
    squares = occupied(grid)
    assert set(squares.values()) == {1}
    assert len(squares) == len(grid.rows) * grid.width


@pytest.mark.parametrize(("edition", "rows"), [(OF_2019, 20), (OF_2021, 22)])
def test_the_results_of_the_year_span_the_rows_that_the_form_says(edition, rows):
    grid = applications_grid(edition.applications)
    outcomes = next(row[0] for row in grid.rows if row[0].text.startswith("三、"))
    assert outcomes.rows == rows


def test_every_place_is_printed_once():
    for edition in EDITIONS.values():
        printed = [
            cell.place
            for grid in (
                disclosure_grid(edition.disclosure),
                applications_grid(edition.applications),
                remedies_grid(edition.remedies),
            )
            for row in grid.rows
            for cell in row
            if cell.place
        ]
        assert sorted(map(repr, printed)) == sorted(map(repr, edition.places()))


def test_an_equation_names_both_sides_and_the_difference_in_the_forms_words():
    figures = {"received": 3, "brought_forward": 1, "outcomes_total": 2, "carried_forward": 1}
    assert BALANCE.statement(figures) == "一（3）＋二（1）＝4，三（七）（2）＋四（1）＝3，相差 1"


def test_a_blank_leaves_no_gap():
    assert BALANCE.gap({"received": 3, "outcomes_total": 2, "carried_forward": 1}) is None


@pytest.mark.parametrize(
    ("figures", "gap"),
    [
        ({"closed_undivided": 2, "outcomes_total": 2}, 0),
        ({"closed_uncorrected": 1, "closed_unpaid": 0, "closed_other": 1, "outcomes_total": 2}, 0),
        ({"closed_undivided": 1, "outcomes_total": 2}, -1),
    ],
)
def test_what_one_edition_divides_and_another_prints_whole_is_one_term(figures, gap):
    outcomes = OF_2021.applications.down[0]
    divided = {"closed", "closed_uncorrected", "closed_unpaid", "closed_other"}
    zeros = {line.key: 0 for line in OF_2021.applications.leaves() if line.key not in divided}
    assert outcomes.gap(zeros | figures) == gap


def test_more_repealed_than_issued_may_leave_nothing_in_force():
    equation = OF_2021.disclosure.equations[0]
    assert equation.holds({"rules_issued": 1, "rules_repealed": 3, "rules_in_force": 0})
    broken = {"rules_issued": 5, "rules_repealed": 1, "rules_in_force": 1}
    assert not equation.holds(broken)
    assert "小于" in equation.statement(broken)
    assert "少 3" in equation.statement(broken)

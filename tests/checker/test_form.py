"""C04: the edition and the report year."""

from dataclasses import replace

import pytest

from reports.checker.finding import Severity
from reports.checker.form import check_form

from .sheets import clean, found, only, printed, with_disclosure


@pytest.mark.parametrize(
    ("edition", "year"), [(2019, 2019), (2019, 2020), (2021, 2021), (2021, 2025)]
)
def test_the_edition_in_force_is_right(edition, year):
    assert found(check_form, clean(edition, year)) == []
    assert found(check_form, printed(clean(edition, year))) == []


@pytest.mark.parametrize(("edition", "year"), [(2019, 2024), (2019, 2021), (2021, 2020)])
def test_another_edition_than_the_years_is_an_error(edition, year):
    finding = only(check_form, clean(edition, year))
    assert (finding.code, finding.severity, finding.part) == ("C04", Severity.ERROR, None)
    assert (finding.left, finding.right) == (str(edition), str(4040 - edition))
    assert f"{year}年度应当使用" in finding.message


@pytest.mark.parametrize("year", [0, 2015])
def test_a_year_without_a_form_breaks_none(year):
    assert found(check_form, replace(clean(2019), year=year)) == []


def test_rows_of_both_editions_in_one_table_are_mixed():
    sheet = with_disclosure(printed(clean(2021)), central_procurement_items=2)
    finding = only(check_form, sheet)
    assert (finding.part, finding.left) == (2, "政府集中采购")
    assert "不要混用" in finding.message


def test_a_row_of_the_other_edition_with_no_number_but_a_text_is_there():
    sheet = printed(clean(2021), cells={"disclosure.other_services_decided": "/"})
    assert only(check_form, sheet).left == "其他对外管理服务事项"


def test_other_editions_figures_that_are_blank_are_not_there():
    assert found(check_form, with_disclosure(printed(clean()), other_services_decided=None)) == []

"""C10: Y1, Y2 and Y3, and what cannot be compared."""

from reports.checker.continuity import check_continuity
from reports.checker.finding import Severity

from .sheets import clean, found, only, with_applications, with_cell, with_disclosure


def test_without_last_years_report_nothing_is_said():
    assert found(check_continuity, with_applications(clean(), brought_forward=5)) == []


def test_what_was_carried_forward_must_be_brought_forward():
    last_year = with_applications(clean(2021, 2021), carried_forward=1)
    sheet = with_applications(clean(2021, 2022), brought_forward=3)
    person, total = found(check_continuity, sheet, last_year=last_year)
    assert person.message == (
        "自然人列：二、上年结转（3），上一年度报告“四、结转下年度”（1），相差 2。"
        "请改为上一年度报告的数，或者说明不一致的原因。"
    )
    assert (person.code, person.rule, person.severity) == ("C10", "Y1", Severity.EXPLAIN)
    assert (person.column, person.line) == ("natural_person", "brought_forward")
    assert (person.left, person.right) == ("3", "1")
    assert total.column == "total"


def test_equal_figures_are_no_finding():
    last_year = with_applications(clean(2021, 2021), carried_forward=2)
    sheet = with_applications(clean(2021, 2022), brought_forward=2)
    assert found(check_continuity, sheet, last_year=last_year) == []


def test_documents_in_force_follow_from_last_years():
    last_year = with_disclosure(clean(2021, 2021), normative_documents_in_force=7)
    figures = {"normative_documents_issued": 2, "normative_documents_repealed": 1}
    sheet = with_disclosure(clean(2021, 2022), normative_documents_in_force=9, **figures)
    finding = only(check_continuity, sheet, last_year=last_year)
    assert (finding.rule, finding.left, finding.right) == ("Y2", "9", "8")
    assert (finding.part, finding.line, finding.column) == (2, "normative_documents", "in_force")
    right = with_disclosure(sheet, normative_documents_in_force=8)
    assert found(check_continuity, right, last_year=last_year) == []


def test_items_follow_from_last_years_items_and_change():
    last_year = with_disclosure(
        clean(2019, 2019), licenses_items_last_year=5, licenses_items_change=-2
    )
    sheet = with_disclosure(clean(2019, 2020), licenses_items_last_year=5)
    finding = only(check_continuity, sheet, last_year=last_year)
    assert (finding.rule, finding.left, finding.right) == ("Y3", "5", "3")


def test_another_edition_is_compared_only_where_both_have_the_figures():
    last_year = with_applications(clean(2019, 2020), carried_forward=4)
    sheet = with_disclosure(clean(2021, 2021), normative_documents_in_force=9)
    findings = found(check_continuity, sheet, last_year=last_year)
    assert [(each.rule, each.column) for each in findings] == [
        ("Y1", "natural_person"), ("Y1", "total"),
    ]  # fmt: skip


def test_a_blank_of_either_year_is_not_compared():
    last_year = with_cell(clean(2021, 2021), "natural_person", "carried_forward", None)
    sheet = with_cell(clean(2021, 2022), "natural_person", "brought_forward", 3)
    assert found(check_continuity, sheet, last_year=last_year) == []
    sheet = with_cell(sheet, "natural_person", "brought_forward", None)
    assert found(check_continuity, sheet, last_year=clean(2021, 2021)) == []

"""C01: each equation of both editions, in the form's words, with both sides."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.checker import check_column, check_disclosure, check_remedy
from reports.checker.equations import check_equations
from reports.editions import EDITIONS
from reports.sheet import foot_applications, foot_results

from .sheets import clean, found, only, with_applications, with_cell, with_disclosure, with_results


def test_a_column_that_does_not_balance_is_named_with_both_sides():
    sheet = with_applications(clean(), received=3, brought_forward=1, granted=2, carried_forward=1)
    first, total = found(check_equations, sheet)
    assert first.message == (
        "自然人列：一（3）＋二（1）＝4，三（七）（2）＋四（1）＝3，相差 1。请核对办理结果或结转数。"
    )
    assert (first.code, first.rule, first.left, first.right) == ("C01", "A1", "4", "3")
    assert (first.part, first.column, first.line) == (3, "natural_person", "carried_forward")
    assert total.message.startswith("总计列：")


def test_results_that_do_not_make_their_total_are_named():
    sheet = with_cell(clean(2019), "natural_person", "outcomes_total", 1)
    sheet = with_cell(sheet, "total", "outcomes_total", 1)
    sheet = with_cell(with_cell(sheet, "natural_person", "received", 1), "total", "received", 1)
    findings = found(check_equations, sheet)
    assert [(each.rule, each.column) for each in findings] == [
        ("A2", "natural_person"),
        ("A2", "total"),
    ]
    assert "（一）（0）＋（二）（0）" in findings[0].message
    assert "三（七）（1），相差 1" in findings[0].message


def test_a_line_that_does_not_add_up_across_is_named_by_its_label():
    sheet = with_applications(clean(), "business", received=2, granted=2)
    assert not found(check_equations, sheet)
    sheet = with_cell(sheet, "total", "received", 3)
    across = next(each for each in found(check_equations, sheet) if each.rule == "A3")
    assert across.message.startswith(
        "“一、本年新收政府信息公开申请数量”行：自然人（0）＋商业企业（2）＋"
    )
    assert across.message.endswith("＝2，总计（3），相差 1。请核对各列数字。")
    assert (across.line, across.column) == ("received", "total")


def test_a_remedy_that_does_not_add_up_is_named_with_its_kind():
    sheet = with_results(
        clean(), "litigation_after_reconsideration", foot=False, upheld=1, pending=2, total=2
    )
    finding = only(check_equations, sheet)
    assert finding.message.startswith("行政诉讼（复议后起诉）：结果维持（1）＋")
    assert finding.message.endswith("＝3，总计（2），相差 1。请核对各项结果。")
    assert (finding.rule, finding.part) == ("L1", 4)
    assert (finding.line, finding.column) == ("total", "litigation_after_reconsideration")


def test_documents_in_force_cannot_be_fewer_than_those_issued_less_those_repealed():
    sheet = with_disclosure(clean(), normative_documents_issued=5, normative_documents_repealed=1)
    finding = only(check_equations, sheet)
    assert (finding.rule, finding.left, finding.right) == ("P1", "0", "4")
    assert (finding.line, finding.column) == ("normative_documents", "in_force")
    assert "少 4" in finding.message
    assert not found(check_equations, with_disclosure(sheet, normative_documents_in_force=4))
    assert not found(check_equations, with_disclosure(sheet, normative_documents_in_force=90))


def test_items_cannot_become_fewer_than_none():
    sheet = with_disclosure(clean(2019), licenses_items_last_year=3, licenses_items_change=-4)
    finding = only(check_equations, sheet)
    assert (finding.rule, finding.left, finding.right) == ("P2", "-1", "0")
    assert (finding.line, finding.column) == ("licenses", "items_change")
    assert not found(check_equations, with_disclosure(sheet, licenses_items_change=-3))


def test_all_that_is_public_cannot_be_less_than_what_was_newly_made_public():
    sheet = with_disclosure(clean(2019), rules_newly_disclosed=2, rules_disclosed=1)
    finding = only(check_equations, sheet)
    assert (finding.rule, finding.line, finding.column) == ("P2", "rules", "disclosed")


@pytest.mark.parametrize(("number", "fault"), [(-2, "不能小于 0"), (Decimal("1.5"), "不是整数")])
def test_a_count_is_a_whole_number_not_below_zero(number, fault):
    finding = next(
        each for each in found(check_equations, with_disclosure(clean(), licenses_decided=number))
    )
    assert (finding.rule, finding.left) == ("A4", str(number))
    assert fault in finding.message
    assert finding.message.startswith("“行政许可”")


def test_a_change_may_be_negative_but_not_broken():
    sheet = with_disclosure(clean(2019), licenses_items_last_year=5, licenses_items_change=-3)
    assert not found(check_equations, sheet)
    sheet = with_disclosure(sheet, licenses_items_change=Decimal("-0.5"))
    assert only(check_equations, sheet).rule == "A4"


def test_an_amount_may_have_six_decimals_and_no_more():
    assert not found(
        check_equations, with_disclosure(clean(), administrative_fees_amount=Decimal("0.000001"))
    )
    finer = with_disclosure(clean(), administrative_fees_amount=Decimal("0.0000001"))
    assert "6 位小数" in only(check_equations, finer).message
    below = with_disclosure(clean(), administrative_fees_amount=Decimal("-1"))
    assert only(check_equations, below).rule == "A4"


def test_a_blank_breaks_no_equation():
    sheet = with_applications(clean(), received=7, granted=7)
    sheet = with_cell(sheet, "natural_person", "granted", None)
    assert found(check_equations, sheet) == []


def test_a_report_for_2024_filed_on_the_2019_form_is_held_to_that_forms_equations():
    sheet = with_applications(clean(2019, 2024), received=2, closed_undivided=2)
    assert not found(check_equations, sheet)
    assert {each.rule for each in found(check_equations, with_applications(sheet, received=3))} == {
        "A1"
    }


def test_the_form_asks_of_plain_figures_and_gets_the_checkers_words():
    sheet = with_applications(clean(), received=1)
    from_sheet = found(check_equations, sheet)[0]
    typed = sheet.applications["natural_person"]
    assert list(check_column(sheet.edition, "natural_person", typed)) == [from_sheet]
    figures = {"upheld": 1, "rectified": 0, "other_result": 0, "pending": 0, "total": 0}
    assert [each.rule for each in check_remedy(sheet.edition, "reconsideration", figures)] == ["L1"]
    figures = {"rules_issued": 2, "rules_repealed": 0, "rules_in_force": 1}
    assert [each.rule for each in check_disclosure(sheet.edition, figures)] == ["P1"]


def test_a_column_half_filled_is_left_in_peace():
    assert list(check_column(EDITIONS[2021], "business", {"received": 4})) == []
    assert list(check_disclosure(EDITIONS[2019], {})) == []


# --- any sheet that foots, and any that does not -------------------------------------

COUNTS = st.integers(min_value=0, max_value=10**6)


@st.composite
def footed(draw):
    """A sheet as an author leaves it: typed figures at random, totals computed, balanced."""
    sheet = clean(draw(st.sampled_from([2019, 2021])))
    edition, table = sheet.edition, sheet.edition.applications
    typed = {}
    for column in table.typed_columns():
        figures = {line.key: draw(COUNTS) for line in table.leaves() if not line.computed}
        outcomes = sum(
            figures[key] for term in table.down[0].left for key in (*term.keys, term.whole)
            if key in figures
        )  # fmt: skip
        pending = outcomes + figures["carried_forward"]
        figures["brought_forward"] = draw(st.integers(0, pending))
        figures["received"] = pending - figures["brought_forward"]
        typed[column.key] = figures
    remedies = {
        group.key: foot_results(
            edition, {r.key: draw(COUNTS) for r in edition.remedies.results if not r.computed}
        )
        for group in edition.remedies.groups
    }
    applications = foot_applications(edition, typed)
    return replace(sheet, applications=applications, remedies=remedies)


@settings(max_examples=40, deadline=None)
@given(footed())
def test_a_report_that_foots_raises_nothing(sheet):
    assert found(check_equations, sheet) == []


@settings(max_examples=60, deadline=None)
@given(footed(), st.data())
def test_one_changed_figure_of_part_three_raises_exactly_its_own_equations(sheet, data):
    table = sheet.edition.applications
    place = data.draw(st.sampled_from(table.places()))
    change = data.draw(st.integers(1, 50))
    spoiled = with_cell(
        sheet, place.column, place.line, sheet.applications[place.column][place.line] + change
    )
    expected = {("A3", place.line, "total")} | {
        (equation.id, equation.right[-1].keys[-1], place.column)
        for equation in table.down
        if any(place.line in (*term.keys, term.whole) for term in equation.terms)
    }
    findings = found(check_equations, spoiled)
    assert {(each.rule, each.line, each.column) for each in findings} == expected
    assert len(findings) == len(expected)
    assert all(f"相差 {change}。" in each.message for each in findings)


@settings(max_examples=30, deadline=None)
@given(footed(), st.data())
def test_one_changed_figure_of_part_four_raises_exactly_its_own_equation(sheet, data):
    place = data.draw(st.sampled_from(sheet.edition.remedies.places()))
    number = sheet.remedies[place.column][place.line] + 1
    spoiled = with_results(sheet, place.column, foot=False, **{place.line: number})
    finding = only(check_equations, spoiled)
    assert (finding.rule, finding.line, finding.column) == ("L1", "total", place.column)

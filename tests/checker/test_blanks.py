"""C02: one finding a line, one a table; blank, 「/」 and 0 stay three things."""

from dataclasses import replace

from reports.checker.blanks import check_blanks
from reports.checker.finding import Severity
from reports.editions import EDITIONS
from reports.sheet import Addition, filled, name_of

from .sheets import AGENCY, clean, found, only, printed, with_cell, with_disclosure, with_results


def blank_line(sheet, line):
    for column in sheet.applications:
        sheet = with_cell(sheet, column, line, None)
    return sheet


def test_a_line_left_blank_is_one_finding():
    finding = only(check_blanks, blank_line(clean(2019), "granted_in_part"))
    assert (finding.code, finding.part, finding.line, finding.column) == (
        "C02", 3, "granted_in_part", "",
    )  # fmt: skip
    assert finding.message.startswith("“（二）部分公开")
    assert "7 格全部空白。没有发生的请填 0" in finding.message


def test_single_cells_are_named_by_their_columns():
    sheet = with_cell(with_cell(clean(), "business", "granted", None), "total", "granted", None)
    finding = only(check_blanks, sheet)
    assert "有 2 格空白：商业企业、总计。" in finding.message
    assert finding.column == ""
    finding = only(check_blanks, with_cell(clean(), "business", "granted", None))
    assert (finding.line, finding.column) == ("granted", "business")


def test_a_table_blank_throughout_is_one_finding():
    assert [(each.part, each.line) for each in found(check_blanks, all_blank())] == [
        (2, ""), (3, ""), (4, ""),
    ]  # fmt: skip
    assert "175 格全部空白" in found(check_blanks, all_blank())[1].message
    assert "161 格全部空白" in found(check_blanks, all_blank(2019))[1].message


def all_blank(edition=2021):
    return filled(EDITIONS[edition], AGENCY, edition, number=None)


def test_what_is_printed_instead_of_a_number_is_quoted():
    sheet = with_disclosure(clean(), rules_issued=None, rules_repealed=None, rules_in_force=None)
    cells = {f"disclosure.rules_{each}": "/" for each in ("issued", "repealed", "in_force")}
    finding = only(check_blanks, printed(sheet, cells=cells))
    assert "“规章”行 3 格全部写的是“/”，不是数字。" in finding.message
    assert (finding.quote, finding.line) == ("/", "rules")


def test_different_marks_in_one_line_are_each_counted():
    sheet = with_disclosure(clean(), rules_issued=None, rules_repealed=None, rules_in_force=None)
    cells = {"disclosure.rules_issued": "-", "disclosure.rules_in_force": "无"}
    finding = only(check_blanks, printed(sheet, cells=cells))
    assert "有 1 格写的是“-”、1 格空白、1 格写的是“无”" in finding.message
    assert finding.quote == "-、无"


def test_a_remedy_left_blank_is_one_finding():
    blank = dict.fromkeys(("upheld", "rectified", "other_result", "pending", "total"))
    finding = only(check_blanks, with_results(clean(), "litigation_direct", foot=False, **blank))
    assert (finding.part, finding.line, finding.column) == (4, "", "litigation_direct")
    assert finding.message.startswith("“行政诉讼（未经复议直接起诉）”行 5 格全部空白")


def test_a_line_of_one_cell_is_said_without_counting():
    sheet = with_disclosure(clean(), licenses_decided=None)
    assert only(check_blanks, sheet).message.startswith("“行政许可”行没有填数。")
    sheet = printed(sheet, cells={"disclosure.licenses_decided": "/"})
    assert only(check_blanks, sheet).message.startswith("“行政许可”行写的是“/”，不是数字。")


def test_zero_is_a_number():
    assert found(check_blanks, clean()) == []


def test_a_place_the_document_does_not_have_is_not_called_blank():
    sheet = with_disclosure(clean(2019), administrative_fees_items_last_year=None)
    missing = ("disclosure.administrative_fees_items_last_year",)
    assert found(check_blanks, printed(sheet, missing=missing)) == []


def test_a_table_the_document_does_not_have_is_left_to_the_check_of_parts():
    sheet = filled(EDITIONS[2021], AGENCY, 2021)
    missing = tuple(name_of(place) for place in sheet.edition.places() if place.part == 3)
    gone = printed(replace(sheet, applications={}), missing=missing)
    assert found(check_blanks, gone) == []
    assert found(check_blanks, replace(sheet, remedies={})) == []


def test_local_rows_without_a_number_are_hints():
    table = (("指标", "单位", "数"), ("公开信息数", "条", "12"), ("其中：公报", "条", ""),
             ("（二）渠道", "——", ""))  # fmt: skip
    for rows, first in ((table, "其中：公报"), ((("发布总数量：",),), "发布总数量：")):
        finding = only(
            check_blanks, printed(clean(), additions=(Addition("disclosure", "", rows),))
        )
        assert (finding.severity, finding.part, finding.quote) == (Severity.HINT, 2, first)
    full = (("指标", "数"), ("公开信息数", "12"), ("发布总数量：0",))
    assert (
        found(check_blanks, printed(clean(), additions=(Addition("disclosure", "", full),))) == []
    )

"""C20: cells that hold more than their number."""

from decimal import Decimal

from reports.checker.finding import Severity
from reports.checker.numerals import check_numerals

from .sheets import clean, found, only, printed, with_disclosure

FEES = "disclosure.administrative_fees_amount"


def test_both_the_print_and_the_number_are_shown():
    sheet = with_disclosure(clean(), administrative_fees_amount=Decimal("25.1"))
    finding = only(check_numerals, printed(sheet, cells={FEES: "251000元"}))
    assert (finding.code, finding.severity, finding.line) == (
        "C20", Severity.ERROR, "administrative_fees",
    )  # fmt: skip
    assert "印作“251000元”，不是单纯的数字，按 25.1 万元读取" in finding.message
    assert (finding.left, finding.right) == ("251000元", "25.1")


def test_a_remark_in_a_count_is_quoted():
    sheet = with_disclosure(clean(), normative_documents_issued=22)
    said = {"disclosure.normative_documents_issued": "22（其中修订16件）"}
    assert only(check_numerals, printed(sheet, cells=said)).right == "22"


def test_a_cell_without_a_number_is_left_to_the_check_of_blanks():
    sheet = with_disclosure(clean(), licenses_decided=None)
    assert found(check_numerals, printed(sheet, cells={"disclosure.licenses_decided": "/"})) == []


def test_an_authored_report_has_only_numbers():
    assert found(check_numerals, clean()) == []
    assert found(check_numerals, printed(clean(), cells={FEES: " 0 "})) == []

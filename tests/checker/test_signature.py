"""C14: who signed, and when."""

from datetime import date

import pytest

from reports.checker.finding import Severity
from reports.checker.signature import check_signature
from reports.editions.bodies import Body, BodyKind

from .sheets import clean, found, only


def test_a_report_signed_in_january_is_right():
    assert found(check_signature, clean()) == []


@pytest.mark.parametrize(
    ("changes", "lacking"),
    [
        ({"signed_by": " "}, "没有署名。"),
        ({"signed_on": None}, "没有成文日期。"),
        ({"signed_by": "", "signed_on": None}, "没有署名和成文日期。"),
    ],
)
def test_a_signature_or_date_that_is_missing_is_one_error(changes, lacking):
    finding = only(check_signature, clean(**changes))
    assert (finding.code, finding.severity) == ("C14", Severity.ERROR)
    assert lacking in finding.message


def test_a_date_before_the_period_ends_is_an_error():
    finding = only(check_signature, clean(2019, 2024, signed_on=date(2024, 12, 11)))
    assert finding.severity is Severity.ERROR
    assert "成文日期是2024年12月11日，早于统计期限的最后一天2024年12月31日" in finding.message


def test_the_last_day_of_the_period_is_not_before_its_end():
    assert found(check_signature, clean(2021, signed_on=date(2021, 12, 31))) == []


def test_a_department_has_until_the_end_of_january():
    assert found(check_signature, clean(2021, signed_on=date(2022, 1, 31))) == []
    finding = only(check_signature, clean(2021, signed_on=date(2022, 2, 1)))
    assert finding.severity is Severity.EXPLAIN
    assert (finding.left, finding.right) == ("2022年2月1日", "2022年1月31日")


def test_a_government_has_until_the_end_of_march():
    government = {"agency": "四平市铁西区人民政府"}
    assert found(check_signature, clean(2021, signed_on=date(2022, 3, 31), **government)) == []
    assert only(check_signature, clean(2021, signed_on=date(2022, 4, 1), **government))


def test_a_body_of_unknown_kind_is_given_the_later_deadline():
    assert found(check_signature, clean(agency="某中心", signed_on=date(2022, 3, 1))) == []
    assert only(check_signature, clean(agency="某中心", signed_on=date(2022, 4, 1)))


def test_the_body_that_is_known_counts_and_not_its_name():
    body = Body("某中心", BodyKind.DEPARTMENT)
    sheet = clean(agency="某中心", signed_on=date(2022, 3, 1))
    assert only(check_signature, sheet, body=body).severity is Severity.EXPLAIN


def test_a_printed_date_that_has_not_come_is_an_error():
    sheet = clean(signed_on=date(2022, 1, 28), as_printed=True)
    assert found(check_signature, sheet, today=date(2022, 1, 28)) == []
    assert only(check_signature, sheet, today=date(2022, 1, 20)).severity is Severity.ERROR


def test_a_publication_planned_for_a_later_day_is_right():
    sheet = clean(signed_on=date(2022, 1, 28))
    assert found(check_signature, sheet, today=date(2022, 1, 20)) == []

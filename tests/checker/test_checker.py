"""The whole checker: what it says of a clean report, in what order, and where it lives."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import reports.checker
from reports.checker import CHECKS, Severity, check
from reports.editions import EDITIONS
from reports.sheet import Printed, from_json, to_json

from .sheets import clean, printed, with_cell, with_disclosure

HOUSE = Path(reports.checker.__file__).parent


@pytest.mark.parametrize(
    ("edition", "year"), [(2019, 2019), (2019, 2020), (2021, 2021), (2021, 2024)]
)
def test_a_clean_report_raises_nothing(edition, year):
    assert check(clean(edition, year), today=date(2030, 1, 1)) == []
    assert check(printed(clean(edition, year)), last_year=clean(edition, year - 1)) == []


def test_a_clean_report_still_raises_nothing_after_a_round_trip_through_json():
    assert check(from_json(to_json(clean()))) == []


def test_findings_come_in_the_order_of_the_document():
    sheet = with_disclosure(clean(problems="无"), licenses_decided=None, rules_issued=5)
    sheet = with_cell(sheet, "total", "received", 3)
    sheet = replace(sheet, title="某局2019年年度报告", signed_on=None)
    said = [(each.part, each.code, each.line) for each in check(sheet)]
    assert said[:2] == [(None, "C12", ""), (None, "C14", "")]
    assert said[2:] == [
        (1, "C09", ""),
        (2, "C21", "rules"),
        (2, "C01", "rules"),
        (2, "C02", "licenses"),
        (3, "C01", "received"),
        (3, "C01", "carried_forward"),
        (5, "C18", ""),
    ]


def test_an_error_comes_before_an_explanation_at_the_same_place():
    last_year = clean(2021, 2021)
    sheet = with_disclosure(clean(2021, 2022), normative_documents_in_force=1)
    sheet = with_disclosure(sheet, normative_documents_issued=3)
    severities = [each.severity for each in check(sheet, last_year) if each.part == 2]
    assert severities == [Severity.ERROR, Severity.EXPLAIN]


def test_every_check_stands_alone_and_is_listed():
    modules = {each.__module__.rsplit(".", 1)[1] for each in CHECKS}
    assert len(modules) == len(CHECKS) == 30
    assert all(each.__name__ == f"check_{module}" for each, module in
               ((each, each.__module__.rsplit(".", 1)[1]) for each in CHECKS))  # fmt: skip


def test_no_message_carries_a_code():
    spoiled = with_disclosure(clean(problems="无", other_matters="无"), licenses_decided=None)
    spoiled = replace(spoiled, signed_by="", title="2001年")
    assert [each.message for each in check(spoiled) if each.code in each.message] == []
    assert all(each.message.endswith("。") for each in check(spoiled))


def test_the_sheet_is_not_changed():
    sheet = with_cell(clean(), "total", "received", None)
    before = to_json(sheet)
    check(sheet, clean())
    assert to_json(sheet) == before


def test_the_checker_types_no_label_of_the_form():
    labels = {place.line_label for edition in EDITIONS.values() for place in edition.places()}
    labels |= {place.column_label for edition in EDITIONS.values() for place in edition.places()}
    labels |= {part.heading for edition in EDITIONS.values() for part in edition.parts}
    strays = [
        (path.name, label)
        for path in HOUSE.glob("*.py")
        for label in labels
        if len(label) > 4 and label in path.read_text(encoding="utf-8")
    ]
    assert strays == []


def test_the_checker_knows_neither_django_nor_a_database():
    source = "".join(path.read_text(encoding="utf-8") for path in HOUSE.glob("*.py"))
    assert "django" not in source
    assert "reports.models" not in source


def test_a_document_with_nothing_in_it_is_checked_without_falling_over():
    sheet = replace(clean(), preface="", overview="", problems="", other_matters="", title="")
    sheet = replace(sheet, disclosure={}, applications={}, remedies={}, printed=Printed())
    assert {each.code for each in check(sheet, sheet)} == {"C05"}

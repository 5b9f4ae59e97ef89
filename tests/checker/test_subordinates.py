"""S1: a government's tables against the sum of what the bodies below it published."""

from dataclasses import replace

from reports.checker import Finding, Severity, check
from reports.editions import EDITIONS
from reports.sheet import Sheet, filled, foot_applications

EDITION = EDITIONS[2021]


def sheet(**received: int) -> Sheet:
    empty = filled(EDITION, "虚构市人民政府", 2024)
    columns = {
        key: {**figures, "received": received.get(key, 0), "granted": received.get(key, 0)}
        for key, figures in empty.applications.items()
    }
    return replace(empty, applications=foot_applications(EDITION, columns))


def told(own: Sheet, sums: Sheet | None) -> list[Finding]:
    return [each for each in check(own, subordinates=sums) if each.code == "S1"]


def test_the_sum_itself_is_right_and_without_bodies_below_nothing_is_said() -> None:
    assert told(sheet(natural_person=3), sheet(natural_person=3)) == []
    assert told(sheet(natural_person=3), None) == []


def test_one_finding_for_a_table_asks_for_a_reason_and_names_both_numbers() -> None:
    (found,) = told(sheet(natural_person=3), sheet(natural_person=1))
    assert (found.severity, found.part) == (Severity.EXPLAIN, 3)
    assert "“自然人”列“一、本年新收政府信息公开申请数量”本报告 3，合计 1" in found.message
    assert "总计" not in found.message


def test_a_single_cell_is_the_place_of_the_finding() -> None:
    own = sheet()
    licenses = replace(own, disclosure={**own.disclosure, "licenses_decided": 7})
    (found,) = told(licenses, own)
    assert (found.part, found.line, found.column) == (2, "licenses", "decided")
    assert (found.left, found.right) == ("7", "0")


def test_a_blank_on_either_side_is_not_compared() -> None:
    own = sheet()
    blank = replace(own, disclosure={**own.disclosure, "licenses_decided": None})
    seven = replace(own, disclosure={**own.disclosure, "licenses_decided": 7})
    assert told(blank, seven) == told(seven, blank) == []


def test_a_reason_falls_when_any_departing_cell_changes_though_it_is_not_named() -> None:
    columns = [column.key for column in EDITION.applications.typed_columns()]
    sums = sheet()
    first, second = (
        told(sheet(**{key: 9 - number for number, key in enumerate(columns)} | last), sums)[0]
        for last in ({columns[-1]: 2}, {columns[-1]: 1})
    )
    assert "等 12 格" in first.message
    assert first.message == second.message
    assert first.fingerprint != second.fingerprint

"""C03: rows and columns missing, renamed, or without a label."""

from reports.checker.finding import Severity
from reports.checker.layout import check_layout
from reports.sheet import name_of

from .sheets import clean, found, only, printed


def missing(sheet, **where):
    return tuple(
        name_of(place)
        for place in sheet.edition.places()
        if all(getattr(place, key) == value for key, value in where.items())
    )


def test_the_forms_own_labels_are_right():
    assert found(check_layout, printed(clean())) == []
    assert found(check_layout, clean()) == []


def test_a_row_under_another_name_shows_both_names():
    sheet = printed(clean(), labels={"applications.denied_state_secret": "1、属于国家机密"})
    finding = only(check_layout, sheet)
    assert (finding.code, finding.severity, finding.part) == ("C03", Severity.ERROR, 3)
    assert finding.message == (
        "“1.属于国家秘密”这一行写作“1、属于国家机密”。请按格式改为“1.属于国家秘密”。"
    )


def test_a_column_under_another_name_is_a_column():
    sheet = printed(clean(2019), labels={"disclosure.disclosed": "对外公开数量"})
    finding = only(check_layout, sheet)
    assert (finding.part, finding.column, finding.left) == (2, "disclosed", "对外公开数量")


def test_a_row_without_its_label_is_named():
    finding = only(check_layout, printed(clean(), labels={"disclosure.licenses": ""}))
    assert (finding.line, "没有名称" in finding.message) == ("licenses", True)


def test_many_lost_labels_are_said_at_once():
    sheet = clean()
    labels = {f"applications.{line.key}": "" for line in sheet.edition.applications.leaves()}
    finding = only(check_layout, printed(sheet, labels=labels))
    assert (finding.part, finding.left) == (3, "25")


def test_a_missing_row_is_said_once_and_not_column_by_column():
    sheet = clean()
    finding = only(check_layout, printed(sheet, missing=missing(sheet, part=3, line="received")))
    assert (finding.line, finding.column) == ("received", "")
    assert "没有“一、本年新收" in finding.message


def test_a_missing_column_is_said_once():
    sheet = clean()
    gone = missing(sheet, part=3, column="legal_service")
    assert only(check_layout, printed(sheet, missing=gone)).column == "legal_service"
    gone = missing(sheet, part=4, column="litigation_direct")
    assert only(check_layout, printed(sheet, missing=gone)).column == "litigation_direct"


def test_a_missing_row_of_part_two_is_no_missing_column():
    sheet = clean()
    gone = missing(sheet, part=2, line="licenses")
    assert only(check_layout, printed(sheet, missing=gone)).line == "licenses"


def test_single_cells_that_are_missing_are_counted():
    gone = ("applications.natural_person.granted", "applications.total.granted_in_part")
    finding = only(check_layout, printed(clean(), missing=gone))
    assert finding.message.startswith("“三、收到")
    assert "少了 2 格" in finding.message


def test_a_table_missing_whole_is_left_to_the_check_of_parts():
    sheet = clean()
    assert found(check_layout, printed(sheet, missing=missing(sheet, part=4))) == []

"""The ways in which real documents depart from the form."""

from dataclasses import replace
from decimal import Decimal

import pytest

from reports.editions import EDITIONS

from . import documents as make
from .documents import Printed, label_of, read_with, row_of

NEW, OLD = EDITIONS[2021], EDITIONS[2019]
EACH_EDITION = pytest.mark.parametrize("edition", EDITIONS.values(), ids=lambda e: str(e.key))
FORMS = [make.as_lines, make.as_docx, make.as_spreadsheet]
EACH_FORM = pytest.mark.parametrize("write", FORMS, ids=lambda w: w.__name__)


HALF = str.maketrans("（）：，１２", "():,12")
MARKS = {f"{n}.": f"{n}" for n in range(1, 9)}


def with_mark(mark):
    def change(text):
        for old, number in MARKS.items():
            if text.startswith(old):
                return f"{number}{mark}{text[len(old) :]}"
        return text

    return change


def broken(text):
    """Every label with a line break in each of its characters, as a narrow column prints it."""
    return "\n".join(text)


CHANGES = {
    "half-width brackets": lambda text: text.translate(HALF),
    "ideographic comma": with_mark("、"),
    "full-width stop": with_mark("．"),
    "bracketed number": lambda text: f"（{text[0]}）{text[2:]}" if text[:2] in MARKS else text,
    "full-width number": lambda t: chr(ord(t[0]) + 0xFEE0) + t[1:] if t[:2] in MARKS else t,
    "spaces": lambda text: "\u3000\u3000" + " ".join(text),
    "quotes": lambda text: text.replace("“", '"').replace("”", '"'),
    "no quotes": lambda text: text.replace("“", "").replace("”", ""),
    "line breaks": broken,
}


@EACH_FORM
@EACH_EDITION
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.corpus
def test_a_label_says_the_same_in_other_marks(change, edition, write):
    sheet = make.random_sheet(edition)
    tables = {part: make.relabeled(rows, change) for part, rows in make.tables_of(sheet).items()}
    reading = read_with(sheet, tables, write)
    assert make.figures(reading.sheet) == make.figures(sheet)
    assert reading.notes == make.assumed(sheet)
    assert reading.sheet.printed.labels == {}


@pytest.mark.parametrize(
    ("key", "printed"),
    [
        ("denied_state_secret", "1、属于国家机密"),
        ("granted_in_part", "（二）部分公开"),
        ("unable_not_held", "1.本机关不掌握相关信息"),
        ("not_processed_petition", "1.信访投诉举报类申请"),
        ("closed_uncorrected", "1.申请人无正当理由逾期不补正、行政机关不再处理"),
        ("carried_forward", "四、结转下年继续办理"),
        ("outcomes_total", "（七）合计"),
    ],
)
def test_a_retyped_label_is_read_and_said(key, printed):
    sheet = make.random_sheet(NEW)
    form = label_of(NEW, key)
    rows = make.relabeled(
        make.tables_of(sheet)["applications"], lambda text: printed if text == form else text
    )
    reading = read_with(sheet, {"applications": rows})
    assert make.figures(reading.sheet) == make.figures(sheet)
    assert reading.sheet.printed.labels == {f"applications.{key}": printed}
    assert reading.notes == (f"“{printed}”按“{form}”读取。",)


@EACH_FORM
def test_a_retyped_column_of_part_two(write):
    sheet = make.random_sheet(OLD)
    column = OLD.disclosure.blocks[0].columns[2]
    rows = make.relabeled(
        make.tables_of(sheet)["disclosure"],
        lambda text: "对外公开数量" if text == column.label else text,
    )
    reading = read_with(sheet, {"disclosure": rows}, write)
    assert make.figures(reading.sheet) == make.figures(sheet)
    assert reading.sheet.printed.labels == {"disclosure.disclosed": "对外公开数量"}


@EACH_FORM
@EACH_EDITION
def test_a_lost_label_is_read_by_its_position_and_said(edition, write):
    sheet = make.random_sheet(edition)
    form = label_of(edition, "unable_not_compiled")
    row = edition.disclosure.blocks[-1].rows[0].label
    tables = {
        part: make.relabeled(rows, lambda text: "" if text in (form, row) else text)
        for part, rows in make.tables_of(sheet).items()
    }
    reading = read_with(sheet, tables, write)
    assert make.figures(reading.sheet) == make.figures(sheet)
    assert sum("没有行名" in note for note in reading.notes) == 2
    assert set(reading.sheet.printed.labels.values()) == {""}


@EACH_FORM
@EACH_EDITION
def test_a_missing_row_leaves_its_cells_missing(edition, write):
    sheet = make.random_sheet(edition)
    rows = make.tables_of(sheet)["applications"]
    form = label_of(edition, "denied_third_party_rights")
    at = row_of(rows, form)
    short = [[replace(c, rows=c.rows - 1) if c.rows > 3 else c for c in row] for row in rows]
    reading = read_with(sheet, {"applications": [*short[:at], *short[at + 1 :]]}, write)
    lost = make.line_names(edition, "denied_third_party_rights")
    expected = make.figures(sheet) | dict.fromkeys(lost)
    assert make.figures(reading.sheet) == expected
    assert reading.sheet.printed.missing == lost
    assert any(f"“{form}”，留空" in note for note in reading.notes)


@EACH_FORM
def test_a_missing_row_of_part_two(write):
    sheet = make.random_sheet(NEW)
    rows = make.tables_of(sheet)["disclosure"]
    at = row_of(rows, NEW.disclosure.row("penalties").label)
    reading = read_with(sheet, {"disclosure": [*rows[:at], *rows[at + 1 :]]}, write)
    assert reading.sheet.printed.missing == ("disclosure.penalties_decided",)
    expected = make.figures(sheet) | {"disclosure.penalties_decided": None}
    assert make.figures(reading.sheet) == expected


@EACH_FORM
def test_local_rows_are_kept_as_printed(write):
    sheet = make.random_sheet(NEW)
    tables = make.tables_of(sheet)
    local = "2021年本部门政府信息公开发布总数量：35"
    disclosure = [*tables["disclosure"], [Printed(local, columns=4)]]
    extra = [Printed("（八）其他情形", columns=3), *(Printed(str(n)) for n in range(7))]
    applications = [*tables["applications"], extra]
    reading = read_with(sheet, {"disclosure": disclosure, "applications": applications}, write)
    assert make.figures(reading.sheet) == make.figures(sheet)
    kept = [
        (a.part, [c for row in a.rows for c in row if c]) for a in reading.sheet.printed.additions
    ]
    assert kept == [
        ("disclosure", [local]),
        ("applications", ["（八）其他情形", *(str(n) for n in range(7))]),
    ]
    assert sum("照录为附加内容" in note for note in reading.notes) == 2


@EACH_FORM
def test_an_extra_part_with_its_table_is_kept(write):
    sheet = make.random_sheet(OLD)
    blocks = make.parts_of(sheet)
    table = [[Printed("统计指标"), Printed("单位"), Printed("统计数")],
             [Printed("政务微博公开政府信息数"), Printed("条"), Printed("54")]]  # fmt: skip
    at = blocks.index(OLD.part("applications").title)
    numerals = "一二三四五六七"
    tail = [
        f"{numerals[numerals.index(b[0]) + 1]}{b[1:]}"
        if isinstance(b, str) and b[1:2] == "、" and b[0] in numerals
        else b
        for b in blocks[at:]
    ]
    extra = "三、公开平台建设和信息发布情况"
    reading = make.reading_of(write([*blocks[:at], extra, "平台两个。", table, *tail]))
    assert make.figures(reading.sheet) == make.figures(sheet)
    (addition,) = reading.sheet.printed.additions
    assert (addition.part, addition.heading, addition.text) == ("disclosure", extra, "平台两个。")
    assert addition.rows == tuple(tuple(cell.text for cell in row) for row in table)
    keys = [heading.part for heading in reading.sheet.printed.headings]
    assert keys == [
        "overview", "disclosure", "", "applications", "remedies", "problems", "other_matters",
    ]  # fmt: skip
    assert reading.sheet.problems == sheet.problems


@EACH_FORM
@EACH_EDITION
def test_parts_and_rows_in_another_order(edition, write):
    sheet = make.random_sheet(edition)
    tables = make.tables_of(sheet)
    rows = tables["applications"]
    first, second = (
        row_of(rows, label_of(edition, key))
        for key in ("unable_not_compiled", "unable_still_unclear")
    )
    rows[first], rows[second] = rows[second], rows[first]
    blocks = make.parts_of(sheet, tables)
    three, four = (blocks.index(edition.part(k).title) for k in ("applications", "remedies"))
    five = blocks.index(edition.part("problems").title)
    moved = [*blocks[:three], *blocks[four:five], *blocks[three:four], *blocks[five:]]
    reading = make.reading_of(write(moved))
    assert make.figures(reading.sheet) == make.figures(sheet)
    assert [h.part for h in reading.sheet.printed.headings][1:4] == [
        "disclosure", "remedies", "applications",
    ]  # fmt: skip


@pytest.mark.parametrize("write", [make.as_lines, make.as_docx], ids=lambda w: w.__name__)
@EACH_EDITION
def test_figures_with_whatever_stands_beside_them(edition, write):
    sheet = make.random_sheet(edition)
    tables = {
        part: make.refigured(rows, lambda text: f"{text}（其中修订16）")
        for part, rows in make.tables_of(sheet).items()
    }
    reading = read_with(sheet, tables, write)
    assert make.figures(reading.sheet) == make.figures(sheet)
    assert len(reading.sheet.printed.cells) == len(edition.places())
    assert all(text.endswith("（其中修订16）") for text in reading.sheet.printed.cells.values())


@EACH_FORM
@pytest.mark.parametrize("mark", ["/", "-", "—", "无", "——"])
def test_marks_for_nothing_are_blank_and_kept(mark, write):
    sheet = make.random_sheet(NEW)
    tables = {
        part: make.refigured(rows, lambda text: mark)
        for part, rows in make.tables_of(sheet).items()
    }
    reading = read_with(sheet, tables, write)
    assert set(make.figures(reading.sheet).values()) == {None}
    assert reading.sheet.printed.missing == ()
    assert set(reading.sheet.printed.cells.values()) == {mark}
    assert sum(f"“{mark}”不是数字，按空白读取" in note for note in reading.notes) == 3


def test_an_amount_counted_in_yuan_by_its_header_is_converted_and_said():
    sheet = make.random_sheet(NEW)
    column = NEW.disclosure.blocks[-1].columns[0].label
    rows = make.relabeled(
        make.tables_of(sheet)["disclosure"],
        lambda text: "本年收费金额（单位：元）" if text == column else text,
    )
    rows[-1] = [rows[-1][0], replace(rows[-1][1], text="251000")]
    reading = read_with(sheet, {"disclosure": rows})
    assert reading.sheet.disclosure["administrative_fees_amount"] == Decimal("25.1")
    assert reading.sheet.printed.cells == {"disclosure.administrative_fees_amount": "251000"}
    assert any("表头的单位是元" in note for note in reading.notes)


def test_a_row_with_its_cells_merged_into_one():
    sheet = make.random_sheet(NEW)
    rows = make.tables_of(sheet)["applications"]
    at = row_of(rows, label_of(NEW, "received"))
    rows[at] = [rows[at][0], Printed("0", columns=7)]
    reading = read_with(sheet, {"applications": rows}, make.as_docx)
    column = {key: figures["received"] for key, figures in reading.sheet.applications.items()}
    assert set(column.values()) == {0}
    assert any("合并为一格" in note for note in reading.notes)


def test_a_report_without_tables_is_missing_all_of_them():
    sheet = make.random_sheet(NEW)
    blocks = [block for block in make.parts_of(sheet) if isinstance(block, str)]
    reading = make.reading_of(make.as_lines(blocks))
    assert len(reading.sheet.printed.missing) == 200
    assert reading.sheet.edition is NEW
    assert sum("没有找到第" in note for note in reading.notes) == 3
    assert reading.sheet.overview == sheet.overview


def test_the_older_editions_amount_with_its_unit_is_the_forms_own_label():
    sheet = make.random_sheet(OLD)
    column = OLD.disclosure.blocks[-1].columns[1].label
    rows = make.relabeled(
        make.tables_of(sheet)["disclosure"],
        lambda text: f"{text}（单位：万元）" if text == column else text,
    )
    reading = read_with(sheet, {"disclosure": rows})
    assert reading.notes == ()
    assert reading.sheet.printed.labels == {}
    assert make.figures(reading.sheet) == make.figures(sheet)

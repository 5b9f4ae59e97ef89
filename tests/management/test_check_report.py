"""check_report: what it prints and how it ends."""

import json
from dataclasses import replace
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from reports.exporters import draw
from reports.exporters.document import Options
from reports.management.commands.check_report import FOUND, UNREADABLE
from reports.sheet import Sheet
from tests.factories import OTHER, OVERVIEW, PROBLEMS, sheet_with


def ended(*arguments: str) -> int:
    """How the process would end."""
    try:
        call_command("check_report", *arguments)
    except SystemExit as exit:
        return int(exit.code or 0)
    return 0


def sound_sheet(**values) -> Sheet:
    texts = {
        "preface": "虚构区第一局编制本报告，统计期限为2024年1月1日至12月31日。"
        "地址：虚构大道1号，邮编：999001，电话：0999-1234567。",
        "overview": OVERVIEW,
        "problems": PROBLEMS,
        "other_matters": OTHER,
        "title": "虚构区第一局2024年政府信息公开工作年度报告",
        "signed_by": "虚构区第一局",
        "signed_on": date(2025, 1, 20),
    }
    return sheet_with(**texts | values)


@pytest.fixture
def document(tmp_path):
    """Draws a sheet as a .docx and says where it lies."""

    def draw_one(sheet: Sheet, name: str = "report.docx") -> str:
        path = tmp_path / name
        path.write_bytes(draw("docx", sheet, Options()).content)
        return str(path)

    return draw_one


def with_figure(sheet: Sheet, applicant: str, **figures: int) -> Sheet:
    columns = {key: dict(column) for key, column in sheet.applications.items()}
    columns[applicant] |= figures
    return replace(sheet, applications=columns)


def test_a_sound_report_ends_with_zero(document, capsys):
    assert ended(document(sound_sheet())) == 0
    assert "没有发现问题" in capsys.readouterr().out


def test_a_broken_sum_ends_with_one_and_names_the_column_first(document, capsys):
    sheet = with_figure(sound_sheet(), "natural_person", received=1)
    assert ended(document(sheet)) == FOUND
    lines = capsys.readouterr().out.splitlines()
    said = next(line for line in lines if line.startswith("  自然人列"))
    assert said.endswith("〔应当改正 C01〕")
    assert sheet.edition.part("applications").title in lines


def test_json_holds_the_sheet_and_the_findings(document, capsys):
    sheet = with_figure(sound_sheet(), "natural_person", received=1)
    ended(document(sheet), "--format", "json")
    said = json.loads(capsys.readouterr().out)
    assert list(said) == ["agency", "year", "edition", "sheet", "findings", "notes"]
    assert (said["agency"], said["year"], said["edition"]) == ("虚构区第一局", 2024, 2021)
    assert said["sheet"]["applications"]["natural_person"]["received"] == 1
    found = [(each["code"], each["rule"], each["place"]["column"]) for each in said["findings"]]
    assert ("C01", "A1", "natural_person") in found


def test_agency_and_year_override_what_was_read(document, capsys):
    ended(document(sound_sheet()), "--format", "json", "--agency", "虚构区总工会", "--year", "2023")
    said = json.loads(capsys.readouterr().out)
    assert (said["agency"], said["year"]) == ("虚构区总工会", 2023)
    assert "C13" in {each["code"] for each in said["findings"]}


def test_last_year_is_compared_with(document, capsys):
    last = with_figure(
        sound_sheet(year=2023), "natural_person", received=2, granted=1, outcomes_total=1,
        carried_forward=1,
    )  # fmt: skip
    ended(document(sound_sheet()), "--format", "json", "--last-year", document(last, "last.docx"))
    said = json.loads(capsys.readouterr().out)
    assert ("C10", "Y1") in {(each["code"], each["rule"]) for each in said["findings"]}


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 nothing", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_what_cannot_be_read_ends_with_two_and_a_sentence(tmp_path, capsys, content):
    path = tmp_path / "file.bin"
    path.write_bytes(content)
    assert ended(str(path)) == UNREADABLE
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.strip().endswith("。")


def test_a_file_that_is_not_there_ends_with_two(tmp_path, capsys):
    assert ended(str(tmp_path / "none.docx")) == UNREADABLE
    assert "打不开" in capsys.readouterr().err


def test_last_year_that_cannot_be_read_ends_with_two(document, tmp_path):
    assert ended(document(sound_sheet()), "--last-year", str(tmp_path / "none")) == UNREADABLE


def test_the_sample_of_2019_names_its_broken_sums(samples, capsys):
    assert ended(str(samples / "yuyao-union-2019.txt"), "--format", "json") == FOUND
    said = json.loads(capsys.readouterr().out)
    broken = {each["place"]["column"] for each in said["findings"] if each["rule"] == "A2"}
    assert broken == {"natural_person", "total"}


def test_every_cell_of_the_edition_is_in_the_json(samples, capsys):
    ended(str(samples / "xinfeng-union-2024.txt"), "--format", "json")
    sheet = json.loads(capsys.readouterr().out)["sheet"]
    assert {len(column) for column in sheet["applications"].values()} == {23}
    assert len(sheet["disclosure"]) == 22
    assert sheet["applications"]["natural_person"]["granted"] is None


def test_several_documents_make_one_list_and_the_gravest_decides_the_end(document, tmp_path):
    broken = with_figure(sound_sheet(), "natural_person", received=1)
    files = [document(sound_sheet(), "one.docx"), document(broken, "two.docx")]
    out = tmp_path / "校核.xlsx"
    assert ended(*files, "--format", "xlsx", "-o", str(out)) == FOUND
    names = [row[4].value for row in load_workbook(out)["汇总"].iter_rows(4, 5)]
    assert names == ["one.docx", "two.docx"]


def test_an_unreadable_one_among_several_is_told_and_the_others_are_listed(
    document, tmp_path, capsys
):
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"")
    assert ended(str(broken), document(sound_sheet()), "--format", "json") == UNREADABLE
    said = capsys.readouterr()
    assert "broken.docx" in said.err
    assert [each["document"] for each in json.loads(said.out)] == ["broken.docx", "report.docx"]


def test_a_binary_list_wants_a_file_to_go_to(document):
    with pytest.raises(CommandError, match="请用 -o 写明"):
        call_command("check_report", document(sound_sheet()), "--format", "docx")

"""import_report: what is stored, what is refused, and how it ends."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from reports.exporters import draw
from reports.exporters.document import Options
from reports.importers import read
from reports.models import Agency, AgencyName, Report, Revision
from reports.queries.sheets import sheet_of
from reports.sheet import Sheet, filled
from reports.workflow import State
from tests.factories import OTHER, OVERVIEW, PROBLEMS, make_agency, sheet_with

pytestmark = pytest.mark.django_db
SAMPLES = {  # file, which also serves as slug, and year
    "yuyao-union-2019": 2019,
    "qikai-union-2020": 2020,
    "tiexi-hr-bureau-2020": 2020,
    "liujiang-union-2021": 2021,
    "xinfeng-union-2024": 2024,
}


def ended(*arguments: str) -> int:
    try:
        call_command("import_report", *arguments)
    except SystemExit as exit:
        return int(exit.code or 0)
    return 0


@pytest.fixture
def document(tmp_path):
    def draw_one(sheet: Sheet, name: str = "report.docx") -> str:
        path = tmp_path / name
        path.write_bytes(draw("docx", sheet, Options()).content)
        return str(path)

    return draw_one


def sheet_of_2024(**values) -> Sheet:
    texts = {
        "title": "虚构区第一局2024年政府信息公开工作年度报告",
        "overview": OVERVIEW,
        "problems": PROBLEMS,
        "other_matters": OTHER,
    }
    return sheet_with(**texts | values)


def broken(sheet: Sheet) -> Sheet:
    columns = {key: dict(column) for key, column in sheet.applications.items()}
    columns["natural_person"]["received"] = 1
    return replace(sheet, applications=columns)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_stored_and_published_with_every_figure_as_printed(name, samples, no_press):
    path = samples / f"{name}.txt"
    assert ended(str(path), "--agency", name, "--create", "--as-printed", "--publish") == 0
    revision = Revision.objects.get(report__agency__slug=name)
    assert (revision.state, revision.as_printed, revision.report.year) == (
        State.PUBLISHED, True, SAMPLES[name],
    )  # fmt: skip
    printed, stored = read(path).sheet, sheet_of(revision)
    assert dict(stored.cells()) == dict(printed.cells())
    assert [stored.text(each) for each in ("overview", "problems", "other_matters")] == [
        printed.text(each) for each in ("overview", "problems", "other_matters")
    ]
    assert stored.printed == printed.printed


def test_known_cells_of_the_samples_are_as_printed(samples, no_press):
    for name in SAMPLES:
        ended(str(samples / f"{name}.txt"), "--agency", name, "--create", "--as-printed")
    sheets = {
        revision.report.agency.slug: sheet_of(revision) for revision in Revision.objects.all()
    }
    union = sheets["yuyao-union-2019"].applications["natural_person"]
    assert (union["received"], union["granted"], union["outcomes_total"]) == (1, 0, 1)
    bureau = sheets["tiexi-hr-bureau-2020"]
    assert bureau.disclosure["other_services_items_change"] == -6052
    assert bureau.disclosure["central_procurement_amount"] == Decimal(100)
    assert bureau.printed.cells["disclosure.central_procurement_amount"] == "100万"
    county = sheets["xinfeng-union-2024"]
    assert county.edition.key == 2019
    assert county.applications["total"]["granted"] == 0
    assert county.applications["natural_person"]["granted"] is None
    assert sheets["liujiang-union-2021"].disclosure["normative_documents_in_force"] == 1


def test_a_new_agency_has_the_name_and_kind_which_the_document_tells(document, no_press):
    title = "虚构区总工会2024年政府信息公开工作年度报告"
    path = document(replace(sheet_of_2024(), agency="虚构区总工会", title=title))
    assert ended(path, "--agency", "union", "--create", "--as-printed") == 0
    agency = Agency.objects.get(slug="union")
    assert (agency.name, agency.kind, agency.division) == ("虚构区总工会", "union", None)


def test_an_agency_is_found_by_its_name_or_its_short_name(document):
    AgencyName.objects.create(agency=make_agency("虚构区第一管理局"), name="虚构区第一局")
    assert ended(document(sheet_of_2024())) == 0
    assert Report.objects.get().agency.name == "虚构区第一管理局"


def test_without_as_printed_it_is_a_draft_that_its_author_goes_on_with(document):
    agency = make_agency("虚构区第一局")
    assert ended(document(sheet_of_2024())) == 0
    revision = Revision.objects.get(report__agency=agency)
    assert (revision.state, revision.as_printed) == (State.DRAFT, False)
    assert revision.title == "虚构区第一局2024年政府信息公开工作年度报告"
    assert sheet_of(revision).applications["total"]["received"] == 0
    assert set(revision.parts.filter(version=0).values_list("key", flat=True)) == {"preface"}


def test_a_draft_that_does_not_foot_is_refused_with_the_advice(document, capsys):
    make_agency("虚构区第一局")
    assert ended(document(broken(sheet_of_2024()))) == 1
    said = capsys.readouterr().err
    assert "自然人列" in said
    assert "--as-printed" in said
    assert Report.objects.count() == 0


def test_a_draft_with_blanks_is_refused(document, capsys):
    make_agency("虚构区第一局")
    sheet = sheet_of_2024()
    empty = filled(sheet.edition, sheet.agency, 2024, None)
    assert ended(document(replace(sheet, remedies=empty.remedies))) == 1
    assert "空白" in capsys.readouterr().err
    assert Report.objects.count() == 0


def test_a_draft_on_the_form_of_another_year_is_refused(document, capsys):
    make_agency("虚构区第一局")
    assert ended(document(sheet_of_2024()), "--year", "2020") == 1
    assert "2021年版" in capsys.readouterr().err


def test_a_draft_of_a_year_that_has_not_ended_is_refused(document, capsys):
    make_agency("虚构区第一局")
    assert ended(document(sheet_of_2024()), "--year", "2999") == 1
    assert "还没有结束" in capsys.readouterr().err


def test_a_failed_file_does_not_keep_the_others_out(document, tmp_path, capsys):
    make_agency("虚构区第一局")
    bad = tmp_path / "bad.docx"
    bad.write_bytes(b"")
    assert ended(str(bad), document(sheet_of_2024())) == 1
    printed = capsys.readouterr()
    assert printed.err.startswith(str(bad))
    assert printed.out.count("\n") == 1
    assert Revision.objects.count() == 1


def test_the_same_document_twice_is_said_to_be_so(document, capsys):
    make_agency("虚构区第一局")
    path = document(sheet_of_2024())
    assert ended(path, "--as-printed") == 0
    assert ended(path, "--as-printed") == 1
    assert "已经导入过" in capsys.readouterr().err


def test_an_agency_that_nobody_knows_is_refused(document, capsys):
    assert ended(document(sheet_of_2024())) == 1
    assert ended(document(sheet_of_2024()), "--agency", "nobody") == 1
    assert "--create" in capsys.readouterr().err
    assert Agency.objects.count() == 0


@pytest.mark.parametrize("options", [("--publish",), ("--create",)])
def test_options_that_do_not_go_together_are_refused(options, tmp_path):
    with pytest.raises(CommandError):
        call_command("import_report", str(Path(tmp_path, "any")), *options)

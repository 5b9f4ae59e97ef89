"""export_report: the published bytes, or a draft that says it is one."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command

from reports.actions import storing
from reports.actions.moves import move
from reports.exporters import FORMATS
from reports.models import Revision
from reports.workflow import Role, State
from tests.factories import OVERVIEW, complete, in_state, make_agency, make_revision, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Revision:
    agency = make_agency("虚构区第一局", slug="first")
    return complete(make_revision(2024, agency), overview=f"{OVERVIEW}\n草稿里的一句话。")


@pytest.fixture
def published(draft, no_press) -> Revision:
    supervisor = make_user(Role.SUPERVISOR, agency=draft.report.agency)
    return move(in_state(draft, State.APPROVED), "publish", by=supervisor)


def exported(tmp_path, *arguments: str) -> bytes:
    path = tmp_path / "out"
    call_command("export_report", *arguments, "-o", str(path))
    return path.read_bytes()


@pytest.mark.parametrize("format", [each for each in FORMATS if each not in ("html", "pdf")])
@pytest.mark.every_format
def test_a_published_report_is_the_file_of_its_publication(published, tmp_path, format):
    stored = published.documents.get(format=format)
    content = exported(tmp_path, "first", "2024", "--format", format)
    assert content == (storing.root() / stored.path).read_bytes()


def test_the_page_of_a_published_report_is_drawn_from_its_snapshot(published, tmp_path):
    said = exported(tmp_path, "虚构区第一局", "2024", "--format", "html").decode()
    assert "草稿里的一句话" in said


def test_a_draft_is_marked_as_one_in_its_document(draft, tmp_path):
    content = exported(tmp_path, "first", "2024", "--format", "docx")
    with ZipFile(BytesIO(content)) as archive:
        heads = [archive.read(name).decode() for name in archive.namelist() if "header" in name]
    assert any("未公布" in head for head in heads)


def test_a_draft_is_its_stored_text(draft, tmp_path):
    assert "草稿里的一句话" in exported(tmp_path, "first", "2024", "--format", "html").decode()


def test_the_file_has_the_reports_own_name_where_none_is_given(draft, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    call_command("export_report", "first", "2024", "--format", "csv")
    assert [each.name for each in tmp_path.glob("*.csv")] == [
        "未公布_虚构区第一局2024年政府信息公开工作年度报告.csv"
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(("nobody", "2024"), "nobody"), (("first", "2023"), "2023年度"), (("first", "2025"), "2025")],
)
def test_what_is_not_there_is_said(draft, arguments, said):
    with pytest.raises(CommandError, match=said):
        call_command("export_report", *arguments, "--format", "csv")


def test_a_withdrawn_report_is_not_exported(published):
    supervisor = make_user(Role.SUPERVISOR, agency=published.report.agency)
    move(published, "withdraw", by=supervisor, note="附件有误，核对后重新公布。")
    with pytest.raises(CommandError, match="撤回"):
        call_command("export_report", "first", "2024", "--format", "csv")


def test_a_name_which_two_agencies_bear_is_refused(draft):
    make_agency("虚构区第一局")
    with pytest.raises(CommandError, match="网址标识"):
        call_command("export_report", "虚构区第一局", "2024", "--format", "csv")

"""One report: its sheet as the JSON file has it, its texts, and what became of a withdrawn one."""

import json

import pytest

from reports.actions import storing
from reports.actions.moves import move
from reports.workflow import Role, State
from tests.factories import complete, in_state, make_agency, make_revision, make_user
from tests.public.shelf import page_of, put_out

from .asking import ask

pytestmark = pytest.mark.django_db
FINDING = {
    "code": "Y1", "severity": "explain", "message": "上年结转与上一年度不一致。",
    "place": {"part": 3, "line": "brought_forward", "column": "total"},
    "left": "1", "right": "2", "rule": None, "quote": None,
    "explanation": {"reason": "机构合并带来的变化。", "by": "某位经办人"},
}  # fmt: skip


def address_of(revision) -> str:
    return f"/reports/{revision.report.agency.slug}/{revision.report.year}"


@pytest.mark.every_format
def test_the_sheet_is_that_of_the_published_json_file():
    agency = make_agency()
    revision = complete(make_revision(2024, agency))
    supervisor = make_user(Role.SUPERVISOR, agency=agency)
    published = move(in_state(revision, State.APPROVED), "publish", by=supervisor)
    stored = published.documents.get(format="json")
    printed = json.loads((storing.root() / stored.path).read_text())
    said = ask(address_of(published))
    assert said["sheet"] == {name: printed[name] for name in said["sheet"]}
    beside = {"version", "supersedes", "reason", "findings", "audit_trail"}
    assert set(printed) - set(said["sheet"]) == beside
    documents = {each["format"]: each for each in said["documents"]}
    assert set(documents) == {"pdf", "docx", "xlsx", "csv", "json"}
    assert documents["json"]["checksum"] == stored.checksum
    assert documents["json"]["size"] == stored.size


@pytest.mark.parametrize("year", [2020, 2024])
def test_every_edition_and_a_transcript_have_their_whole_sheet(year):
    revision = put_out(year=year, as_printed=True)
    assert ask(address_of(revision))["sheet"] == revision.snapshot.sheet


def test_an_explained_finding_is_told_without_who_explained_it():
    unexplained = {name: value for name, value in FINDING.items() if name != "explanation"}
    revision = put_out(findings=[FINDING, unexplained])
    said = ask(address_of(revision))
    [finding] = said["explained_findings"]
    assert finding["explanation"] == {"reason": "机构合并带来的变化。"}
    assert finding["place"] == FINDING["place"]
    assert "某位经办人" not in json.dumps(said, ensure_ascii=False)


def test_a_corrected_report_tells_its_texts_and_each_can_be_read(client):
    agency = make_agency()
    put_out(agency)
    second = put_out(agency, reason="笔误")
    said = ask(address_of(second))
    assert (said["version"], said["reason"]) == (2, "笔误")
    assert [each["number"] for each in said["versions"]] == [2, 1]
    assert [each["state"]["key"] for each in said["versions"]] == ["published", "superseded"]
    older = ask(said["versions"][1]["url"])
    assert older["version"] == 1
    assert older["page"].endswith(f"{page_of(second)}versions/1/")
    for each in (said, older):
        assert client.get(each["page"]).status_code == 200
        assert client.get(each["documents"][0]["url"]).status_code == 200
        assert ask(each["url"])["version"] == each["version"]


def test_a_withdrawn_report_is_gone_with_its_reason():
    revision = put_out(state=State.WITHDRAWN, reason="数据有误")
    for address in (address_of(revision), f"{address_of(revision)}/versions/1"):
        said = ask(address, 410)
        assert said["reason"] == "数据有误"
        assert said["type"].endswith("#problem-withdrawn")


def test_what_is_not_there_is_told_by_its_name():
    revision = put_out()
    slug = revision.report.agency.slug
    assert "没有已公布的报告" in ask(f"/reports/{slug}/2019", 404)["detail"]
    assert "第7版" in ask(f"/reports/{slug}/2024/versions/7", 404)["detail"]
    assert "“nobody”" in ask("/agencies/nobody", 404)["detail"]
    assert "“999999”" in ask("/reports?region=999999", 404)["detail"]

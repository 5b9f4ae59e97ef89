"""Point by point: an explanation is kept, shown at review, and published with the report."""

import json
from io import BytesIO

import pytest
from docx import Document

from reports.actions import storing
from reports.actions.explaining import explain
from reports.actions.moves import move
from reports.models import StoredDocument
from reports.queries.finding_lists import list_of_revision
from reports.queries.findings import blocking, findings_of
from reports.queries.publications import publication_of
from reports.workflow import Role
from tests.factories import complete, make_agency, make_revision, make_user

pytestmark = pytest.mark.django_db
REASON = "问题已在专项报告中说明。"


@pytest.mark.every_format
def test_a_reason_goes_from_the_desk_to_the_published_page_and_its_files(client):
    city = make_agency("虚构市人民政府")
    agency = make_agency("虚构市某局", parent=city)
    author = make_user(Role.AUTHOR, agency=agency, name="甄填报")
    supervisor = make_user(Role.SUPERVISOR, agency=city, name="申审核")
    problems = "本机关" + "工作有序开展，" * 8
    revision = complete(make_revision(2024, agency), problems=problems)
    (open_one,) = blocking(findings_of(revision))
    explain(revision, open_one.finding.fingerprint, REASON, by=author)

    (row,) = [each for each in list_of_revision(revision).reports[0].entries if each.reason]
    assert row.answer == f"已说明：{REASON}"

    move(revision, "submit", by=author)
    client.force_login(supervisor)
    review = client.get(f"/admin/reports/revision/{revision.pk}/review/").content.decode()
    assert f"说明：{REASON}" in review

    move(revision, "approve", by=supervisor)
    move(revision, "publish", by=supervisor)
    files = {each.format: each for each in StoredDocument.objects.filter(revision=revision)}

    def content(format):
        return (storing.root() / files[format].path).read_bytes()

    said = [each["explanation"] for each in json.loads(content("json"))["findings"]
            if "explanation" in each]  # fmt: skip
    assert said == [{"reason": REASON}]
    texts = [each.text for each in Document(BytesIO(content("docx"))).paragraphs]
    assert f"说明：{REASON}" in texts
    (explained,) = publication_of(revision.report).explanations
    assert explained.reason == REASON
    page = client.get(f"/agencies/{agency.slug}/2024/").content.decode()
    assert REASON in page
    assert "甄填报" not in page

"""Publication: a snapshot that is complete or absent, its documents, and the pages drawn from it."""

import json
from hashlib import sha256

import pytest
from django.utils import timezone

from reports import exporters
from reports.actions import publishing, storing
from reports.actions.explaining import explain
from reports.actions.moves import move
from reports.models import Event, Revision, Snapshot, StoredDocument
from reports.queries.findings import findings_of
from reports.sheet import from_json
from reports.workflow import Role, State
from tests.factories import complete, in_state, make_agency, make_revision, make_user

pytestmark = pytest.mark.django_db
THIS = {"natural_person": {"received": 3, "granted": 3}}


@pytest.fixture
def agency():
    return make_agency(slug="bureau")


@pytest.fixture
def supervisor(agency):
    return make_user(Role.SUPERVISOR, agency=agency)


@pytest.fixture
def published(agency, supervisor, django_capture_on_commit_callbacks):
    revision = complete(make_revision(2024, agency), columns=THIS)
    with django_capture_on_commit_callbacks(execute=True):
        return move(in_state(revision, State.APPROVED), "publish", by=supervisor)


def test_the_snapshot_is_the_sheet_as_it_stood(published):
    snapshot = Snapshot.objects.get(revision=published)
    assert snapshot.taken_at == published.published_at
    sheet = from_json(snapshot.sheet)
    assert sheet.applications["natural_person"]["received"] == 3
    assert sheet.agency == published.agency_name


def test_the_documents_are_kept_under_their_checksums(published, published_root):
    for stored in StoredDocument.objects.filter(revision=published):
        content = (published_root / stored.path).read_bytes()
        assert (sha256(content).hexdigest(), len(content)) == (stored.checksum, stored.size)
        assert stored.algorithm == "sha256"
    assert {each.format for each in published.documents.all()} == {"csv", "json"}


def test_the_page_and_its_documents_lie_at_their_public_addresses(published, published_root):
    folder = published_root / "pages/agencies/bureau/2024"
    names = {path.name for path in folder.iterdir()}
    assert {"index.html", "report.csv", "report.json"} <= names
    assert published.title in (folder / "index.html").read_text(encoding="utf-8").replace(
        '</span><span class="statutory-title-line">', ""
    )
    assert json.loads((folder / "report.json").read_text(encoding="utf-8"))


@pytest.mark.every_format
def test_every_format_is_drawn(agency, supervisor):
    revision = in_state(complete(make_revision(2024, agency)), State.APPROVED)
    move(revision, "publish", by=supervisor)
    kept = {each.format: each for each in StoredDocument.objects.all()}
    assert set(kept) == set(exporters.FORMATS) - {"html"}
    assert all(each.size > 0 for each in kept.values())


def test_explanations_go_into_the_snapshot_with_their_author(
    agency, supervisor, published, django_capture_on_commit_callbacks
):
    author = make_user(Role.AUTHOR, agency=agency, name="甄填报")
    columns = {"natural_person": {"received": 1, "brought_forward": 1, "granted": 2}}
    revision = complete(make_revision(2025, agency), columns=columns)
    for noted in findings_of(revision):
        if noted.blocks:
            explain(revision, noted.finding.fingerprint, "交接时核实。", by=author)
    move(in_state(revision, State.APPROVED), "publish", by=supervisor)
    said = [each["explanation"] for each in revision.snapshot.findings if "explanation" in each]
    assert said
    assert said[0] == {"reason": "交接时核实。", "by": "甄填报"}


def test_where_a_document_cannot_be_drawn_nothing_is_published(
    agency, supervisor, monkeypatch, published_root
):
    def fail(*args, **kwargs):
        raise OSError("no space left")

    revision = in_state(complete(make_revision(2024, agency)), State.APPROVED)
    monkeypatch.setattr(publishing.exporters, "draw", fail)
    with pytest.raises(OSError, match="no space"):
        move(revision, "publish", by=supervisor)
    assert Revision.objects.get(pk=revision.pk).state == State.APPROVED
    assert not Snapshot.objects.exists()
    assert not Event.objects.filter(verb="publish").exists()
    assert not (published_root / "pages/agencies/bureau/2024/index.html").exists()


def test_a_correction_supersedes_and_both_stay_readable(
    agency, supervisor, published, published_root, django_capture_on_commit_callbacks
):
    correction = complete(make_revision(2024, agency, reason="第三部分数据有误。"))
    with django_capture_on_commit_callbacks(execute=True):
        move(in_state(correction, State.APPROVED), "publish", by=supervisor)
    published.refresh_from_db()
    assert published.state == State.SUPERSEDED
    assert Event.objects.filter(revision=published, verb="supersede", by=None).count() == 1
    folder = published_root / "pages/agencies/bureau/2024"
    assert (folder / "index.html").exists()
    assert (folder / "versions/1/index.html").exists()


def test_a_withdrawal_leaves_its_notice_and_takes_the_documents(
    supervisor, published, published_root, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        move(published, "withdraw", by=supervisor, note="第三部分数据有误。")
    folder = published_root / "pages/agencies/bureau/2024"
    assert "第三部分数据有误。" in (folder / "index.html").read_text(encoding="utf-8")
    assert list(folder.glob("report.*")) == []
    assert Snapshot.objects.filter(revision=published).exists()


def test_a_page_that_cannot_be_drawn_after_publication_undoes_nothing(
    agency, supervisor, monkeypatch, django_capture_on_commit_callbacks
):
    """The address is then answered from the database, and a later drawing mends it."""

    def fail(*args, **kwargs):
        raise OSError("no space left")

    revision = in_state(complete(make_revision(2024, agency)), State.APPROVED)
    monkeypatch.setattr(publishing, "write_page", fail)
    with django_capture_on_commit_callbacks(execute=True):
        move(revision, "publish", by=supervisor)
    assert Revision.objects.get(pk=revision.pk).state == State.PUBLISHED


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    path = tmp_path / "page.html"
    storing.write(path, b"first")

    def fail(*args):
        raise OSError("interrupted")

    monkeypatch.setattr(storing.os, "replace", fail)
    with pytest.raises(OSError, match="interrupted"):
        storing.write(path, b"second")
    assert path.read_bytes() == b"first"


def test_publication_has_its_time(published):
    assert published.published_at <= timezone.now()


def test_what_cannot_be_taken_away_is_not_said_to_be(tmp_path, settings, monkeypatch):
    """Erasing takes every file, and fails aloud where one stays readable."""
    settings.PUBLISHED_ROOT = tmp_path
    folder = storing.page_folder("bureau", 2024)
    for name in ("index.html", "report.pdf", "versions/1/index.html"):
        storing.write(folder / name, b"x")
    storing.erase_pages("bureau", 2024)
    assert [path for path in folder.rglob("*") if path.is_file()] == []
    storing.write(folder / "report.pdf", b"x")

    def denied(self, missing_ok=False):
        raise PermissionError("read-only")

    monkeypatch.setattr(type(folder), "unlink", denied)
    with pytest.raises(PermissionError, match="read-only"):
        storing.erase_pages("bureau", 2024)

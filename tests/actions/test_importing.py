"""Documents handed in: received, read, corrected, stored, given up."""

import os
import time
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.utils import timezone

from reports.actions.importing import (
    LONGEST_HELD,
    ChangedMeanwhile,
    discard_upload,
    keep_corrections,
    read_again,
    read_upload,
    receive,
    store_upload,
)
from reports.actions.moves import move
from reports.actions.refusals import FiguresRefused, Refused
from reports.actions.transcribing import publish_transcript
from reports.importers.correcting import corrected
from reports.importers.reading import from_json
from reports.models import Report, Revision, Upload
from reports.queries.sheets import sheet_of
from reports.workflow import Role
from tests.factories import make_agency, make_user
from tests.public.sent import AGENCY, as_text, broken, sound

pytestmark = pytest.mark.django_db
State = Upload.State
CELL = "applications.natural_person.outcomes_total"


@pytest.fixture
def agency():
    return make_agency(AGENCY)


@pytest.fixture
def author(agency):
    return make_user(Role.AUTHOR, agency=agency)


def document(content: bytes, name: str = "报告.txt") -> BytesIO:
    file = BytesIO(content)
    file.name = name
    return file


def handed_in(author, content: bytes, name: str = "报告.txt") -> Upload:
    """A document received and read."""
    (upload,) = receive([document(content, name)], by=author)
    read_upload(upload.pk)
    return Upload.objects.get(pk=upload.pk)


def store(upload: Upload, agency, year: int = 2024, *, as_draft: bool = False, reading=None):
    reading = reading or from_json(upload.reading)
    return store_upload(upload, reading, agency, year, as_draft=as_draft, by=upload.by)


def keep(upload: Upload, typed, reading=None, *, base_version: int = 0, by=None):
    keep_corrections(
        upload,
        typed,
        reading or from_json(upload.reading),
        agency=upload.agency,
        year=upload.year,
        base_version=base_version,
        by=by or upload.by,
    )


def held(upload_root: Path) -> list[str]:
    return sorted(path.name for path in upload_root.iterdir()) if upload_root.is_dir() else []


# receiving


def test_a_document_is_held_privately_until_it_is_read(author, upload_root):
    (upload,) = receive([document(as_text(sound()))], by=author)
    assert (upload.state, upload.held) == (State.WAITING, True)
    path = upload_root / str(upload.pk)
    assert path.read_bytes() == as_text(sound())
    assert path.stat().st_mode & 0o077 == 0


def test_the_same_file_twice_in_a_batch_is_said_to_be_so(author, upload_root):
    first, second = receive(
        [document(as_text(sound())), document(as_text(sound()), "副本.txt")], by=author
    )
    assert (second.state, second.twin, second.held) == (State.TWIN, first, False)
    assert held(upload_root) == [str(first.pk)]


def test_what_was_imported_already_leads_to_its_report(
    author, agency, django_capture_on_commit_callbacks
):
    revision = store(handed_in(author, as_text(broken())), agency)
    (again,) = receive([document(as_text(broken()))], by=author)
    assert (again.state, again.revision) == (State.KNOWN, revision)


def test_a_draft_that_was_imported_is_recognized_too(author, agency):
    revision = store(handed_in(author, as_text(sound())), agency, as_draft=True)
    (again,) = receive([document(as_text(sound()))], by=author)
    assert (again.state, again.revision) == (State.KNOWN, revision)


def test_another_agencys_unpublished_report_is_not_betrayed(author, agency):
    store(handed_in(author, as_text(broken())), agency)
    stranger = make_user(Role.AUTHOR, agency=make_agency())
    (again,) = receive([document(as_text(broken()))], by=stranger)
    assert again.state == State.WAITING


@pytest.mark.parametrize(
    ("content", "said"), [(b"", "文件是空的"), (b"x" * (20 * 2**20 + 1), "超过 20 MB")]
)
def test_what_cannot_be_taken_is_refused_in_its_line(author, upload_root, content, said):
    (upload,) = receive([document(content)], by=author)
    assert upload.state == State.UNREADABLE
    assert said in upload.error
    assert held(upload_root) == []


def test_too_many_at_once_are_refused_whole(author):
    with pytest.raises(Refused, match="一次最多 100 份"):
        receive([document(b"x")] * 101, by=author)
    assert not Upload.objects.exists()


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.AUTHORITY, Role.AUDITOR])
def test_only_authors_import(agency, role):
    with pytest.raises(PermissionDenied):
        receive([document(b"x")], by=make_user(role, agency=agency))


# reading


def test_a_reading_finds_its_agency_and_counts_what_was_read(author, agency):
    upload = handed_in(author, as_text(broken()))
    assert (upload.state, upload.agency, upload.year, upload.edition) == (
        State.READ, agency, 2024, 2021,
    )  # fmt: skip
    assert (upload.cells, upload.figures, upload.doubts) == (200, 200, 0)
    assert upload.findings > 0


def test_the_agency_of_somebody_else_is_not_chosen(author):
    other = make_agency("虚构区别的局")
    upload = handed_in(author, as_text(sound()).replace(AGENCY.encode(), other.name.encode()))
    assert (upload.agency, upload.agency_name) == (None, "虚构区别的局")


def test_an_unreadable_document_keeps_its_sentence(author):
    upload = handed_in(author, b"\x89PNG\r\n\x1a\n")
    assert upload.state == State.UNREADABLE
    assert "这是图片" in upload.error


def test_signs_that_no_database_keeps_are_left_out(author):
    upload = handed_in(author, as_text(sound()), "报\0告\ud800.txt")
    assert (upload.state, upload.filename) == (State.READ, "报告?.txt")
    keep(upload, {"overview": "一\0二"})
    upload.refresh_from_db()
    assert upload.corrections == {"overview": "一二"}


def test_a_reading_cut_off_half_way_can_be_read_again_and_happens_once(author):
    (upload,) = receive([document(as_text(sound()))], by=author)
    Upload.objects.filter(pk=upload.pk).update(state=State.READING, begun_at=timezone.now())
    read_upload(upload.pk)
    read = Upload.objects.get(pk=upload.pk)
    assert read.state == State.READ
    read_upload(upload.pk)
    assert Upload.objects.get(pk=upload.pk).read_at == read.read_at


def test_a_file_that_is_gone_from_the_disk_is_told_and_can_be_given_up(author, upload_root):
    (upload,) = receive([document(as_text(sound()))], by=author)
    (upload_root / str(upload.pk)).unlink()
    read_upload(upload.pk)
    upload.refresh_from_db()
    assert upload.state == State.UNREADABLE
    assert upload.error


def test_what_can_never_be_read_is_not_kept(author, upload_root):
    upload = handed_in(author, b"\x89PNG\r\n\x1a\n")
    assert not upload.held
    assert held(upload_root) == []
    with pytest.raises(Refused, match="重新上传"):
        read_again(upload, by=author)


def test_what_still_is_held_is_put_back_on_request(author):
    (upload,) = receive([document(as_text(sound()))], by=author)
    Upload.objects.update(state=State.UNREADABLE, error="读取时出了意外的错误")
    read_again(upload, by=author)
    upload.refresh_from_db()
    assert (upload.state, upload.error) == (State.WAITING, "")
    read_upload(upload.pk)
    upload.refresh_from_db()
    assert upload.state == State.READ


def test_what_was_read_is_not_read_again(author):
    with pytest.raises(Refused):
        read_again(handed_in(author, as_text(sound())), by=author)


# correcting


def test_corrections_are_kept_whatever_they_are(author):
    upload = handed_in(author, as_text(sound()))
    keep(upload, {CELL: "两件"})
    upload.refresh_from_db()
    assert (upload.corrections, upload.version, upload.corrected_by) == ({CELL: "两件"}, 1, author)


def test_the_second_of_two_is_told_and_overwrites_nothing(author, agency):
    upload = handed_in(author, as_text(sound()))
    colleague = make_user(Role.AUTHOR, agency=agency, name="贾同事")
    keep(upload, {CELL: "3"}, by=colleague)
    with pytest.raises(ChangedMeanwhile, match="贾同事保存过"):
        keep(upload, {CELL: "4"}, base_version=0)
    upload.refresh_from_db()
    assert upload.corrections == {CELL: "3"}


def test_a_stranger_neither_corrects_nor_stores_nor_discards(author, agency):
    upload = handed_in(author, as_text(sound()))
    stranger = make_user(Role.AUTHOR, agency=make_agency())
    reading = from_json(upload.reading)
    for attempt in (
        lambda: keep(upload, {}, by=stranger),
        lambda: store_upload(upload, reading, agency, 2024, as_draft=True, by=stranger),
        lambda: discard_upload(upload, by=stranger),
        lambda: read_again(upload, by=stranger),
    ):
        with pytest.raises(PermissionDenied):
            attempt()
    assert not Report.objects.exists()


# storing


def test_a_historical_report_keeps_its_error_and_what_was_corrected(author, agency, upload_root, django_capture_on_commit_callbacks):  # fmt: skip
    upload = handed_in(author, as_text(broken()))
    reading = corrected(from_json(upload.reading), {"applications.total.received": 7}, {})
    with django_capture_on_commit_callbacks(execute=True):
        revision = store(upload, agency, reading=reading)
    upload.refresh_from_db()
    assert (upload.state, upload.revision, upload.held) == (State.STORED, revision, False)
    assert held(upload_root) == []
    sheet = sheet_of(revision)
    assert sheet.as_printed
    assert sheet.applications["natural_person"]["outcomes_total"] == 1
    assert sheet.applications["total"]["received"] == 7
    assert any("读作 2，经人工核对改为 7" in note for note in revision.verbatim.notes)


def test_a_draft_must_foot_and_what_does_not_stays_as_it_was(author, agency):
    upload = handed_in(author, as_text(broken()))
    with pytest.raises(FiguresRefused, match="自然人列"):
        store(upload, agency, as_draft=True)
    upload.refresh_from_db()
    assert (upload.state, upload.held) == (State.READ, True)
    assert not Revision.objects.exists()


def test_a_corrected_document_becomes_the_draft(author, agency):
    upload = handed_in(author, as_text(broken()))
    right = {f"applications.{who}.outcomes_total": 2 for who in ("natural_person", "total")}
    right |= {f"applications.{who}.carried_forward": 0 for who in ("natural_person", "total")}
    revision = store(
        upload, agency, as_draft=True, reading=corrected(from_json(upload.reading), right, {})
    )
    assert not revision.as_printed
    assert sheet_of(revision).applications["natural_person"]["outcomes_total"] == 2


@pytest.mark.parametrize("name", ["applications.natural_person.received", "disclosure.rules_made"])
def test_a_negative_count_is_refused_in_words(author, agency, name):
    upload = handed_in(author, as_text(sound(2020 + 4)))
    known = from_json(upload.reading).cells
    name = name if name in known else "disclosure.rules_issued"
    change = {name: -1}
    if name.startswith("applications"):
        change |= {"applications.total.received": -1}
        change |= {f"applications.{who}.carried_forward": -1 for who in ("natural_person", "total")}
    with pytest.raises(Refused, match="不能小于 0"):
        store(
            upload, agency, as_draft=True, reading=corrected(from_json(upload.reading), change, {})
        )


def test_a_year_that_has_a_text_is_refused_with_its_name(author, agency):
    store(handed_in(author, as_text(sound())), agency, as_draft=True)
    other = handed_in(author, as_text(broken()))
    with pytest.raises(Refused, match="已有一份文本"):
        store(other, agency)
    other.refresh_from_db()
    assert other.state == State.READ


def test_nothing_is_stored_twice(author, agency):
    upload = handed_in(author, as_text(sound()))
    store(upload, agency)
    with pytest.raises(Refused, match="没有再存"):
        store(upload, agency)
    assert Revision.objects.count() == 1


def test_the_reader_of_a_text_is_not_its_publisher(author, agency, published_root):
    """workflow.MOVES: whoever put the text in does not publish it, whatever their roles."""
    both = make_user(Role.AUTHOR, Role.SUPERVISOR, agency=agency)
    revision = store(handed_in(both, as_text(broken())), agency)
    for nobody in (both, author):
        with pytest.raises(PermissionDenied):
            publish_transcript(revision, by=nobody)
    supervisor = make_user(Role.SUPERVISOR, agency=agency)
    assert publish_transcript(revision, by=supervisor).state == "published"


def test_a_draft_from_a_document_goes_its_ordinary_way(author, agency):
    revision = store(handed_in(author, as_text(sound())), agency, as_draft=True)
    with pytest.raises(Refused, match="应当经过送审"):
        publish_transcript(revision, by=make_user(Role.SUPERVISOR, agency=agency))
    move(revision, "submit", by=author)


# giving up


def test_what_is_given_up_is_gone(author, upload_root, django_capture_on_commit_callbacks):
    upload = handed_in(author, as_text(sound()))
    with django_capture_on_commit_callbacks(execute=True):
        discard_upload(upload, by=author)
    assert not Upload.objects.exists()
    assert held(upload_root) == []


def test_the_record_of_what_was_stored_stays(author, agency):
    upload = handed_in(author, as_text(sound()))
    store(upload, agency)
    with pytest.raises(Refused):
        discard_upload(upload, by=author)


def test_after_thirty_days_the_bytes_go_and_the_corrections_stay(author, upload_root, capsys):
    read = handed_in(author, as_text(sound()))
    keep(read, {CELL: "两件"})
    (waiting,) = receive([document(as_text(broken()))], by=author)
    fresh = handed_in(author, as_text(sound(2023)))
    stray = upload_root / "987654"
    stray.write_bytes(b"x")
    long_ago = time.time() - LONGEST_HELD.total_seconds() - 60
    for path in (upload_root / str(read.pk), upload_root / str(waiting.pk), stray):
        os.utime(path, (long_ago, long_ago))
    before = timezone.now() - LONGEST_HELD - timedelta(minutes=1)
    Upload.objects.filter(pk__in=[read.pk, waiting.pk]).update(created_at=before)
    call_command("sweep_tasks")
    assert "3 份" in capsys.readouterr().out
    assert held(upload_root) == [str(fresh.pk)]
    read.refresh_from_db()
    waiting.refresh_from_db()
    assert (read.state, read.held, read.corrections) == (State.READ, False, {CELL: "两件"})
    assert (waiting.state, waiting.held) == (State.UNREADABLE, False)
    assert "重新上传" in waiting.error


def test_an_amount_stays_exact_through_json_and_storing(author, agency):
    upload = handed_in(author, as_text(sound()))
    exact = Decimal("12345678.123456")
    name = "disclosure.administrative_fees_amount"
    revision = store(
        upload, agency, reading=corrected(from_json(upload.reading), {name: exact}, {})
    )
    revision.refresh_from_db()
    assert sheet_of(revision).disclosure["administrative_fees_amount"] == exact

"""Documents handed in: received, read, corrected."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from reports.actions.importing import (
    ChangedMeanwhile,
    discard_upload,
    read_again,
    read_upload,
    receive,
    store_upload,
)
from reports.actions.refusals import Refused
from reports.importers.reading import from_json
from reports.models import Report, Upload
from reports.workflow import Role
from tests.factories import make_agency, make_user
from tests.public.sent import AGENCY, as_text, broken, sound

from .handed_in import document, handed_in, held, keep, store

pytestmark = pytest.mark.django_db
State = Upload.State
CELL = "applications.natural_person.outcomes_total"


@pytest.fixture
def agency():
    return make_agency(AGENCY)


@pytest.fixture
def author(agency):
    return make_user(Role.AUTHOR, agency=agency)


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

"""Documents handed in: stored with their corrections, published by others, given up."""

import os
import time
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from reports.actions.importing import (
    LONGEST_HELD,
    discard_upload,
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
from reports.models import Notice, Revision, Upload
from reports.queries.sheets import sheet_of
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
    with pytest.raises(Refused, match="应当由其他审核人员公布"):
        publish_transcript(revision, by=both)
    with pytest.raises(PermissionDenied):
        publish_transcript(revision, by=author)
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


# anew

REASON = "第三部分总计一列读错了。"


@pytest.fixture
def misread(author, agency):
    """A transcript in force, one of whose figures was read wrongly, and its publisher."""
    upload = handed_in(author, as_text(broken()))
    wrong = corrected(from_json(upload.reading), {"applications.total.received": 7}, {})
    supervisor = make_user(Role.SUPERVISOR, agency=agency)
    return publish_transcript(store(upload, agency, reading=wrong), by=supervisor), supervisor


def read_anew(author):
    """The same file handed in a second time is known, and may be read again."""
    [upload] = receive([document(as_text(broken()))], by=author)
    assert (upload.state, upload.held) == (State.KNOWN, True)
    read_again(upload, by=author)
    read_upload(upload.pk)
    return Upload.objects.get(pk=upload.pk)


def store_anew(upload, agency, reason=REASON):
    return store_upload(
        upload, from_json(upload.reading), agency, 2024, as_draft=False, by=upload.by, reason=reason
    )


def test_a_misread_transcript_is_made_anew_and_supersedes_the_old(author, agency, misread):
    first, supervisor = misread
    second = store_anew(read_anew(author), agency)
    assert (second.number, second.as_printed, second.reason) == (2, True, REASON)
    assert Revision.objects.get(pk=first.pk).state == "published"  # until the new one is
    publish_transcript(second, by=supervisor)
    assert Revision.objects.get(pk=first.pk).state == "superseded"
    address = f"/agencies/{agency.slug}/2024/"
    page = Client().get(address).text
    assert REASON in page
    assert "历史报告，照录原文" in page
    old = Client().get(f"{address}versions/1/").text
    assert "这是更正前的文本（第1版）" in old
    assert REASON in old
    assert sheet_of(first).applications["total"]["received"] == 7
    assert sheet_of(second).applications["total"]["received"] != 7


def test_anew_needs_a_reason_and_a_change(author, agency, misread):
    _, supervisor = misread
    upload = read_anew(author)
    for reason, why in (("", "请写明理由重新照录"), ("读错", "至少五个字")):
        with pytest.raises(Refused, match=why):
            store_anew(upload, agency, reason)
    wrong = corrected(from_json(upload.reading), {"applications.total.received": 7}, {})
    same = store_upload(
        upload, wrong, agency, 2024, as_draft=False, by=upload.by, reason=REASON
    )  # fmt: skip
    with pytest.raises(Refused, match="完全一样"):
        publish_transcript(same, by=supervisor)


def test_only_a_transcript_in_force_is_made_anew(author, agency, misread):
    store_anew(read_anew(author), agency)
    other = handed_in(author, as_text(sound()))
    with pytest.raises(Refused, match="已有一份文本（起草中）"):  # the new one waits already
        store_anew(other, agency)


def test_the_authors_are_told_that_their_transcript_is_public(author, agency, misread):
    first, _ = misread
    told = Notice.objects.get(to=author)
    assert (told.kind, told.revision) == (Notice.Kind.PUBLISHED, first)


def test_an_operators_import_tells_nobody(author, agency):
    revision = store(handed_in(author, as_text(broken())), agency)
    publish_transcript(revision, by=None)
    assert not Notice.objects.exists()

"""Documents handed in: received, read, corrected, stored or given up.

A document lies in private storage until it is stored or given up, at most
LONGEST_HELD; what was read and what a person corrected stays with the upload.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import partial
from hashlib import sha256
from typing import Any, Protocol

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from reports.importers import Reading, UnreadableDocument, read
from reports.importers.opening import LARGEST_FILE
from reports.importers.reading import to_json
from reports.models import Agency, Revision, Upload, User
from reports.permissions import agencies_where, may_write, uploads_of
from reports.queries.uploads import (
    agency_named,
    counts_of,
    findings_in,
    same_document,
    same_upload,
)
from reports.workflow import AUTHORS

from . import holding
from .auditing import attempted, note
from .refusals import Refused
from .transcribing import may_be_replaced, store_as_draft, transcribe

MOST_AT_ONCE = 100
LONGEST_HELD = timedelta(days=30)
LONGEST_NAME = 200
MOST_TYPED = 600_000  # characters of corrections, as JSON text
State = Upload.State
UNEXPECTED = "读取时出了意外的错误，已经记入日志。可以再读一次，或者另存为 .docx 后重新上传。"
GONE = f"文件保留满 {LONGEST_HELD.days} 天，已经删除，没有读取。请重新上传。"
TOO_LARGE = (
    f"文件超过 {LARGEST_FILE // 1024 // 1024} MB，没有读取。请删去、压缩里面的图片后再上传。"
)


class Document(Protocol):
    """A file as it arrives."""

    name: str | None

    def read(self, num_bytes: int = ..., /) -> bytes: ...


class ChangedMeanwhile(Refused):
    """Another saved the corrections since the page was opened."""


def receive(files: Iterable[Document], *, by: User) -> list[Upload]:
    """Take in documents to be read later; the same file a second time is said to be so."""
    if not agencies_where(by, AUTHORS).exists():
        raise PermissionDenied
    listed = list(files)
    if len(listed) > MOST_AT_ONCE:
        raise Refused(
            f"一次选了 {len(listed)} 份文件，没有上传：一次最多 {MOST_AT_ONCE} 份，请分几次上传。"
        )
    return [receive_one(file, by=by) for file in listed]


@attempted("receive_upload")
def receive_one(file: Document, *, by: User) -> Upload:
    content = file.read(LARGEST_FILE + 1)
    digest = sha256(content).hexdigest()
    upload = Upload(
        by=by,
        filename=storable(file.name or "")[-LONGEST_NAME:] or "未命名",
        sha256=digest,
        size=len(content),
    )
    if not content:
        upload.state, upload.error = State.UNREADABLE, "文件是空的。"
    elif len(content) > LARGEST_FILE:
        upload.state, upload.error = State.UNREADABLE, TOO_LARGE
    elif became := same_document(digest, by):
        upload.state, upload.revision = State.KNOWN, became
        upload.held = may_be_replaced(became) and may_write(by, became)  # it may be read anew
    elif twin := same_upload(digest, by):
        upload.state, upload.twin = State.TWIN, twin
    else:
        upload.held = True
    upload.save()
    note("receive_upload", upload, by=by, state=upload.state, sha256=digest)
    if upload.held:
        holding.hold(upload.pk, content)
    return upload


def read_upload(pk: int) -> None:
    """Read a document that waits. Once more where a worker died over it; nothing happens twice."""
    waiting = Upload.objects.filter(pk=pk, held=True, state__in=[State.WAITING, State.READING])
    if not waiting.update(state=State.READING, begun_at=timezone.now(), error=""):
        return
    upload = Upload.objects.select_related("by").get(pk=pk)
    try:
        said = understood(upload, read(holding.path_of(pk)))
    except UnreadableDocument as problem:
        finish(pk, state=State.UNREADABLE, error=str(problem), held=False)
        holding.let_go(pk)
    except Exception:
        finish(pk, state=State.UNREADABLE, error=UNEXPECTED)
        raise
    else:
        finish(pk, **said)


def give_up_reading(pk: int) -> None:
    """After the last attempt broke off; the document is kept and may be read again on request."""
    Upload.objects.filter(pk=pk, state__in=[State.WAITING, State.READING]).update(
        state=State.UNREADABLE, error=UNEXPECTED
    )


def finish(pk: int, **said: Any) -> None:
    """Write the outcome, unless the upload was given up meanwhile."""
    Upload.objects.filter(pk=pk, state=State.READING).update(**said, read_at=timezone.now())


def understood(upload: Upload, reading: Reading) -> dict[str, Any]:
    sheet = reading.sheet
    agency = agency_named(sheet.agency, upload.by)
    return {
        "state": State.READ,
        "reading": storable(to_json(reading)),
        "agency": agency,
        "agency_name": sheet.agency[:120],
        "year": sheet.year or None,
        "edition": sheet.edition.key,
        "findings": len(findings_in(sheet, agency, sheet.year)),
        **counts_of(reading),
    }


def storable(data: Any) -> Any:
    """JSON without the signs which PostgreSQL keeps in no text: NUL and half characters."""
    if isinstance(data, str):
        return data.replace("\0", "").encode("utf-8", "replace").decode()
    if isinstance(data, Mapping):
        return {storable(key): storable(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [storable(each) for each in data]
    return data


def claimed(upload: Upload, *, by: User) -> Upload:
    """The upload locked; 404's brother for those who may not see it."""
    if not uploads_of(by).filter(pk=upload.pk).exists():
        raise PermissionDenied
    return Upload.objects.select_for_update().get(pk=upload.pk)


@attempted("read_again")
def read_again(upload: Upload, *, by: User) -> None:
    """Put a document back to be read, whose reading broke off or failed."""
    upload = claimed(upload, by=by)
    if not upload.held:
        raise Refused("文件已经不在服务器上，请重新上传。")
    if upload.state not in (State.WAITING, State.READING, State.UNREADABLE, State.KNOWN):
        raise Refused(f"这份文件现在是“{upload.get_state_display()}”，不用再读。")
    note("read_again", upload, by=by)
    Upload.objects.filter(pk=upload.pk).update(
        state=State.WAITING, error="", revision=None, begun_at=timezone.now()
    )


@attempted("correct_reading")
def keep_corrections(
    upload: Upload,
    typed: Mapping[str, str],
    reading: Reading,
    *,
    agency: Agency | None,
    year: int | None,
    base_version: int,
    by: User,
) -> None:
    """Keep what a person typed over what was read, be it a number or not.

    ``reading`` is what follows from it as far as it was understood; it only
    serves the counts of the list.
    """
    upload = claimed(upload, by=by)
    if upload.state != State.READ:
        raise Refused(f"这份文件现在是“{upload.get_state_display()}”，不能再更正。")
    if agency is not None and not agencies_where(by, AUTHORS).filter(pk=agency.pk).exists():
        raise PermissionDenied
    if sum(len(key) + len(value) for key, value in typed.items()) > MOST_TYPED:
        raise Refused("更正的内容太长，没有保存。请先删减后再保存。")
    took = Upload.objects.filter(pk=upload.pk, version=base_version).update(
        corrections=storable(dict(typed)),
        agency=agency,
        year=year,
        version=F("version") + 1,
        corrected_by=by,
        corrected_at=timezone.now(),
        findings=len(findings_in(reading.sheet, agency, year)),
        **counts_of(reading),
    )
    if not took:
        raise ChangedMeanwhile(
            f"您打开之后，{upload.corrected_by}保存过这份文件的更正，您的还没有保存，也没有丢失。"
        )
    note("correct_reading", upload, by=by, boxes=len(typed))


@attempted("store_upload")
def store_upload(
    upload: Upload,
    reading: Reading,
    agency: Agency,
    year: int,
    *,
    as_draft: bool,
    by: User,
    reason: str = "",
) -> Revision:
    """Make the corrected document the year's draft, or a historical report as printed.

    ``reason`` is for a transcript that is to supersede a misread one.
    Refused or FiguresRefused as by ``store_as_draft`` and ``transcribe``; the
    document's bytes go once it is stored.
    """
    upload = claimed(upload, by=by)
    if upload.state != State.READ:
        raise Refused(f"这份文件现在是“{upload.get_state_display()}”，没有再存。")
    if as_draft:
        revision = store_as_draft(reading, agency, year, filename=upload.filename, by=by)
    else:
        revision = transcribe(
            reading, agency, year, filename=upload.filename, sha256=upload.sha256, by=by,
            reason=reason,
        )  # fmt: skip
    Upload.objects.filter(pk=upload.pk).update(
        state=State.STORED,
        revision=revision,
        agency=agency,
        year=year,
        held=False,
        stored_at=timezone.now(),
    )
    note("store_upload", upload, by=by, revision=revision.pk)
    transaction.on_commit(partial(holding.let_go, upload.pk))
    return revision


@attempted("discard_upload")
def discard_upload(upload: Upload, *, by: User) -> None:
    """Give a document up, with what was read and corrected; what was stored stays."""
    upload = claimed(upload, by=by)
    if upload.state == State.STORED:
        raise Refused("这份文件已经存入报告，它的读取和更正记录不能删除。")
    note("discard_upload", upload, by=by)
    pk = upload.pk
    upload.delete()
    transaction.on_commit(partial(holding.let_go, pk))


def let_go_of_old() -> int:
    """Remove documents held too long, and files nobody holds; returns how many went.

    What was read of them, and what was corrected, is kept.
    """
    old = Upload.objects.filter(held=True, created_at__lt=timezone.now() - LONGEST_HELD)
    unread = old.filter(state__in=[State.WAITING, State.READING])
    unread.update(state=State.UNREADABLE, error=GONE)
    old.update(held=False)
    return holding.let_go_of_all_but(
        set(Upload.objects.filter(held=True).values_list("pk", flat=True))
    )

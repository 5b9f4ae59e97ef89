"""照录: storing what a document said, with its errors, and publishing it so."""

from dataclasses import asdict

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from reports.checker.blanks import check_blanks
from reports.checker.equations import check_equations
from reports.checker.finding import Context, Severity
from reports.editions import NoEdition, edition_for
from reports.editions.grammar import Edition, Kind, plain
from reports.importers import Reading
from reports.models import Agency, Report, Revision, RevisionPart, User, Verbatim
from reports.permissions import agencies_where
from reports.sheet import NARRATIVES, Contact, Printed, Sheet, name_of
from reports.workflow import AUTHORS, MOVES, State

from .auditing import attempted
from .correcting import refuse_unchanged
from .correcting import said as worded
from .drafting import (
    contact_of,
    open_revision,
    record,
    refuse_if_broken,
    store_applications,
    store_disclosure,
    store_remedies,
)
from .moves import refuse_unless_allowed
from .notifying import notify_of_move
from .publishing import publish_revision
from .refusals import Refused

LONGEST_NAME = 120  # what a revision holds of an agency's name; more is a misread sentence


@attempted("save_transcript")
def transcribe(
    reading: Reading,
    agency: Agency,
    year: int,
    *,
    filename: str,
    sha256: str,
    by: User | None,
    reason: str = "",
) -> Revision:
    """Store a historical report as an open revision, every figure as printed.

    ``by`` is None for the operator's command. Refused where the report already
    has a text: the same document twice is said to be so. With a ``reason``, which
    is published, a transcript in force may be made anew: once this one is
    published it supersedes the other, which stays at its own address.
    """
    if by is not None and not agencies_where(by, AUTHORS).filter(pk=agency.pk).exists():
        raise PermissionDenied
    refuse_unfinished(year)
    report, _ = Report.objects.get_or_create(agency=agency, year=year)
    texts = report.revisions.exclude(state=State.DROPPED)
    Report.objects.select_for_update().get(pk=report.pk)  # of two at once the second is refused
    existing = texts.select_related("verbatim").order_by("number").last()
    public_reason = ""
    if existing is not None:
        if not (reason.strip() and may_be_replaced(existing)):
            refuse_second_text(existing, sha256)
        public_reason = worded(reason)
    sheet = reading.sheet
    revision = open_revision(
        report,
        sheet.edition,
        contact=sheet.contact,
        as_printed=True,
        title=sheet.title,
        agency_name=sheet.agency if 0 < len(sheet.agency) <= LONGEST_NAME else agency.name,
        signed_by=sheet.signed_by,
        signed_on=sheet.signed_on,
        reason=public_reason,
    )
    store_printed(revision, sheet)
    Verbatim.objects.create(
        revision=revision,
        printed=asdict(sheet.printed) if sheet.printed != Printed() else {},
        filename=filename,
        sha256=sha256,
        notes=list(reading.notes),
    )
    record(revision, "save_transcript", by=by, note=filename)
    return revision


def may_be_replaced(existing: Revision) -> bool:
    """Whether the text is a transcript in force, which may have been misread."""
    return existing.as_printed and existing.state == State.PUBLISHED


def refuse_second_text(existing: Revision, sha256: str) -> None:
    verbatim = getattr(existing, "verbatim", None)
    if verbatim is not None and verbatim.sha256 == sha256:
        anew = "读错了的，请写明理由重新照录。" if may_be_replaced(existing) else ""
        raise Refused(f"这份文件已经导入过：{existing.report}。{anew}")
    raise Refused(
        f"{existing.report}已有一份文本（{existing.get_state_display()}），没有再导入。"
        + (
            "照录时读错了的，请写明理由重新照录；要更改报告的内容，请用“更正”。"
            if may_be_replaced(existing)
            else "要更改已公布的报告，请用“更正”。"
        )
    )


def store_printed(revision: Revision, sheet: Sheet) -> None:
    """Figures and texts into the tables; tables which the document lacks stay absent."""
    if sheet.disclosure:
        store_disclosure(revision, sheet.disclosure)
    if sheet.applications:
        store_applications(revision, sheet.applications)
    if sheet.remedies:
        store_remedies(revision, sheet.remedies)
    for key in NARRATIVES:
        RevisionPart.objects.filter(revision=revision, key=key).update(text=sheet.text(key))


@attempted("publish")
def publish_transcript(revision: Revision, *, by: User | None) -> Revision:
    """Publish a historical report as it was printed: its errors are shown, not refused.

    Who may publish is the table's (``workflow.MOVES``): a reviewer of the agency
    who did not put the text in. ``by`` is None for the operator's command.
    """
    revision = (
        Revision.objects.select_for_update(of=("self",))
        .select_related("report__agency__division")
        .get(pk=revision.pk)
    )
    if by is not None:
        refuse_unless_allowed(revision, MOVES["publish"], by)
    if not revision.as_printed:
        raise Refused("这不是照录的历史报告，应当经过送审和审定再公布。")
    if revision.state != State.DRAFT:
        raise Refused(f"这份报告{revision.get_state_display()}，不能再次公布。")
    if revision.is_correction:
        refuse_unchanged(revision, MOVES["publish"])
    publish_revision(revision, by=by)
    event = record(revision, "publish", by=by)
    if by is not None:  # an operator's import of an archive is no news to its authors
        notify_of_move(revision, event)
    return revision


@attempted("save_import")
def store_as_draft(
    reading: Reading, agency: Agency, year: int, *, filename: str, by: User | None
) -> Revision:
    """Store a document as the year's draft; FiguresRefused where it does not foot or is blank.

    ``by`` is None for the operator's command. A table which the document lacks
    is left for the author; title and signature are the agency's own.
    """
    if by is not None and not agencies_where(by, AUTHORS).filter(pk=agency.pk).exists():
        raise PermissionDenied
    sheet = reading.sheet
    edition = edition_of_draft(sheet, year)
    found = (*check_equations(sheet, Context()), *check_blanks(sheet, Context()))
    refuse_if_broken(tuple(each for each in found if each.severity is Severity.ERROR))
    refuse_half_a_table(sheet)
    refuse_what_no_draft_holds(reading)
    report, _ = Report.objects.get_or_create(agency=agency, year=year)
    existing = report.revisions.exclude(state=State.DROPPED).order_by("number").last()
    if existing is not None:
        refuse_second_text(existing, "")
    contact = sheet.contact if sheet.contact != Contact() else contact_of(agency)
    revision = open_revision(report, edition, contact=contact, signed_on=sheet.signed_on)
    store_printed(revision, sheet)
    there = [part.key for part in sheet.edition.parts if getattr(sheet, part.key)]
    RevisionPart.objects.filter(revision=revision, key__in=there).update(
        version=1, saved_at=timezone.now(), saved_by=by
    )
    record(revision, "save_import", by=by, note=filename)
    return revision


def edition_of_draft(sheet: Sheet, year: int) -> Edition:
    """The edition in force for the year; refused where the document is on another's form."""
    refuse_unfinished(year)
    try:
        edition = edition_for(year)
    except NoEdition as unknown:
        raise Refused(str(unknown)) from unknown
    if sheet.edition != edition:
        raise Refused(f"文件用的是{sheet.edition.name}的格式，{year}年度应当用{edition.name}。")
    return edition


def refuse_unfinished(year: int) -> None:
    if year >= timezone.localdate().year:
        raise Refused(f"{year}年度还没有结束，{year + 1}年1月1日起可以填报。")


def refuse_half_a_table(sheet: Sheet) -> None:
    """A table is there with every cell or not at all; what it lacks nobody may guess."""
    for part in sheet.edition.parts:
        cells = [number for place, number in sheet.cells() if place.part == part.number]
        if part.is_table and getattr(sheet, part.key) and None in cells:
            raise Refused(
                f"“{part.title}”的表格缺少 {cells.count(None)} 格，不能作为草稿保存。"
                "请补全后再导入，或者直接填报。"
            )


def refuse_what_no_draft_holds(reading: Reading) -> None:
    """Negative counts, and figures which stand in another edition's cells."""
    sheet = reading.sheet
    for place, number in sheet.cells():
        if number is not None and number < 0 and place.kind is not Kind.CHANGE:
            raise Refused(f"{place.label}是 {plain(number)}：这一格不能小于 0，请核对后再存。")
    own = {name_of(place) for place in sheet.edition.places()}
    if foreign := len(reading.cells.keys() - own):
        raise Refused(
            f"文件里有 {foreign} 格数字是{sheet.edition.key}年版格式没有的，不能作为草稿保存。"
            "请在文件里改用规定的表格后再导入，或者直接填报。"
        )

"""更正: a report's next text, opened from the one in force with a public reason.

All that was published is copied, so that the author changes only what is
wrong; the old text is never touched. A withdrawn text is corrected the same
way: its report is published again by a new text, with a reason.

A transcript (照录) is corrected by a text of our own. It was printed by others
and keeps its errors; what the agency says today is authored and must foot, on
the form of its year. Tables which do not foot are laid out as the author's
unsaved input, to be put right; printed headings and local additions, which no
draft holds, stay readable in the transcript.
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from reports.checker.equations import check_column, check_disclosure, check_remedy
from reports.editions import EDITIONS, edition_for
from reports.editions.grammar import Edition, plain
from reports.models import (
    DraftInput,
    Explanation,
    Fingerprint,
    FingerprintBand,
    Report,
    Revision,
    RevisionPart,
    User,
)
from reports.permissions import may_move
from reports.queries.corrections import correction_of, newest_text, open_text
from reports.queries.findings import findings_of
from reports.queries.sheets import sheet_of
from reports.sheet import NARRATIVES, Sheet, foot_applications, foot_results, name_of
from reports.workflow import CORRECT, Move, State

from .drafting import open_revision, record, store_applications, store_disclosure, store_remedies
from .refusals import MoveRefused, Refused

SHORTEST_REASON = 5
LONGEST_REASON = 1000
STORE: Mapping[str, Any] = {
    "disclosure": store_disclosure,
    "applications": store_applications,
    "remedies": store_remedies,
}


class AlreadyOpen(Refused):
    """There is a correction in hand; ``revision`` is it."""

    def __init__(self, revision: Revision) -> None:
        self.revision = revision
        super().__init__(
            f"第{revision.number}版更正已经开始（{revision.get_state_display()}），"
            "同时只能有一份更正。请打开它继续办理。"
        )


@transaction.atomic
def correct(revision: Revision, reason: str, *, by: User) -> Revision:
    """Open the correction of a published or withdrawn text; nothing public changes yet.

    The report's row is locked, so of two who begin at once the second is
    refused with AlreadyOpen, which leads to the first one's.
    """
    report = (
        Report.objects.select_for_update(of=("self",))
        .select_related("agency__division")
        .get(pk=revision.report_id)
    )
    published = Revision.objects.select_related("report__agency").get(pk=revision.pk)
    if not may_move(by, CORRECT, published):
        raise PermissionDenied
    refuse_unless_newest(report, published)
    opened = open_text(report)
    if opened is not None:
        raise AlreadyOpen(opened)
    correction = copied(report, published, said(reason), by)
    record(correction, "save_correction", by=by, note=correction.reason)
    return correction


@transaction.atomic
def change_reason(revision: Revision, reason: str, *, by: User) -> None:
    """Word the reason of a correction anew while it is a draft."""
    revision = Revision.objects.select_for_update(of=("self",)).get(pk=revision.pk)
    if not may_move(by, CORRECT, revision) or not revision.is_correction:
        raise PermissionDenied
    if revision.state != State.DRAFT:
        raise Refused(f"更正现在是“{revision.get_state_display()}”，不能改写理由。")
    revision.reason = said(reason)
    revision.save(update_fields=["reason"])
    record(revision, "save_reason", by=by, note=revision.reason)


def said(reason: str) -> str:
    reason = reason.strip()
    if len(reason) < SHORTEST_REASON:
        raise Refused("请写明更正的理由（至少五个字），它会在公开页面上公布。")
    if len(reason) > LONGEST_REASON:
        raise Refused(f"更正的理由有 {len(reason)} 个字，请缩短到 {LONGEST_REASON} 个字以内。")
    return reason


def refuse_unless_newest(report: Report, published: Revision) -> None:
    newest = newest_text(report)
    if newest is None or State(published.state) not in CORRECT.sources | {State.SUPERSEDED}:
        state = published.get_state_display()
        raise Refused(f"这一版是“{state}”，没有公布，不需要更正。")
    if newest != published:
        raise Refused(
            f"第{published.number}版已经由第{newest.number}版取代，请对第{newest.number}版更正。"
        )


def refuse_unchanged(revision: Revision, step: Move) -> None:
    """A correction must change something that is published."""
    correction = correction_of(revision)
    if correction is None or len(correction.changes):
        return
    todo = (
        "请先改正有误的数字或文字；不需要更正的，请“放弃更正”。"
        if step.verb == "submit"
        else "请退回填报员。"
    )
    raise MoveRefused(
        f"更正稿与公布过的第{correction.corrects.number}版完全一样，不能{step.label}。{todo}"
    )


def copied(report: Report, published: Revision, reason: str, by: User) -> Revision:
    """The next text with all that the published one says."""
    if published.as_printed:
        names = {report.agency.name, *report.agency.names.values_list("name", flat=True)}
        own = published.agency_name if published.agency_name in names else report.agency.name
        edition = edition_for(report.year)
        facts: dict[str, Any] = {"agency_name": own, "signed_by": own}
    else:
        edition = EDITIONS[published.edition]
        facts = {
            "agency_name": published.agency_name,
            "title": published.title,
            "signed_by": published.signed_by,
        }
    correction = open_revision(
        report,
        edition,
        contact=published.contact(),
        signed_on=published.signed_on,
        reason=reason,
        **facts,
    )
    copy_parts(published, correction, by)
    copy_fingerprints(published, correction)
    copy_explanations(published, correction)
    return correction


def copy_parts(published: Revision, correction: Revision, by: User) -> None:
    """The texts and tables, each part with who saved it when; what was empty stays to be done."""
    sheet = sheet_of(published)
    stored = {part.key: part for part in published.parts.all()}
    parts = list(correction.parts.all())
    for part in parts:
        source = stored[part.key]
        if part.key in NARRATIVES:
            part.text = source.text
            done = bool(source.text.strip()) or source.version > 0
        else:
            done = copy_table(sheet, correction, part.key, by)
        if done:
            part.version, part.saved_at, part.saved_by = 1, source.saved_at, source.saved_by
    RevisionPart.objects.bulk_update(parts, ["text", "version", "saved_at", "saved_by"])


def copy_table(sheet: Sheet, correction: Revision, key: str, by: User) -> bool:
    """Whether the table stands in the correction; one that does not foot is laid out to be typed."""
    edition = EDITIONS[correction.edition]
    figures = getattr(sheet, key)
    if sheet.edition != edition or not figures:
        return False
    if foots(edition, key, figures):
        STORE[key](correction, figures)
        return True
    DraftInput.objects.create(
        revision=correction, part=key, user=by, content=typed_cells(sheet, key)
    )
    return False


def foots(edition: Edition, key: str, figures: Any) -> bool:
    """Whether an author could have saved the table so: no blank, every equation held."""
    if key == "disclosure":
        return not any(check_disclosure(edition, figures)) and None not in figures.values()
    if any(None in row.values() for row in figures.values()):
        return False
    if key == "applications":
        columns = edition.applications.columns
        return {column.key for column in columns} <= figures.keys() and (
            foot_applications(edition, figures) == figures
            and not any(
                found for name in figures for found in check_column(edition, name, figures[name])
            )
        )
    return {group.key for group in edition.remedies.groups} == figures.keys() and all(
        foot_results(edition, row) == row and not any(check_remedy(edition, name, row))
        for name, row in figures.items()
    )


def typed_cells(sheet: Sheet, key: str) -> dict[str, str]:
    """The boxes of a table's form, with what was printed in each."""
    content = {}
    for place, number in sheet.cells():
        table, _, name = name_of(place).partition(".")
        if table == key and not place.computed:
            content[name] = "" if number is None else plain(number)
    return content


def copy_fingerprints(published: Revision, correction: Revision) -> None:
    """The text is as old as it was: a body which wrote the same since did not write it first."""
    for kept in published.fingerprints.prefetch_related("bands"):
        mine = Fingerprint.objects.create(
            revision=correction, section=kept.section, since=kept.since
        )
        FingerprintBand.objects.bulk_create(
            FingerprintBand(fingerprint=mine, value=band.value) for band in kept.bands.all()
        )


def copy_explanations(published: Revision, correction: Revision) -> None:
    """The reasons given for findings that stand in the copy, with who gave them when."""
    standing = {each.finding.fingerprint for each in findings_of(correction)}
    for given in published.explanations.filter(fingerprint__in=standing):
        mine = Explanation.objects.create(
            revision=correction,
            fingerprint=given.fingerprint,
            code=given.code,
            message=given.message,
            reason=given.reason,
            by_id=given.by_id,
        )
        Explanation.objects.filter(pk=mine.pk).update(at=given.at)

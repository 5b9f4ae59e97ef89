"""Writing in a draft. Everything an author enters passes through here."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from reports.checker.equations import check_column, check_disclosure, check_remedy
from reports.checker.finding import Finding
from reports.editions import EDITIONS, NoEdition, edition_for
from reports.editions.common import PARTS
from reports.editions.grammar import Edition, Figures
from reports.editions.wording import title_of
from reports.models import (
    Agency,
    ApplicationFigures,
    DisclosureFigures,
    DraftInput,
    Event,
    RemedyFigures,
    Report,
    Revision,
    RevisionPart,
    User,
)
from reports.permissions import agencies_where, may_write
from reports.queries.calls import due_of
from reports.queries.shelf import was_there
from reports.sheet import NARRATIVES, Contact, foot_applications, foot_results
from reports.workflow import AUTHORS, State

from . import auditing
from .refusals import ChangedByAnother, FiguresRefused, Refused

LONGEST_INPUT = 400_000  # characters of one part, as JSON text


@auditing.attempted("start")
def start_report(agency: Agency, year: int, *, by: User) -> Revision:
    """Open the first draft of an agency's report for a year, with what may be carried over.

    The contact is the agency's; figures and outlines that a part begins with
    are ``queries.starting``'s and are not stored until they are saved. Returns
    the open draft if there is one already.
    """
    if not agencies_where(by, AUTHORS).filter(pk=agency.pk).exists():
        raise PermissionDenied
    if year >= timezone.localdate().year:
        raise Refused(f"{year}年度还没有结束，{year + 1}年1月1日起可以填报。")
    try:
        edition = edition_for(year)
    except NoEdition as unknown:
        raise Refused(str(unknown)) from unknown
    if not was_there(agency, year):
        raise Refused(f"{year}年度{agency}还没有成立或者已经撤销，没有可以填报的工作。")
    opens = due_of(agency, year).opens
    if opens and timezone.localdate() < opens:
        raise Refused(f"主管部门部署{year}年度的报告从{opens:%Y-%m-%d}开始填报，请届时再开始。")
    report, _ = Report.objects.get_or_create(agency=agency, year=year)
    existing = report.revisions.exclude(state=State.DROPPED).order_by("number").last()
    if existing is not None:
        return existing
    revision = open_revision(report, edition, contact=contact_of(agency))
    record(revision, "start", by=by)
    return revision


def contact_of(agency: Agency) -> Contact:
    return Contact(agency.address, agency.postcode, agency.telephone, agency.email)


def open_revision(
    report: Report, edition: Edition, *, contact: Contact, as_printed: bool = False, **fields: Any
) -> Revision:
    """A draft with its seven empty parts; the caller holds the transaction."""
    agency = report.agency
    revision = Revision.objects.create(
        report=report,
        number=report.revisions.count() + 1,
        edition=edition.key,
        as_printed=as_printed,
        **{
            "agency_name": agency.name,
            "title": title_of(agency.name, report.year),
            "signed_by": agency.name,
            "address": contact.address,
            "postcode": contact.postcode,
            "telephone": contact.telephone,
            "email": contact.email,
        }
        | fields,
    )
    RevisionPart.objects.bulk_create(
        RevisionPart(revision=revision, key=part.key) for part in PARTS
    )
    return revision


def record(
    revision: Revision, verb: str, *, by: User | None, part: str = "", note: str = ""
) -> Event:
    """Every change leaves an event, and an entry in the audit trail that names it.

    ``by`` is empty where the product acts itself.
    """
    Revision.objects.filter(pk=revision.pk).update(changed_at=timezone.now())
    event = Event.objects.create(revision=revision, verb=verb, by=by, part=part, note=note)
    auditing.note(verb, revision, by=by, event=event.pk)
    return event


def claim(revision: Revision, part: str, *, base_version: int, by: User) -> Revision:
    """The revision locked, and the part's next version taken; refused to all but one.

    The version decides in the database: of two saves that began from the same
    version, one finds its row and the other does not.
    """
    revision = (
        Revision.objects.select_for_update().select_related("report__agency").get(pk=revision.pk)
    )
    if not may_write(by, revision):
        raise PermissionDenied
    if revision.state != State.DRAFT:
        raise Refused(
            f"报告现在是“{revision.get_state_display()}”，不能修改。您键入的内容没有丢失。"
        )
    took = RevisionPart.objects.filter(revision=revision, key=part, version=base_version).update(
        version=F("version") + 1, saved_at=timezone.now(), saved_by=by
    )
    if not took:
        current = RevisionPart.objects.select_related("saved_by").get(revision=revision, key=part)
        raise ChangedByAnother(current)
    return revision


def saved(revision: Revision, part: str, *, by: User) -> None:
    """What was typed stands in the tables now: its draft input has served."""
    DraftInput.objects.filter(revision=revision, part=part, user=by).delete()
    record(revision, f"save_{part}", by=by, part=part)


def refuse_if_broken(findings: Iterable[Finding]) -> None:
    broken = list(findings)
    if broken:
        raise FiguresRefused(broken)


@auditing.attempted("save_{part}")
def save_narrative(
    revision: Revision, part: str, text: str, *, base_version: int, by: User
) -> None:
    """Replace a prose part's text."""
    if part not in NARRATIVES:
        raise ValueError(part)
    revision = claim(revision, part, base_version=base_version, by=by)
    RevisionPart.objects.filter(revision=revision, key=part).update(text=text)
    saved(revision, part, by=by)


@auditing.attempted("save_preface")
def save_preface(
    revision: Revision,
    text: str,
    *,
    contact: Contact,
    signed_on: date | None,
    base_version: int,
    by: User,
) -> None:
    """Replace the preface, the contact it gives and the date of signature."""
    revision = claim(revision, "preface", base_version=base_version, by=by)
    RevisionPart.objects.filter(revision=revision, key="preface").update(text=text)
    Revision.objects.filter(pk=revision.pk).update(
        address=contact.address,
        postcode=contact.postcode,
        telephone=contact.telephone,
        email=contact.email,
        signed_on=signed_on,
    )
    saved(revision, "preface", by=by)


@auditing.attempted("save_disclosure")
def save_disclosure(revision: Revision, figures: Figures, *, base_version: int, by: User) -> None:
    """Replace part two; FiguresRefused where P1, P2 or A4 does not hold."""
    revision = claim(revision, "disclosure", base_version=base_version, by=by)
    refuse_if_broken(check_disclosure(EDITIONS[revision.edition], figures))
    store_disclosure(revision, figures)
    saved(revision, "disclosure", by=by)


@auditing.attempted("save_applications")
def save_applications(
    revision: Revision, columns: Mapping[str, Figures], *, base_version: int, by: User
) -> None:
    """Replace part three by its six typed columns, footing （七） and the 总计 column."""
    revision = claim(revision, "applications", base_version=base_version, by=by)
    edition = EDITIONS[revision.edition]
    footed = foot_applications(edition, columns)
    refuse_if_broken(
        finding
        for column in edition.applications.typed_columns()
        for finding in check_column(edition, column.key, footed[column.key])
    )
    store_applications(revision, footed)
    saved(revision, "applications", by=by)


@auditing.attempted("save_remedies")
def save_remedies(
    revision: Revision, groups: Mapping[str, Figures], *, base_version: int, by: User
) -> None:
    """Replace part four by its three remedies of four results, footing each 总计."""
    revision = claim(revision, "remedies", base_version=base_version, by=by)
    edition = EDITIONS[revision.edition]
    footed = {key: foot_results(edition, figures) for key, figures in groups.items()}
    refuse_if_broken(
        finding
        for key, figures in footed.items()
        for finding in check_remedy(edition, key, figures)
    )
    store_remedies(revision, footed)
    saved(revision, "remedies", by=by)


def store_disclosure(revision: Revision, figures: Figures) -> None:
    DisclosureFigures.objects.bulk_create(
        [
            DisclosureFigures(
                revision=revision,
                as_printed=revision.as_printed,
                edition=revision.edition,
                **figures,
            )
        ],
        update_conflicts=True,
        unique_fields=["revision"],
        update_fields=DisclosureFigures.keys(),
    )


def store_applications(revision: Revision, columns: Mapping[str, Figures]) -> None:
    ApplicationFigures.objects.bulk_create(
        [
            ApplicationFigures(
                revision=revision,
                applicant=applicant,
                as_printed=revision.as_printed,
                edition=revision.edition,
                **figures,
            )
            for applicant, figures in columns.items()
        ],
        update_conflicts=True,
        unique_fields=["revision", "applicant"],
        update_fields=ApplicationFigures.keys(),
    )


def store_remedies(revision: Revision, groups: Mapping[str, Figures]) -> None:
    RemedyFigures.objects.bulk_create(
        [
            RemedyFigures(
                revision=revision,
                remedy=remedy,
                as_printed=revision.as_printed,
                edition=revision.edition,
                **figures,
            )
            for remedy, figures in groups.items()
        ],
        update_conflicts=True,
        unique_fields=["revision", "remedy"],
        update_fields=RemedyFigures.keys(),
    )


@transaction.atomic
def keep_input(
    revision: Revision, part: str, content: Mapping[str, str], *, base_version: int, by: User
) -> DraftInput:
    """Keep what is being typed, whatever it is, beside the tables.

    Kept in every state: a text typed while another submitted is still there.
    """
    if not may_write(by, revision):
        raise PermissionDenied
    if sum(len(key) + len(value) for key, value in content.items()) > LONGEST_INPUT:
        raise Refused("这一部分的内容太长，没有暂存。请先删减后再继续。")
    kept, _ = DraftInput.objects.update_or_create(
        revision=revision,
        part=part,
        user=by,
        defaults={"content": dict(content), "base_version": base_version},
    )
    return kept


@transaction.atomic
def discard_input(revision: Revision, part: str, *, by: User) -> None:
    """Give up what one has typed in a part, and return to what is saved."""
    if not may_write(by, revision):
        raise PermissionDenied
    DraftInput.objects.filter(revision=revision, part=part, user=by).delete()

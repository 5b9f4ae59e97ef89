"""Writing one report as its author would: through the actions, part by part."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from reports.actions import drafting
from reports.actions.explaining import explain
from reports.editions import EDITIONS
from reports.models import Revision, RevisionPart, User
from reports.queries.findings import blocking, findings_of

from .city import Seat
from .figures import Year, chance
from .plan import REASONS, Planned
from .texts import Writer, prose


def write(revision: Revision, planned: Planned, place: Seat, numbers: Year, *, by: User) -> None:
    """Save every part that the plan has, then give the reasons that are asked for."""
    writer = Writer(place, planned.year, revision.agency_name, numbers, EDITIONS[revision.edition])
    texts = prose(writer, revision.contact())
    for part in RevisionPart.objects.filter(revision=revision):
        if not planned.parts or part.key in planned.parts:
            begun: dict[str, Any] = {"base_version": part.version, "by": by}
            save(revision, part.key, texts, planned, numbers, begun)
    if not planned.parts:
        explain_all(revision, by=by)


def save(
    revision: Revision,
    part: str,
    texts: Mapping[str, str],
    planned: Planned,
    numbers: Year,
    begun: Mapping[str, Any],
) -> None:
    match part:
        case "preface":
            drafting.save_preface(
                revision, texts[part],
                contact=revision.contact(), signed_on=signed_on(planned), **begun,
            )  # fmt: skip
        case "disclosure":
            drafting.save_disclosure(revision, numbers.disclosure, **begun)
        case "applications":
            drafting.save_applications(revision, numbers.applications, **begun)
        case "remedies":
            drafting.save_remedies(revision, numbers.remedies, **begun)
        case _:
            drafting.save_narrative(revision, part, texts[part], **begun)


def signed_on(planned: Planned) -> date:
    """A working day of January, unless the plan says otherwise."""
    if planned.signed:
        return date(planned.year + 1, *planned.signed)
    day = date(planned.year + 1, 1, chance(planned.slug, planned.year, "signed").randint(6, 27))
    return day.replace(day=day.day - max(0, day.weekday() - 4))


def explain_all(revision: Revision, *, by: User) -> None:
    """Give each reason the plan has; what it has none for stays, and stops the report."""
    revision = Revision.objects.select_related("report__agency__division").get(pk=revision.pk)
    for noted in blocking(findings_of(revision)):
        reason = REASONS.get((noted.finding.code, noted.finding.rule, revision.report.agency.slug))
        if reason and noted.may_be_explained:
            explain(revision, noted.finding.fingerprint, reason, by=by)

"""What became public, newest first: texts, corrections and withdrawals, for the feeds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from reports.editions.wording import title_of
from reports.models import Agency, Event, Revision
from reports.workflow import State

from .listings import within
from .publications import WITHDRAW, page_url, published_at

READABLE = (str(State.PUBLISHED), str(State.SUPERSEDED))


@dataclass(frozen=True)
class News:
    """One public event of one text; ``withdrawn`` tells which of the two."""

    at: datetime
    agency: str
    slug: str
    kind: str
    year: int
    number: int
    title: str
    reason: str
    url: str
    changes_url: str = ""
    withdrawn: bool = False

    @property
    def path(self) -> str:
        """What never changes of it, to be named by."""
        text = f"/agencies/{self.slug}/{self.year}/{self.number}"
        return f"{text}/withdrawn" if self.withdrawn else text


def news(
    most: int, *, agency: Agency | None = None, region: str = "", before: datetime | None = None
) -> list[News]:
    """The newest public events, of an agency or of a region with all below it, at most so many."""
    scope: Mapping[str, Any] = {}
    if agency is not None:
        scope = {"report__agency": agency}
    elif region:
        scope = {"report__agency__division__in": within(region)}
    found = [
        *(of_text(each) for each in texts(scope, before)[:most]),
        *(of_withdrawal(each) for each in withdrawals(scope, before)[:most]),
    ]
    return sorted(found, key=lambda each: (each.at, each.path), reverse=True)[:most]


def texts(scope: Mapping[str, Any], before: datetime | None) -> QuerySet[Revision]:
    """Texts that may be read, with ``follows``: whether there is an earlier one to compare."""
    same = Revision.objects.filter(report=OuterRef("report"))
    later_withdrawn = same.filter(state=State.WITHDRAWN, number__gt=OuterRef("number"))
    earlier = same.filter(state=State.SUPERSEDED, number__lt=OuterRef("number"))
    earlier = earlier.exclude(Exists(later_withdrawn))
    asked = Q(state__in=READABLE, **scope)
    if before is not None:
        asked &= Q(published_at__lt=before)
    return (
        Revision.objects.filter(asked)
        .exclude(Exists(later_withdrawn))
        .annotate(follows=Exists(earlier))
        .select_related("report__agency")
        .order_by("-published_at", "-pk")
    )


def withdrawals(scope: Mapping[str, Any], before: datetime | None) -> QuerySet[Event]:
    asked = Q(verb=WITHDRAW, **{f"revision__{name}": value for name, value in scope.items()})
    if before is not None:
        asked &= Q(at__lt=before)
    return (
        Event.objects.filter(asked)
        .select_related("revision__report__agency")
        .order_by("-at", "-pk")
    )


def of_text(revision: Revision) -> News:
    agency, year, number = revision.report.agency, revision.report.year, revision.number
    in_force = revision.state == State.PUBLISHED
    followed = getattr(revision, "follows", False)
    return News(
        at=published_at(revision),
        **named(revision),
        reason=revision.reason,
        url=page_url(agency.slug, year, None if in_force else number),
        changes_url=f"{page_url(agency.slug, year, number)}changes/" if followed else "",
    )


def of_withdrawal(event: Event) -> News:
    revision = event.revision
    url = page_url(revision.report.agency.slug, revision.report.year, revision.number)
    return News(at=event.at, **named(revision), reason=event.note, url=url, withdrawn=True)


def named(revision: Revision) -> dict[str, Any]:
    agency, year = revision.report.agency, revision.report.year
    return {
        "agency": revision.agency_name,
        "slug": agency.slug,
        "kind": agency.get_kind_display(),
        "year": year,
        "number": revision.number,
        "title": revision.title.strip() or title_of(revision.agency_name, year),
    }


def newest(events: Iterable[News]) -> datetime | None:
    return max((each.at for each in events), default=None)

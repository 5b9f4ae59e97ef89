"""The addresses for search engines, in parts that stay as they are.

A part holds the rows of 50,000 keys in a row: an old part changes only where
one of its reports does, and none ever holds more than a site map may. Rows are
read a few thousand at a time, each time from the last key on.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Max

from reports.models import Agency, Event, Revision
from reports.workflow import PUBLIC, State

from .publications import WITHDRAW, page_url

MOST = 50_000  # addresses in a site map, by its rules
AT_ONCE = 5_000

Changed = tuple[str, datetime | None]  # an address from the site's root, and its last change


@dataclass(frozen=True)
class Part:
    """The numbered part of the reports or of the agencies, and when it last changed."""

    number: int
    changed: datetime | None = None
    addresses: int = 0


def in_force() -> Any:
    return Revision.objects.filter(state=State.PUBLISHED)


def bounds(number: int) -> tuple[int, int]:
    return (number - 1) * MOST, number * MOST


def report_parts() -> list[Part]:
    """Every part with a report in force."""
    blocks = in_force().annotate(block=(F("report_id") - 1) / MOST).values("block")
    counted = blocks.annotate(changed=Max("published_at"), rows=Count("pk")).order_by("block")
    return [Part(int(row["block"]) + 1, row["changed"], row["rows"]) for row in counted]


def agency_parts() -> list[Part]:
    """Every part with an agency."""
    blocks = Agency.objects.annotate(block=(F("pk") - 1) / MOST).values("block")
    counted = blocks.annotate(rows=Count("pk")).order_by("block")
    return [Part(int(row["block"]) + 1, addresses=row["rows"]) for row in counted]


def report_part(number: int) -> Part:
    """One part by itself: what can have changed of it, without its addresses."""
    first, last = bounds(number)
    found = in_force().filter(report__gt=first, report__lte=last)
    said = found.aggregate(changed=Max("published_at"), addresses=Count("pk"))
    return Part(number, said["changed"], said["addresses"])


def report_addresses(number: int) -> Iterator[Changed]:
    """The reports in force of a part, in the order of their keys."""
    at, last = bounds(number)
    while True:
        rows = list(
            in_force()
            .filter(report__gt=at, report__lte=last)
            .order_by("report_id")
            .values_list("report_id", "report__agency__slug", "report__year", "published_at")[
                :AT_ONCE
            ]
        )
        for _, slug, year, published in rows:
            yield page_url(slug, year), published
        if len(rows) < AT_ONCE:
            return
        at = rows[-1][0]


def agency_addresses(number: int) -> Iterator[Changed]:
    """The agencies of a part; a page changes with each publication and withdrawal."""
    at, last = bounds(number)
    while True:
        rows = list(
            Agency.objects.filter(pk__gt=at, pk__lte=last)
            .order_by("pk")
            .values_list("pk", "slug")[:AT_ONCE]
        )
        if not rows:
            return
        changed = last_changes(rows[0][0], rows[-1][0])
        for pk, slug in rows:
            yield f"/agencies/{slug}/", changed.get(pk)
        at = rows[-1][0]


def last_changes(first: int, last: int) -> dict[int, datetime]:
    """When each of the agencies last published or withdrew something."""
    texts = Revision.objects.filter(state__in=sorted(PUBLIC))
    found: dict[int, datetime] = dict(
        texts.filter(report__agency__gte=first, report__agency__lte=last)
        .values_list("report__agency")
        .annotate(Max("published_at"))
        .order_by()
    )
    reach = {"revision__report__agency__gte": first, "revision__report__agency__lte": last}
    withdrawn = Event.objects.filter(verb=WITHDRAW, **reach)
    for pk, at in withdrawn.values_list("revision__report__agency").annotate(Max("at")).order_by():
        found[pk] = max(at, found.get(pk, at))
    return found

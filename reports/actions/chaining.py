"""Linking entries of the audit trail into its chain.

Entries are written within the acting transaction, in whatever order they
commit; they are linked right after, each time in a short transaction that
locks the one head row and nothing else. So acts that take long do not wait for
each other, and no two ever wait in a circle. An entry whose process died
between the two is linked by whoever links next, by the sweep, or before the
chain is verified.
"""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from reports.models import AuditEntry, AuditHead, AuditLink
from reports.queries.chain import ALGORITHM, AT_ONCE, LATEST, hash_of, unlinked

THE_HEAD = 1
NEAR = 200  # entries before the newest linked one among which another's may be left


def link_entry(pk: int) -> None:
    """Link an entry that has been committed, with all that wait near it."""
    if not AuditLink.objects.filter(entry=pk).exists():
        link_from(pk)


@transaction.atomic
def link_from(pk: int) -> None:
    head = head_for_update()
    start = min(pk - 1, max(head.newest_entry - NEAR, 0))
    add_links(head, unlinked(start).filter(at__gte=timezone.now() - LATEST)[:AT_ONCE])


def link_all(*, old_as_well: bool = False) -> int:
    """Link whatever waits, some at a time; what is older than LATEST only if so asked."""
    linked = 0
    while some := link_some(old_as_well):
        linked += some
    return linked


@transaction.atomic
def link_some(old_as_well: bool) -> int:
    waiting = unlinked()
    if not old_as_well:
        waiting = waiting.filter(at__gte=timezone.now() - LATEST)
    return add_links(head_for_update(), waiting[:AT_ONCE])


def head_for_update() -> AuditHead:
    head = AuditHead.objects.select_for_update().filter(pk=THE_HEAD).first()
    if head is None:
        AuditHead.objects.bulk_create([AuditHead(pk=THE_HEAD)], ignore_conflicts=True)
        head = AuditHead.objects.select_for_update().get(pk=THE_HEAD)
    return head


def add_links(head: AuditHead, entries: Iterable[AuditEntry]) -> int:
    """Put the entries at the chain's end; the caller holds the head."""
    links = []
    for entry in entries:
        previous, head.sequence = head.hash, head.sequence + 1
        head.hash = hash_of(entry, head.sequence, previous)
        head.algorithm = ALGORITHM
        head.newest_entry = max(head.newest_entry, entry.pk)
        links.append(
            AuditLink(
                sequence=head.sequence,
                entry=entry,
                previous=previous,
                hash=head.hash,
                algorithm=ALGORITHM,
            )
        )
    if links:
        AuditLink.objects.bulk_create(links)
        head.save(update_fields=["sequence", "hash", "algorithm", "newest_entry"])
    return len(links)

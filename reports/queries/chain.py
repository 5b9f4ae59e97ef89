"""The audit trail's chain: what a link's hash covers, and where a chain is broken.

A link's hash is over one JSON object: every column of the entry, the link's
number and the hash before it, keys sorted, no spaces, UTF-8, times in UTC with
microseconds. Its algorithm is named beside it: a later one may follow in the
same chain (``ALGORITHMS``), and an old link stays as it is.
"""

import json
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from reports.models import AuditAnchor, AuditEntry, AuditHead, AuditLink

ALGORITHMS: dict[str, Callable[[bytes], str]] = {
    "sha256": lambda text: sha256(text).hexdigest(),
}
ALGORITHM = "sha256"  # of new links
COLUMNS = (
    "id", "at", "user_key", "username", "display_name", "roles", "origin", "address", "agent",
    "request_key", "verb", "subject_kind", "subject_key", "subject", "agency_path", "result",
    "detail",
)  # fmt: skip
AT_ONCE = 500  # rows held in memory
LATEST = timedelta(days=1)  # an entry older than this is linked by nobody but the operator


@dataclass(frozen=True)
class Tip:
    """Where the chain ends."""

    sequence: int = 0
    hash: str = ""
    algorithm: str = ""


def hash_of(entry: AuditEntry, sequence: int, previous: str, algorithm: str = ALGORITHM) -> str:
    """The link's hash. KeyError for an algorithm unknown here."""
    covered = {"entry": values_of(entry), "previous": previous, "sequence": sequence}
    text = json.dumps(covered, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return ALGORITHMS[algorithm](text.encode())


def values_of(entry: AuditEntry) -> dict[str, Any]:
    return {name: plain(getattr(entry, name)) for name in COLUMNS}


def plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return str(value) if isinstance(value, str) else value  # a choice is its word


def tip() -> Tip:
    head = AuditHead.objects.first()
    return Tip(head.sequence, head.hash, head.algorithm) if head else Tip()


def unlinked(after: int = 0) -> QuerySet[AuditEntry]:
    """Entries beyond a key which stand in no chain yet, in their order."""
    linked = AuditLink.objects.filter(entry=OuterRef("pk"))
    return AuditEntry.objects.filter(~Exists(linked), pk__gt=after).order_by("pk")


@dataclass(frozen=True)
class Fault:
    """Something wrong with the trail: where, and what."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}：{self.what}"


def faults() -> Iterator[Fault]:
    """Everything that is not as it was written, in the chain's order; AT_ONCE rows at a time."""
    last = yield from faults_of_links()
    head = tip()
    # People go on working meanwhile: what they linked since belongs to the chain too.
    while head.sequence > last.sequence and links_after(last.sequence).exists():
        last = yield from faults_of_links(last)
        head = tip()
    yield from faults_of_head(head, last)
    yield from faults_of_anchors()
    forgotten = unlinked().filter(at__lt=timezone.now() - LATEST)
    for entry in forgotten.iterator(chunk_size=AT_ONCE):
        yield Fault(
            f"审计记录 {entry.pk}",
            f"写于{timezone.localtime(entry.at):%Y-%m-%d %H:%M}，至今不在审计链上，可能是事后插入的",
        )


def links_after(sequence: int | None) -> QuerySet[AuditLink]:
    links = AuditLink.objects.order_by("sequence")
    return links if sequence is None else links.filter(sequence__gt=sequence)


def links_in_order(after: int | None) -> Iterator[tuple[AuditLink, AuditEntry | None]]:
    """Every link with its entry, or None where the entry is gone; read by key, page by page."""
    while True:
        links = list(links_after(after)[:AT_ONCE])
        if not links:
            return
        entries = AuditEntry.objects.in_bulk([link.entry_id for link in links])
        for link in links:
            yield link, entries.get(link.entry_id)
        after = links[-1].sequence


def faults_of_links(last: Tip | None = None) -> Generator[Fault, None, Tip]:
    """The faults of each link, beyond ``last`` if it is given; returns the last's place and hash."""
    after = last.sequence if last else None
    last = last or Tip()
    for link, entry in links_in_order(after):
        where = f"链号 {link.sequence}（审计记录 {link.entry_id}）"
        if link.sequence != last.sequence + 1:
            yield Fault(f"链号 {last.sequence + 1}—{link.sequence - 1}", "链节被删除")
        elif link.previous != last.hash:
            yield Fault(where, "记着的前一校验值与前一链节不符，链在这里断开")
        yield from fault_of_entry(link, entry, where)
        last = Tip(link.sequence, link.hash, link.algorithm)
    return last


def fault_of_entry(link: AuditLink, entry: AuditEntry | None, where: str) -> Iterator[Fault]:
    if link.algorithm not in ALGORITHMS:
        yield Fault(where, f"校验算法“{link.algorithm}”不认识，无法核验")
    elif entry is None:
        yield Fault(where, "审计记录被删除")
    elif hash_of(entry, link.sequence, link.previous, link.algorithm) != link.hash:
        yield Fault(where, "内容与校验值不符，记录或者链节被改动、调换过")


def faults_of_head(head: Tip, last: Tip) -> Iterator[Fault]:
    if head.sequence > last.sequence:
        yield Fault(f"链号 {last.sequence + 1}—{head.sequence}", "链尾被删除")
    elif head != last:
        yield Fault(f"链号 {head.sequence}", "链尾登记与最后的链节不符，链尾或者登记被改动过")


def faults_of_anchors() -> Iterator[Fault]:
    """Where the chain is not the one whose end was printed in a published report."""
    after = 0
    while anchors := list(
        AuditAnchor.objects.filter(pk__gt=after)
        .select_related("revision__report__agency")
        .order_by("pk")[:AT_ONCE]
    ):
        links = AuditLink.objects.in_bulk([anchor.sequence for anchor in anchors])
        for anchor in anchors:
            link = links.get(anchor.sequence)
            if anchor.sequence and (link is None or link.hash != anchor.hash):
                yield Fault(
                    f"链号 {anchor.sequence}",
                    f"与{anchor.revision}公布的 report.json 里印出的校验值不符，链被截断或者重写过",
                )
        after = anchors[-1].pk

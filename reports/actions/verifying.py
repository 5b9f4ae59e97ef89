"""Verifying the audit trail: the chain in the database, and what published files say of it."""

import json
from collections.abc import Iterator
from itertools import chain

from django.db import IntegrityError, transaction
from django.utils import timezone

from reports.models import AuditAnchor, Membership, Notice, StoredDocument
from reports.queries.chain import AT_ONCE, Fault, Tip, faults, tip
from reports.workflow import Role

from . import storing
from .auditing import Result, note
from .chaining import link_all
from .notifying import make

TOLD = (Role.AUDITOR, Role.SECURITY_ADMINISTRATOR)
MOST_TOLD = 10


def verify(*, link_old: bool = False) -> Iterator[Fault]:
    """Every fault as it is found; the outcome becomes an entry of the trail itself.

    ``link_old`` first takes into the chain what has waited too long, and says
    so in an entry: the operator's word that nothing was slipped in.
    """
    refused = list(faults_of_linking(link_old))
    until, found = tip(), 0
    for fault in chain(refused, faults(), faults_of_files()):
        found += 1
        yield fault
    result = Result.FAILED if found else Result.DONE
    with transaction.atomic():
        note(
            "verify_audit",
            f"链号 1—{until.sequence}",
            result=result,
            sequence=until.sequence,
            hash=until.hash,
            algorithm=until.algorithm,
            faults=found,
        )


def verify_and_tell() -> int:
    """Verify, and tell the auditors and security administrators of what is broken; how many faults."""
    found = [str(fault) for fault in verify()]
    if found:
        tell(found)
    return len(found)


def tell(found: list[str]) -> None:
    """Once a day to each of them; the first faults stand in the notice, all in the command's output."""
    held = Membership.objects.filter(role__in=TOLD, user__is_active=True).select_related("user")
    more = [f"另有 {len(found) - MOST_TOLD} 处。"] if len(found) > MOST_TOLD else []
    make(
        Notice(
            to=membership.user,
            kind=Notice.Kind.AUDIT_BROKEN,
            key=f"audit/{timezone.localdate()}",
            words=f"核验审计记录发现 {len(found)} 处问题：审计链不完整，记录可能被改动或者删除。"
            "请保留现场，联系系统管理员查明原因。",
            detail="\n".join([*found[:MOST_TOLD], *more]),
        )
        for membership in held
    )


def faults_of_linking(link_old: bool) -> Iterator[Fault]:
    try:
        link_all()
        linked = link_all(old_as_well=True) if link_old else 0
    except IntegrityError:
        yield Fault("审计链", "链尾登记的链号已经有链节，新的记录接不上，链尾或者登记被改动过")
    else:
        if linked:
            note("link_old_entries", entries=linked)


def faults_of_files() -> Iterator[Fault]:
    """Where a published report.json prints another end of the chain than is kept with it."""
    after = 0
    while files := list(
        StoredDocument.objects.filter(format="json", pk__gt=after)
        .filter(revision__in=AuditAnchor.objects.values("revision"))
        .select_related("revision__report__agency", "revision__audit_anchor")
        .order_by("pk")[:AT_ONCE]
    ):
        for file in files:
            if printed_in(file) != kept_with(file):
                yield Fault(
                    str(file.revision), "公布的 report.json 里印出的校验值与数据库里登记的不符"
                )
        after = files[-1].pk


def printed_in(file: StoredDocument) -> Tip | None:
    path = storing.root() / file.path
    if not path.is_file():
        return None
    said = json.loads(path.read_bytes()).get("audit_trail") or {}
    return Tip(said.get("sequence", 0), said.get("hash", ""), said.get("algorithm", ""))


def kept_with(file: StoredDocument) -> Tip:
    anchor = file.revision.audit_anchor
    return Tip(anchor.sequence, anchor.hash, anchor.algorithm)

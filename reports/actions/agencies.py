"""Setting up agencies and keeping their tree.

Whoever changes the tree holds it (``hold_the_tree``) until the end of the
transaction: two moves at once could otherwise put each under the other. What
is done to agencies over time (renaming, merging …) is ``reshaping``'s.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from reports.models import Agency, User
from reports.models.agency import DEEPEST
from reports.permissions import is_system_administrator

from .aggregating import above, carry_over, recount_own
from .auditing import attempt, attempted, note
from .indexing import index_agency, index_names
from .refusals import Refused
from .regional import recount_region


def refuse_others(by: User | None) -> None:
    """``by`` is None where the product acts itself: a command, the demonstration."""
    if by is not None and not is_system_administrator(by):
        raise PermissionDenied


def hold_the_tree() -> None:
    """Others who would change the tree wait; who reads or writes reports does not."""
    list(Agency.objects.select_for_update(no_key=True).order_by("pk").values_list("pk")[:1])


def segment(pk: int) -> str:
    """An agency's step in the stored path: fixed width, so that paths sort as trees."""
    return f"{pk:08d}/"


def create_agency(*, by: User | None = None, **fields: Any) -> Agency:
    """A new agency with its path below its parent's."""
    with attempt("add_agency", fields.get("name"), by=by):
        refuse_others(by)
        agency = plant(**fields)
        note("add_agency", agency, by=by, slug=agency.slug, under=agency.parent)
        return agency


@transaction.atomic
def plant(**fields: Any) -> Agency:
    """The new row in its place in the tree; the caller asks who may, and notes it."""
    hold_the_tree()
    parent = fields.get("parent")
    if parent is not None:
        parent.refresh_from_db(fields=["path"])
        refuse_too_deep(parent.path.count("/") + 1)
    agency = Agency.objects.create(**fields)
    agency.path = (parent.path if parent else "") + segment(agency.pk)
    agency.save(update_fields=["path"])
    index_names([agency])
    if parent:
        recount_own(parent)
    return agency


def refuse_too_deep(depth: int) -> None:
    if depth > DEEPEST:
        raise Refused(f"机关的层级不能超过 {DEEPEST} 层，请放在较高的上级之下。")


@attempted("move_agency")
def move_agency(agency: Agency, parent: Agency | None, *, by: User | None = None) -> Agency:
    """Put an agency, with all below it, under another; refused within its own subtree.

    What its subtree published, of every year, is counted above it from now on:
    a sum over a subtree is always that of the bodies which are in it today.
    """
    refuse_others(by)
    hold_the_tree()
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    if parent is not None:
        parent.refresh_from_db(fields=["path"])
    if parent is not None and parent.path.startswith(agency.path):
        raise Refused(f"“{parent}”在“{agency}”之下，不能作为它的上级。")
    left = agency.parent
    relocate(agency, parent)
    note("move_agency", agency, by=by, out_of=left, under=parent)
    return agency


def relocate(agency: Agency, parent: Agency | None) -> None:
    """The move itself; the caller holds the tree and has asked what speaks against it."""
    before, left = above(agency), agency.parent
    old, new = agency.path, (parent.path if parent else "") + segment(agency.pk)
    below = Agency.objects.filter(path__startswith=old)
    deepest = max(path.count("/") for path in below.values_list("path", flat=True))
    refuse_too_deep(deepest - old.count("/") + new.count("/"))
    below.update(path=Concat(Value(new), Substr(F("path"), len(old) + 1)))
    Agency.objects.filter(pk=agency.pk).update(parent=parent)
    agency.refresh_from_db()
    carry_over(agency, before, above(agency))
    for changed in filter(None, (left, parent)):
        recount_own(changed)


@attempted("change_agency")
def change_agency(agency: Agency, changes: dict[str, Any], *, by: User | None = None) -> Agency:
    """Write other facts of an agency than its name, its place and its dates."""
    refuse_others(by)
    for name, value in changes.items():
        setattr(agency, name, value)
    agency.save(update_fields=sorted(changes))
    if "kind" in changes:
        recount_own(agency)
    if {"kind", "division"} & changes.keys():
        recount_region(agency)
        index_agency(agency)
    note("change_agency", agency, by=by, change="、".join(labels_of(changes)))
    return agency


def labels_of(names: Iterable[str]) -> list[str]:
    labels = {field.name: str(field.verbose_name) for field in Agency._meta.fields}
    return [labels[name] for name in sorted(names)]


def create_agencies(rows: list[tuple[dict[str, Any], str]]) -> list[Agency]:
    """Many new agencies with the slugs of their parents ("" for none), parents in any order.

    A constant number of statements for each level of the tree; the caller
    holds the tree, has checked the rows and notes the import.
    """
    slugs = {parent for _, parent in rows if parent}
    known = {each.slug: each for each in Agency.objects.filter(slug__in=slugs)}
    standing = list(known.values())
    waiting, made = list(rows), list[Agency]()
    while waiting:
        ready = [row for row in waiting if not row[1] or row[1] in known]
        if not ready:
            raise Refused("有些机关的上级互为上下级，没有导入。请检查上级标识一列。")
        waiting = [row for row in waiting if row[1] and row[1] not in known]
        level = Agency.objects.bulk_create(
            [Agency(parent=known.get(parent), **fields) for fields, parent in ready],
            batch_size=500,
        )
        for agency in level:
            agency.path = (agency.parent.path if agency.parent else "") + segment(agency.pk)
        Agency.objects.bulk_update(level, ["path"], batch_size=500)
        known |= {agency.slug: agency for agency in level}
        made += level
    for parent in standing:
        recount_own(parent)
    index_names(made)
    return made


def close(agency: Agency, on: date) -> None:
    Agency.objects.filter(pk=agency.pk).update(closed_on=on)
    agency.closed_on = on

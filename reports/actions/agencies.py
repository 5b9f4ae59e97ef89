"""Setting up agencies and keeping their tree."""

from typing import Any

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from reports.models import Agency

from .aggregating import above, carry_over, recount_own
from .indexing import index_names
from .refusals import Refused


def segment(pk: int) -> str:
    """An agency's step in the stored path: fixed width, so that paths sort as trees."""
    return f"{pk:08d}/"


@transaction.atomic
def create_agency(**fields: Any) -> Agency:
    """A new agency with its path below its parent's."""
    agency = Agency.objects.create(**fields)
    agency.path = (agency.parent.path if agency.parent else "") + segment(agency.pk)
    agency.save(update_fields=["path"])
    index_names([agency])
    if agency.parent:
        recount_own(agency.parent)
    return agency


@transaction.atomic
def move_agency(agency: Agency, parent: Agency | None) -> Agency:
    """Put an agency, with all below it, under another; refused within its own subtree."""
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    if parent is not None and parent.path.startswith(agency.path):
        raise Refused(f"“{parent}”在“{agency}”之下，不能作为它的上级。")
    before, left = above(agency), agency.parent
    old, new = agency.path, (parent.path if parent else "") + segment(agency.pk)
    Agency.objects.filter(path__startswith=old).update(
        path=Concat(Value(new), Substr(F("path"), len(old) + 1))
    )
    Agency.objects.filter(pk=agency.pk).update(parent=parent)
    agency.refresh_from_db()
    carry_over(agency, before, above(agency))
    for changed in filter(None, (left, parent)):
        recount_own(changed)
    return agency

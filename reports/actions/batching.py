"""Approving and publishing many reports: each in its own transaction, with its own event."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max, QuerySet

from reports.models import Batch, BatchItem, Revision, User
from reports.models.errand import Errand
from reports.permissions import revisions_reviewable_by
from reports.workflow import MOVES

from .asking import GIVEN_UP, claim, end
from .moves import move, refuse_unless_allowed, refuse_unless_possible
from .refusals import Refused
from .transcribing import publish_transcript

VERBS = ("approve", "publish")
MOST = 200  # reports chosen one by one: the confirmation page checks each
MOST_IN_ALL = 10_000  # of a whole list, which are checked when their turn comes


def obstacle(revision: Revision, verb: str, by: User) -> str:
    """What now stops the move, in a sentence; empty if nothing does. Every rule is run."""
    step = MOVES[verb]
    try:
        refuse_unless_allowed(revision, step, by)
        refuse_unless_possible(revision, step, note="", seen=None)
    except Refused as refused:
        return str(refused)
    except PermissionDenied:
        return not_permitted(verb)
    return ""


def not_permitted(verb: str) -> str:
    return f"这份报告不属于您审核的机关，您不能{MOVES[verb].label}。"


@transaction.atomic
def begin(verb: str, chosen: Mapping[int, int], *, by: User, token: UUID) -> Batch:
    """Write down what is to be done: revisions by key, each with the last event seen of it.

    Bodies below stand before those above: a government's figures are measured
    against what is published below it (S1).

    ``token`` is the confirmation page's: sent twice, it begins one batch. Raises
    Refused for none or too many, PermissionDenied where the user reads not all.
    """
    if verb not in VERBS:
        raise ValueError(verb)
    if not 0 < len(chosen) <= MOST:
        raise Refused(f"请选择 1 到 {MOST} 份报告再{MOVES[verb].label}。")
    if revisions_reviewable_by(by).filter(pk__in=chosen).count() != len(chosen):
        raise PermissionDenied
    return write_down(verb, chosen, by=by, token=token)


@transaction.atomic
def begin_all(
    verb: str, revisions: QuerySet[Revision], *, seen: int, by: User, token: UUID
) -> Batch:
    """The same for a whole list: all of it that is at this step and did not change since.

    ``seen`` is the newest event of the site when the confirmation page was drawn.
    Raises Refused for none or too many.
    """
    standing = begun_with(token, verb, by=by)
    if standing is not None:
        return standing
    rows = at_the_step(verb, revisions, by).annotate(last=Max("events")).filter(last__lte=seen)
    chosen = dict(rows.values_list("pk", "last")[: MOST_IN_ALL + 1])
    if len(chosen) > MOST_IN_ALL:
        raise Refused(
            f"列表里有超过 {MOST_IN_ALL} 份可以{MOVES[verb].label}的报告：请先用年度、机关性质等筛选，分几次办理。"
        )
    if not chosen:
        raise Refused(
            f"列表里没有可以{MOVES[verb].label}的报告，或者它们刚刚有了变动。请刷新列表。"
        )
    return write_down(verb, chosen, by=by, token=token)


def begun_with(token: UUID, verb: str, *, by: User) -> Batch | None:
    """The batch that the page with this token has begun, if it was sent before."""
    return Batch.objects.filter(token=token, by=by, verb=verb).first()


def at_the_step(verb: str, revisions: QuerySet[Revision], by: User) -> QuerySet[Revision]:
    """Those of the revisions that the user reviews and whose state lets the move be made."""
    if verb not in VERBS:
        raise ValueError(verb)
    mine = revisions_reviewable_by(by).filter(state__in=sorted(MOVES[verb].sources))
    return mine.filter(pk__in=revisions.order_by().values("pk")).order_by()


def write_down(verb: str, chosen: Mapping[int, int], *, by: User, token: UUID) -> Batch:
    batch, begun = Batch.objects.get_or_create(token=token, defaults={"verb": verb, "by": by})
    if batch.by_id != by.pk or batch.verb != verb:
        raise PermissionDenied
    if begun:
        BatchItem.objects.bulk_create(
            (BatchItem(batch=batch, revision_id=pk, seen=chosen[pk]) for pk in from_below(chosen)),
            batch_size=1000,
        )
    return batch


def from_below(chosen: Iterable[int]) -> list[int]:
    """The revisions, the deepest of the tree first, otherwise in their order."""
    keys, depths = list(chosen), dict[int, int]()
    for start in range(0, len(keys), 1000):
        asked = Revision.objects.filter(pk__in=keys[start : start + 1000])
        for pk, path in asked.values_list("pk", "report__agency__path"):
            depths[pk] = path.count("/")
    return sorted(chosen, key=lambda pk: -depths[pk])


@transaction.atomic
def carry_out(item_pk: int) -> None:
    """Make the move of one line, or write down why not; nothing if that has been done.

    The line ends in the transaction of the move, so a worker that dies leaves both undone.
    """
    item = claim(BatchItem, item_pk)
    if item is None:
        return
    batch = Batch.objects.select_related("by").get(pk=item.batch_id)
    try:
        with transaction.atomic():
            make(item, batch)
    except Refused as refused:
        end(item, Errand.State.REFUSED, str(refused))
    except PermissionDenied:
        end(item, Errand.State.REFUSED, not_permitted(batch.verb))
    else:
        end(item, Errand.State.DONE)


def make(item: BatchItem, batch: Batch) -> None:
    """The move of one line; a historical report has one of its own, which refuses no error."""
    if batch.verb == "publish" and item.revision.as_printed:
        publish_transcript(item.revision, by=batch.by)
    else:
        move(item.revision, batch.verb, by=batch.by, seen=item.seen)


@transaction.atomic
def give_up(item: BatchItem) -> None:
    """What broke off every time is told instead of being begun for ever."""
    claimed = claim(BatchItem, item.pk)
    if claimed is not None:
        end(claimed, Errand.State.REFUSED, GIVEN_UP)

"""Asking a worker for an errand, taking it up under a lock, and ending it."""

from datetime import timedelta
from typing import TypeVar

from django.db.models import F
from django.utils import timezone

from reports.models.errand import Errand

Kind = TypeVar("Kind", bound=Errand)
PATIENCE = timedelta(seconds=90)  # a report is drawn in about one; after that its worker is gone
MOST_ASKS = 3
GIVEN_UP = (
    "后台处理三次中断，没有办成，报告没有变动。请打开这份报告单独办理；再不成，请联系系统管理员。"
)


def ask(errand: Errand) -> bool:
    """Whether the asking is ours: of many who found the errand at once, one gets True."""
    waiting = type(errand)._default_manager.filter(
        pk=errand.pk, state=Errand.State.WAITING, asks=errand.asks
    )
    return waiting.update(asks=F("asks") + 1, asked_at=timezone.now()) == 1


def claim(kind: type[Kind], pk: int) -> Kind | None:
    """The errand locked, if it still waits and no other worker is at it."""
    rows = kind._default_manager.select_for_update(of=("self",), skip_locked=True)
    return rows.filter(pk=pk, state=Errand.State.WAITING).first()


def end(errand: Errand, state: Errand.State, sentence: str = "") -> None:
    """The caller holds the lock, and the transaction in which it was or was not done."""
    errand.state, errand.sentence, errand.ended_at = state, sentence, timezone.now()
    errand.save(update_fields=["state", "sentence", "ended_at"])

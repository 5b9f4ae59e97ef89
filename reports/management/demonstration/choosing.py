"""Choosing among sentences so that no agency repeats itself two years running."""

from collections.abc import Sequence
from random import Random

from .figures import SEED


def picks(options: Sequence[str], what: str, year: int, count: int = 1) -> list[str]:
    """The next ``count`` of the options, in an order of this agency's own.

    ``what`` names agency and slot. Each year goes on where the last one
    stopped, so within the options' number nothing comes twice.
    """
    order = list(options)
    Random(f"{SEED}/{what}").shuffle(order)
    start = year * count
    return [order[(start + number) % len(order)] for number in range(min(count, len(order)))]

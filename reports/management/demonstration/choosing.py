"""Choosing among sentences so that no agency repeats itself two years running."""

from collections.abc import Sequence
from random import Random

from .figures import SEED

POINTS = 13
TRIPLES = ((0, 1, 4), (0, 2, 7))


def picks(options: Sequence[str], what: str, year: int, count: int = 1) -> list[str]:
    """The next ``count`` of the options, in an order of this agency's own.

    ``what`` names agency and slot. Each year goes on where the last one
    stopped, so within the options' number nothing comes twice.
    """
    order = list(options)
    Random(f"{SEED}/{what}").shuffle(order)
    start = year * count
    return [order[(start + number) % len(order)] for number in range(min(count, len(order)))]


def apart(options: Sequence[str], rank: int, year: int) -> list[str]:
    """Three of thirteen options, of which another rank or year shares one at most.

    The triples are a Steiner system: the two below, moved on around a circle.
    """
    triple = TRIPLES[rank // POINTS % len(TRIPLES)]
    return [options[(point + rank + 5 * year) % POINTS] for point in triple]

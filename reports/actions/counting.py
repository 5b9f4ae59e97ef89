"""How often somebody may ask in a minute, counted by all processes of the site together.

The count must not cost a write each time: a process takes a share of the minute
from the cache ``counts``, a table of the database (``add``, which lets only one
process win), and spends it by itself.
"""

from dataclasses import dataclass, field
from threading import Lock

from django.core.cache import caches

MINUTE = 60
SHARES = 20  # of a minute's requests
MOST_KEPT = 10_000  # askers that a process remembers


@dataclass
class Shares:
    """What this process may still spend in a minute, by who asks."""

    minute: int = 0
    left: dict[str, int] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def spend(self, who: str, minute: int, allowed: int) -> bool:
        """Whether one more is allowed; ``who`` begins with what is asked for, and tells nobody."""
        with self.lock:
            if minute != self.minute or len(self.left) > MOST_KEPT:
                self.minute, self.left = minute, {}
            left = self.left.get(who, 0) or take_share(who, minute, allowed)
            self.left[who] = max(left - 1, 0)
            return left > 0


def take_share(who: str, minute: int, allowed: int) -> int:
    """A share of the minute from the common count; 0 when all are taken."""
    counts = caches["counts"]
    size = max(allowed // SHARES, 1)
    places = [f"{who}:{minute}:{number}" for number in range(allowed // size)]
    taken = counts.get_many(places)
    free = (place for place in places if place not in taken)
    return size if any(counts.add(place, 1, MINUTE * 2) for place in free) else 0

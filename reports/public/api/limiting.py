"""How many requests one address may make in a minute.

The count has to hold for all processes and must not cost a write each time: a
process takes a share of the address's minute from the common count (cache
``counts``, ``add`` as in ``public.limits``) and spends it by itself.
"""

from dataclasses import dataclass, field
from threading import Lock
from time import time

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from reports.public.limits import address_of

MINUTE = 60
SHARES = 20  # of a minute's requests
MOST_KEPT = 10_000  # addresses that a process remembers


@dataclass
class Shares:
    """What this process may still spend in a minute, by address."""

    minute: int = 0
    left: dict[str, int] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def spend(self, who: str, minute: int, allowed: int) -> bool:
        with self.lock:
            if minute != self.minute or len(self.left) > MOST_KEPT:
                self.minute, self.left = minute, {}
            left = self.left.get(who, 0)
            if left == 0:
                left = take_share(who, minute, allowed)
            self.left[who] = max(left - 1, 0)
            return left > 0


def take_share(who: str, minute: int, allowed: int) -> int:
    """A share of the address's minute from the common count; 0 when all are taken."""
    counts = caches["counts"]
    size = max(allowed // SHARES, 1)
    places = [f"api:{who}:{minute}:{number}" for number in range(allowed // size)]
    taken = counts.get_many(places)
    free = (place for place in places if place not in taken)
    return size if any(counts.add(place, 1, MINUTE * 2) for place in free) else 0


SHARES_OF_THIS_PROCESS = Shares()


def wait(request: HttpRequest) -> int:
    """Count a request; 0, or how many seconds the address has to wait."""
    allowed = settings.API_REQUESTS_A_MINUTE
    if not allowed:
        return 0
    now = time()
    who = salted_hmac("reports.public.api", address_of(request)).hexdigest()[:32]
    if SHARES_OF_THIS_PROCESS.spend(who, int(now // MINUTE), allowed):
        return 0
    return max(1, MINUTE - int(now % MINUTE))

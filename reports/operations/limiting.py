"""How often one address may ask for what is dear, where no proxy counts (LIMIT_REQUESTS).

A row of LIMITS is a kind of request and how many an address has in a minute.
The count has to hold for all processes of the site and must not cost a write
each time: a process takes a share of the address's minute from the cache
``counts`` (``add``, which the database lets only one process win) and spends it
by itself. Only a keyed hash of the address is kept, for two minutes.

Documents to be checked have a count of their own (``public.limits``), and a
user's failed log-ins are the accounts' matter; deploy/nginx.conf has the same
kinds as zones.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from time import time

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac

from reports.queries.visitors import address_of

MINUTE = 60
SHARES = 20  # of a minute's requests
MOST_KEPT = 10_000  # addresses that a process remembers
TOO_MANY = 429


@dataclass(frozen=True)
class Limit:
    """So many requests of this kind a minute, by method and path."""

    kind: str
    method: str
    path: "re.Pattern[str]"
    a_minute: int

    def covers(self, request: HttpRequest) -> bool:
        return self.method == request.method and bool(self.path.match(request.path))


LIMITS = (
    # An office behind one address comes in together in the morning; a program tries thousands.
    Limit("log_in", "POST", re.compile(r"/accounts/"), 60),
    Limit("search", "GET", re.compile(r"/search/|/compare/|/agencies/$"), 120),
    Limit("check", "POST", re.compile(r"/check/"), 20),
    # Drawn anew each time, a whole agency's documents at once.
    Limit("archive", "GET", re.compile(r"/agencies/[^/]+/reports\.zip$"), 20),
)


@dataclass
class Shares:
    """What this process may still spend in a minute, by kind and address."""

    minute: int = 0
    left: dict[tuple[str, str], int] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def spend(self, limit: Limit, who: str, minute: int) -> bool:
        with self.lock:
            if minute != self.minute or len(self.left) > MOST_KEPT:
                self.minute, self.left = minute, {}
            left = self.left.get((limit.kind, who), 0) or take_share(limit, who, minute)
            self.left[limit.kind, who] = max(left - 1, 0)
            return left > 0


def take_share(limit: Limit, who: str, minute: int) -> int:
    """A share of the address's minute from the common count; 0 when all are taken."""
    counts = caches["counts"]
    size = max(limit.a_minute // SHARES, 1)
    places = [f"{limit.kind}:{who}:{minute}:{number}" for number in range(limit.a_minute // size)]
    taken = counts.get_many(places)
    free = (place for place in places if place not in taken)
    return size if any(counts.add(place, 1, MINUTE * 2) for place in free) else 0


class Limiting:
    """Before anything is asked of the database for the page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.shares = Shares()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        limit = next((each for each in LIMITS if each.covers(request)), None)
        if limit is None or not settings.LIMIT_REQUESTS:
            return self.get_response(request)
        now = time()
        who = salted_hmac("reports.operations.limiting", address_of(request)).hexdigest()[:32]
        if self.shares.spend(limit, who, int(now // MINUTE)):
            return self.get_response(request)
        return held_back(request, max(1, MINUTE - int(now % MINUTE)))


def held_back(request: HttpRequest, seconds: int) -> HttpResponse:
    """429, with the seconds after which it is worth asking again."""
    response = render(request, "429.html", {"seconds": seconds}, status=TOO_MANY)
    response.headers["Retry-After"] = str(seconds)
    response.headers["Cache-Control"] = "no-store"
    return response

"""How often one address may ask for what is dear, where no proxy counts (LIMIT_REQUESTS).

A row of LIMITS is a kind of request and how many an address has in a minute.
Only a keyed hash of the address is kept, for two minutes (``actions.counting``).

Documents to be checked have a count of their own (``public.limits``), and a
user's failed log-ins are the accounts' matter; deploy/nginx.conf has the same
kinds as zones.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from time import time

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac

from reports.actions.counting import MINUTE, Shares
from reports.queries.visitors import address_of

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
        if self.shares.spend(f"{limit.kind}:{who}", int(now // MINUTE), limit.a_minute):
            return self.get_response(request)
        return held_back(request, max(1, MINUTE - int(now % MINUTE)))


def held_back(request: HttpRequest, seconds: int) -> HttpResponse:
    """429, with the seconds after which it is worth asking again."""
    response = render(request, "429.html", {"seconds": seconds}, status=TOO_MANY)
    response.headers["Retry-After"] = str(seconds)
    response.headers["Cache-Control"] = "no-store"
    return response

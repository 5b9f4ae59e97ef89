"""Each request has a number: in its line of the log, in its answer, and on the page that says sorry.

The line names no person and no search: the path without its query, the user by key.
"""

import logging
import re
from collections.abc import Callable
from time import monotonic
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from . import metrics
from .logs import request_id, user_id

logger = logging.getLogger("reports.requests")
NUMBER = re.compile(r"[\w-]{8,64}", re.ASCII)
HEADER = "X-Request-ID"
QUIET = frozenset({"/healthz", "/readyz", "/metrics"})


class Watching:
    """The outermost middleware: it sees what every other one answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun = monotonic()
        request_id.set(number_of(request))
        user_id.set(None)
        response = self.get_response(request)
        took = monotonic() - begun
        response.headers[HEADER] = request_id.get()
        metrics.count(request, response, took)
        if request.path not in QUIET:
            tell(request, response, took)
        return response


class Recognizing:
    """After AuthenticationMiddleware: whoever a view has looked up is in the log by key."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # Asking request.user here would read the session for a page that asks no database.
        known = getattr(request, "_cached_user", None)
        user_id.set(known.pk if known is not None else None)
        return response


def number_of(request: HttpRequest) -> str:
    """The proxy's number for the request where a proxy is, otherwise one of our own."""
    given = request.headers.get(HEADER, "") if settings.BEHIND_PROXY else ""
    return given if NUMBER.fullmatch(given) else uuid4().hex


def tell(request: HttpRequest, response: HttpResponse, took: float) -> None:
    level = logging.WARNING if response.status_code >= 500 else logging.INFO
    logger.log(
        level,
        "%s %s %d",
        request.method,
        request.path,
        response.status_code,
        extra={"status": response.status_code, "milliseconds": round(took * 1000, 1)},
    )

"""When an answer fails: the number under which the log tells why, and nothing of the fault itself."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from .logs import request_id

RETRY_AFTER = "30"  # seconds


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 with Retry-After where the database cannot be reached.

    Django calls it while it handles the exception; the templates ask no database.
    """
    is_away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    status = 503 if is_away else 500
    page = render_to_string(f"{status}.html", {"number": request_id.get()})
    response = HttpResponse(page, status=status)
    if is_away:
        response.headers["Retry-After"] = RETRY_AFTER
        response.headers["Cache-Control"] = "no-store"
    return response

"""What every answer carries, and a page in words for a refusal which Django leaves empty.

Permissions-Policy   on every answer (Django knows no setting for it)
Cache-Control        on what was drawn for somebody: in the reader's own browser alone, asked anew
405, 413, 429        pages of their own; Django's 405 has no content, its 413 is a 400
"""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.defaults import bad_request as django_bad_request

NO_SUCH_METHOD = 405
TOO_LARGE = 413


class Refusing:
    """Near the outside: it completes whatever any other one answers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if (
            response.status_code == NO_SUCH_METHOD
            and not response.streaming
            and not response.content
        ):
            response.headers["Content-Type"] = "text/html; charset=utf-8"
            response.content = render_to_string("405.html", request=request)
        response.headers["Permissions-Policy"] = settings.PERMISSIONS_POLICY
        # Asking request.user here would read the session for a page that asks no database.
        known = getattr(request, "_cached_user", None)
        if known is not None and known.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 where the request was larger than any form of the site."""
    if isinstance(exception, RequestDataTooBig):
        return render(request, "413.html", status=TOO_LARGE)
    return django_bad_request(request, exception)

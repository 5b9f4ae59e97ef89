"""The answer to whoever tried too many wrong passwords."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reports.queries.locks import lock_time


def locked_out(
    request: HttpRequest, response: HttpResponse, credentials: dict[str, Any] | None
) -> HttpResponse:
    """How long it lasts and whom to ask; the same for a name that does not exist."""
    lasts = int(lock_time().total_seconds())
    page = render(request, "registration/locked.html", {"minutes": max(1, lasts // 60)}, status=429)
    page.headers["Retry-After"] = str(lasts)
    return page

"""While the site is worked on: everybody is told so, and what is published can still be read."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reports.queries.maintenance import notice

RETRY_AFTER = "300"  # seconds
ALWAYS = ("/healthz", "/readyz", "/metrics", "/static/")


def is_published_page(path: str) -> bool:
    """Whether a finished file answers the address."""
    if "\0" in path:
        return False
    root = (Path(settings.PUBLISHED_ROOT) / "pages").resolve()
    asked = (root / path.lstrip("/")).resolve()
    if not asked.is_relative_to(root):
        return False
    return (asked / "index.html").is_file() if path.endswith("/") else asked.is_file()


class Maintenance:
    """Before anything that asks the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        said = None if request.path.startswith(ALWAYS) else notice()
        if said is None:
            return self.get_response(request)
        reads = request.method in {"GET", "HEAD"} and is_published_page(request.path)
        return self.get_response(request) if reads else held_off(request, said)


def held_off(request: HttpRequest, said: str) -> HttpResponse:
    response = render(request, "503.html", {"said": said}, status=503)
    response.headers["Retry-After"] = RETRY_AFTER
    response.headers["Cache-Control"] = "no-store"
    return response

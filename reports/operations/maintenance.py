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
    root = (Path(settings.PUBLISHED_ROOT) / "pages").resolve()
    try:
        asked = (root / path.lstrip("/")).resolve()
        if not asked.is_relative_to(root):
            return False
        return (asked / "index.html").is_file() if path.endswith("/") else asked.is_file()
    except (OSError, ValueError):  # longer than a name may be, or with a NUL: no file is called so
        return False


class Maintenance:
    """Before anything that asks the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        said = None if request.path.startswith(ALWAYS) else notice()
        if said is None or is_reading(request):
            return self.get_response(request)
        return held_off(request, said)


def is_reading(request: HttpRequest) -> bool:
    return request.method in {"GET", "HEAD"} and is_published_page(request.path)


def held_off(request: HttpRequest, said: str) -> HttpResponse:
    response = render(request, "503.html", {"said": said}, status=503)
    response.headers["Retry-After"] = RETRY_AFTER
    response.headers["Cache-Control"] = "no-store"
    return response

"""Pages that are drawn when asked for: said to be unchanged without drawing them."""

from collections.abc import Callable
from datetime import datetime
from functools import cache, wraps
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from reports.queries.freshness import stamp

from .asked_once import site_of
from .kept import REVALIDATE


@cache
def version() -> str:
    """What the pages are drawn with: a new version of the product draws them otherwise."""
    digest = sha256(str(getattr(staticfiles_storage, "manifest_hash", "")).encode())
    templates = Path(settings.BASE_DIR) / "templates"
    for path in sorted([*templates.rglob("*.html"), *Path(__file__).parents[1].rglob("*.py")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def etag_of(*said: object) -> str:
    return f'"{sha256(repr(said).encode()).hexdigest()[:32]}"'


def conditional(
    request: HttpRequest,
    etag: str,
    draw: Callable[[], HttpResponseBase],
    modified: datetime | None = None,
) -> HttpResponseBase:
    """304 where the reader has it, else what ``draw`` gives; with the headers of both."""
    seconds = int(modified.timestamp()) if modified else None
    response = get_conditional_response(request, etag=etag, last_modified=seconds) or draw()
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = REVALIDATE
    if seconds:
        response.headers["Last-Modified"] = http_date(seconds)
    return response


def fresh(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """A public list that depends on the database and its address alone."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        etag = etag_of(stamp(), site_of(request), version(), request.get_full_path())
        response = conditional(request, etag, lambda: view(request, *args, **kwargs))
        if response.status_code not in (200, 304):
            for name in ("ETag", "Cache-Control"):
                del response.headers[name]
        return response

    return answer

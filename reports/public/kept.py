"""Files kept at publication, handed out without asking the database."""

from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers

ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
REVALIDATE = "public, no-cache"  # a withdrawal must be seen at once


def locate(*parts: str) -> Path | None:
    """Where a file below PUBLISHED_ROOT would be; None for whatever lies outside of it."""
    root = Path(settings.PUBLISHED_ROOT).resolve()
    path = root.joinpath(*parts).resolve()
    return path if path.is_relative_to(root) else None


def read(*parts: str) -> bytes | None:
    """A file below PUBLISHED_ROOT, or None; nothing outside of it is ever read."""
    path = locate(*parts)
    if path is None:
        return None
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None


def page(request: HttpRequest, *folders: str) -> HttpResponseBase | None:
    """The finished page kept in a folder, compressed beforehand where the reader takes that."""
    plain = read("pages", *folders, "index.html")
    if plain is None:
        return None
    accepted = {
        each.split(";")[0].strip() for each in request.headers.get("Accept-Encoding", "").split(",")
    }
    for encoding, suffix in ENCODINGS:
        packed = read("pages", *folders, f"index.html{suffix}") if encoding in accepted else None
        if packed is not None:
            return answer(request, HttpResponse(packed, headers={"Content-Encoding": encoding}))
    return answer(request, HttpResponse(plain))


def answer(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """The response with its ETag, or 304 where the reader has it already."""
    etag = f'"{sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = REVALIDATE
    patch_vary_headers(response, ["Accept-Encoding"])
    return get_conditional_response(request, etag=etag, response=response) or response

"""Files kept at publication, handed out without asking the database.

A file is known by its time and size, as every web server knows it, a document
by its checksum: neither is read to say that the reader has it already.
"""

import json
import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import content_disposition_header, http_date

from reports.exporters.page import FORMATS

from .ranges import part

ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
REVALIDATE = "public, no-cache"  # a withdrawal must be seen at once
# In the reader's own browser only: what others keep for many would outlive a withdrawal.
LASTING = "private, max-age=31536000, immutable"
KNOWN = ".documents.json"
LONGEST_NAME = 255  # bytes; a file system refuses to look for more


@dataclass(frozen=True)
class Kept:
    """A file below PUBLISHED_ROOT, and how it is compressed."""

    path: Path
    size: int
    modified: int  # in nanoseconds
    encoding: str = ""

    @property
    def etag(self) -> str:
        return f'"{self.modified:x}-{self.size:x}"'


def find(*parts: str) -> Path | None:
    """The place of a file below PUBLISHED_ROOT, or None; nothing outside of it is ever read."""
    names = [name for piece in parts for name in piece.split("/")]
    # A file system has no such name, and refuses to look for it.
    if any("\0" in name or len(name.encode()) > LONGEST_NAME for name in names):
        return None
    root = os.path.realpath(settings.PUBLISHED_ROOT)
    path = os.path.realpath(os.path.join(root, *parts))
    return Path(path) if path.startswith(root + os.sep) else None


def kept(path: Path, encoding: str = "") -> Kept | None:
    try:
        stat = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return Kept(path, stat.st_size, stat.st_mtime_ns, encoding) if path.is_file() else None


def read(*parts: str) -> bytes | None:
    path = find(*parts)
    try:
        return path.read_bytes() if path else None
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None


def accepted(request: HttpRequest) -> set[str]:
    """The encodings which the reader takes; one with ``q=0`` it does not."""
    listed = request.headers.get("Accept-Encoding", "").split(",")
    return {
        name.strip()
        for name, _, quality in (each.partition(";") for each in listed)
        if quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    }


def best(request: HttpRequest, path: Path) -> Kept | None:
    """The file, compressed beforehand where the reader takes that; never without the plain one."""
    plain = kept(path)
    if plain is None:
        return None
    taken = accepted(request)
    for encoding, suffix in ENCODINGS:
        packed = encoding in taken and kept(path.with_name(path.name + suffix), encoding)
        if packed:
            return packed
    return plain


def page(request: HttpRequest, *folders: str) -> HttpResponseBase | None:
    """The finished page kept in a folder."""
    path = find("pages", *folders, "index.html")
    chosen = path and best(request, path)
    return send(request, chosen, {}) if chosen else None


def document(
    request: HttpRequest, slug: str, year: int, place: str, extension: str
) -> HttpResponseBase | None:
    """A document kept beside a report's page; ``place`` is its path from there."""
    folder = find("pages", "agencies", slug, str(year))
    known = folder and known_in(folder).get(place)
    if not folder or not known:
        return None
    ranged = "Range" in request.headers  # a part is one of the plain file
    chosen = kept(folder / place) if ranged else best(request, folder / place)
    if chosen is None:
        return None
    etag = f"{known['checksum']}{chosen.encoding and '-' + chosen.encoding}"
    lasting = place.startswith("files/")
    return send(request, chosen, attached(known["name"], extension), etag=etag, lasting=lasting)


def known_in(folder: Path) -> dict[str, dict[str, str]]:
    """What was written down of a report's documents when they were placed."""
    try:
        return dict(json.loads((folder / KNOWN).read_bytes()))
    except (FileNotFoundError, NotADirectoryError):
        return {}


def attached(filename: str, extension: str) -> dict[str, str]:
    """The headers by which a browser saves a document under its own name."""
    named = content_disposition_header(True, filename)
    return {
        "Content-Type": FORMATS[extension][1],
        "Content-Disposition": named or "attachment",
        "X-Content-Type-Options": "nosniff",
        "Accept-Ranges": "bytes",
    }


def send(
    request: HttpRequest,
    chosen: Kept,
    headers: dict[str, str],
    *,
    etag: str = "",
    lasting: bool = False,
) -> HttpResponseBase | None:
    """The file's answer, or 304 without reading it; None where it was taken away meanwhile."""
    etag = f'"{etag}"' if etag else chosen.etag
    seconds = chosen.modified // 10**9
    headers = headers | {
        "ETag": etag,
        "Last-Modified": http_date(seconds),
        "Cache-Control": LASTING if lasting else REVALIDATE,
        "Vary": "Accept-Encoding",
    }
    if chosen.encoding:
        headers["Content-Encoding"] = chosen.encoding
    same = get_conditional_response(request, etag=etag, last_modified=seconds)
    if same is not None:
        for name in ("Cache-Control", "Vary", "ETag", "Last-Modified"):
            same.headers[name] = headers[name]
        return same
    try:
        content = chosen.path.read_bytes()
    except FileNotFoundError:
        return None
    if "Accept-Ranges" in headers:
        return part(request, content, headers)
    return HttpResponse(content, headers=headers)


def answer(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """What was drawn for this answer, with its ETag, or 304 where the reader has it already."""
    etag = f'"{sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = REVALIDATE
    patch_vary_headers(response, ["Accept-Encoding"])
    return get_conditional_response(request, etag=etag, response=response) or response

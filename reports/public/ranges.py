"""A part of a document, for a reader who goes on with a broken download or leafs through a PDF.

One range of bytes (RFC 9110, section 14); several at once are answered with
the whole, as the RFC allows.
"""

import re

from django.http import HttpRequest, HttpResponse

ONE_RANGE = re.compile(r"bytes=(?P<first>[0-9]{0,18})-(?P<last>[0-9]{0,18})")


def part(request: HttpRequest, content: bytes, headers: dict[str, str]) -> HttpResponse:
    """206 with what was asked for, 416 where there is no such part, 200 with the whole."""
    asked = ONE_RANGE.fullmatch(request.headers.get("Range", "").strip())
    if not asked or asked[0] == "bytes=-" or not is_the_same(request, headers):
        return HttpResponse(content, headers=headers)
    size = len(content)
    first, last = bounds(asked["first"], asked["last"], size)
    if first >= size or first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    said = {"Content-Range": f"bytes {first}-{last}/{size}"}
    return HttpResponse(content[first : last + 1], status=206, headers=headers | said)


def bounds(first: str, last: str, size: int) -> tuple[int, int]:
    """The first and the last byte meant; ``-500`` means the last five hundred."""
    if not first:
        return (size - min(int(last), size), size - 1)
    return int(first), min(int(last), size - 1) if last else size - 1


def is_the_same(request: HttpRequest, headers: dict[str, str]) -> bool:
    """Whether the reader's first part is of this very file (If-Range)."""
    said = request.headers.get("If-Range")
    return said is None or said in (headers["ETag"], headers["Last-Modified"])

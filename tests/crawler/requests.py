"""One request as it is sent, and the four kinds of them."""

from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import quote, quote_from_bytes, urlencode

from django.urls import NoReverseMatch, reverse

from tests.access.test_access import TABLE

from . import hostile
from .pages import Form, filled

METHODS = ["GET", "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"]


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    data: Any = None
    content_type: str | None = None
    headers: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.method} {self.path[:300]} {str(self.data)[:900]} {self.content_type or ''} {self.headers or ''}"


def of_list(made: dict[str, Any], chance: Random) -> Request:
    """An address of the URL list, whole or with a hostile piece in the place of a key."""
    row = chance.choice(TABLE)
    arguments = [made[name] for name in row.arguments]
    path = reverse(row.name, args=arguments)
    if arguments and chance.random() < 0.5:
        at = chance.randrange(len(arguments))
        arguments[at] = hostile.value(chance)[:500]
        try:
            path = reverse(row.name, args=arguments)
        except NoReverseMatch:  # a piece that no pattern takes, put there by hand
            path = broken_path(path, chance)
    if chance.random() < 0.5:
        path += "?" + query(chance)
    if row.method == "post" and chance.random() < 0.7:
        return Request("POST", path, {name: [hostile.value(chance)] for name in names(chance)})
    return Request(chance.choice(["GET", "GET", "GET", "HEAD"]), path)


def of_link(path: str, chance: Random) -> Request:
    if chance.random() < 0.2:
        path = broken_path(path.partition("?")[0], chance)
    elif chance.random() < 0.4:
        path += ("&" if "?" in path else "?") + query(chance)
    return Request("GET", path)


def of_form(form: Form, chance: Random) -> Request:
    said = filled(form, chance)
    if form.method == "get":
        texts = {name: [str(each) for each in said[name]] for name in said}
        return Request("GET", form.action.partition("?")[0] + "?" + urlencode(texts, doseq=True))
    return Request("POST", form.action, said)


def broken(made: dict[str, Any], chance: Random) -> Request:
    """Wrong methods, kinds of content, bodies, headers, cookies."""
    row = chance.choice(TABLE)
    path = reverse(row.name, args=[made[name] for name in row.arguments])
    headers = {}
    if chance.random() < 0.4:
        name = chance.choice(["Accept", "Accept-Language", "If-None-Match", "If-Modified-Since",
                              "Range", "Cookie", "Referer", "Origin", "User-Agent", "X-Request-ID",
                              "X-Forwarded-For", "Accept-Encoding", "X-Requested-With"])  # fmt: skip
        headers[name] = hostile.value(chance).encode("latin-1", "replace").decode("latin-1")[:4000]
    method = chance.choice(METHODS)
    if method in ("GET", "HEAD", "OPTIONS", "TRACE"):
        return Request(method, path, headers=headers)
    body, kind = chance.choice(hostile.BODIES), chance.choice(hostile.TYPES)
    return Request(method, path, body, kind, headers)


def broken_path(path: str, chance: Random) -> str:
    pieces = path.split("/")
    at = chance.randrange(1, len(pieces))
    said = hostile.value(chance)[:500]
    pieces[at] = (
        quote(said, safe="")
        if chance.random() < 0.8
        else quote_from_bytes(chance.randbytes(6), safe="")
    )
    return "/".join(pieces)


def names(chance: Random) -> list[str]:
    return [chance.choice(hostile.NAMES) for _ in range(chance.randrange(1, 4))]


def query(chance: Random) -> str:
    if chance.random() < 0.1:
        return chance.choice(["%", "%ff=%fe", "a=%00", "&&=&", "page=%E4%B8", "q[]=1&q[]=2", "?"])
    return urlencode({name: hostile.value(chance)[:2000] for name in names(chance)})

"""What is wrong with an answer, if anything is."""

import json
import re
from typing import Any

from . import hostile, pages

CHINESE = re.compile("[\u4e00-\u9fff]{4}")
ALWAYS = (
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "Permissions-Policy",
    "X-Frame-Options",
)
EVENTS = re.compile("on[a-z]+")


def wrong(method: str, response: Any, content: bytes) -> str:
    """A sentence, or nothing."""
    kind = response.headers.get("Content-Type", "").partition(";")[0]
    lacking = [name for name in ALWAYS if name not in response.headers]
    if lacking:
        return f"no {', '.join(lacking)}"
    if response.status_code >= 500:
        return f"{response.status_code}: {response.exc_info and response.exc_info[1]!r}"
    if response.status_code >= 400 and method != "HEAD" and not in_words(kind, content):
        return f"{response.status_code} without a Chinese page ({kind}, {content[:80]!r})"
    if kind == "text/html" and content:
        return strange(pages.parsed(content))
    return ""


def in_words(kind: str, content: bytes) -> bool:
    if kind in ("application/json", "application/problem+json"):
        said = json.loads(content)
        return bool(CHINESE.search(json.dumps(said, ensure_ascii=False)))
    return kind in ("text/html", "text/plain") and bool(CHINESE.search(content.decode()))


def strange(page: Any) -> str:
    """Whether something typed has become part of the page."""
    for each in page.iter():
        if each.tag == hostile.PROBE:
            return "what was typed is an element of the page"
        if handlers := [name for name in each.attrib if EVENTS.fullmatch(name)]:
            return f"a handler: {handlers}"
        address = (each.get("href") or each.get("src") or "").strip().lower()
        if address.startswith(("javascript:", "data:text", "vbscript:")):
            return f"an address which runs: {address[:60]}"
    return ""

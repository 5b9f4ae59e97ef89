"""An Atom feed (RFC 4287) as bytes, from plain values."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, tostring

CONTENT_TYPE = "application/atom+xml; charset=utf-8"
ATOM = "http://www.w3.org/2005/Atom"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
# What XML cannot hold, however it is written.
UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Link:
    relation: str
    address: str
    content_type: str = ""


@dataclass(frozen=True)
class Entry:
    """One thing that happened; ``key`` is its lasting identity, an IRI."""

    key: str
    title: str
    summary: str
    author: str
    published: datetime
    updated: datetime
    links: Sequence[Link] = ()
    categories: Sequence[str] = ()


@dataclass(frozen=True)
class Feed:
    key: str
    title: str
    subtitle: str
    author: str
    updated: datetime
    links: Sequence[Link] = ()
    entries: Sequence[Entry] = field(default=())


def draw(feed: Feed) -> bytes:
    """The feed in UTF-8."""
    root = Element("feed", {"xmlns": ATOM, LANGUAGE: "zh-CN"})
    add(root, "id", feed.key)
    add(root, "title", feed.title)
    add(root, "subtitle", feed.subtitle)
    add(root, "updated", feed.updated.isoformat())
    add(SubElement(root, "author"), "name", feed.author)
    add_links(root, feed.links)
    for each in feed.entries:
        entry = SubElement(root, "entry")
        add(entry, "id", each.key)
        add(entry, "title", each.title)
        add(entry, "updated", each.updated.isoformat())
        add(entry, "published", each.published.isoformat())
        add(SubElement(entry, "author"), "name", each.author)
        add_links(entry, each.links)
        for term in each.categories:
            SubElement(entry, "category", {"term": clean(term)})
        add(entry, "summary", each.summary)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = clean(text)


def add_links(parent: Element, links: Sequence[Link]) -> None:
    for link in links:
        said = {"rel": link.relation, "href": link.address, "type": link.content_type}
        SubElement(parent, "link", {name: value for name, value in said.items() if value})


def clean(text: str) -> str:
    """The text without characters that would break the whole feed."""
    return UNWRITABLE.sub("", text)

"""Site maps and their index (sitemaps.org, version 0.9), a piece at a time."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from xml.sax.saxutils import escape

CONTENT_TYPE = "application/xml; charset=utf-8"
SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
Address = tuple[str, datetime | None]  # whole, with the time of its last change


def draw_addresses(addresses: Iterable[Address]) -> Iterator[bytes]:
    """A site map; at most 50,000 addresses belong into one."""
    return draw("urlset", "url", addresses)


def draw_index(files: Iterable[Address]) -> Iterator[bytes]:
    """The list of the site maps."""
    return draw("sitemapindex", "sitemap", files)


def draw(root: str, each: str, addresses: Iterable[Address]) -> Iterator[bytes]:
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{SPACE}">\n'.encode()
    for address, changed in addresses:
        lastmod = f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>" if changed else ""
        yield f"<{each}><loc>{escape(address)}</loc>{lastmod}</{each}>\n".encode()
    yield f"</{root}>\n".encode()

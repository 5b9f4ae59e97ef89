"""What machines read: feed, site map, robots."""

import pytest
from lxml import etree

from reports.workflow import State

from .shelf import page_of, put_out

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.mark.django_db
def test_the_feed_lists_what_is_in_force(client):
    revision = put_out()
    put_out(state=State.WITHDRAWN)
    response = client.get("/feed.xml")
    feed = etree.fromstring(response.content)
    assert response["Content-Type"].startswith("application/atom+xml")
    assert [each.findtext(f"{ATOM}title") for each in feed.iterfind(f"{ATOM}entry")] == [
        revision.title
    ]
    link = feed.find(f"{ATOM}entry/{ATOM}link")
    assert link.get("href") == f"https://localhost{page_of(revision)}"


@pytest.mark.django_db
def test_the_site_map_lists_the_reports(client):
    revision = put_out()
    found = etree.fromstring(client.get("/sitemap.xml").content)
    addresses = [each.text for each in found.iter(f"{MAP}loc")]
    assert f"https://localhost{page_of(revision)}" in addresses


@pytest.mark.django_db
def test_robots_are_kept_from_the_desk(client):
    said = client.get("/robots.txt").content.decode()
    assert "Disallow: /desk/" in said
    assert "Sitemap: https://localhost/sitemap.xml" in said

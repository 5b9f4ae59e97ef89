"""What machines read: feed, site map, robots, health."""

import pytest
from lxml import etree

from reports.public import health
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


def test_health_asks_no_database(client):
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_ready_says_what_is_well_and_what_is_missing(client, monkeypatch, settings, tmp_path):
    settings.FONT_ROOT = tmp_path
    monkeypatch.setattr(health, "SUBSETTER", "libnowhere.so.0")
    response = client.get("/readyz")
    checks = response.json()["checks"]
    assert response.status_code == 503
    assert [checks[name] for name in ("database", "migrations", "storage")] == ["ok"] * 3
    assert "serif.otf" in checks["fonts"]
    assert "libharfbuzz-subset" in checks["libharfbuzz-subset"]
    for name in health.FONTS:
        (tmp_path / name).touch()
    monkeypatch.setitem(health.CHECKS, "libharfbuzz-subset", lambda: None)
    assert client.get("/readyz").status_code == 200

"""Site maps and robots.txt, read as crawlers read them."""

from datetime import datetime, timedelta
from pathlib import Path
from urllib.robotparser import RobotFileParser

import pytest
from lxml import etree

from reports.models import Report
from reports.queries import sitemap
from reports.workflow import State
from tests.factories import make_agency

from .shelf import AT, page_of, put_out

RULES = etree.RelaxNG(etree.parse(Path(__file__).parent / "schemas" / "sitemap.rng"))
SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def read(client, address: str) -> dict[str, datetime | None]:
    """Addresses with the time of their last change, from a map that keeps the rules."""
    response = client.get(address)
    content = response.getvalue()
    tree = etree.fromstring(content)
    RULES.assertValid(tree)
    found = {}
    for place in tree.xpath("s:url | s:sitemap", namespaces=SPACE):
        changed = place.findtext("s:lastmod", namespaces=SPACE)
        path = place.findtext("s:loc", namespaces=SPACE).removeprefix("https://localhost")
        assert path not in found
        found[path] = datetime.fromisoformat(changed) if changed else None
    return found


def everything(client) -> dict[str, datetime | None]:
    found = {}
    for part in read(client, "/sitemap.xml"):
        found |= read(client, part)
    return found


@pytest.mark.django_db
def test_the_maps_list_what_may_be_read_with_its_last_change(client):
    revision = put_out()
    withdrawn = put_out(state=State.WITHDRAWN)
    found = everything(client)
    assert found[page_of(revision)] == AT
    assert found[f"/agencies/{revision.report.agency.slug}/"] == AT
    assert page_of(withdrawn) not in found
    assert found[f"/agencies/{withdrawn.report.agency.slug}/"] > AT
    assert {"/", "/agencies/", "/check/", "/map/"} <= set(found)
    assert "/search/" not in found
    assert {client.get(path).status_code for path in found} == {200}


@pytest.mark.django_db
def test_an_empty_site_has_a_map_of_its_pages(client):
    assert list(read(client, "/sitemap.xml")) == ["/sitemap-pages.xml"]
    assert "/" in everything(client)
    for name in ("1", "agencies-1", "99999"):
        assert client.get(f"/sitemap-{name}.xml").status_code == 404


@pytest.mark.django_db
def test_old_parts_stay_as_they_are_and_none_is_too_large(client, monkeypatch):
    monkeypatch.setattr(sitemap, "MOST", 2)
    monkeypatch.setattr(sitemap, "AT_ONCE", 1)
    agency = make_agency()
    put = [put_out(agency, 2019 + n, at=AT + timedelta(days=n)) for n in range(5)]
    parts = {
        name: client.get(name).getvalue() for name in read(client, "/sitemap.xml") if "-" in name
    }
    assert all(len(read(client, name)) <= 2 for name in parts if "pages" not in name)
    assert {page_of(each) for each in put} <= set(everything(client))
    more = put_out(agency, 2024, at=AT + timedelta(days=9))
    after = read(client, "/sitemap.xml")
    changed = {name for name in after if client.get(name).getvalue() != parts.get(name)}
    number = (more.report_id - 1) // 2 + 1
    assert {name for name in changed if "agencies" not in name} == {f"/sitemap-{number}.xml"}
    assert after[f"/sitemap-{number}.xml"] == AT + timedelta(days=9)


@pytest.mark.django_db
def test_a_part_that_has_not_changed_is_not_sent_again(client):
    revision = put_out()
    name = f"/sitemap-{(revision.report_id - 1) // sitemap.MOST + 1}.xml"
    first = {address: client.get(address)["ETag"] for address in ("/sitemap.xml", name)}
    for address, etag in first.items():
        assert client.get(address, headers={"if-none-match": etag}).status_code == 304
    put_out(Report.objects.get(pk=revision.report_id).agency, at=AT + timedelta(days=1))
    for address, etag in first.items():
        assert client.get(address, headers={"if-none-match": etag}).status_code == 200


@pytest.mark.django_db
def test_rows_are_read_from_the_last_key_on(client, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(sitemap, "AT_ONCE", 2)
    agency = make_agency()
    put = [put_out(agency, year) for year in range(2019, 2024)]
    with django_assert_num_queries(3):
        assert len(list(sitemap.report_addresses((put[0].report_id - 1) // sitemap.MOST + 1))) == 5


@pytest.mark.django_db
def test_robots_may_read_what_is_public_and_nothing_else(client):
    robots = RobotFileParser()
    robots.parse(client.get("/robots.txt").content.decode().splitlines())
    for path in (
        "/", "/search/?q=档案", "/agencies/a/", "/agencies/a/2024/", "/agencies/a/2024/report.pdf",
        "/feed.xml", "/sitemap.xml", "/static/css/base.css", "/check/", "/api/v1/reports",
    ):  # fmt: skip
        assert robots.can_fetch("Baiduspider", f"https://localhost{path}"), path
    for path in ("/admin/", "/admin/reports/", "/desk/", "/desk/import/", "/accounts/login/"):
        assert not robots.can_fetch("Baiduspider", f"https://localhost{path}"), path
    assert robots.site_maps() == ["https://localhost/sitemap.xml"]

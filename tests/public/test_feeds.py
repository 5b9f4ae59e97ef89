"""Feeds of the site, a region and an agency, read by a feed reader and held to RFC 4287."""

from datetime import timedelta
from pathlib import Path

import feedparser
import pytest
from lxml import etree, html

from reports.models import SiteSettings
from reports.public import feeds
from reports.workflow import State
from tests.factories import make_agency, make_division

from .shelf import AT, page_of, put_out

pytestmark = pytest.mark.django_db
RULES = etree.RelaxNG(etree.parse(Path(__file__).parent / "schemas" / "atom.rng"))
HOSTILE = '</title><script>alert("甲")</script>&\x0b\ufffe]]>'


def read(client, address="/feed.xml"):
    """The feed as a reader understands it, once it keeps the rules."""
    response = client.get(address)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    RULES.assertValid(etree.fromstring(response.content))
    found = feedparser.parse(response.content)
    assert (found.version, found.bozo) == ("atom10", False)
    return found


def titles(found):
    return [entry.title for entry in found.entries]


def test_an_empty_feed_keeps_the_rules_too(client):
    assert read(client).entries == []


def test_a_publication_is_an_entry_with_a_lasting_name(client):
    revision = put_out()
    (entry,) = read(client).entries
    path = f"/agencies/{revision.report.agency.slug}/2024/1"
    assert entry.id == f"tag:localhost,2025-01-20:{path}"
    assert entry.link == f"https://localhost{page_of(revision)}"
    assert entry.title == revision.title
    assert entry.author == revision.agency_name
    assert entry.published == entry.updated == "2025-01-20T01:05:00+00:00"


def test_a_correction_is_an_entry_of_its_own_with_its_reason(client):
    agency = make_agency()
    first = put_out(agency)
    put_out(agency, reason="第三部分数据有误。", at=AT + timedelta(days=3))
    correction, original = read(client).entries
    assert correction.title == f"{first.title}（更正后第2版）"
    assert "更正理由：第三部分数据有误。" in correction.summary
    assert correction.link == f"https://localhost{page_of(first)}"
    related = [link.href for link in correction.links if link.rel == "related"]
    assert related == [f"https://localhost{page_of(first)}versions/2/changes/"]
    assert client.get(f"{page_of(first)}versions/2/changes/").status_code == 200
    assert original.link == f"https://localhost{page_of(first)}versions/1/"


def test_a_withdrawal_is_told_and_what_it_covers_is_not(client):
    agency = make_agency()
    first = put_out(agency)
    put_out(agency, state=State.WITHDRAWN, reason="误将内部数字公布。")
    (entry,) = read(client).entries
    assert entry.title == f"{first.title}（已撤回公布）"
    assert "撤回理由：误将内部数字公布。" in entry.summary
    assert entry.id.endswith("/2/withdrawn")
    again = put_out(agency, at=AT + timedelta(days=800))
    withdrawal, republished = sorted(read(client).entries, key=lambda each: "更正后" in each.title)
    assert withdrawal.id == entry.id
    assert republished.link == f"https://localhost{page_of(again)}"
    assert not [link for link in republished.links if link.rel == "related"]


def test_an_agencys_feed_has_its_own_reports_only(client):
    own, _ = put_out(), put_out()
    slug = own.report.agency.slug
    found = read(client, f"/agencies/{slug}/feed.xml")
    assert titles(found) == [own.title]
    assert own.report.agency.name in found.feed.title
    assert found.feed.link == f"https://localhost/agencies/{slug}/"
    assert client.get("/agencies/nobody/feed.xml").status_code == 404


def test_a_feed_is_offered_where_its_reports_are_read(client):
    division = make_division(code="990100")
    agency = make_agency(division=division, slug="bureau")
    put_out(agency, 2024)
    region = "/divisions/990100/feed.xml"
    for address, feed in (
        ("/agencies/bureau/", "/agencies/bureau/feed.xml"),
        ("/search/?region=990100", region),
        ("/search/?region=990100&q=信息", region),
        ("/statistics/990100/2024/", region),
    ):
        page = html.fromstring(client.get(address).content)
        assert feed in page.xpath('//link[@type="application/atom+xml"]/@href'), address
        (link,) = page.xpath(f'//main//a[@href="{feed}"]')
        assert "订阅" in link.text
        assert read(client, feed).entries
    page = html.fromstring(client.get("/search/?region=000000").content)
    assert page.xpath('//a[contains(@href, "/divisions/")]') == []


def test_a_regions_feed_has_those_of_all_below_it(client):
    city = make_division(name="虚构市", code="990100")
    county = make_division(name="虚构县", code="990101", parent=city)
    here, below = (put_out(make_agency(division=each)) for each in (city, county))
    put_out()
    assert set(titles(read(client, "/divisions/990100/feed.xml"))) == {here.title, below.title}
    assert titles(read(client, "/divisions/990101/feed.xml")) == [below.title]
    assert client.get("/divisions/000000/feed.xml").status_code == 404


def test_hostile_words_stay_words(client):
    SiteSettings.objects.create(pk=1, name=HOSTILE, domain="example.invalid")
    put_out(make_agency(HOSTILE))
    found = read(client)
    assert found.entries[0].author == '</title><script>alert("甲")</script>&]]>'
    assert "</title><script>" in found.feed.title


def test_older_entries_are_on_the_following_pages(client, monkeypatch):
    monkeypatch.setattr(feeds, "NEWEST", 2)
    put = [put_out(year=2020 + n, at=AT + timedelta(days=n)) for n in range(5)]
    seen, address = [], "/feed.xml"
    while address:
        found = read(client, address)
        seen += titles(found)
        following = [link.href for link in found.feed.links if link.rel == "next"]
        address = following[0].removeprefix("https://localhost") if following else ""
    assert seen == [each.title for each in reversed(put)]
    assert titles(read(client, "/feed.xml?before=nonsense")) == seen[:2]
    assert titles(read(client, "/feed.xml?before=2024-13-45T00:00:00Z")) == seen[:2]


def test_a_reader_who_has_the_feed_is_told_so(client, django_assert_max_num_queries):
    put_out()
    first = client.get("/feed.xml")
    with django_assert_max_num_queries(3):
        again = client.get("/feed.xml", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    since = {"if-modified-since": first["Last-Modified"]}
    assert client.get("/feed.xml", headers=since).status_code == 304
    put_out(at=AT + timedelta(days=1))
    changed = client.get("/feed.xml", headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200


def test_the_feed_asks_as_much_for_many_as_for_one(client, django_assert_num_queries):
    put_out()
    with django_assert_num_queries(3):
        client.get("/feed.xml")
    for _ in range(3):
        put_out()
    with django_assert_num_queries(3):
        client.get("/feed.xml")


@pytest.mark.parametrize("address", ["/", "/agencies/{slug}/", "/agencies/{slug}/2024/"])
def test_pages_name_the_feeds_to_follow(client, address):
    slug = put_out().report.agency.slug
    tree = html.fromstring(client.get(address.format(slug=slug)).content)
    named = tree.xpath('//link[@rel="alternate"][@type="application/atom+xml"]/@href')
    expected = ["/feed.xml"] + ([f"/agencies/{slug}/feed.xml"] if "slug" in address else [])
    assert named == expected
    assert {client.get(each).status_code for each in named} == {200}

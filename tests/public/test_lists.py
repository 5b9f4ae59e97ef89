"""Home, search, agencies, site map: what they list, and how often they ask."""

from datetime import timedelta

import pytest
from lxml import html

from reports.actions.indexing import index_agency, index_report
from reports.editions.bodies import BodyKind, Level
from reports.models import AgencyName, Revision
from reports.workflow import State
from tests.factories import complete, make_agency, make_division, make_revision

from .shelf import AT, page_of, put_out

pytestmark = pytest.mark.django_db
BOUNDS = {
    "/": 7,
    "/search/": 7,
    "/search/?q=虚构&region=990000": 13,
    "/search/?q=虚构区": 16,
    "/search/?q=没有这个机关": 12,
    "/map/": 6,
    "/check/": 1,
    "/agencies/": 5,
    "/agencies/?after=1": 6,
}


def links(client, path: str) -> list[str]:
    page = html.fromstring(client.get(path).content)
    return [link.get("href") for link in page.iterfind(".//main//a[@href]")]


@pytest.mark.parametrize("rows", [0, 1, 3])
@pytest.mark.parametrize(("path", "bound"), BOUNDS.items())
def test_a_list_asks_as_often_for_three_as_for_one(
    client, django_assert_max_num_queries, path, bound, rows
):
    for _ in range(rows):
        put_out()
    with django_assert_max_num_queries(bound):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize("rows", [0, 1, 3])
def test_an_agencys_page_asks_as_often_for_three_as_for_one(
    client, django_assert_max_num_queries, rows
):
    agency = make_agency()
    for n in range(rows):
        put_out(agency, 2024 - n)
        AgencyName.objects.create(agency=agency, name=f"简称{n}")
        make_agency(parent=agency)
    with django_assert_max_num_queries(10):
        assert client.get(f"/agencies/{agency.slug}/").status_code == 200


def test_empty_lists_say_why(client):
    for path in ("/", "/search/"):
        assert "还没有公布的报告" in client.get(path).content.decode()
    assert "名录里还没有机关" in client.get("/agencies/").content.decode()
    agency = make_agency()
    assert "还没有公布的报告" in client.get(f"/agencies/{agency.slug}/").content.decode()


def test_the_home_page_lists_the_newest_first_and_only_what_is_in_force(client):
    older = put_out(at=AT - timedelta(days=1))
    newer = put_out()
    withdrawn = put_out(state=State.WITHDRAWN)
    draft = make_revision()
    found = [link for link in links(client, "/") if link.endswith("/2024/")]
    assert found == [page_of(newer), page_of(older)]
    assert not {page_of(withdrawn), page_of(draft)} & set(found)


def test_the_home_page_leads_by_year_kind_and_region(client):
    revision = put_out()
    division = revision.report.agency.division.code
    found = links(client, "/")
    for query in ("year=2024", "kind=department", f"region={division}"):
        assert f"/search/?{query}" in found
        assert page_of(revision) in links(client, f"/search/?{query}")
    for query in ("year=2023", "kind=union", "region=123456"):
        assert page_of(revision) not in links(client, f"/search/?{query}")


def test_the_search_reads_names_former_names_regions_and_titles(client):
    division = make_division(name="云山县")
    agency = make_agency("云山县卫生健康局", division=division)
    AgencyName.objects.create(agency=agency, name="计划生育委员会")
    index_agency(agency)
    revision = put_out(agency)
    put_out()
    for words in ("卫生健康", "计划生育", "云山", "卫生 2024", "2024年 健康"):
        found = links(client, f"/search/?q={words}")
        assert [link for link in found if link.endswith("/2024/")] == [page_of(revision)], words
    assert page_of(revision) not in links(client, "/search/?q=卫生 2023")


def test_a_region_holds_what_lies_within_it(client):
    province = make_division(Level.PROVINCE)
    city = make_division(Level.PREFECTURE, parent=province)
    county = make_division(Level.COUNTY, parent=city)
    revision = put_out(make_agency(division=county))
    for division in (province, city, county):
        address = f"/search/?region={division.code}"
        assert page_of(revision) in links(client, address)
        chosen = f'<option value="{division.code}" selected>{division.name}</option>'
        assert chosen in client.get(address).content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=%25_'\"",
        "year=abcd",
        "year=9999",
        "kind=x",
        "region=;",
        "after=zz",
        "after=9999-99",
        "order=x",
    ],
)
def test_nonsense_in_the_address_is_no_error(client, query):
    put_out()
    assert client.get(f"/search/?{query}").status_code == 200


@pytest.mark.parametrize("order", ["", "&order=year"])
def test_a_long_list_has_pages_which_keep_the_question(client, order):
    division = make_division()
    for _ in range(21):
        put_out(make_agency(division=division))
    asked = f"?q=%E8%99%9A%E6%9E%84&kind=department{order}"
    found = links(client, f"/search/{asked}")
    (onward,) = (link for link in found if "after=" in link)
    assert onward.startswith(f"{asked}&after=2024-")
    rest = links(client, f"/search/{onward}")
    assert len([link for link in rest if link.endswith("/2024/")]) == 1
    assert asked in rest


def test_the_directory_is_paged_by_key_and_led_by_region(client, monkeypatch):
    monkeypatch.setattr("reports.public.agencies.PAGE", 2)
    city = make_division(Level.PREFECTURE)
    county = make_division(parent=city)
    agencies = [make_agency(division=county if n < 3 else None) for n in range(5)]
    put_out(agencies[0])
    names, address = [], "/agencies/"
    while address:
        page = html.fromstring(client.get(address).content)
        names += [each.text for each in page.iterfind(".//ul/li/span[@class='listing-name']/a")]
        onward = page.findall(".//nav[@class='pages']/a[@rel='next']")
        address = f"/agencies/{onward[0].get('href')}" if onward else ""
    assert names == [each.name for each in agencies]
    assert f"/agencies/?region={city.code}" in links(client, "/agencies/")
    below = links(client, f"/agencies/?region={city.code}")
    assert f"/agencies/?region={county.code}" in below
    assert f"/agencies/{agencies[0].slug}/" in below
    assert f"/agencies/{agencies[3].slug}/" not in below
    assert client.get("/agencies/?region=x&after=nobody").status_code == 200
    assert "已经到了名录的末尾" in client.get(f"/agencies/?after={agencies[4].pk}").content.decode()


def test_agencies_below_one_are_paged_by_key(client, monkeypatch):
    monkeypatch.setattr("reports.public.agencies.PAGE", 2)
    top = make_agency()
    below = [make_agency(parent=top) for _ in range(3)]
    address = f"/agencies/{top.slug}/"
    assert f"?after={below[1].pk}" in links(client, address)
    assert f"/agencies/{below[2].slug}/" in links(client, f"{address}?after={below[1].pk}")


def test_the_bodies_of_a_region_are_paged_by_key(client, monkeypatch):
    monkeypatch.setattr("reports.public.regions.PAGE", 2)
    county = make_division(Level.COUNTY, name="虚构县")
    bodies = [make_agency(f"虚构县第{n}局", division=county) for n in range(5)]
    address, seen = f"/statistics/{county.code}/2024/", []
    at = address
    while at:
        page = html.fromstring(client.get(at).content)
        assert "共 5 个" in page.find(".//h2[@id='bodies-title']").text_content()
        seen += page.xpath("//ul[@class='standing']/li/a/text()")
        found = page.xpath("//a[@rel='next']/@href")
        at = address + found[0] if found else ""
    assert seen == [each.name for each in bodies]
    assert address in page.xpath("//nav[@class='pages']//a/@href"), "back to the beginning"
    onward = f"{address}?kind=department&after={bodies[1].pk}"
    assert "kind=department&after=" in client.get(onward).content.decode().replace("&amp;", "&")
    beyond = client.get(f"{address}?after={bodies[4].pk}").content.decode()
    assert "已经到了名录的末尾" in beyond
    assert "没有直接属于" not in beyond


def test_what_was_found_is_marked_and_escaped(client):
    agency = make_agency("虚构区档案局")
    revision = complete(make_revision(2024, agency), overview="推行<i>一网通办</i>，群众满意。")
    Revision.objects.filter(pk=revision.pk).update(state=str(State.PUBLISHED), published_at=AT)
    index_report(revision.report)
    source = client.get("/search/?q=一网通办").content.decode()
    assert "推行&lt;i&gt;<mark>一网通办</mark>&lt;/i&gt;" in source
    assert "一、总体情况" in source
    assert "<mark>档案局</mark>" in client.get("/search/?q=档案局").content.decode()


def test_filters_say_how_many_each_would_leave(client):
    put_out(make_agency(kind=str(BodyKind.UNION)), 2024)
    put_out(year=2023)
    source = client.get("/search/?q=信息公开").content.decode()
    assert "2024年度（1 份）" in source
    assert "共 2 份" in source
    assert "2023年度（" not in client.get("/search/?q=信息公开&year=2024").content.decode()


def test_a_search_that_finds_nothing_says_what_to_do(client):
    put_out(make_agency("虚构区民政局"))
    said = {
        "民正局": "您是不是要找",
        "税": "一个字太少",
        "民政局 不存在的词": "可以分别查",
        "不存在的词": "换一个更短、更常用的词",
        "民政局&year=2001": "不限年度、性质和地区再查一次",
    }
    for words, sentence in said.items():
        assert sentence in client.get(f"/search/?q={words}").content.decode(), words
    assert "虚构区民政局" in client.get("/search/?q=民正局").content.decode()
    assert "名称以“虚”开头的机关" in client.get("/search/?q=虚").content.decode()


def test_an_agencys_page_shows_every_year_with_its_state(client):
    agency = make_agency(kind=str(BodyKind.UNION))
    put_out(agency, 2024)
    put_out(agency, 2023)
    put_out(agency, 2023, reason="更正")
    put_out(agency, 2022, state=State.WITHDRAWN, reason="含有个人信息。")
    put_out(agency, 2020, as_printed=True)
    make_revision(2021, agency)
    page = html.fromstring(client.get(f"/agencies/{agency.slug}/").content)
    rows = page.findall(".//ul[@class='listing shelf']/li")
    said = [" ".join("".join(row.itertext()).split()) for row in rows]
    assert [row[:6] for row in said] == ["2024年度", "2023年度", "2022年度", "2020年度"]
    assert "有更正" in said[1]
    assert "撤回理由：含有个人信息。" in said[2]
    assert "PDF" not in said[2]
    assert "照录" in said[3]


def test_the_directory_follows_the_tree(client):
    city = make_agency("虚构市人民政府")
    late = make_agency("虚构区别的局")
    below = make_agency("虚构市档案局", parent=city)
    names = [
        link.text
        for link in html.fromstring(client.get("/agencies/").content).iterfind(
            ".//span[@class='listing-name']/a"
        )
    ]
    assert names == [city.name, below.name, late.name]


def test_an_agency_that_is_not_ours_is_not_found(client):
    assert client.get("/agencies/nobody/").status_code == 404

"""Home, search, agencies, site map: what they list, and how often they ask."""

from datetime import timedelta

import pytest
from lxml import html

from reports.editions.bodies import BodyKind, Level
from reports.models import AgencyName
from reports.workflow import State
from tests.factories import make_agency, make_division, make_revision

from .shelf import AT, page_of, put_out

pytestmark = pytest.mark.django_db
BOUNDS = {
    "/": 7,
    "/search/": 7,
    "/search/?q=虚构&region=990000": 10,
    "/map/": 6,
    "/check/": 1,
    "/agencies/": 4,
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
    ["q=%00", "q=%25_'\"", "year=abcd", "year=9999", "kind=x", "region=;", "page=zz", "page=99"],
)
def test_nonsense_in_the_address_is_no_error(client, query):
    put_out()
    assert client.get(f"/search/?{query}").status_code == 200


def test_a_long_list_has_pages_which_keep_the_question(client):
    division = make_division()
    for _ in range(21):
        put_out(make_agency(division=division))
    found = links(client, "/search/?q=虚构&kind=department")
    onward = [link for link in found if link.endswith("page=2")]
    assert onward == ["?q=%E8%99%9A%E6%9E%84&kind=department&page=2"]
    rest = [link for link in links(client, f"/search/{onward[0]}") if link.endswith("/2024/")]
    assert len(rest) == 1


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

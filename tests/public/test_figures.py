"""Trends, comparison and statistics: what the pages say is what the reports say."""

import csv
from datetime import date
from io import StringIO
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from lxml import etree, html

from reports.editions.bodies import BodyKind, Level
from reports.editions.crosswalk import WHY_NOT
from reports.models import Agency, Revision, Succession
from reports.queries.indicators import indicators
from reports.queries.series import series_of
from reports.workflow import State
from tests.factories import make_agency, make_division
from tests.queries.test_aggregation import publish
from tests.queries.test_series import any_sheet, put_in

pytestmark = pytest.mark.django_db
SVG = "{http://www.w3.org/2000/svg}"
SHARE = "（予以公开＋部分公开）÷ 本年度办理结果总计"


def page(client: Any, path: str) -> html.HtmlElement:
    response = client.get(path)
    assert response.status_code == 200
    return html.fromstring(response.content.decode())


def drawings(client: Any, path: str) -> list[Any]:
    """Every chart of a page, parsed as XML by itself."""
    source = client.get(path).content.decode()
    pieces = [piece.split("</svg>")[0] for piece in source.split("<svg")[1:]]
    return [etree.fromstring(f"<svg{piece}</svg>") for piece in pieces]


def tables(found: html.HtmlElement) -> dict[str, list[list[str]]]:
    """The rows of each table by its caption, as texts."""
    return {
        table.findtext("caption"): [
            [" ".join(cell.text_content().split()) for cell in row] for row in table.iter("tr")
        ]
        for table in found.iterfind(".//table")
    }


def rows_of_csv(client: Any, path: str) -> list[dict[str, str]]:
    response = client.get(path)
    assert response["Content-Type"].startswith("text/csv")
    return list(csv.DictReader(StringIO(response.content.decode("utf-8-sig"))))


@pytest.fixture
def agency() -> Agency:
    """A body with a report of each edition, a year without one and a withdrawn one."""
    found = make_agency("虚构区数据局", closed_on=date(2025, 3, 1))
    publish(found, 2020, natural_person={"received": 5, "granted": 3, "closed_undivided": 2})
    publish(
        found, 2022, business={"received": 1234, "granted_in_part": 617, "unable_not_held": 617}
    )
    gone = publish(found, 2023)
    Revision.objects.filter(pk=gone.pk).update(state=str(State.WITHDRAWN))
    publish(found, 2024)
    return found


def test_the_tables_say_each_year_and_each_group(client, agency) -> None:
    found = tables(page(client, f"/agencies/{agency.slug}/trends/"))
    outcomes = found["本年度办理结果（单位：件）"]
    assert outcomes[0] == ["年度", "予以公开", "部分公开", "不予公开", "无法提供", "不予处理",
                           "其他处理", "总计", "说明"]  # fmt: skip
    assert outcomes[1:] == [
        ["2020", "3", "0", "0", "0", "0", "2", "5", "2019年版"],
        ["2021", *["无"] * 7, "本站没有这一年度的报告"],
        ["2022", "0", "617", "0", "617", "0", "0", "1,234", "2021年版"],
        ["2023", *["无"] * 7, "报告已撤回公布"],
        ["2024", *["0"] * 7, "2021年版"],
    ]
    share = found["予以公开和部分公开所占比例（单位：%）"]
    assert [row[1] for row in share[1:]] == ["60.0%", "无", "50.0%", "无", "—"]


def test_definitions_and_what_does_not_compare_stand_on_every_page(client, agency) -> None:
    code = agency.division.code
    for path in (
        f"/agencies/{agency.slug}/trends/",
        f"/compare/?agency={agency.slug}&show=share_granted",
        f"/statistics/{code}/2022/",
    ):
        text = page(client, path).text_content()
        assert SHARE in text, path
        assert "空白不是 0" in text, path
        for figures, reason in WHY_NOT:
            assert figures in text, path
            assert reason in text, path


@pytest.mark.parametrize("path", ["/agencies/{}/trends/", "/compare/?agency={}&show=outcomes",
                                  "/statistics/{}/2022/"])  # fmt: skip
def test_charts_are_named_described_and_whole(client, agency, path) -> None:
    what = agency.division.code if "statistics" in path else agency.slug
    found = drawings(client, path.format(what))
    assert found
    for svg in found:
        assert svg.get("role") == "img"
        named = {each.get("id"): each for each in svg if each.tag in (f"{SVG}title", f"{SVG}desc")}
        assert set(svg.get("aria-labelledby").split()) == named.keys()
        assert all(each.text.strip() for each in named.values())
        assert not [each for each in svg.iter() if each.get("style")]
        patterns = {f"url(#{each.get('id')})" for each in svg.iter(f"{SVG}pattern")}
        used = {each.get("fill") for each in svg.iter(f"{SVG}rect") if each.get("fill")}
        assert used <= patterns
        _, _, width, height = map(float, svg.get("viewBox").split())
        for rect in svg.iterfind(f"{SVG}rect"):
            assert float(rect.get("x")) + float(rect.get("width")) <= width + 0.1
            assert float(rect.get("y")) + float(rect.get("height")) <= height + 0.1


def test_a_chart_prints_the_values_of_its_table(client, agency) -> None:
    wide = next(
        svg
        for svg in drawings(client, f"/agencies/{agency.slug}/trends/")
        if svg.findtext(f"{SVG}title") == "本年度办理结果"
    )
    values = [each.text for each in wide.iter(f"{SVG}text") if each.get("class") == "c-value"]
    assert values == ["5", "1,234", "0"]
    assert "2022：1,234" in wide.findtext(f"{SVG}desc")
    gaps = [each.text for each in wide.iter(f"{SVG}text") if each.get("class") == "c-gap"]
    assert gaps == ["无", "无"]


def test_the_file_has_every_number_of_the_series(client, agency) -> None:
    series = series_of(agency)
    read = rows_of_csv(client, f"/agencies/{agency.slug}/trends/series.csv")
    assert len(read) == len(indicators()) * len(series.years)
    for row in read:
        at = next(n for n, each in enumerate(series.years) if each.year == int(row["年度"]))
        number = series.of(row["指标编号"])[at].number
        assert row["数值"] == ("" if number is None else str(number))


def test_a_page_of_any_report_says_the_sums_of_its_sheet(client) -> None:
    agency = make_agency(closed_on=date(2025, 3, 1))
    for year in (2020, 2024):
        put_in(any_sheet(year, Random(year)), agency)
    series = series_of(agency)
    said = tables(page(client, f"/agencies/{agency.slug}/trends/"))["本年度办理结果（单位：件）"]
    for at, row in enumerate(said[1:]):
        number = series.of("outcomes")[at].number
        assert row[7] == ("无" if number is None else f"{number:,}")
        if number is not None:
            assert "格空白，未计入" in row[8]
            assert "照录" in row[8]


def test_names_kin_and_editions_are_said(client, agency) -> None:
    heir = make_agency("虚构区新数据局")
    Succession.objects.create(predecessor=agency, successor=heir, on=date(2025, 3, 1))
    Agency.objects.filter(pk=agency.pk).update(name="虚构区大数据局")
    text = page(client, f"/agencies/{agency.slug}/trends/").text_content()
    assert "2024年度的报告使用的名称是“虚构区数据局”" in text
    assert "2019年版和2021年版两种格式" in text
    assert "其中2021、2023年度没有生效的报告" in text
    assert "由虚构区新数据局承继" in text
    empty = page(client, f"/agencies/{heir.slug}/trends/").text_content()
    assert "没有生效的年度报告" in empty
    assert "虚构区大数据局" in empty


def test_bodies_are_compared_in_the_trees_order_and_never_by_value(client) -> None:
    small, large = make_agency("虚构区甲局"), make_agency("虚构区乙局")
    publish(small, 2024, natural_person={"received": 1, "granted": 1})
    publish(large, 2024, natural_person={"received": 90, "granted": 90})
    for order in ((small, large), (large, small)):
        query = "&".join(f"agency={each.slug}" for each in order)
        found = tables(page(client, f"/compare/?{query}&year=2024&show=outcomes"))
        rows = found["2024年度：本年度办理结果（单位：件）"]
        assert [row[0] for row in rows[1:]] == ["虚构区甲局", "虚构区乙局"]
        assert [row[7] for row in rows[1:]] == ["1", "90"]
    read = rows_of_csv(client, f"/compare/series.csv?{query}")
    assert {row["机关"] for row in read} == {"虚构区甲局", "虚构区乙局"}


def test_bodies_are_found_added_and_removed_by_links(client) -> None:
    one, two = make_agency("虚构区甲局"), make_agency("虚构区乙局")
    publish(one, 2024)
    found = page(client, f"/compare/?agency={one.slug}&show=outcomes&q=乙局")
    (add,) = [a for a in found.iter("a") if a.text_content() == "加入比较"]
    assert add.get("aria-label") == "把虚构区乙局加入比较"
    both = page(client, f"/compare/{add.get('href')}")
    remove = {
        a.get("aria-label"): a.get("href") for a in both.iter("a") if "移除" in a.text_content()
    }
    assert remove.keys() == {"移除虚构区甲局", "移除虚构区乙局"}
    assert f"agency={two.slug}" in remove["移除虚构区甲局"]
    assert "show=outcomes" in remove["移除虚构区甲局"]
    assert "这个机关没有生效的年度报告" in both.text_content()


@pytest.mark.parametrize(
    "query",
    [
        "",
        "agency=",
        "agency=没有",
        "agency=%00",
        "year=abc&show=x",
        "year=９９９９",
        "q=%00",
        "q=%25",
    ],
)
def test_nonsense_in_the_address_is_no_error(client, query) -> None:
    assert client.get(f"/compare/?{query}").status_code == 200
    assert client.get(f"/compare/series.csv?{query}").status_code == 200


def test_a_seventh_body_and_an_unknown_one_are_named(client) -> None:
    chosen = [make_agency(f"虚构区第{n}所") for n in range(7)]
    query = "&".join(f"agency={each.slug}" for each in chosen)
    text = page(client, f"/compare/?{query}&agency=nobody").text_content()
    assert "没有列入：虚构区第6所" in text
    assert "nobody。请用下面的机关名称查找" in text
    assert "没有可以比较的数字" in text


def test_a_regions_page_leads_down_to_its_bodies(client) -> None:
    top = make_division(Level.PREFECTURE, name="虚构市")
    inside = make_division(Level.COUNTY, name="虚构县", parent=top)
    government = make_agency("虚构市人民政府", kind=str(BodyKind.GOVERNMENT), division=top)
    bureau = make_agency("虚构市水务局", parent=government, division=top)
    town = make_agency("虚构镇人民政府", kind=str(BodyKind.TOWN), division=inside)
    make_agency("虚构县档案局", division=inside)
    publish(government, 2024, natural_person={"received": 7, "granted": 7})
    publish(bureau, 2024, natural_person={"received": 3, "granted": 3})
    publish(town, 2024, natural_person={"received": 4, "granted": 4})
    entrance = page(client, "/statistics/")
    assert f"/statistics/{top.code}/2024/" in [a.get("href") for a in entrance.iter("a")]
    found = page(client, f"/statistics/{top.code}/2024/")
    received = tables(found)["2024年度按地区：本年新收政府信息公开申请数量（单位：件）"]
    assert received[1] == ["虚构县", "4", "0", "0", "0", "0", "0", "4", "2 个机关中 1 个已公布"]
    history = tables(found)["本年新收政府信息公开申请数量（单位：件）"]
    assert history[1][7:] == ["7", "2 份报告"]
    text = " ".join(found.text_content().split())
    assert "虚构市人民政府 覆盖本地区，不重复相加" in text
    below = page(client, f"/statistics/{inside.code}/2024/")
    text = " ".join(below.text_content().split())
    assert "虚构县档案局 没有生效的报告" in text
    assert "虚构镇人民政府 已计入" in text
    read = rows_of_csv(client, f"/statistics/{top.code}/2024/statistics.csv")
    whole = [r["数值"] for r in read if r["范围"] == "本地区" and r["指标编号"] == "received"]
    assert whole == ["7"]


def test_a_region_without_reports_says_why(client) -> None:
    division = make_division(name="虚构县")
    make_agency("虚构县档案局", division=division)
    text = page(client, f"/statistics/{division.code}/2024/").text_content()
    assert "2024年度没有可以汇总的报告" in text
    assert client.get(f"/statistics/{division.code}/").status_code == 302
    assert "还没有可以汇总的报告" in page(client, "/statistics/").text_content()
    assert client.get("/statistics/123456789012/2024/").status_code == 404
    assert client.get("/agencies/nobody/trends/").status_code == 404


@pytest.mark.parametrize("size", [1, 3])
def test_pages_ask_as_often_for_many_as_for_one(
    client, django_assert_max_num_queries, size
) -> None:
    division = make_division()
    agencies = [make_agency(division=division) for _ in range(size)]
    for each in agencies:
        make_division(parent=division)
        for n in range(size):
            publish(each, 2024 - n)
    query = "&".join(f"agency={each.slug}" for each in agencies)
    for path, bound in (
        (f"/agencies/{agencies[0].slug}/trends/", 10),
        (f"/compare/?{query}&q=虚构", 9),
        ("/statistics/", 5),
        (f"/statistics/{division.code}/2024/", 17),
    ):
        with django_assert_max_num_queries(bound):
            assert client.get(path).status_code == 200


def test_a_page_that_did_not_change_is_not_sent_again(client, agency) -> None:
    for path in (f"/agencies/{agency.slug}/trends/", f"/statistics/{agency.division.code}/2022/",
                 f"/compare/?agency={agency.slug}"):  # fmt: skip
        first = client.get(path)
        assert first["Cache-Control"] == "public, no-cache"
        again = client.get(path, headers={"If-None-Match": first["ETag"]})
        assert again.status_code == 304
    publish(make_agency(division=agency.division), 2022)
    path = f"/statistics/{agency.division.code}/2022/"
    assert client.get(path)["ETag"] != client.get(f"/agencies/{agency.slug}/trends/")["ETag"]


def test_years_stand_in_order_in_every_table(client, agency) -> None:
    for caption, rows in tables(page(client, f"/agencies/{agency.slug}/trends/")).items():
        years = [int(row[0]) for row in rows[1:]]
        assert all(a + 1 == b for a, b in pairwise(years)), caption

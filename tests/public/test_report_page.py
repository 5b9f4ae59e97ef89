import re
from urllib.parse import quote

import pytest
import zxingcpp
from lxml import html
from PIL import Image

from reports.editions.grammar import plain
from reports.models import SiteSettings
from reports.queries.sheets import sheet_of
from reports.sheet import name_of
from reports.workflow import State
from tests.factories import make_agency

from .shelf import page_of, put_out

pytestmark = pytest.mark.django_db
NAMES = (
    "SiteName", "SiteDomain", "SiteIDCode",
    "ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType",
    "ArticleTitle", "PubDate", "ContentSource", "Keywords", "Author", "Description", "Image", "Url",
)  # fmt: skip
EXPLAINED = {
    "code": "Y1",
    "message": "上年结转与上一年度报告不一致，相差 1。",
    "explanation": {"reason": "上一年度漏计 1 件，已补录。", "by": "虚构的填报员"},
}


@pytest.fixture
def revision():
    return put_out(findings=[EXPLAINED, {"code": "N1", "message": "这一项没有说明。"}])


@pytest.fixture
def tree(client, revision):
    return html.fromstring(client.get(page_of(revision)).content)


def metas(page) -> dict[str, str]:
    return {each.get("name"): each.get("content", "") for each in page.iterfind(".//meta[@name]")}


def text_of(page, path: str) -> str:
    return "".join(page.find(path).itertext())


def test_every_meta_tag_is_there_once_and_says_something(tree):
    for name in NAMES:
        tags = tree.findall(f".//head/meta[@name='{name}']")
        assert [bool(tag.get("content", "").strip()) for tag in tags] == [True], name


def test_the_meta_tags_say_what_the_report_is(tree, revision):
    said = metas(tree)
    assert said["ArticleTitle"] == revision.title
    assert said["PubDate"] == "2025-01-20 09:05"
    assert said["ContentSource"] == revision.agency_name
    assert said["ColumnType"] == "信息公开年报"
    assert said["Url"] == f"https://localhost{page_of(revision)}"


def test_the_sites_settings_are_in_head_title_and_footer(client):
    SiteSettings.objects.create(
        pk=1, name="虚构市信息公开", domain="gk.example", identification_code="9901000001",
        icp_record="虚ICP备1号", police_record="虚公网安备2号", host_organization="虚构市府办",
        contact="0999-1234567",
    )  # fmt: skip
    revision = put_out()
    page = html.fromstring(client.get(page_of(revision)).content)
    assert metas(page)["SiteIDCode"] == "9901000001"
    assert page.findtext(".//title") == f"{revision.title} - 信息公开年报 - 虚构市信息公开"
    footer = text_of(page, ".//footer")
    numbers = ("9901000001", "虚ICP备1号", "虚公网安备2号")
    assert all(said in footer for said in (*numbers, "虚构市府办", "0999-1234567", "网站地图"))


def test_the_information_block_stands_above_the_text(tree, revision):
    terms = [term.text for term in tree.iterfind(".//dl[@class='information']//dt")]
    assert terms == ["名称", "索引号", "分类", "发布机构", "公开日期", "关键词", "文件下载"]


def test_source_time_size_print_and_download_stand_under_the_title(tree, revision):
    below = tree.find(".//h1").getnext()
    assert below.get("class") == "byline"
    said = "".join(below.itertext())
    for words in (f"来源：{revision.agency_name}", "2025年1月20日 09:05", "字号", "打印", "下载"):
        assert words in said


def test_the_title_is_read_before_the_information_block_the_contents_and_the_text(tree):
    paths = (
        ".//h1", ".//dl[@class='information']", ".//nav[@class='contents']",
        ".//section[@id='part-overview']",
    )  # fmt: skip
    order = list(tree.iter())
    places = [order.index(tree.find(path)) for path in paths]
    assert places == sorted(places)


def test_the_breadcrumb_leads_back_to_the_agency(tree, revision):
    trail = tree.find(".//nav[@aria-label='当前位置']")
    assert "当前位置" in "".join(trail.itertext())
    assert f"/agencies/{revision.report.agency.slug}/" in [a.get("href") for a in trail.iter("a")]


def test_the_contents_lead_to_the_six_parts(tree):
    links = [link.get("href") for link in tree.iterfind(".//nav//ol/li/a")]
    anchors = [link for link in links if link.startswith("#")]
    assert len(anchors) == 6
    assert [tree.get_element_by_id(anchor[1:]).tag for anchor in anchors] == ["section"] * 6


def test_every_cell_of_the_report_is_on_the_page(tree, revision):
    for place, number in sheet_of(revision).cells():
        cell = tree.get_element_by_id(f"cell-{name_of(place)}")
        assert "".join(cell.itertext()).strip() == plain(number), name_of(place)


def test_downloads_name_format_size_and_checksum_and_how_to_check_it(tree, revision):
    rows = tree.findall(".//section[@id='downloads']//li")
    assert [row.find(".//a").get("href") for row in rows] == [
        "report.pdf", "report.csv", "report.json",
    ]  # fmt: skip
    said = "".join(rows[0].itertext())
    assert "PDF 文档" in said
    assert "字节" in said
    assert f"SHA-256 {'0' * 64}" in " ".join(said.split())
    assert "certutil -hashfile" in text_of(tree, ".//section[@id='downloads']")


def test_the_address_can_be_passed_on_without_another_host(tree, revision):
    share = tree.find(".//section[@id='share']")
    address = f"https://localhost{page_of(revision)}"
    assert share.find(".//*[@id='address']").text == address
    assert [link.get("href").split("?")[0] for link in share.iter("a")] == [
        "mailto:",
        f"{page_of(revision)}portal/",
    ]
    assert quote(address, safe="") in share.find(".//a").get("href")
    assert tree.find(".//link[@rel='canonical']").get("href") == address


def test_the_qr_code_reads_as_the_canonical_address(client):
    agency = make_agency()
    put_out(agency)
    second = put_out(agency, reason="更正新收数量。")
    for path in (page_of(second), f"{page_of(second)}versions/1/"):
        page = html.fromstring(client.get(path).content)
        code = page.find(".//section[@id='share']//svg")
        assert code.get("aria-label") == "本页网址的二维码"
        read = zxingcpp.read_barcodes(as_picture(code))
        assert [each.text for each in read] == [f"https://localhost{page_of(second)}"]


def as_picture(svg, scale: int = 8) -> Image.Image:
    """The drawn modules as pixels: the path is rows of ``m`` and ``h`` moves on the grid."""
    side = int(svg.get("viewbox").split()[2])
    picture = Image.new("L", (side, side), 255)
    x = y = 0.0
    for command, said in re.findall(r"([Mmh])([-\d. ]+)", svg.find("path[@stroke]").get("d")):
        numbers = [float(each) for each in said.split()]
        if command == "h":
            for at in range(int(numbers[0])):
                picture.putpixel((int(x) + at, int(y)), 0)
            x += numbers[0]
        else:
            x, y = numbers if command == "M" else (x + numbers[0], y + numbers[1])
    return picture.resize((side * scale, side * scale))


def test_findings_published_with_a_reason_are_shown_without_the_officials_name(tree):
    said = text_of(tree, ".//section[@id='explanations']")
    assert EXPLAINED["message"] in said
    assert EXPLAINED["explanation"]["reason"] in said
    assert "虚构的填报员" not in said
    assert "没有说明" not in said


def test_a_correction_is_announced_and_leads_to_the_older_text(client):
    agency = make_agency()
    put_out(agency)
    second = put_out(agency, reason="更正新收数量。")
    page = html.fromstring(client.get(page_of(second)).content)
    notice = page.find(".//section[@class='notice']")
    assert "更正新收数量。" in "".join(notice.itertext())
    assert notice.find(".//a").get("href") == f"{page_of(second)}versions/1/"
    assert len(page.findall(".//section[@id='versions']//tbody/tr")) == 2


def test_an_older_text_says_that_it_was_corrected(client):
    agency = make_agency()
    first = put_out(agency)
    put_out(agency, reason="更正新收数量。")
    page = html.fromstring(client.get(f"{page_of(first)}versions/1/").content)
    notice = text_of(page, ".//section[@class='notice notice-explain']")
    assert "这是更正前的文本" in notice
    assert "更正新收数量。" in notice
    assert metas(page)["robots"] == "noindex"
    assert page.find(".//article") is not None


def test_a_withdrawn_report_leaves_its_notice_and_nothing_else(client):
    agency = make_agency()
    put_out(agency)
    last = put_out(agency, state=State.WITHDRAWN, reason="含有个人信息。")
    for path in (page_of(last), f"{page_of(last)}versions/1/"):
        response = client.get(path)
        page = html.fromstring(response.content)
        assert response.status_code == 200
        assert "含有个人信息。" in text_of(page, ".//section[@class='notice notice-explain']")
        assert page.find(".//article") is None
        assert [each.get("class") for each in page.iter("table")] == ["data versions"]
        assert page.findall(".//section[@id='versions']//a") == []
        assert [bool(metas(page)[name]) for name in NAMES] == [True] * len(NAMES)
    assert client.get(f"{page_of(last)}report.pdf").status_code == 404
    assert client.get(f"{page_of(last)}versions/1/report.pdf").status_code == 404


def test_a_historical_report_says_that_it_is_one(client):
    revision = put_out(year=2020, as_printed=True)
    said = client.get(page_of(revision)).content.decode()
    assert "照录原文" in said
    assert "2019年版" in said


def test_what_is_not_published_has_no_page(client):
    revision = put_out()
    for path in (
        f"/agencies/{revision.report.agency.slug}/2023/",
        "/agencies/nobody/2024/",
        f"{page_of(revision)}versions/9/",
        f"/agencies/{revision.report.agency.slug}/02024/",
    ):
        assert client.get(path).status_code == 404, path


@pytest.mark.parametrize("texts", [1, 3])
def test_a_drawn_page_asks_at_most_twelve_times(client, django_assert_max_num_queries, texts):
    agency = make_agency()
    for _ in range(texts):
        revision = put_out(agency)
    with django_assert_max_num_queries(12):
        client.get(page_of(revision))

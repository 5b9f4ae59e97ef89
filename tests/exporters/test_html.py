"""The fragment every page shows: read back cell by cell."""

import re
from dataclasses import replace

import pytest
from lxml import html as lxml_html

from reports.editions.grammar import plain
from reports.exporters import FORMATS, Options, draw
from reports.exporters.html import fragment
from reports.exporters.presentation import Mark, present
from reports.sheet import Printed, name_of

from .specimen import specimen

EDITIONS = pytest.mark.parametrize("key", [2019, 2021])


@EDITIONS
def test_every_cell_says_the_sheets_number(key: int) -> None:
    sheet = specimen(key)
    page = lxml_html.fromstring(fragment(present(sheet)))
    shown = {cell.get("id"): cell.text_content() for cell in page.iter("td")}
    assert shown == {
        f"cell-{name_of(place)}": plain(number)
        for place, number in sheet.cells()
        if number is not None
    }


@EDITIONS
def test_headers_are_scoped_and_figures_point_to_them(key: int) -> None:
    page = lxml_html.fromstring(fragment(present(specimen(key))))
    ids = {each.get("id") for each in page.iter("th")}
    assert all(
        each.get("scope") in ("col", "colgroup", "row", "rowgroup") for each in page.iter("th")
    )
    for cell in page.iter("td"):
        assert set(cell.get("headers").split()) <= ids
        assert len(cell.get("headers").split()) >= 2
    everything = [each.get("id") for each in page.iter() if each.get("id")]
    assert len(everything) == len(set(everything))


@EDITIONS
def test_tables_have_caption_columns_and_the_forms_spans(key: int) -> None:
    page = lxml_html.fromstring(fragment(present(specimen(key))))
    tables = page.findall(".//table")
    assert [len(table.findall(".//col")) for table in tables] == [7 if key == 2019 else 4, 10, 15]
    assert all(table.find("caption").text for table in tables)
    lines = 20 if key == 2019 else 22
    spans = [int(each.get("rowspan", 1)) for each in tables[1].findall("tbody//th")]
    assert max(spans) == lines
    assert [len(table.findall("thead/tr")) for table in tables] == [0, 3, 3]
    for table in tables:
        region = table.getparent()
        assert (region.get("tabindex"), region.get("role")) == ("0", "region")


def test_headings_and_levels() -> None:
    sheet = specimen()
    page = lxml_html.fromstring(fragment(present(sheet)))
    assert page.findtext(".//h1/span") == "云泽市教育局"
    assert page.find(".//h1").text_content() == sheet.title
    titles = [part.title for part in sheet.edition.parts[1:]]
    assert [each.text for each in page.iter("h2")] == titles
    assert [each.text for each in page.iter("h3")] == ["（一）存在的主要问题", "（二）改进情况"]
    assert page.get_element_by_id("p-overview-3").text_content().startswith("（二）依申请公开。")
    assert page.get_element_by_id("p-overview-5").get("class") == "level-3"


def test_text_is_escaped_and_nothing_is_inline() -> None:
    sheet = replace(specimen(), overview='<script>alert(1)</script>" onclick="x', title="<b>题</b>")
    sheet = replace(sheet, printed=Printed(cells={"remedies.reconsideration.upheld": "<i>1</i>"}))
    text = fragment(present(sheet, marks={"overview.1": Mark("error", "应改", '"><script>')}))
    page = lxml_html.fromstring(text)
    assert not list(page.iter("script", "style", "b", "i"))
    assert not re.search(r"<[^>]* (style|onclick)=", text)


def test_a_mark_is_a_class_a_word_and_a_sentence() -> None:
    name = "applications.natural_person.received"
    report = present(specimen(), marks={name: Mark("error", "应改", "自然人列不平衡")})
    cell = lxml_html.fromstring(fragment(report)).get_element_by_id(f"cell-{name}")
    assert "mark-error" in cell.get("class").split()
    assert cell.findtext("span") == "应改"
    assert cell.get("title") == "自然人列不平衡"


def test_the_page_stands_alone() -> None:
    made = draw("html", specimen())
    page = lxml_html.document_fromstring(made.content.decode())
    assert page.get("lang") == "zh-CN"
    assert page.findtext(".//title") == specimen().title
    assert all(each.get("href").startswith("data:text/css") for each in page.iter("link"))


def test_every_format_is_listed_and_an_unknown_one_is_refused() -> None:
    assert list(FORMATS) == ["html", "pdf", "docx", "xlsx", "csv", "json"]
    with pytest.raises(KeyError):
        draw("odt", specimen(), Options())

"""Web pages: our own, and as government sites put them together."""

import gzip
from dataclasses import replace
from datetime import UTC, datetime
from html import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.editions import EDITIONS
from reports.editions.bodies import BodyKind
from reports.exporters import Options, draw
from reports.exporters.page import Publication, Site, draw_page
from reports.importers import UnreadableDocument
from reports.sheet import NARRATIVES, Addition
from reports.workflow import State
from tests.exporters.specimen import specimen

from . import documents as make
from .test_unreadable import SENTENCE, assert_read_or_refused

EACH_EDITION = pytest.mark.parametrize("edition", EDITIONS.values(), ids=lambda e: str(e.key))
EDITION = EDITIONS[2021]
TEXTS = (*NARRATIVES, "title", "agency", "year", "signed_by", "signed_on", "contact")


def table_html(rows, head=""):
    lines = (
        "<tr>" + "".join(
            f"<td rowspan={cell.rows} colspan='{cell.columns}'><p>{escape(cell.text)}</p></td>"
            for cell in row
        ) + "</tr>\n"
        for row in rows
    )  # fmt: skip
    return f"<table border=1>{head}{''.join(lines)}</table>"


def body_html(blocks, paragraph="<p>　　{}</p>\n"):
    return "".join(
        paragraph.format(escape(block)) if isinstance(block, str) else table_html(block)
        for block in blocks
    )


SITE = """<!-- saved from url=(0030)http://www.example.gov.cn/1.html -->
<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">
<title>{title}-临江市人民政府</title><style>p {{ color: red }}</style></head><body>
<div class="top"><ul><li><a href="/">首页</a></li><li><a href="/x">政府信息公开年报</a></li></ul></div>
<div>您现在的位置：首页 &gt; 年报</div>{content}
<div class="foot"><p>主办：临江市人民政府　版权所有</p><script>var a = "一、总体情况";</script></div>
</body></html>"""


def site(content, title="", charset="utf-8"):
    return SITE.format(content=content, title=title, charset=charset).encode(
        "gb18030" if charset.startswith("gb") else charset
    )


def same(reading, sheet, notes=None):
    assert make.figures(reading.sheet) == make.figures(sheet)
    for key in TEXTS:
        assert getattr(reading.sheet, key) == getattr(sheet, key), key
    assert reading.notes == (make.assumed(sheet) if notes is None else notes)


@EACH_EDITION
@pytest.mark.parametrize("seed", range(4))
def test_our_own_file_comes_back(edition, seed):
    sheet = make.random_sheet(edition, seed)
    same(make.reading_of(draw("html", sheet, Options()).content), sheet, ())


def publication(sheet, **changes):
    url = "/agencies/a/2021/"
    return Publication(
        sheet=sheet, title=sheet.title, agency=sheet.agency, slug="a", kind=BodyKind.DEPARTMENT,
        region="南山区", site=Site(), number=1, published_at=datetime(2022, 1, 20, 9, tzinfo=UTC),
        state=State.PUBLISHED, index_number="1", url=url, current_url=url, **changes,
    )  # fmt: skip


@EACH_EDITION
def test_our_own_public_page_comes_back(edition):
    sheet = make.random_sheet(edition)
    same(make.reading_of(draw_page(publication(sheet))), sheet, ())
    long = specimen(edition.key)
    reading = make.reading_of(draw_page(publication(long)))
    same(reading, long, ())
    assert reading.sheet.printed.additions == ()


def test_a_local_addition_comes_back_without_our_remark_on_it():
    sheet = make.random_sheet(EDITION)
    added = Addition("disclosure", "", (("发布渠道", "条数"), ("网站", "3")), "另有统计。")
    printed = replace(sheet.printed, additions=(added,))
    sheet = replace(sheet, as_printed=True, printed=printed)
    read = make.reading_of(draw("html", sheet, Options()).content).sheet
    assert make.figures(read) == make.figures(sheet)
    assert [(a.text, a.rows) for a in read.printed.additions] == [
        ("另有统计。", ()), ("", added.rows)
    ]  # fmt: skip


@EACH_EDITION
@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "gbk", "GB18030", "utf-16"])
def test_a_site_in_any_encoding(edition, charset):
    sheet = make.random_sheet(edition)
    page = site(f'<div id="zoom">{body_html(make.parts_of(sheet))}</div>', charset=charset)
    same(make.reading_of(page), sheet)


def test_what_the_page_declares_may_be_wrong():
    sheet = make.random_sheet(EDITION)
    page = site(body_html(make.parts_of(sheet))).replace(b"charset=utf-8", b"charset=gb2312")
    same(make.reading_of(page), sheet)
    page = site(body_html(make.parts_of(sheet)), charset="gbk").replace(b"gbk", b"x-none")
    same(make.reading_of(page), sheet)


def test_one_broken_character_does_not_refuse_a_page():
    sheet = make.random_sheet(EDITION)
    page = site(body_html(make.parts_of(sheet)), charset="gb2312")
    page = page.replace("更新不够".encode("gb18030"), b"\xb8\xff" + "新不够".encode("gb18030"))
    assert make.figures(make.reading_of(page).sheet) == make.figures(sheet)


def test_title_above_and_signature_below_the_article():
    sheet = make.random_sheet(EDITION)
    title, *blocks, name, day = make.parts_of(sheet)
    content = (
        f"<div><h1>{title}</h1><div>发布时间：2022-01-20　来源：本站　字号：[大 中 小]</div></div>"
        f"<div id=zoom>{body_html(blocks)}</div><div><p>{name}</p><p>{day}</p></div>"
        "<div>【打印本页】 【关闭窗口】</div>"
    )
    same(make.reading_of(site(content)), sheet)


def test_the_title_may_stand_in_the_page_s_head_only():
    sheet = make.random_sheet(EDITION)
    _, *blocks = make.parts_of(sheet)
    same(make.reading_of(site(f"<div>{body_html(blocks)}</div>", sheet.title)), sheet)


@EACH_EDITION
def test_tables_that_lay_out_the_page(edition):
    sheet = make.random_sheet(edition)
    inner = body_html(make.parts_of(sheet))
    content = (
        "<table><tr><td><a href=/>首页</a></td><td><a href=/a>栏目</a></td></tr></table>"
        f"<table><tr><td width=20%><ul><li><a href=/n>通知</a></li></ul></td>"
        f"<td><table><tbody><tr><td>{inner}</td></tr></tbody></table></td></tr></table>"
    )
    same(make.reading_of(site(content)), sheet)


def test_text_broken_by_br_and_without_paragraphs():
    sheet = make.random_sheet(EDITION)
    content = f"<div>{body_html(make.parts_of(sheet), '&emsp;&emsp;{}<br><br>')}</div>"
    same(make.reading_of(site(content)), sheet)


def test_words_in_pieces_and_lines_of_the_source():
    sheet = make.random_sheet(EDITION)
    content = body_html(make.parts_of(sheet)).replace("更新", "<span>更</span><font>\n  新</font>")
    content = content.replace("本年度没有", "本年\r\n度没<!-- x --><o:p></o:p>有")
    same(make.reading_of(site(content)), sheet)


def test_head_and_body_of_a_table_and_a_row_span_to_its_end():
    sheet = make.random_sheet(EDITION)
    tables = make.tables_of(sheet)
    rows = tables["applications"]
    whole = table_html(rows)
    cut = whole.replace("<tr>", "<thead><tr>", 1)
    third = -1
    for _ in range(3):
        third = cut.index("</tr>", third + 1)
    cut = cut[: third + 5] + "</thead>" + cut[third + 5 :]
    content = body_html(make.parts_of(sheet)).replace(whole, cut)
    same(make.reading_of(site(content)), sheet)


def test_a_list_of_contents_and_hidden_text_are_not_the_report():
    sheet = make.random_sheet(EDITION)
    links = "".join(f"<li><a href=#p>{part.title}</a></li>" for part in EDITION.parts[1:])
    content = (
        f"<div class=menu><ul>{links}</ul></div><div><p style='display: none'>五、无</p>"
        f"{body_html(make.parts_of(sheet))}<p hidden>六、无</p></div>"
    )
    same(make.reading_of(site(content)), sheet)


def test_the_page_edges_of_an_office_program_are_not_the_report():
    sheet = make.random_sheet(EDITION)
    page = f"<html><body>{body_html(make.parts_of(sheet))}<div title=footer><p>— 1 —</p></div>"
    same(make.reading_of(page.encode()), sheet)


ROWS = "<tr>" + "<td rowspan=60000>1</td>" * 900 + "</tr>" + "<tr></tr>" * 30_000
REFUSED = {
    "nothing": b"<html></html>",
    "no report": b"<!DOCTYPE html><html><body><p>x</p></body></html>",
    "only its beginning": b"<html",
    "too deep": b"<html><body>" + b"<div>" * 5000,
    "too many elements": b"<html><body>" + b"<b>1</b>" * 200_000,
    "too many cells": f"<html><body><table>{ROWS}</table>".encode(),
    "too many paragraphs": b"<html><body>" + b"<p>1</p>" * 100_000,
    "binary": b"<html><body>" + bytes(range(128, 256)) * 90,
    "compressed": b"<html>" + gzip.compress(bytes(9999)),
}


@pytest.mark.parametrize("data", REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_says_why(data):
    with pytest.raises(UnreadableDocument) as refused:
        make.reading_of(data)
    assert SENTENCE.match(str(refused.value))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=300), st.integers(0, 20_000))
def test_a_page_cut_short_or_damaged_is_read_or_refused(data, at):
    page = site(body_html(make.parts_of(make.random_sheet(EDITION))))
    assert_read_or_refused(page[:at] + data)
    assert_read_or_refused(page[:at] + data + page[at + len(data) :])


def test_entities_and_addresses_are_not_followed(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("钥匙")
    page = site(body_html(make.parts_of(make.random_sheet(EDITION)))).decode()
    page = f'<!DOCTYPE html [<!ENTITY a SYSTEM "file://{secret}">]>' + page.replace("发布", "&a;")
    assert "钥匙" not in str(make.reading_of(page.encode()).sheet)

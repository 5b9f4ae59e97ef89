"""Reports in traditional characters: recognized by the same labels, kept as printed."""

import pytest

from reports.editions import EDITIONS
from reports.importers.traditional import FORMS, SAID, folded
from reports.sheet import NARRATIVES

from . import documents as make
from .test_html import body_html, site

EACH_EDITION = pytest.mark.parametrize("edition", EDITIONS.values(), ids=lambda e: str(e.key))
FORM_OF = {each[0]: each[1:] for each in FORMS.split()}
USUAL = {
    "国": "國", "后": "後", "复": "復", "历": "歷", "发": "發", "系": "係", "余": "餘", "个": "個",
    "台": "臺", "获": "獲", "汇": "匯", "里": "裡", "制": "製", "当": "當", "干": "幹", "面": "面",
    "只": "只", "才": "才", "家": "家", "合": "合", "同": "同", "其": "其", "和": "和", "年": "年",
    "表": "表", "件": "件", "周": "周", "采": "採", "布": "布", "于": "於", "向": "向", "回": "回",
    "考": "考", "升": "升", "占": "占", "注": "注", "胡": "胡", "千": "千", "志": "志",
    "万": "萬", "并": "並", "因": "因", "群": "群", "真": "真", "期": "期", "局": "局", "范": "範",
}  # fmt: skip


def traditional(text):
    return "".join(USUAL.get(each) or FORM_OF.get(each, each)[0] for each in text)


def traditional_blocks(sheet):
    return [
        traditional(block) if isinstance(block, str) else make.relabeled(block, traditional)
        for block in make.parts_of(sheet)
    ]


def as_page(blocks):
    page = site(body_html(blocks), charset="utf-8").decode().replace("utf-8", "big5")
    return traditional(page).encode("big5hkscs")


def as_page_without_charset(blocks):
    return as_page(blocks).replace(b"charset=big5", b"")


def in_big5(blocks):
    return make.as_lines(blocks).decode().encode("big5hkscs")


PAGES = [as_page, as_page_without_charset]
WRITERS = [make.as_lines, make.as_docx, make.as_spreadsheet, in_big5, *PAGES]


@EACH_EDITION
@pytest.mark.parametrize("write", WRITERS, ids=lambda w: w.__name__)
def test_every_cell_is_read_and_the_text_stays_as_printed(edition, write):
    sheet = make.random_sheet(edition)
    reading = make.reading_of(write(traditional_blocks(sheet)))
    read = reading.sheet
    assert make.figures(read) == make.figures(sheet)
    assert reading.notes[0] == SAID
    assert read.printed.labels == {}
    assert read.printed.missing == ()
    assert (read.title, read.year) == (traditional(sheet.title), sheet.year)
    assert (read.agency, read.signed_by) == (traditional(sheet.agency),) * 2
    assert read.signed_on == sheet.signed_on
    for key in NARRATIVES:
        assert getattr(read, key) == traditional(getattr(sheet, key))
    assert read.contact.address == traditional(sheet.contact.address)
    assert read.contact.telephone == sheet.contact.telephone


def test_the_wording_of_the_form_in_traditional_characters():
    assert folded("國家秘密 自然人 總計 行政複議 不予公開 法人或其他組織") == (
        "国家秘密 自然人 总计 行政复议 不予公开 法人或其他组织"
    )
    assert folded("第二十條 規章 行政許可 行政處罰 行政強制 萬元 處理費") == (
        "第二十条 规章 行政许可 行政处罚 行政强制 万元 处理费"
    )


def test_folding_keeps_every_place_and_leaves_simplified_text_alone():
    assert all(len(folded(form)) == 1 for each in FORMS.split() for form in each)
    simplified = "".join(each[0] for each in FORMS.split())
    assert folded(simplified) == simplified


def test_a_name_with_a_traditional_character_is_not_a_traditional_text():
    sheet = make.random_sheet(EDITIONS[2021])
    reading = make.reading_of(make.as_lines([*make.parts_of(sheet)[:-2], "聯繫人：龔某。"]))
    assert SAID not in reading.notes

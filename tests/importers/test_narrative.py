"""Titles, bodies, years, headings, contact and signature, as people write them."""

from datetime import date

import pytest

from reports.editions import EDITIONS
from reports.importers.narrative import agency_and_year, contact_of, front_of, signature_of
from reports.sheet import Contact

from . import documents as make

EDITION = EDITIONS[2021]
TITLES = {
    "柳州市柳江区总工会2021年政府信息公开工作年度报告": ("柳州市柳江区总工会", 2021),
    "新丰县总工会2024年信息公开工作年度报告": ("新丰县总工会", 2024),
    "临江市档案馆2021年度政府信息公开工作报告": ("临江市档案馆", 2021),
    "临江市档案馆关于2021年度政府信息公开工作情况的报告": ("临江市档案馆", 2021),
    "2021年临江市档案馆政府信息公开工作年度报告": ("临江市档案馆", 2021),
    "临江市档案馆二〇二一年政府信息公开工作年度报告": ("临江市档案馆", 2021),
    "临江市档案馆二○二一年政府信息公开年报报告": ("临江市档案馆", 2021),
    "临江市档案馆 ２０２１ 年政府信息公开工作年度报告": ("临江市档案馆", 2021),
    "四平市铁西区[bookmark: _GoBack]2020年政府信息公开工作年度报告": ("四平市铁西区", 2020),
    "工会2020年政府信息公开工作年度报告": ("工会", 2020),
    "2021年政府信息公开工作年度报告": ("", 2021),
    "政府信息公开工作年度报告": ("", 0),
}


@pytest.mark.parametrize(("title", "told"), TITLES.items())
def test_a_title_tells_body_and_year(title, told):
    assert agency_and_year(title) == told


@pytest.mark.parametrize(
    ("lines", "title", "preface"),
    [
        (["甲县总工会", "2021年政府信息公开", "工作年度报告", "根据规定。"],
         "甲县总工会2021年政府信息公开工作年度报告", ("根据规定。",)),
        (["附件：", "甲县总工会2021年政府信息公开工作年度报告"],
         "甲县总工会2021年政府信息公开工作年度报告", ()),
        (["附件1", "甲县总工会", "2021年政府信息公开工作年度报告", "前言。"],
         "甲县总工会2021年政府信息公开工作年度报告", ("前言。",)),
        (["根据条例，编制本报告。"], "", ("根据条例，编制本报告。",)),
    ],
)  # fmt: skip
def test_a_title_may_span_lines(lines, title, preface):
    front = front_of(lines)
    assert (front.title, front.preface) == (title, preface)


@pytest.mark.parametrize(
    ("lines", "signed_by", "signed_on", "rest"),
    [
        (["无。", "甲县总工会", "2022年1月18日"], "甲县总工会", date(2022, 1, 18), ("无。",)),
        (["无", "甲县总工会  2022 年 1 月 18 日"], "甲县总工会", date(2022, 1, 18), ("无",)),
        (["无", "2022年1月18日"], "", date(2022, 1, 18), ("无",)),
        (["无", "二〇二二年一月十八日"], "", date(2022, 1, 18), ("无",)),
        (["无", "甲县总工会", "2022-01-18"], "甲县总工会", date(2022, 1, 18), ("无",)),
        (["无", "甲县总工会"], "甲县总工会", None, ("无",)),
        (["无"], "", None, ("无",)),
        (["无", "甲县总工会", "2022年1月18日", "（此件公开发布）"],
         "甲县总工会", date(2022, 1, 18), ("无", "（此件公开发布）")),
        (["收费情况截至2021年12月31日"], "", None, ("收费情况截至2021年12月31日",)),
        (["无", "2022年2月30日"], "", None, ("无",)),
    ],
)  # fmt: skip
def test_signature_and_date(lines, signed_by, signed_on, rest):
    signature = signature_of(lines, "甲县总工会")
    assert (signature.signed_by, signature.signed_on, signature.rest) == (
        signed_by,
        signed_on,
        rest,
    )


def test_contact_as_printed():
    text = "地址：四平市铁西区海丰大街943号，邮编：136000，电话：0434-3273136，邮箱：a.b@x.gov.cn。"
    assert contact_of([text]) == Contact(
        "四平市铁西区海丰大街943号", "136000", "0434-3273136", "a.b@x.gov.cn"
    )
    assert contact_of(["（联系电话：0751－2252345）"]).telephone == "0751－2252345"
    assert contact_of(["没有联系方式。"]) == Contact()


def read_with(change, sheet=None):
    """A reading of the report with each of its paragraphs changed."""
    sheet = sheet or make.random_sheet(EDITION)
    blocks = [change(b) if isinstance(b, str) else b for b in make.parts_of(sheet)]
    return make.reading_of(make.as_lines([b for b in blocks if b]))


HEADINGS = {part.key: part.title for part in EDITION.parts[1:]}


@pytest.mark.parametrize(
    ("key", "printed"),
    [
        ("remedies", "4、 政府信息公开行政复议、行政诉讼情况"),
        ("disclosure", "主动公开政府信息情况"),
        ("overview", "一、基本情况"),
        ("problems", "五、存在的主要问题及改进措施"),
        ("problems", "五、政府信息公开工作存在的主要问题及改进情况"),
        ("other_matters", "六、其他需要报告的事项："),
        ("applications", "三.收到和处理政府信息公开申请情况"),
        ("remedies", "第四部分 政府信息公开行政复议、行政诉讼情况"),
        ("overview", "一、概述"),
    ],
)
def test_a_heading_in_other_words_or_numbers(key, printed):
    sheet = make.random_sheet(EDITION)
    reading = read_with(lambda text: printed if text == HEADINGS[key] else text, sheet)
    expected = [(HEADINGS[k] if k != key else printed, k) for k in HEADINGS]
    assert [(h.text, h.part) for h in reading.sheet.printed.headings] == expected
    assert make.figures(reading.sheet) == make.figures(sheet)
    for part in ("overview", "problems", "other_matters"):
        assert reading.sheet.text(part) == sheet.text(part)


def test_a_heading_with_its_text_on_the_same_line():
    sheet = make.random_sheet(EDITION)
    reading = read_with(
        lambda t: f"{t}。本年度没有收费。" if t == HEADINGS["other_matters"] else t, sheet
    )
    assert reading.sheet.other_matters == f"本年度没有收费。\n{sheet.other_matters}"
    assert reading.sheet.printed.headings[-1].text == f"{HEADINGS['other_matters']}。"


def test_subheadings_of_part_one_do_not_begin_a_part():
    text = "（一）主动公开政府信息情况\n公开三条。\n1.收到和处理情况\n无。\n二、小标题\n文字。"
    sheet = make.random_sheet(EDITION)
    blocks = make.parts_of(sheet)
    at = blocks.index(HEADINGS["overview"])
    reading = make.reading_of(
        make.as_lines([*blocks[: at + 1], *text.split("\n"), *blocks[at + 1 :]])
    )
    assert reading.sheet.overview == f"{text}\n{sheet.overview}"
    assert make.figures(reading.sheet) == make.figures(sheet)


def test_a_table_of_contents_is_left_out():
    sheet = make.random_sheet(EDITION)
    blocks = make.parts_of(sheet)
    reading = make.reading_of(make.as_lines([blocks[0], "目录", *HEADINGS.values(), *blocks[1:]]))
    assert reading.sheet.overview == sheet.overview
    assert "正文之前的目录没有读取。" in reading.notes


def test_prose_in_a_table_part_is_kept():
    sheet = make.random_sheet(EDITION)
    blocks = make.parts_of(sheet)
    at = blocks.index(HEADINGS["disclosure"]) + 1
    reading = make.reading_of(make.as_lines([*blocks[:at], "本年公开三条。", *blocks[at:]]))
    (addition,) = reading.sheet.printed.additions
    assert (addition.part, addition.text, addition.rows) == ("disclosure", "本年公开三条。", ())


def test_without_a_title_the_signature_and_the_period_tell():
    sheet = make.random_sheet(EDITION)
    reading = read_with(lambda text: "" if text == sheet.title else text, sheet)
    assert (reading.sheet.agency, reading.sheet.year) == (make.AGENCY, 2021)
    assert any("按落款" in note for note in reading.notes)
    assert any("按统计期限作为2021年度读取" in note for note in reading.notes)


def test_a_title_without_the_bodys_full_name():
    sheet = make.random_sheet(EDITION)
    reading = read_with(lambda t: "" if t in (sheet.title, make.AGENCY) else t, sheet)
    assert reading.sheet.agency == ""
    assert "没有认出机关名称。" in reading.notes


def test_a_date_below_the_title():
    sheet = make.random_sheet(EDITION)
    blocks = make.parts_of(sheet)
    moved = [blocks[0], "（2022年1月9日）", *blocks[1:-2]]
    reading = make.reading_of(make.as_lines(moved))
    assert reading.sheet.signed_on == date(2022, 1, 9)
    assert reading.sheet.preface == sheet.preface
    assert "成文日期印在标题下面。" in reading.notes


def test_an_impossible_date_is_said():
    reading = read_with(lambda text: "2022年2月30日" if text == "2022年1月9日" else text)
    assert reading.sheet.signed_on is None
    assert any("不是日历上的日期" in note for note in reading.notes)


def test_lists_within_part_one_that_are_called_like_parts():
    """Part two's heading has lost its number, and part one has a list 「1.主动公开情况」."""
    sheet = make.random_sheet(EDITION)
    heading = EDITION.part("disclosure").heading
    reading = read_with(lambda t: heading if t == HEADINGS["disclosure"] else t, sheet)
    assert reading.sheet.overview == sheet.overview
    blocks = [heading if b == HEADINGS["disclosure"] else b for b in make.parts_of(sheet)]
    listed = ["1.主动公开情况", "三条。", "2.依申请公开情况", "无。"]
    reading = make.reading_of(make.as_lines([*blocks[:3], *listed, *blocks[3:]]))
    assert reading.sheet.overview == "\n".join([*listed, sheet.overview])
    assert [h.part for h in reading.sheet.printed.headings] == list(HEADINGS)


def test_parts_numbered_in_brackets():
    sheet = make.random_sheet(EDITION)
    marks = {part.title: f"（{part.numeral}）{part.heading}" for part in EDITION.parts[1:]}
    reading = read_with(lambda text: marks.get(text, text), sheet)
    assert [h.text for h in reading.sheet.printed.headings] == list(marks.values())
    assert reading.sheet.problems == sheet.problems
    assert make.figures(reading.sheet) == make.figures(sheet)

"""What number a cell's text is, or that it is blank."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.editions.grammar import Kind
from reports.importers.numbers import LARGEST, chinese_number, is_figure, parse_number

SIMPLY = [
    ("12", Kind.COUNT, 12),
    (" 0\n ", Kind.COUNT, 0),
    ("\u3000\u30007\u2002", Kind.COUNT, 7),
    ("-6052", Kind.CHANGE, -6052),
    ("-3", Kind.COUNT, -3),
    ("251.30", Kind.AMOUNT, Decimal("251.3")),
    ("0.000001", Kind.AMOUNT, Decimal("0.000001")),
]
WITH_A_NOTE = [
    ("１２", Kind.COUNT, 12, "全角数字"),
    ("1,234", Kind.COUNT, 1234, "逗号"),
    ("12，345，678", Kind.COUNT, 12345678, "逗号"),
    ("减3", Kind.CHANGE, -3, "减"),
    ("减少 3 项", Kind.CHANGE, -3, "项"),
    ("+19", Kind.CHANGE, 19, "+"),
    ("增19", Kind.CHANGE, 19, "增"),
    ("－6052", Kind.CHANGE, -6052, ""),
    ("—5", Kind.CHANGE, -5, "—"),
    ("12件", Kind.COUNT, 12, "件"),
    ("共22件", Kind.COUNT, 22, "共"),
    ("22（其中修订16件）", Kind.COUNT, 22, "其中修订16件"),
    ("22件，其中修订16件", Kind.COUNT, 22, "其中修订16件"),
    ("1 2", Kind.COUNT, 12, "空格"),
    ("012", Kind.COUNT, 12, "零"),
    ("3.0", Kind.COUNT, 3, "小数"),
    ("零", Kind.COUNT, 0, "汉字"),
    ("十二", Kind.COUNT, 12, "汉字"),
    ("100万", Kind.AMOUNT, 100, "万"),
    ("100万元", Kind.AMOUNT, 100, "万元"),
    ("1.2亿元", Kind.AMOUNT, 12000, "亿元"),
    ("251000元", Kind.AMOUNT, Decimal("25.1"), "折合万元"),
    ("[bookmark: _GoBack]5", Kind.COUNT, 5, "编辑标记"),
    ("2①", Kind.COUNT, 2, "①"),
]
NONE = ["/", "-", "—", "——", "－", "／", "无", "*", "暂无", "不涉及"]
NOT_UNDERSTOOD = [
    "约10", "10余件", "3.5", "1,2", "1.2.3", "12:30", "5%", "减3", "O", "见附件", "99999999999", "一",
    "0.5元", "3-5", "2021年",
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "number"), SIMPLY)
def test_simply_a_number(text, kind, number):
    parsed = parse_number(text, kind)
    assert (parsed.number, parsed.exact, parsed.note) == (number, True, "")


@pytest.mark.parametrize(("text", "kind", "number", "said"), WITH_A_NOTE)
def test_a_number_and_what_else_stands_there(text, kind, number, said):
    parsed = parse_number(text, kind)
    assert parsed.number == number
    assert said in parsed.note
    assert not parsed.exact
    assert type(parsed.number) is (Decimal if kind is Kind.AMOUNT else int)


@pytest.mark.parametrize("text", ["", " \n", "\u3000", "\u200b\ufeff", "\xa0"])
def test_a_blank_is_no_number_and_needs_no_words(text):
    assert parse_number(text) == parse_number("")
    assert parse_number(text).number is None
    assert parse_number(text).exact


@pytest.mark.parametrize("text", NONE)
def test_a_mark_for_nothing_is_not_zero(text):
    parsed = parse_number(text)
    assert (parsed.number, parsed.exact) == (None, False)
    assert "按空白读取" in parsed.note
    assert is_figure(text)


@pytest.mark.parametrize("text", NOT_UNDERSTOOD)
def test_what_is_not_understood_is_blank_and_said(text):
    parsed = parse_number(text, Kind.COUNT)
    assert (parsed.number, parsed.exact) == (None, False)
    assert "按空白读取" in parsed.note


def test_a_header_in_yuan_converts():
    parsed = parse_number("1234.5", Kind.AMOUNT, unit="元")
    assert parsed.number == Decimal("0.12345")
    assert "元" in parsed.note
    assert parse_number("0.001", Kind.AMOUNT, unit="元").number is None


def test_chinese_numerals():
    told = {"十": 10, "二十": 20, "一百零三": 103, "两": 2, "二〇二一": 2021, "三千": 3000}
    assert {text: chinese_number(text) for text in told} == told
    assert chinese_number("三分") is None


@given(st.integers(-LARGEST, LARGEST))
def test_every_whole_number_is_read_exactly(number):
    assert parse_number(str(number), Kind.CHANGE).number == number
    assert parse_number(f"{number:,}", Kind.CHANGE).number == number
    assert parse_number(str(number), Kind.CHANGE).exact


@given(st.text(max_size=60), st.sampled_from(Kind))
def test_any_text_at_all_is_a_number_or_none(text, kind):
    parsed = parse_number(text, kind)
    assert parsed.number is None or abs(parsed.number) <= LARGEST
    assert parsed.exact or parsed.note

"""C05: the six parts, by the headings of a document or the contents of a draft."""

from dataclasses import replace

import pytest

from reports.checker.finding import Severity
from reports.checker.parts import check_parts
from reports.sheet import name_of

from .sheets import clean, found, only, printed

HEADINGS = [(part.title, part.key) for part in clean().edition.parts[1:]]


def with_heading(number, text, key=None):
    headings = list(HEADINGS)
    headings[number - 1] = (text, headings[number - 1][1] if key is None else key)
    return printed(clean(), *headings)


def test_the_forms_own_headings_are_right():
    assert found(check_parts, printed(clean())) == []


def test_an_authored_report_needs_no_headings():
    assert found(check_parts, clean()) == []


def test_an_empty_prose_part_is_named():
    finding = only(check_parts, clean(problems="  \n"))
    assert (finding.code, finding.part, finding.severity) == ("C05", 5, Severity.ERROR)
    assert "没有内容" in finding.message


def test_an_empty_preface_is_no_fault():
    assert found(check_parts, clean(preface="")) == []


def test_a_table_part_with_only_prose_is_named():
    sheet = clean()
    missing = tuple(name_of(place) for place in sheet.edition.places() if place.part == 3)
    finding = only(check_parts, printed(sheet, missing=missing))
    assert finding.part == 3
    assert "没有表格" in finding.message
    assert only(check_parts, replace(sheet, remedies={})).part == 4


def test_a_missing_part_is_named_once_even_where_its_text_is_missing_too():
    finding = only(check_parts, printed(clean(problems=""), *HEADINGS[:4], *HEADINGS[5:]))
    assert finding.part == 5
    assert finding.message.startswith("没有找到“五、")


def test_a_part_the_form_does_not_know_is_extra():
    extra = "三、公开平台建设和信息发布情况"
    finding = only(check_parts, printed(clean(), *HEADINGS[:2], extra, *HEADINGS[2:]))
    assert finding.quote == extra
    assert "不是格式规定的部分" in finding.message


@pytest.mark.parametrize("text", ["前言", "附件：", "（一）主动公开", "引 言", "1.工作机制"])
def test_what_is_no_part_at_all_is_not_extra(text):
    assert found(check_parts, printed(clean(), text, *HEADINGS)) == []


@pytest.mark.parametrize(
    ("mark", "said"),
    [
        ("4、", "“4、”"),
        ("五、", "“五、”"),
        ("（四）", "“（四）”"),
        ("第四部分 ", "“第四部分”"),
        ("４、 ", "“4、”"),
    ],
)
def test_a_part_misnumbered_is_quoted_and_put_right(mark, said):
    heading = clean().edition.part("remedies").heading
    finding = only(check_parts, with_heading(4, f"{mark}{heading}"))
    assert (finding.part, finding.quote) == (4, f"{mark}{heading}".strip())
    assert f"编号写作{said}，应为“四、" in finding.message
    assert finding.right == "四"


def test_a_part_without_a_number_is_named():
    finding = only(check_parts, with_heading(2, clean().edition.part("disclosure").heading))
    assert "没有编号" in finding.message


@pytest.mark.parametrize("mark", ["四、", "四、 ", " 四 、", "四．", "四"])
def test_spaces_and_points_after_the_right_number_are_not_its_business(mark):
    assert (
        found(check_parts, with_heading(4, mark + clean().edition.part("remedies").heading)) == []
    )


def test_a_part_out_of_order_is_named():
    swapped = [*HEADINGS[:2], HEADINGS[3], HEADINGS[2], *HEADINGS[4:]]
    finding = only(check_parts, printed(clean(), *swapped))
    assert finding.part == 3
    assert "排在了“四、" in finding.message


def test_a_part_twice_is_named_once():
    finding = only(check_parts, printed(clean(), *HEADINGS, HEADINGS[5]))
    assert (finding.part, finding.quote) == (6, HEADINGS[5][0])
    assert "不止一次" in finding.message


def test_another_name_for_a_part_is_an_error():
    finding = only(check_parts, with_heading(1, "一、基本情况"))
    assert (finding.severity, finding.left) == (Severity.ERROR, "基本情况")


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (4, "四、政府信息公开行政复议和行政诉讼情况"),
        (4, "四、因政府信息公开行政复议、行政诉讼情况"),
        (6, "六、其他需要报告事项"),
        (2, "二、行政机关主动公开政府信息情况"),
    ],
)
def test_a_word_more_or_less_in_a_heading_is_a_hint(number, text):
    assert only(check_parts, with_heading(number, text)).severity is Severity.HINT


def test_space_and_punctuation_in_a_heading_are_no_difference():
    assert found(check_parts, with_heading(4, "四、政府信息公开行政复议 行政诉讼情况：")) == []

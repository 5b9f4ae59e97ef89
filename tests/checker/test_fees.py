"""C19: part six and the 信息处理费."""

import pytest

from reports.checker.fees import check_fees
from reports.checker.finding import Severity

from .sheets import clean, found, only


@pytest.mark.parametrize("text", ["无", "暂无", "本年度没有其他需要报告的事项。"])
def test_silence_on_the_fee_is_to_be_explained(text):
    finding = only(check_fees, clean(other_matters=text))
    assert (finding.code, finding.severity, finding.part) == ("C19", Severity.EXPLAIN, 6)
    assert "没有写信息处理费的收取情况" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "我单位2021年未收取信息处理费。",
        "本年度收取信息处理费0件，0元。",
        "依申请公开信息处理费0元。",
        "本年度发出收费通知0件，收取总金额0元。",
        "未向申请人收取任何费用。",
        "街道未向公民、法人和其他组织收取任何与政府信息公开工作相关的费用；无其他事项。",
        "本机关没有产生信息\n处理费。",
        "信 息 处 理 费：无。",
    ],
)
def test_what_real_reports_say_of_the_fee_is_understood(text):
    assert found(check_fees, clean(other_matters=text)) == []


@pytest.mark.parametrize("year", [2019, 2020])
def test_before_2021_it_is_not_asked(year):
    assert found(check_fees, clean(2019, year, other_matters="无")) == []


def test_a_report_for_2024_on_the_2019_form_owes_it_all_the_same():
    assert only(check_fees, clean(2019, 2024, other_matters="暂无"))


def test_a_year_without_a_form_is_not_asked():
    assert found(check_fees, clean(2019, 2015, other_matters="无")) == []


def test_an_empty_part_is_left_to_the_check_of_parts():
    assert found(check_fees, clean(other_matters="")) == []


def test_where_only_part_one_speaks_of_the_fee_that_is_said():
    sheet = clean(other_matters="无", overview="2021年，没有收取政府信息公开复印、邮寄等费用。")
    assert "只在其他部分" in only(check_fees, sheet).message

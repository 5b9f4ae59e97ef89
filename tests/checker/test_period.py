"""C13: the period, in the ways in which real reports write it."""

from dataclasses import replace

import pytest

from reports.checker.finding import Context, Severity
from reports.checker.period import check_period

from .sheets import clean, found, only

YEAR = 2023


def report(preface, **texts):
    return clean(2021, YEAR, preface=preface, **texts)


@pytest.mark.parametrize(
    "stated",
    [
        "本报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。",
        "本报告所列数据的统计期限自2023年1月1日起至12月31日止，电子版可下载。",
        "本报告中所列数据统计期限为2023年1月1日至12月31日。",
        "数据统计时限为2023年1月1日至2023年12月31日。",
        "本年度报告中所列数据统计期限从2023年1月1日起到2023年12月31日止。",
        "本报告所列统计数据的期限自2023年1月1日起，至2023年12月31日止。",
        "统计期限：2023年1月1日—12月31日。",
        "统计期限：2023年1月1日－2023年12月31日。",
        "统计期限：2023年1月1日~12月31日。",
        "统计期限：2023年01月01日-12月31日。",
        "统计期限为２０２３年１月１日至１２月３１日。",
        "统计期限为二〇二三年1月1日至12月31日。",
        "统计期限为2023.1.1-2023.12.31。",
        "统计期限为2023.1.1-12.31。",
        "统计期限为2023-01-01至2023-12-31。",
        "统计期限为2023/1/1～2023/12/31。",
        "统计时间为2023年1月至12月。",
        "统计时间为2023年1-12月。",
        "统计期限为2023年度（1月1日至12月31日）。",
        "统计期限为1月1日至12月31日。",
        "统计期限为2023年度。",
        "统计期限为2023年全年。",
        "所列数据统计截至2023年12月31日。",
        "现将2023年度工作报告公布如下（本报告所列数据统计期限自2023年1月1日起至2023年12月31日止）：",
        "现将2023年1月1日至12月31日政府信息公开情况报告如下：",
        "统计期限自2023 年 1 月 1 日起至 2023 年 12 月 31 日止。",
    ],
)
def test_the_calendar_year_however_written_is_right(stated):
    assert found(check_period, report(stated)) == []


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ("统计期限自2022年1月1日起至2023年12月11日止。", "2022年1月1日至2023年12月11日"),
        ("统计期限自2023年1月1日起至12月11日止。", "2023年1月1日至2023年12月11日"),
        ("数据统计时限为2022年1月1日至12月31日。", "2022年1月1日至2022年12月31日"),
        ("统计期限为2023年1月至11月。", "2023年1月至2023年11月"),
        ("统计期限为2023年2月1日—12月31日。", "2023年2月1日至2023年12月31日"),
        ("统计期限为2023.1.1-2023.11.30。", "2023年1月1日至2023年11月30日"),
        ("统计期限为2023年1月1日至12月32日。", "2023年1月1日至2023年12月32日"),
        ("统计期限为2022年度。", "2022年度"),
        ("所列数据统计截至2023年11月30日。", "截至2023年11月30日"),
        ("统计期限为2023年1月1日至2024年1月10日。", "2023年1月1日至2024年1月10日"),
    ],
)
def test_another_period_is_an_error_with_what_it_should_be(stated, said):
    finding = only(check_period, report(stated))
    assert (finding.code, finding.severity, finding.part) == ("C13", Severity.ERROR, 0)
    assert finding.message.startswith(f"统计期限写的是{said}，应为2023年1月1日至12月31日。")
    assert (finding.left, finding.right) == (said, "2023年1月1日至12月31日")
    assert finding.quote == stated


def test_a_period_in_part_one_counts_where_there_is_no_preface():
    overview = "2023年，我局公开信息。本报告所列数据的统计期限自2022年1月1日起至2024年12月11日止。"
    finding = only(check_period, report("", overview=overview))
    assert finding.part == 1
    right = overview.replace("2022年1", "2023年1").replace("2024年12月11", "2023年12月31")
    assert found(check_period, report("", overview=right)) == []


def test_other_spans_of_time_in_part_one_are_not_the_period():
    overview = (
        "2023年5月1日至6月30日，我局开展专项行动，发布数据100条。"
        "截至2023年6月30日，发布统计信息30条。"
        "据统计，2023年3月1日至3月31日共公开信息9条。"
    )
    preface = "本报告所列数据的统计期限自2023年1月1日起至12月31日止。电话：0434-3273136。"
    assert found(check_period, report(preface, overview=overview)) == []


def test_no_period_at_all_is_to_be_explained():
    finding = only(check_period, report("根据《条例》编制本报告。电话：010-12-31至01。"))
    assert (finding.severity, finding.part) == (Severity.EXPLAIN, 0)
    assert "2023年1月1日至12月31日" in finding.message
    assert only(check_period, report("")).severity is Severity.EXPLAIN


def test_a_report_not_yet_begun_is_left_in_peace():
    assert found(check_period, report("", overview="")) == []


def test_a_document_of_unknown_year_is_not_held_to_a_period():
    sheet = replace(report("", overview="（文字描述）"), year=0)
    assert list(check_period(sheet, Context())) == []

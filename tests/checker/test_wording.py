"""C09: words that contradict figures."""

import pytest

from reports.checker.finding import Severity
from reports.checker.wording import check_wording

from .sheets import clean, found, only, with_applications, with_results


def busy(text):
    sheet = with_applications(
        clean(overview=text), received=3, granted=2, outcomes_total=2, carried_forward=1
    )
    sheet = with_results(sheet, "reconsideration", upheld=1, pending=1)
    return with_results(sheet, "litigation_direct", upheld=2)


@pytest.mark.parametrize(
    ("text", "claim", "figures"),
    [
        ("2021年，我局未收到政府信息公开申请。", "未收到政府信息公开申请", "新收 3"),
        ("全年没有接到公民、法人和其他组织提出的信息公开申请。", "没有接到", "新收 3"),
        ("未收到公民提出的信息公开申请。", "未收到公民", "新收 3"),
        ("收到政府信息公开申请3件，全部办结。", "全部办结", "结转 1"),
        ("收到政府信息公开申请3件，均已按时办结。", "均已按时办结", "结转 1"),
        ("政府信息公开申请办结率100%。", "办结率100%", "结转 1"),
        ("行政复议2件，均获维持。", "均获维持", "尚未审结 1"),
        ("没有因政府信息公开发生行政复议。", "没有因政府信息公开发生行政复议", "总计 2"),
        ("未发生因政府信息公开引起的行政诉讼。", "未发生", "总计 2"),
    ],
)
def test_words_against_the_tables(text, claim, figures):
    finding = only(check_wording, busy(text))
    assert (finding.code, finding.severity, finding.part) == ("C09", Severity.EXPLAIN, 1)
    assert finding.left.startswith(claim)
    assert finding.right == figures


@pytest.mark.parametrize(
    "text",
    [
        "2020年，我局未收到政府信息公开申请。",
        "未收到法人或其他组织的信息公开申请。",
        "未收到收费减免的信息公开申请。",
        "行政诉讼2件，均获维持，公开。",
        "人大建议、政协提案全部办结，并主动公开。",
        "收到政府信息公开申请3件，没有超期办结的。",
        "未发生因公开被纠正的行政复议。",
        "去年没有收到政府信息公开申请。",
        "做到政府信息公开申请全部办结。",
        "政府信息公开行政复议均未撤销。",
    ],
)
def test_what_the_words_do_not_deny(text):
    assert found(check_wording, busy(text)) == []


def test_a_report_of_zeros_may_say_so():
    text = "未收到政府信息公开申请，全部办结，未发生行政复议、行政诉讼，公开。"
    assert found(check_wording, clean(overview=text)) == []

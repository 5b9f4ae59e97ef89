"""C27: what a template or an editor left behind."""

import pytest

from reports.checker.finding import Severity
from reports.checker.leftovers import check_leftovers
from reports.sheet import Addition

from .sheets import clean, found, only, printed


@pytest.mark.parametrize(
    ("text", "trace"),
    [
        ("XX县总工会编制本报告。", "XX"),
        ("公开信息×××条。", "×××"),
        ("某某局未收到申请。", "某某"),
        ("（5） [bookmark: _GoBack]监督保障情况", "[bookmark: _GoBack]"),
        ("（文字描述）", "（文字描述）"),
        ("该部分以表格形式报告。", "该部分以表格形式报告"),
        ("公开信息X条。", "X"),
        ("公开信息____条。", "____"),
        ("（此处填写本年情况）", "（此处填写本年情况）"),
    ],
)
def test_a_trace_is_quoted(text, trace):
    finding = only(check_leftovers, clean(overview=text))
    assert (finding.code, finding.severity, finding.part) == ("C27", Severity.ERROR, 1)
    assert (finding.quote, f"“{trace}”" in finding.message) == (trace, True)


def test_title_headings_and_additions_are_read_too():
    assert only(check_leftovers, clean(title="[bookmark: _GoBack]2021年年度报告")).part is None
    assert only(check_leftovers, printed(clean(), ("六、某某事项", "other_matters"))).part == 6
    sheet = printed(clean(), additions=(Addition("disclosure", "", (), "（文字描述）"),))
    assert only(check_leftovers, sheet).part == 2


def test_the_same_trace_in_a_part_is_said_once():
    assert only(check_leftovers, clean(overview="XX局、XX县、XXX镇")).left == "XX、XXX"


@pytest.mark.parametrize(
    "text",
    [
        "网址：http://txqxxgk.example.gov.cn/xx/XX/ndbg/，邮箱xxgk@example.gov.cn。",
        "二〇二一年公开信息30条。",
        "某市的做法值得学习，这部分内容以表格为准。",
        "面积3×4米，XXGK系统，APP。",
        "本部分工作采用多种形式开展。",
    ],
)
def test_what_is_no_trace(text):
    assert found(check_leftovers, clean(overview=text)) == []

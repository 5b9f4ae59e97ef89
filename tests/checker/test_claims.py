"""C06: what the text says against what the tables say."""

import pytest

from reports.checker.claims import check_claims
from reports.checker.finding import Severity
from reports.sheet import Addition

from .sheets import clean, found, only, printed, with_applications, with_disclosure, with_results


def busy(text, **changes):
    """12 received of which 10 by persons, 1 brought, 11 done (6, 3, 2), 2 carried; 2 reviews, 1 suit."""
    sheet = clean(overview=text, **changes)
    sheet = with_applications(
        sheet, received=10, brought_forward=1, granted=6, granted_in_part=3, outcomes_total=9,
        carried_forward=2,
    )  # fmt: skip
    sheet = with_applications(
        sheet, "business", received=2, denied_third_party_rights=1, unable_not_held=1,
        outcomes_total=2,
    )  # fmt: skip
    sheet = with_results(sheet, "reconsideration", upheld=2)
    sheet = with_results(sheet, "litigation_direct", upheld=1)
    return with_disclosure(sheet, normative_documents_issued=3, normative_documents_in_force=9)


WRONG = [
    ("2021年，我局新收政府信息公开申请15件。", "15", "12"),
    ("共收到政府信息公开申请十五件。", "15", "12"),
    ("共收到15件政府信息公开申请。", "15", "12"),
    ("受理依申请公开15件，均已答复。", "15", "12"),
    ("政府信息公开申请上年结转3件。", "3", "1"),
    ("收到政府信息公开申请12件，办结9件，结转下年度继续办理2件。", "9", "11"),
    ("收到政府信息公开申请12件，办结11件，结转下一年度4件。", "4", "2"),
    ("办结政府信息公开申请11件，其中予以公开8件，部分公开3件。", "8", "6"),
    ("办结政府信息公开申请11件，其中不予公开2件。", "2", "1"),
    ("收到政府信息公开申请12件，其中自然人8件、法人或其他组织2件。", "8", "10"),
    ("因政府信息公开被申请行政复议3件。", "3", "2"),
    ("因政府信息公开引发行政复议2件、行政诉讼2件。", "2", "1"),
    ("制发行政规范性文件4件。", "4", "3"),
]


@pytest.mark.parametrize(("text", "left", "right"), WRONG)
def test_a_figure_unlike_the_tables(text, left, right):
    finding = only(check_claims, busy(text))
    assert (finding.code, finding.severity, finding.part) == ("C06", Severity.ERROR, 1)
    assert (finding.left, finding.right) == (left, right)
    assert finding.message.endswith("请核对正文和表格。")


@pytest.mark.parametrize(
    "text",
    [
        "2021年，我局新收政府信息公开申请12件，上年结转1件，办结11件，结转下年度继续办理2件。",
        "共受理政府信息公开申请13件（含上年结转）。",
        "共收到政府信息公开申请12件，其中自然人10件、法人或其他组织2件。",
        "全年办理依申请公开13件，答复11件。",
        "办结政府信息公开申请11件，其中予以公开6件，部分公开3件，不予公开1件，无法提供1件。",
        "因政府信息公开引发行政复议2件、行政诉讼1件。",
        "因政府信息公开引发行政复议、行政诉讼共3件。",
        "制发行政规范性文件3件，现行有效行政规范性文件9件。",
    ],
)
def test_what_agrees_in_one_reading_or_another(text):
    assert found(check_claims, busy(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "收到政府信息公开申请近20件，答复10余件。",
        "2020年收到政府信息公开申请30件。",
        "较去年收到政府信息公开申请20件有所减少。",
        "收到政府信息公开申请12件，其中网上申请8件、信函4件。",
        "收到行政许可申请30件。",
        "办理人大建议、政协提案20件，主动公开。",
        "办理行政复议案件120件。",
        "收到政府信息公开申请12件，比上年增加5件。",
        "《政府信息公开申请30件典型案例》已印发。",
        "通过平台收到政府信息公开申请8件。",
        "政府信息公开申请延期答复3件。",
        "公开规范性文件20件。",
    ],
)
def test_what_is_not_the_tables_business(text):
    assert found(check_claims, busy(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "2021年，全区共收到政府信息公开申请30件。",
        "2021年，全区各部门、各街道共收到政府信息公开申请30件。",
    ],
)
def test_another_scope_is_to_be_explained(text):
    finding = only(check_claims, busy(text))
    assert finding.severity is Severity.EXPLAIN
    assert "范围比本机关大" in finding.message


def test_blank_tables_contradict_nothing():
    sheet = clean(overview="收到政府信息公开申请12件。", applications={})
    assert found(check_claims, sheet) == []


def test_the_local_total_beside_the_table():
    row = ("2021年本部门政府信息公开发布总数量（非新闻类、消息类）：0",)
    sheet = printed(
        clean(overview="已发布2021年主动公开信息23条。"),
        additions=(Addition("disclosure", "", (row,)),),
    )
    finding = only(check_claims, sheet)
    assert (finding.severity, finding.left, finding.right) == (Severity.EXPLAIN, "23", "0")

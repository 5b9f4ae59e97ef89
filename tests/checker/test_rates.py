"""C08: rates that do not follow from their figures."""

import pytest

from reports.checker.finding import Severity
from reports.checker.rates import check_rates

from .sheets import clean, found, only


@pytest.mark.parametrize(
    ("text", "left", "right"),
    [
        ("2021年公开23条，2020年公开20条，增长25%。", "25%", "增长 15%"),
        ("公开信息30条，较上年增加10条，增长33.3%。", "33.3%", "增长 50%"),
        ("公开信息15条，较上年减少5条，下降20%。", "20%", "下降 25%"),
        ("收到申请12件，其中网上8件，占80%。", "80%", "占 66.7%"),
        ("收到申请12件，其中网上8件（占80%）。", "80%", "占 66.7%"),
    ],
)
def test_a_wrong_rate_shows_the_right_one(text, left, right):
    finding = only(check_rates, clean(overview=text))
    assert (finding.code, finding.severity, finding.part) == ("C08", Severity.EXPLAIN, 1)
    assert (finding.left, finding.right) == (left, right)


@pytest.mark.parametrize(
    "text",
    [
        "2021年公开23条，2020年公开20条，增长15%。",
        "公开信息由2020年的3条增至4条，增长33%。",
        "公开信息由2020年的3条增至4条，增长33.3%。",
        "公开信息20条，较上年减少5条，下降20%。",
        "收到申请12件，其中网上8件，占66.7%。",
        "收到申请12件，其中网上8件，占67%。",
        "收到申请12件，办结10件，其中网上5件，占50%。",
        "公开信息30条，增长约20%，较上年增加10条。",
        "公开信息300余条，较上年增加10条，增长33%。",
        "公开率100%，信息30条，办件20件。",
        "公开信息30条、较上年增加10个百分点。",
        "公开信息30条，访问量增长20%。",
        "公开信息30条、申请2件，分别增长20%、30%。",
    ],
)
def test_right_rates_and_those_of_unknown_figures(text):
    assert found(check_rates, clean(overview=text)) == []

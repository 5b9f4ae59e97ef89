"""C24: slips of the pen. All are hints."""

import pytest

from reports.checker.finding import Severity
from reports.checker.style import check_style

from .sheets import clean, found, only


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("做好全县县公开工作。", "县县"),
        ("增强可操作性性和规范性。", "性性"),
        ("完善了了制度。", "了了"),
        ("全面推进。。下一步", "。。"),
        ("(一)存在的问题", "(一)"),
        ("（一)存在的问题", "（一)"),
        ("1．加强学习。\n2.不断完善。", "1．"),
        ("（一）主动公开\n文字\n（2）依申请公开", "（2）"),
    ],
)
def test_a_slip_is_a_hint_with_its_quote(text, quote):
    finding = only(check_style, clean(problems=text))
    assert (finding.code, finding.severity, finding.part) == ("C24", Severity.HINT, 5)
    assert finding.quote == quote


@pytest.mark.parametrize(
    "text",
    [
        "县县级公立医院，市市场监管局，常常、人人、实实在在，了了解解，行行政之事，以及及时公开。",
        "1.加强学习。\n2.不断完善。\n3.1和3.2",
        "（一）主动公开\n（1）目录\n（2）栏目\n（二）依申请公开",
        "《某某县县志》与“两性性别”。",
        "(2021)1号文件，(a)(b)。",
    ],
)
def test_what_is_no_slip(text):
    assert found(check_style, clean(problems=text)) == []

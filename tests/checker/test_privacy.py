"""C22: personal data. All numbers here are invented; only their check digits are right."""

import pytest

from reports.checker.finding import Severity
from reports.checker.privacy import check_privacy, is_card, is_identity
from reports.sheet import Contact

from .sheets import clean, found, only

IDENTITY = "11010519491231002X"  # the example of GB 11643


@pytest.mark.parametrize(
    ("text", "name", "shown"),
    [
        (f"申请人身份证号{IDENTITY}。", "身份证号码", "110*************2X"),
        ("账号4111 1111 1111 1111。", "银行卡号", "411**************11"),
        ("账号4111111111111111。", "银行卡号", "411***********11"),
    ],
)
def test_numbers_with_a_valid_check_digit_are_errors_and_not_repeated(text, name, shown):
    finding = only(check_privacy, clean(overview=text))
    assert (finding.code, finding.severity, finding.left) == ("C22", Severity.ERROR, name)
    assert (finding.quote, shown in finding.message) == (shown, True)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("联系电话：13800138000。", "手机号码"),
        ("邮箱：someone@qq.com。", "私人电子邮箱"),
        ("邮箱：someone@163.com", "私人电子邮箱"),
        ("申请人张三丰向我局申请公开规划。", "申请人姓名"),
    ],
)
def test_what_may_have_a_reason_is_to_be_explained(text, name):
    finding = only(check_privacy, clean(preface=text))
    assert (finding.severity, finding.part, finding.left) == (Severity.EXPLAIN, 0, name)


@pytest.mark.parametrize(
    "text",
    [
        "电话：0434-3273136，邮编136000。",
        "邮箱：xxgk@example.gov.cn。",
        "统一社会信用代码11220302MB1234567X，订单号110105194912310021。",
        "网址http://example.gov.cn/t20210101_1234567890123456.html。",
        "申请人可以向我局提出申请，申请人无正当理由逾期不补正。",
        "访问量4111111111111112次。",
    ],
)
def test_what_is_nobodys_data(text):
    assert found(check_privacy, clean(preface=text)) == []


def test_the_contact_is_read_too():
    contact = Contact(telephone="13800138000")
    assert only(check_privacy, clean(contact=contact)).part == 0


def test_check_digits():
    assert is_identity(IDENTITY)
    assert not is_identity("110105194912310021")
    assert not is_identity("110105194913310029")
    assert is_card("4111111111111111")
    assert not is_card("4111111111111112")

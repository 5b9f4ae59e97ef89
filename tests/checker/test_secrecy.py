"""C23: marks of secrecy and sensitive words."""

import pytest

from reports.checker.finding import Severity
from reports.checker.secrecy import check_secrecy

from .sheets import clean, found, only


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("机密★1年", "机密★"),
        ("秘密 ★", "秘密 ★"),
        ("绝密\n2021年，我局公开信息。", "绝密"),
        ("（内部资料）", "（内部资料）"),
        ("内部资料，请勿外传。", "内部资料，请勿外传。"),
    ],
)
def test_a_mark_is_an_error(text, mark):
    finding = only(check_secrecy, clean(overview=text))
    assert (finding.code, finding.severity, finding.part) == ("C23", Severity.ERROR, 1)
    assert finding.quote == mark


@pytest.mark.parametrize(
    "text",
    [
        "涉及国家秘密、商业秘密的不予公开。",
        "不属于内部资料的一律公开，做好保密审查。",
        "机密文件按规定归档。",
        "评为★★★★★档案室。",
    ],
)
def test_speaking_of_secrets_is_no_mark(text):
    assert found(check_secrecy, clean(overview=text)) == []

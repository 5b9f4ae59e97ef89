"""C26: the contact of the preface."""

import pytest

from reports.checker.contact import check_contact
from reports.checker.finding import Severity
from reports.sheet import Contact

from .sheets import clean, found, only

WHOLE = "地址：虚构大道1号，邮编：136000，电话：0434-3273136。"


@pytest.mark.parametrize(
    "text",
    [
        WHOLE,
        "联系地址为虚构大道1号（邮政编码：136000；电话：（0434）3273136）。",
        "地址：虚构大道１号，邮编：１３６０００，电话：０４３４－３２７３１３６。",
    ],
)
def test_a_whole_contact(text):
    assert found(check_contact, clean(preface=text, contact=Contact())) == []


def test_the_fields_count_as_much_as_the_text():
    contact = Contact("虚构大道1号", "136000", "0434-3273136")
    assert found(check_contact, clean(preface="编制本报告。", contact=contact)) == []


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("编制本报告。", "地址、邮政编码、电话"),
        ("联系电话：0751－2252345。", "地址、邮政编码"),
        (WHOLE.replace("136000", "13600"), "13600"),
        (WHOLE.replace("0434-", ""), "3273136"),
    ],
)
def test_what_is_lacking_or_wrong_is_a_hint(text, left):
    finding = only(check_contact, clean(preface=text, contact=Contact()))
    assert (finding.code, finding.severity, finding.part) == ("C26", Severity.HINT, 0)
    assert finding.left == left


def test_a_report_without_a_preface_is_not_asked():
    assert found(check_contact, clean(preface="", contact=Contact())) == []

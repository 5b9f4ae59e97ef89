"""C16: the five topics of part one."""

import pytest

from reports.checker.finding import Severity
from reports.checker.topics import check_topics
from reports.sheet import Addition

from .sheets import clean, found, only, printed

FIVE = {
    "主动公开": "本年主动公开政府信息23条。",
    "依申请公开": "本年没有收到公开申请。",
    "政府信息管理": "完善了审核流程，严格保密审查。",
    "政府信息公开平台建设": "维护门户网站和微信公众号。",
    "监督保障": "开展了业务培训，接受社会监督。",
}


def test_five_topics_under_whatever_name_are_enough():
    assert found(check_topics, clean(overview="".join(FIVE.values()))) == []


@pytest.mark.parametrize("topic", FIVE)
def test_one_topic_missing_is_to_be_explained(topic):
    text = "".join(said for name, said in FIVE.items() if name != topic)
    finding = only(check_topics, clean(overview=text))
    assert (finding.code, finding.severity, finding.part) == ("C16", Severity.EXPLAIN, 1)
    assert finding.left == topic


def test_two_or_more_missing_are_an_error_with_their_number():
    finding = only(check_topics, clean(overview=FIVE["主动公开"] + FIVE["政府信息公开平台建设"]))
    assert finding.severity is Severity.ERROR
    assert "没有写到的有 3 个：依申请公开、政府信息管理、监督保障" in finding.message


def test_the_right_to_supervise_and_social_security_are_no_topic():
    text = "".join(list(FIVE.values())[:4]) + "保障公民知情权、监督权，办理社会保障卡。"
    assert only(check_topics, clean(overview=text)).left == "监督保障"


def test_prose_beside_the_table_of_part_two_counts():
    text = "".join(list(FIVE.values())[1:])
    sheet = printed(
        clean(overview=text), additions=(Addition("disclosure", "", (), FIVE["主动公开"]),)
    )
    assert found(check_topics, sheet) == []


def test_an_empty_part_is_left_to_the_check_of_parts():
    assert found(check_topics, clean(overview=" \n")) == []

"""C17: what a government tells besides."""

from dataclasses import replace

import pytest

from reports.checker.accountability import check_accountability
from reports.checker.finding import Severity
from reports.editions.bodies import Body, BodyKind

from .sheets import clean, found, only

ALL = "将政务公开纳入绩效考核，开展满意度测评，没有需要追究责任的情形。"


def government(text, name="四平市铁西区人民政府"):
    return replace(clean(overview=text), agency=name)


def test_a_government_that_tells_of_all_three():
    assert found(check_accountability, government(ALL)) == []


@pytest.mark.parametrize("name", ["四平市铁西区人民政府", "虚构县某镇人民政府"])
def test_what_is_lacking_is_named(name):
    finding = only(check_accountability, government("将政务公开纳入考核。", name))
    assert (finding.code, finding.severity, finding.part) == ("C17", Severity.EXPLAIN, 1)
    assert finding.left == "社会评议、责任追究结果"


def test_a_known_government_by_another_name():
    body = Body("云泽市政府办公室", BodyKind.GOVERNMENT)
    assert only(check_accountability, clean(overview="公开信息。"), body=body)


def test_a_department_and_a_union_are_not_asked():
    assert found(check_accountability, clean()) == []
    union = replace(clean(), agency="新丰县总工会")
    assert found(check_accountability, union) == []


def test_an_empty_part_is_left_to_the_check_of_parts():
    assert found(check_accountability, government("")) == []

"""C11: whose report it is, in title, text and signature."""

from dataclasses import replace

import pytest

from reports.checker.finding import Severity
from reports.checker.names import check_names
from reports.editions.bodies import Body, BodyKind

from .sheets import AGENCY, clean, found, only, printed


def test_a_clean_report_names_one_body():
    assert found(check_names, clean()) == []
    assert found(check_names, printed(clean())) == []


def test_a_title_without_the_full_name():
    sheet = printed(replace(clean(), agency="工会", title="工会2021年年度报告", signed_by=""))
    finding = only(check_names, sheet)
    assert (finding.code, finding.severity, finding.part) == ("C11", Severity.ERROR, None)
    assert "标题只写了“工会”，不是机关全称" in finding.message


def test_another_signature_than_the_title():
    finding = only(check_names, clean(signed_by="四平市铁西区教育局"))
    assert (finding.left, finding.right) == (AGENCY, "四平市铁西区教育局")


@pytest.mark.parametrize(
    "name",
    ["铁西区人力资源和社会保障局", "四平市铁西区人社局", " 四平市铁西区 人力资源和社会保障局"],
)
def test_a_short_form_in_the_signature_is_the_same_body(name):
    assert found(check_names, clean(signed_by=name)) == []


def test_a_former_name_of_the_body_is_its_own():
    body = Body("云泽市数据局", BodyKind.DEPARTMENT, aliases=("云泽市大数据发展管理局",))
    sheet = replace(clean(), agency="云泽市大数据发展管理局", signed_by="云泽市数据局")
    assert found(check_names, sheet, body=body) == []


def test_another_body_acting_in_the_text():
    text = "2021年，区政务服务局未收到依申请公开政府信息。"
    finding = only(check_names, clean(overview=text))
    assert (finding.part, finding.left, finding.quote) == (1, "区政务服务局", text)
    assert "是否抄自其他机关的报告" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "2021年，区人社局未收到政府信息公开申请。",
        "2021年，铁西区人社局共收到政府信息公开申请3件。",
        "2021年，我局未收到政府信息公开申请。",
        "原区劳动局未收到政府信息公开申请。",
        "按照区政府办公室要求，主动公开政府信息3条。",
        "区政务服务局组织了培训。",
        "各科室主动公开政府信息3条。",
        "全局共收到政府信息公开申请3件。",
    ],
)
def test_its_own_short_names_and_others_in_other_roles(text):
    assert found(check_names, clean(overview=text)) == []


def test_a_governments_report_may_tell_of_every_body():
    sheet = replace(clean(), agency="四平市人民政府", signed_by="四平市人民政府")
    sheet = replace(sheet, overview="2021年，市教育局主动公开政府信息30条。")
    assert found(check_names, sheet) == []


def test_the_whole_county_in_a_district():
    finding = only(check_names, clean(problems="为做好全县政务信息公开工作提供保障。"))
    assert (finding.part, finding.left) == (5, "全县")


def test_a_body_without_a_full_name_that_calls_itself_a_districts():
    sheet = replace(clean(), agency="工会", title="", signed_by="", preface="")
    sheet = replace(
        sheet, overview="对我区职工的工作，为区总工会的平台。", problems="全县政务公开。"
    )
    assert only(check_names, sheet).left == "全县"


@pytest.mark.parametrize("name", ["新丰县总工会", "余姚市总工会", "内蒙古自治区总工会"])
def test_a_county_and_a_city_may_speak_of_the_county(name):
    sheet = replace(clean(), agency=name, signed_by=name, overview="全县政务公开，按照县委要求。")
    assert found(check_names, sheet) == []


def test_a_county_in_a_documents_name_is_not_the_bodys():
    assert found(check_names, clean(problems="学习《全县政务公开方案》，各县级单位。")) == []

"""C12: another year than the report's; above all, what is no error at all.

The sentences are those of real reports, with the years put to the test.
"""

import pytest

from reports.checker.finding import Severity
from reports.checker.years import check_years

from .sheets import clean, found, only

YEAR = 2023  # the report's, in every test here


def report(**texts):
    return clean(2021, YEAR, **texts)


def test_another_year_in_the_title_is_an_error():
    finding = only(check_years, report(title="某市水利局2022年政府信息公开工作年度报告"))
    assert (finding.code, finding.severity, finding.part) == ("C12", Severity.ERROR, None)
    assert finding.message == ("标题写的是2022年，报告年度是2023年。请改正标题中的年份。")


@pytest.mark.parametrize(
    "title",
    [
        "",
        "某市水利局政府信息公开工作年度报告",
        "2023年上海市政府信息公开工作年度报告",
        "某市水利局２０２３年政府信息公开工作年度报告",
        "某市水利局二〇二三年政府信息公开工作年度报告",
        "某市水利局2023年度政府信息公开工作年度报告（2024年1月修订）",
    ],
)
def test_the_reports_year_in_the_title_however_written_is_right(title):
    assert found(check_years, report(title=title)) == []


LEFT_IN = [
    "2022年，我局认真贯彻落实《条例》，不断规范政府信息公开内容。",
    "2022年以来，新丰县总工会根据《中华人民共和国政府信息公开条例》开展政府信息公开工作。",
    "2022年度，我局严格按照要求公开政府信息。",
    "（二）依申请公开。\n2022年，我单位共收到依申请公开信息0件，回复0件。",
    "（一）主动公开情况。2022年，通过门户网站共公开信息120条。",
    "1.信息公开数量：2022年，我局主动公开政府信息22条。",
    "据统计，2022年我县共公开政府信息26条。",
    "我单位2022年未收到政府信息公开申请。",
    "区总工会2022年共公开信息9条。",
    "２０２２年，我局共公开政府信息23条。",
    "二〇二二年，我局共公开政府信息23条。",
    "2022 年，我局共公开政府信息23条，较上年增长20%。",
    "截至2022年12月31日，我街道共主动公开政府信息700条。",
    "截止2022年底，我局通过官方网站发布政务类信息34条。",
    "截止到2022年12月，主动公开信息423条。",
    "本年度（2022年）共公开信息30条。",
    "今年(2022年)，我局公开信息30条。",
    "2021年，我局认真贯彻落实《条例》，公开政府信息15条。",
    "2024年，我局共收到政府信息公开申请12件，均已办结。",
]


@pytest.mark.parametrize("text", LEFT_IN)
def test_a_sentence_left_in_from_another_year_is_quoted(text):
    finding = only(check_years, report(overview=text))
    assert (finding.severity, finding.part, finding.right) == (Severity.ERROR, 1, "2023年")
    assert finding.quote in text
    assert finding.left in finding.message
    assert "报告年度是2023年" in finding.message


HARMLESS = [
    # this year's own
    "2023年，我局认真贯彻落实《条例》，公开政府信息23条。",
    "2023年以来，我局主动公开政府信息23条。",
    "截至2023年12月31日，我局共公开政府信息23条。",
    "2023 年度，我局未收到政府信息公开申请。",
    # plans
    "2024年，我局将继续加大政府信息公开力度。",
    "2024年，区工会按要求结合部门的实际情况，做好以下政务信息公开工作：",
    "下一步，我局将加强培训。2024年，我局拟公开信息100条。",
    "2024年工作打算：一是加强学习。",
    # comparisons
    "较2022年增长20%。",
    "与2022年相比，公开信息增加10条。",
    "2022年，我局共公开信息20条，2023年共公开信息30条。",
    "2022年，我局共公开政府信息20条。2023年，共公开政府信息30条，同比增长50%。",
    "2022年共收到申请10件，今年共收到申请8件。",
    "2022年结转申请2件，均已办结。",
    "我局2022年度未办结的申请2件，已于本月办结。",
    # documents, laws, quotations
    "根据国办公开办函〔2022〕60号和《2022年政务公开工作要点》要求，公开了有关信息。",
    "《2022年长春市政务公开工作要点》印发后，我局公开信息12条。",
    "组织开展2022年“长春好网民”评选推荐工作的通知、关于长春市职工合唱团招募团员的通知。",
    "“2022年，我局公开信息12条”的提法已经改正。",
    "2019年5月15日，新修订的《条例》施行，我局认真贯彻落实公开要求。",
    "2022年政务公开第三方评估中，我局位列第三。",
    "公开本单位2023年财政预算和2022年决算。",
    "完成了2022年政府信息公开工作年度报告的编制和发布。",
    "2022年公开的规范性文件中，3件已经废止。",
    "2022年我局制定的《某某办法》公开后，收到意见12条。",
    # spans of years, history, honours
    "“十四五”时期（2021—2025年），我市持续推进信息公开。",
    "2021—2023年，我局共公开信息300条。",
    "2020年以来，我局坚持公开为常态。",
    "自2008年《条例》施行以来，我局共公开信息5000条。",
    "2022年，我局荣获全市政务公开先进单位称号。",
    "2018年，我局门户网站建成，公开信息1000条。",
    "2020年底，我局门户网站整合。",
    "2022年，国务院办公厅印发《指导意见》，我局认真落实公开要求。",
    "2022年，我局政府信息公开工作中存在的三方面问题已全部整改。",
    # the next January
    "2024年1月，我局完成了年度报告的编制。",
    "截至2024年1月18日，上述申请均已办结。",
    # addresses
    "详见http://www.example.gov.cn/2022年/2022，我局公开信息12条。",
    "（2022年，全市公开信息12条）为上级统计口径。",
]


@pytest.mark.parametrize("text", HARMLESS)
def test_another_year_that_is_rightly_there_raises_nothing(text):
    assert found(check_years, report(overview=text)) == []


def test_part_five_may_plan_the_next_year_and_look_back_at_the_last():
    text = (
        "2022年年报指出的问题已经整改。2023年，我局仍有不足。\n"
        "2024年，我局将公开信息100条，收到申请5件的力争3件提前答复。"
    )
    assert found(check_years, report(problems=text)) == []


def test_a_fee_sentence_of_another_year_is_found_in_part_six():
    assert only(check_years, report(other_matters="我单位2022年未收取信息处理费。")).part == 6
    assert only(check_years, report(other_matters="我单位2024年未收取信息处理费。")).part == 6


@pytest.mark.parametrize(
    "text",
    [
        "现将我局2022年政府信息公开工作情况报告如下：",
        "现公布我局2022年政府信息公开工作年度报告。",
        "现制定《四平市铁西区人力资源和社会保障局2022年政府信息公开工作年度报告》。",
        "特向社会公布螺洋街道2022年度信息公开年度报告。",
    ],
)
def test_a_preface_that_presents_another_years_report_is_an_error(text):
    finding = only(check_years, report(preface=text))
    assert (finding.part, finding.left) == (0, "2022年")


@pytest.mark.parametrize(
    "text",
    [
        "现将我局2023年政府信息公开工作情况报告如下：",
        "根据《关于做好2022年政府信息公开工作年度报告编制工作的通知》要求编制。",
        "本报告由总体情况、2024年工作思路等七个部分组成。",
        "本报告所列数据的统计期限自2022年1月1日起至2022年12月31日止。",  # C13's
        "在2022年政府信息公开工作年度报告的基础上，我局改进了编排。",
    ],
)
def test_a_preface_may_name_other_years(text):
    assert found(check_years, report(preface=text)) == []


def test_every_sentence_left_in_is_marked_by_itself():
    text = "2022年，我局认真公开信息。\n（一）依申请公开。2022年，未收到申请。"
    assert [each.quote for each in found(check_years, report(overview=text))] == [
        "2022年，我局认真公开信息。",
        "2022年，未收到申请。",
    ]

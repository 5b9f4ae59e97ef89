"""C18: part five says something: problems, and what is done about them."""

import pytest

from reports.checker.finding import Severity
from reports.checker.substance import check_substance

from .sheets import clean, found, only

PROBLEMS = "一是公开的内容还有待进一步完善，二是政策解读的形式还需要进一步丰富，三是更新不够及时。"
MEASURES = "一是加强学习培训，提高业务水平；二是完善公开目录，及时更新网站内容；三是拓宽公开渠道。"


@pytest.mark.parametrize(
    "text", ["无", "无。", "暂无", "本单位无。", "我局暂无问题。", "没有", " 无 \n"]
)
def test_nothing_is_not_acceptable(text):
    finding = only(check_substance, clean(problems=text))
    assert (finding.code, finding.severity, finding.part) == ("C18", Severity.ERROR, 5)
    assert f"只写了“{text.strip()}”" in finding.message


def test_under_thirty_characters_is_an_error_with_their_number():
    finding = only(check_substance, clean(problems="公开不够及时。 \n下一步将加强。"))
    assert "只有 14 个字" in finding.message
    assert finding.severity is Severity.ERROR


def test_an_empty_part_is_left_to_the_check_of_parts():
    assert found(check_substance, clean(problems=" \n")) == []


def test_problems_without_measures_are_to_be_explained():
    finding = only(check_substance, clean(problems=PROBLEMS))
    assert finding.severity is Severity.EXPLAIN
    assert "没有写改进的做法" in finding.message


def test_measures_without_problems_are_to_be_explained():
    finding = only(check_substance, clean(problems=MEASURES))
    assert "没有写存在的问题" in finding.message


def test_text_about_something_else_is_to_be_explained():
    text = "2021年，我局在区委、区政府的领导下，圆满完成了各项政府信息公开工作任务，成绩突出。"
    finding = only(check_substance, clean(problems=text))
    assert finding.severity is Severity.EXPLAIN
    assert "看不出" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        PROBLEMS + MEASURES,
        "（一）存在的主要问题\n" + PROBLEMS + "\n（二）改进情况\n" + MEASURES,
        # 四平市铁西区人社局 2020
        "同时也存在一些问题和不足。一是公开信息还不能完全满足社会公众的需求。"
        "下一步，我们将采取切实有效的措施加以整改。",
        # 余姚市总工会 2019
        "与市政府信息办的要求相比还存在一些不足和问题，监督制约机制还有待于进一步健全完善。"
        "在今后工作中，市总将抓好以下几项工作落实，以强化提升政务信息公开工作。",
        # 汽开区总工会 2020
        "一是信息公开有时不够全面，还需进一步完善。2021年，区工会按要求结合部门的实际情况，"
        "做好以下政务信息公开工作：（一）继续加大政务信息主动公开力度。",
        "政策解读形式较单一，公开时效有差距。针对上述不足，组织各科室培训2次，逐条梳理公开目录。",
    ],
)
def test_problems_with_measures_in_the_words_of_real_reports_are_right(text):
    assert found(check_substance, clean(problems=text)) == []

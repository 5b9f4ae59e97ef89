"""C07: sums within the text, and lists that promise no sum."""

import pytest

from reports.checker.finding import Severity
from reports.checker.sums import check_sums
from reports.sheet import Addition

from .sheets import clean, found, only, printed

YUYAO = (
    "在市政府网站总工会网页主动公开政务信息总数53条（项），其法规公文2条、政府决策1条、"
    "工作信息44条、人事任免2条、财政信息2条。"
)


def test_the_sum_is_shown_with_its_items():
    finding = only(check_sums, clean(overview=YUYAO))
    assert (finding.code, finding.severity, finding.part) == ("C07", Severity.ERROR, 1)
    assert "53条，所列各项2＋1＋44＋2＋2＝51，相差 2" in finding.message
    assert (finding.left, finding.right, finding.quote) == ("53", "51", YUYAO.rstrip("。"))


def test_prose_beside_a_table_is_read_too():
    sheet = printed(clean(2019), additions=(Addition("disclosure", "", (), YUYAO),))
    assert only(check_sums, sheet).part == 2


@pytest.mark.parametrize(
    "text",
    [
        "共公开信息30条，其中通知12条、请示2条、函1条、其他8条。",
        "共公开信息12条，其中，规范性文件1条，其他信息类10条。",
        "新收申请12件，其中自然人10件、法人或其他组织1件。",
        "共公开信息三十条，其中通知十二条、请示两条、其他十条。",
        "共公开信息10条，其中通知12条。",
        "公开信息20条（其中通知12条、其他5条）。",
        "发布机构职能1条、动态4条、业务4条、统计2条、其他13条，共计26条。",
    ],
)
def test_a_list_that_means_to_be_complete_and_is_not(text):
    assert only(check_sums, clean(overview=text)).severity is Severity.ERROR


@pytest.mark.parametrize(
    "text",
    [
        "已发布2020年主动公开信息23条。其中通知12条，请示2条，函1条，其他类8条。",
        "主动公开政府信息11条，其中，规范性文件1条，其他信息类10条。",
        "主动公开，其中发布机构职能信息1条、政务（工作）动态类信息4条、业务工作信息4条、统计信息2条、"
        "其他信息13条、办事指南公开信息1条、政府信息公开年度报告1条、共计26条。",
        "共公开信息100条，其中规范性文件3条、政策解读5条。",
        "共公开信息100条，其中网站80条，微信公众号60条。",
        "共收到申请12件，其中自然人10件、法人2件；办结11件，结转1件。",
        "共收到申请12件，其中自然人10件、法人2件，办结12件。",
        "共公开信息100余条，其中通知12条、其他8条。",
        "共公开信息100条，较上年增加20条，其中通知60条、公告40条。",
        "共公开信息100条，其中网站60条（其中政策10条）、微信40条。",
        "2021年公开30条，其中通知12条，2020年公开40条，其他20条。",
        "共办理12件，其中予以公开5件、部分公开2件、不予公开1件。",
        "共上报各类信息9条，其中为民办实事类信息7条，分别为推进企业、答疑职工；社会保障信息2条，分别为夏日送清凉、互助保障。",
        "新收申请12件，上年结转1件，办结13件，其中予以公开10件、不予公开3件。",
        "公开信息1,200条，其中通知1,000条、其他200条。",
    ],
)
def test_what_is_no_wrong_sum(text):
    assert found(check_sums, clean(overview=text)) == []

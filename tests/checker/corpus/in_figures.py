"""Plantings among the figures which the prose states."""

from .planting import Planting, add, cell, swap, then

P = Planting


def said(
    code: str, report: str, old: str, new: str, part: int = 1, also: tuple[str, ...] = ()
) -> Planting:
    return P(code, report, new, swap(old, new), part, also=also)


CLAIMS = (
    said("C06", "bureau", "新收政府信息公开申请45件，比上年的36件增加9件，增长25%", "新收政府信息公开申请54件"),
    said("C06", "bureau", "上年结转4件", "上年结转6件"),
    said("C06", "bureau", "共办结45件：", "共办结44件："),
    said("C06", "bureau", "予以公开24件", "予以公开25件"),
    said("C06", "bureau", "部分公开4件", "部分公开3件"),
    said("C06", "bureau", "无法提供9件", "无法提供8件"),
    said("C06", "bureau", "不予处理1件", "不予处理2件"),
    said("C06", "bureau", "继续办理4件", "继续办理5件"),
    said("C06", "bureau", "行政复议5件，其中结果维持3件", "行政复议5件，其中结果维持4件", also=("C07",)),
    said("C06", "bureau", "结果纠正1件、尚未审结1件", "结果纠正2件"),
    said("C06", "bureau", "行政诉讼3件，其中维持2件，1件尚未审结", "行政诉讼4件"),
    said("C06", "bureau", "制发行政规范性文件4件", "制发行政规范性文件14件"),
    said("C06", "bureau", "废止2件，", "废止3件，"),
    said("C06", "bureau", "现行有效31件", "现行有效30件"),
    said("C06", "bureau", "行政许可1286件", "行政许可1268件"),
    said("C06", "bureau", "行政处罚73件", "行政处罚37件"),
    said("C06", "bureau", "行政强制5件", "行政强制15件"),
    said("C06", "bureau", "行政事业性收费125.5万元", "行政事业性收费152.5万元"),
    said("C06", "county", "共受理政府信息公开申请117件（含上年结转7件）", "共受理政府信息公开申请171件（含上年结转7件）", also=("C07", "C08")),
    said("C06", "county", "复议后起诉2件", "复议后起诉3件"),
    said("C06", "county", "全年答复106件", "全年答复96件"),
    said("C06", "town", "申请三件，均为自然人提出", "申请五件，均为自然人提出"),
    said("C06", "town", "无法提供1件", "无法提供2件", also=("C07",)),
    said("C06", "schools", "不予公开1件", "不予公开2件"),
    said("C06", "schools", "结转下年2件", "结转下年3件"),
)  # fmt: skip
SUMS = (
    said("C07", "bureau", "政策法规86条", "政策法规68条"),
    said("C07", "bureau", "增配专职人员2名", "增配专职人员5名，分别为局办公室1名、湿地保护站1名；原有2名", 5),
    said("C07", "union", "通知公告15条", "通知公告51条"),
    said("C07", "town", "其他62条", "其他26条"),
    said("C07", "schools", "其他189条", "其他198条"),
    said("C07", "schools", "兼职2人", "兼职3人"),
    said("C07", "county", "专区16个，其中县级1个、乡镇12个", "专区16个，其中县级2个、乡镇12个"),
    P("C07", "union", "分别为", add("overview", "开展宣传活动9场，分别为进企业3场、进社区3场、进工地2场。"), 1),
    P("C07", "schools", "包括", add("overview", "新建公开栏12块，包括小学8块、中学3块、幼儿园2块。"), 1),
    P("C07", "town", "nested", add("overview", "发布惠农信息70条，其中补贴类40条（其中种植补贴30条、养殖补贴20条）、服务类30条。"), 1),
    P("C07", "county", "共计 at the end", add("overview", "发布教育类信息12条、医疗类信息15条、社保类信息20条、住房类信息13条，共计62条。"), 1),
)  # fmt: skip
RATES = (
    said("C08", "bureau", "增长25%", "增长52%"),
    said("C08", "schools", "占22.8%", "占28.8%"),
    said("C08", "schools", "增长20%", "增长16.7%"),
    said("C08", "union", "2020年的50条增长12%", "2020年的50条增长22%"),
    said("C08", "county", "较2021年的100件增长17%", "较2021年的100件增长14%"),
    said("C08", "town", "回收率93%", "回收率98%"),
    P("C08", "schools", "falls from a to b", add("overview", "网民留言由2018年的250条减少到2019年的215条，下降18%。"), 1),
    P("C08", "bureau", "last year's own figure", add("overview", "2023年我局新收政府信息公开申请45件，同比增长36%。"), 1),
    P("C08", "bureau", "last year's own figure, in cases", add("overview", "新收政府信息公开申请45件，较上年增加12件。"), 1),
)  # fmt: skip
WORDS = (
    said("C09", "county", "件，结果维持4件，其他结果1件；复议后起诉2件，均获维持", "件，复议后起诉2件，复议结果均获维持"),
    P("C09", "town", "no applications", swap("共收到政府信息公开申请三件，均为自然人提出，已全部按期办结，其中予以公开2件，因本机关不掌握而无法提供1件，无结转下年度办理的申请", "本年度未收到政府信息公开申请"), 1),
    P("C09", "schools", "all done, yet carried", swap("，上年结转1件，办结11件，结转下年2件", "，均已全部办结"), 1),
    P("C09", "schools", "no review, yet one", swap("发生行政复议1件，复议机关维持我局答复；未发生行政诉讼", "未发生因政府信息公开引起的行政复议和行政诉讼"), 1),
    P("C09", "bureau", "no reviews", swap("因政府信息公开引发行政复议5件，其中结果维持3件、结果纠正1件、尚未审结1件；行政诉讼3件，其中维持2件，1件尚未审结", "没有因政府信息公开引发的行政复议、行政诉讼案件"), 1),
    P("C09", "bureau", "nothing carried", swap("结转下年度继续办理4件", "无结转下年度继续办理的申请"), 1),
    P("C09", "union", "denied by the table", then(cell("applications.natural_person.received", 1), cell("applications.natural_person.granted", 1), cell("applications.natural_person.outcomes_total", 1), cell("applications.total.received", 1), cell("applications.total.granted", 1), cell("applications.total.outcomes_total", 1)), 1),
    P("C09", "county", "none received", swap("全县共受理政府信息公开申请117件（含上年结转7件），其中自然人103件、法人或其他组织14件，较2021年的100件增长17%。全年答复106件，结转下年度继续办理11件", "全年未接到公民、法人和其他组织提出的政府信息公开申请"), 1),
    P("C09", "county", "申请零件", add("overview", "政府信息公开申请为零。"), 1),
    P("C09", "bureau", "none rectified", add("overview", "全年政府信息公开行政复议无纠正情形。"), 1),
)  # fmt: skip
IN_FIGURES = (*CLAIMS, *SUMS, *RATES, *WORDS)

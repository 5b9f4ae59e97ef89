"""Wording and arithmetic that the 2019 and 2021 editions share."""

from .grammar import (
    ApplicationsTable,
    Column,
    Equation,
    Line,
    Part,
    RemediesTable,
    Term,
)

PREFACE = Part(0, "preface", "", "前言")
PARTS = (
    PREFACE,
    Part(1, "overview", "一", "总体情况"),
    Part(2, "disclosure", "二", "主动公开政府信息情况", is_table=True),
    Part(3, "applications", "三", "收到和处理政府信息公开申请情况", is_table=True),
    Part(4, "remedies", "四", "政府信息公开行政复议、行政诉讼情况", is_table=True),
    Part(5, "problems", "五", "存在的主要问题及改进情况"),
    Part(6, "other_matters", "六", "其他需要报告的事项"),
)

TOPICS = (  # of part one, in this order
    "主动公开",
    "依申请公开",
    "政府信息管理",
    "政府信息公开平台建设",
    "监督保障",
)
GOVERNMENT_TOPICS = ("工作考核", "社会评议", "责任追究结果")  # under the fifth
PROBLEM_HALVES = ("存在的主要问题", "改进情况")
CONTENTS = "信息内容"

APPLICANTS = (
    Column("natural_person", "自然人"),
    Column("business", "商业企业", under="法人或其他组织"),
    Column("research_institute", "科研机构", under="法人或其他组织"),
    Column("public_welfare", "社会公益组织", under="法人或其他组织"),
    Column("legal_service", "法律服务机构", under="法人或其他组织"),
    Column("other_organization", "其他", under="法人或其他组织"),
    Column("total", "总计", computed=True),
)

DECIDED = (
    Line("granted", "（一）予以公开"),
    Line("granted_in_part", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
    Line("denied", "（三）不予公开", (
        Line("denied_state_secret", "1.属于国家秘密"),
        Line("denied_forbidden_by_law", "2.其他法律行政法规禁止公开"),
        Line("denied_security_and_stability", "3.危及“三安全一稳定”"),
        Line("denied_third_party_rights", "4.保护第三方合法权益"),
        Line("denied_internal_affairs", "5.属于三类内部事务信息"),
        Line("denied_process_information", "6.属于四类过程性信息"),
        Line("denied_enforcement_files", "7.属于行政执法案卷"),
        Line("denied_administrative_queries", "8.属于行政查询事项"),
    )),
    Line("unable", "（四）无法提供", (
        Line("unable_not_held", "1.本机关不掌握相关政府信息"),
        Line("unable_not_compiled", "2.没有现成信息需要另行制作"),
        Line("unable_still_unclear", "3.补正后申请内容仍不明确"),
    )),
    Line("not_processed", "（五）不予处理", (
        Line("not_processed_petition", "1.信访举报投诉类申请"),
        Line("not_processed_repeat", "2.重复申请"),
        Line("not_processed_publication", "3.要求提供公开出版物"),
        Line("not_processed_excessive", "4.无正当理由大量反复申请"),
        Line("not_processed_reissue", "5.要求行政机关确认或重新出具已获取信息"),
    )),
)  # fmt: skip


def mark_of(label: str) -> str:
    """The number that a line's label begins with: 「（三）」, 「一」."""
    return label[: label.index("）") + 1] if label.startswith("（") else label.split("、")[0]


def groups_of(lines: tuple[Line, ...]) -> tuple[Term, ...]:
    return tuple(
        Term(mark_of(line.label), tuple(leaf.key for leaf in line.leaves())) for line in lines
    )


CLOSED_KEYS = ("closed_uncorrected", "closed_unpaid", "closed_other")
CLOSED = Term("（六）", CLOSED_KEYS, whole="closed_undivided")
OUTCOMES_TOTAL = Line("outcomes_total", "（七）总计", computed=True)

OUTCOMES = Equation(
    "A2",
    "outcomes",
    "（一）至（六）各项之和，等于（七）总计",
    left=(*groups_of(DECIDED), CLOSED),
    right=(Term("三（七）", ("outcomes_total",)),),
    advice="请核对各项办理结果。",
)
BALANCE = Equation(
    "A1",
    "balance",
    "第一项加第二项之和，等于第三项加第四项之和",
    left=(Term("一", ("received",)), Term("二", ("brought_forward",))),
    right=(Term("三（七）", ("outcomes_total",)), Term("四", ("carried_forward",))),
    advice="请核对办理结果或结转数。",
)
ACROSS = Equation(
    "A3",
    "applicants",
    "各类申请人之和，等于总计",
    left=tuple(Term(column.label, (column.key,)) for column in APPLICANTS if not column.computed),
    right=(Term("总计", ("total",)),),
    advice="请核对各列数字。",
)


def applications_table(closed: Line) -> ApplicationsTable:
    """Part three; the editions differ only in how they print （六）其他处理."""
    return ApplicationsTable(
        corner="（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
        columns_heading="申请人情况",
        columns=APPLICANTS,
        lines=(
            Line("received", "一、本年新收政府信息公开申请数量"),
            Line("brought_forward", "二、上年结转政府信息公开申请数量"),
            Line("outcomes", "三、本年度办理结果", (*DECIDED, closed, OUTCOMES_TOTAL)),
            Line("carried_forward", "四、结转下年度继续办理"),
        ),
        down=(OUTCOMES, BALANCE),
        across=ACROSS,
    )


RESULTS = (
    Column("upheld", "结果维持"),
    Column("rectified", "结果纠正"),
    Column("other_result", "其他结果"),
    Column("pending", "尚未审结"),
    Column("total", "总计", computed=True),
)
RESULTS_EQUATION = Equation(
    "L1",
    "results",
    "结果维持、结果纠正、其他结果、尚未审结之和，等于总计",
    left=tuple(Term(result.label, (result.key,)) for result in RESULTS if not result.computed),
    right=(Term("总计", ("total",)),),
    advice="请核对各项结果。",
)
REMEDIES = RemediesTable(
    groups=(
        Column("reconsideration", "行政复议"),
        Column("litigation_direct", "未经复议直接起诉", under="行政诉讼"),
        Column("litigation_after_reconsideration", "复议后起诉", under="行政诉讼"),
    ),
    results=RESULTS,
    across=RESULTS_EQUATION,
)

BROUGHT_FORWARD = Equation(
    "Y1",
    "brought_forward",
    "本年的上年结转，等于上一年度报告的结转下年度",
    left=(Term("二、上年结转", ("brought_forward",)),),
    right=(Term("上一年度报告“四、结转下年度”", ("carried_forward",), year=-1),),
    advice="请改为上一年度报告的数，或者说明不一致的原因。",
)

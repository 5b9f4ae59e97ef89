"""Labels retyped in other words: four ways for each label of the form."""

from collections.abc import Callable, Iterator

from reports.editions.grammar import Edition

from .labels import label
from .report import Report

RETYPED = {  # key → how a label was retyped; all as in the form's own table
    "denied_state_secret": ("1.国家机密", "1、属于国家机密", "1.涉及国家秘密的", "1.属国家秘密"),
    "denied_forbidden_by_law": (
        "2.其他法律行政止公开",
        "2.其它法律、行政法规禁止公开",
        "2.法律法规禁止公开",
        "2.其他法律行政法规禁止公开的信息",
        "2.其他法律法规禁止公开",
    ),
    "denied_security_and_stability": (
        "3.危及三安全一稳定",
        "3.危及“三安全一稳定”的",
        "3.危及“三安全、一稳定”",
        "3.危机“三安全一稳定”",
        "3.三安全一稳定",
    ),
    "denied_third_party_rights": (
        "4.保护第三方权益",
        "4.保护第三人合法权益",
        "4.侵害第三方合法权益",
        "4.第三方合法权益",
    ),
    "denied_internal_affairs": (
        "5.三类内容事务信息",
        "5.属于三类内容事务信息",
        "5.属于内部事务信息",
        "5.属三类内部事务信息",
        "5.属于三类内部管理信息",
    ),
    "denied_process_information": (
        "6.四类过程信息",
        "6.属于四类过程信息",
        "6.属于过程性信息",
        "6.属于四类过程性文件",
    ),
    "denied_enforcement_files": ("7.行政执法案卷", "7.属于行政执法案件", "7.属于行政执法卷宗"),
    "denied_administrative_queries": ("8.行政查询事项", "8.属于行政查询", "8.属于行政咨询事项"),
    "unable_not_held": (
        "1.本机关不掌握相关信息",
        "1.本机关不掌握",
        "1.本单位不掌握相关政府信息",
        "1.不掌握相关政府信息",
    ),
    "unable_not_compiled": (
        "2.没有现成信息，需要另行制作",
        "2.没有现成信息",
        "2.无现成信息需要另行制作",
        "2.没有现成信息需要另行制做",
    ),
    "unable_still_unclear": (
        "3.补正后申请内容不明确",
        "3.补正后仍不明确",
        "3.补证后申请内容仍不明确",
        "3.补正后申请内容仍不明晰",
    ),
    "not_processed_petition": (
        "1.信访举报投诉类",
        "1.信访、举报、投诉类申请",
        "1.信访投诉举报类申请",
        "1.信访类申请",
    ),
    "not_processed_repeat": ("2.重复申请的", "2.重复性申请", "2.重复申请公开"),
    "not_processed_publication": ("3.要求提供公开出版物的", "3.提供公开出版物", "3.公开出版物"),
    "not_processed_excessive": (
        "4.无正当理由反复大量申请",
        "4.无理由大量反复申请",
        "4.大量反复申请",
        "4.无正当理由的大量反复申请",
    ),
    "not_processed_reissue": (
        "5.要求行政机关确认或重新出具",
        "5.要求确认或重新出具已获取信息",
        "5.要求行政机关确认或者重新出具已获取的信息",
        "5.要求重新出具已获取信息",
    ),
    "received": (
        "一、本年新收申请数量",
        "一、本年度新收政府信息公开申请数量",
        "一、新收政府信息公开申请数量",
        "一、本年新收政府信息公开申请总数",
        "一、本年新收政府信息公开申请",
    ),
    "brought_forward": (
        "二、上年结转申请数量",
        "二、上年度结转政府信息公开申请数量",
        "二、上年结转",
        "二、上一年度结转政府信息公开申请数量",
    ),
    "outcomes_total": ("（七）合计", "（七）总数", "总计", "（七） 总 计", "（七）总计（件）"),
    "carried_forward": (
        "四、结转下年继续办理",
        "四、结转下一年度继续办理",
        "四、结转下年度",
        "四、结转至下年度继续办理",
        "四、转结下年度继续办理",
    ),
    "granted": (
        "（一）公开",
        "（一）予以公开的",
        "（一）同意公开",
        "（一）主动予以公开",
        "（一）给予公开",
    ),
    "granted_in_part": (
        "（二）部分公开",
        "（二）部分公开（区分处理的，只计这一情形）",
        "（二）部分予以公开",
        "（二）部分公开（区分处理的,只计这一情形,不计其它情形）",
    ),
    "closed_uncorrected": (
        "1.申请人逾期不补正",
        "1.申请人无正当理由逾期不补正，行政机关不再处理其申请",
        "1.逾期不补正",
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开",
    ),
    "closed_unpaid": (
        "2.申请人逾期未缴纳费用",
        "2.申请人逾期未按收费通知要求缴纳费用",
        "2.逾期未缴费",
        "2.申请人逾期未按收费通知要求缴费、行政机关不再处理其政府信息公开申请",
    ),
    "closed_other": ("3.其它", "3.其他情形", "其他", "3、其他情况"),
    "closed_undivided": (
        "（六）其它处理",
        "（六）其他",
        "（六）其他处理情况",
        "（六）其他办理结果",
    ),
}
RETYPED_COLUMNS = {
    "自然人": ("自 然 人", "公民", "自然人（公民）", "个人"),
    "商业企业": ("企业", "商业 企业", "商业\n企业", "工商企业"),
    "科研机构": ("科研院所", "科研单位", "科研\n机构", "科学研究机构"),
    "社会公益组织": ("公益组织", "社会公益\n组织", "社会组织", "公益性组织"),
    "法律服务机构": ("法律服务", "法律\n服务机构", "法律机构", "律师事务所"),
    "法人或其他组织": ("法人或者其他组织", "法人或其它组织", "法人及其他组织", "法人和其他组织"),
    "总计": ("合计", "总 计", "总数", "总计（件）"),
    "申请人情况": ("申请人类型", "申请人", "申请人类别", "申请人情况（件）"),
}
RETYPED_DISCLOSURE = {
    "对外公开总数量": ("对外公开数量", "对外公开总数", "对外公开总量", "公开总数量"),
    "本年新制作数量": ("本年制作数量", "本年新制作数", "新制作数量", "本年度新制作数量"),
    "本年新公开数量": ("本年公开数量", "本年新公开数", "新公开数量", "本年度新公开数量"),
    "上一年项目数量": ("上年项目数量", "上一年度项目数量", "上一年项目数", "上年度项目数量"),
    "本年增/减": ("本年增减", "本年增／减", "本年增（减）", "本年度增/减"),
    "处理决定数量": ("处理决定数", "本年处理决定数量", "处理数量", "决定数量"),
    "采购项目数量": ("采购数量", "采购项目数", "项目数量", "采购项目总数量"),
    "采购总金额": ("采购金额", "采购总金额（万元）", "采购总额", "采购总金额（单位：万元）"),
    "规范性文件": ("行政规范性文件", "规范性文件（件）", "其他规范性文件", "规范性\n文件"),
    "其他对外管理服务事项": (
        "其他对外管理服务",
        "其它对外管理服务事项",
        "对外管理服务事项",
        "其他对外服务管理事项",
    ),
    "行政事业性收费": ("行政事业收费", "行政性事业收费", "行政事业性收费项目", "行政事业性 收费"),
    "政府集中采购": ("集中采购", "政府采购", "政府集中 采购", "政府集中采购项目"),
    "本年制发件数": ("本年制发数", "制发件数", "本年制发数量", "本年度制发件数"),
    "本年废止件数": ("本年废止数", "废止件数", "本年废止数量", "本年度废止件数"),
    "现行有效件数": ("现行有效数", "有效件数", "现行有效数量", "现行有效文件数"),
    "本年处理决定数量": ("处理决定数量", "本年处理决定数", "本年度处理决定数量", "本年决定数量"),
    "本年收费金额（单位：万元）": (
        "本年收费金额（万元）",
        "本年收费金额\n（单位：万元）",
        "收费金额（单位：万元）",
        "本年度收费金额（单位:万元）",
    ),
    "行政规范性文件": ("规范性文件", "行政规范性文件（件）", "行政规范文件", "行政\n规范性文件"),
    "规章": ("规 章", "规章（件）", "部门规章", "政府规章"),
    "行政许可": ("行政 许可", "行政许可事项", "行政许可（件）", "许可"),
    "行政处罚": ("行政\n处罚", "行政处罚（件）", "行政处罚事项", "处罚"),
    "行政强制": ("行政强制措施", "行政强制（件）", "行政强制事项", "强制"),
    "信息内容": ("信息类别", "信息 内容", "内容", "信息内容（件）"),
}
RETYPED_REMEDIES = {
    "结果维持": ("维持", "结果\n维持", "维持结果", "结果维持（件）"),
    "结果纠正": ("纠正", "结果\n纠正", "纠正结果", "结果纠错"),
    "其他结果": ("其它结果", "其他\n结果", "其他", "其他 结果"),
    "尚未审结": ("未审结", "尚未\n审结", "尚未结案", "尚未 审结"),
    "总计": ("合计", "总 计", "总数", "总\n计"),
    "未经复议直接起诉": (
        "直接起诉",
        "未经复议\n直接起诉",
        "未经行政复议直接起诉",
        "未复议直接起诉",
    ),
    "复议后起诉": ("经复议后起诉", "复议后\n起诉", "复议后提起诉讼", "复议后诉讼"),
    "行政复议": ("行政 复议", "复议", "行政复议情况", "行政复议（件）"),
    "行政诉讼": ("行政 诉讼", "诉讼", "行政诉讼情况", "行政诉讼（件）"),
}


def retyped(at: int) -> Callable[[Report], Report]:
    """Every label in its retyping of that number."""

    def of(report: Report) -> Report:
        lines = lines_of(report.sheet.edition)
        tables = {
            "disclosure": RETYPED_DISCLOSURE,
            "applications": {**RETYPED_COLUMNS, **lines},
            "remedies": RETYPED_REMEDIES,
        }
        said = []
        for table, words in tables.items():

            def change(text: str, words=words) -> str:
                texts = words.get(text, ())
                return texts[at % len(texts)] if texts else text

            report = label(change, table)(report)
            said += [change(text) for text in lines.values() if text != change(text)]
        return report.saying(*said)

    return of


def lines_of(edition: Edition) -> dict[str, tuple[str, ...]]:
    """The lines' labels of part three with their retypings."""
    return {
        leaf.label: RETYPED[leaf.key]
        for leaf in edition.applications.leaves()
        if leaf.key in RETYPED
    }


def one_by_one(edition: Edition) -> Iterator[tuple[str, str, str]]:
    """(table, the form's label, one retyping of it), each for a document of its own."""
    for form, texts in lines_of(edition).items():
        yield from (("applications", form, text) for text in texts)
    for table, words in (
        ("disclosure", RETYPED_DISCLOSURE),
        ("applications", RETYPED_COLUMNS),
        ("remedies", RETYPED_REMEDIES),
    ):
        for form, texts in words.items():
            yield from ((table, form, text) for text in texts)


VARIATIONS = {f"retyped {at + 1}": retyped(at) for at in range(4)}

"""What the text may count that the tables count too: how it is recognized, what it may mean.

Several readings of a sentence are open: 「受理」 may hold last year's, 「办理」 may
mean what came or what was done; every figure that a reading gives is listed.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from reports.editions import EDITIONS
from reports.editions.grammar import Number, Place, total
from reports.sheet import Sheet

from .finding import Severity

ABOUT_APPLICATIONS = re.compile(r"(?:信息)?公开[^，。；]{0,4}申请|申请[^，。；]{0,6}公开|依申请")
# a document's 公开属性 is said in the same words as an application's outcome
OF_PAPERS = re.compile(r"公文|发文|制发|印发|公开属性|属性")
OTHER_YEAR = re.compile(
    r"上一?年度?(?!度?结转|度?转入|度?遗留)|去年|往年|同期|同比|[较比与]上|历年|以来|累计至今|20[0-9]{2}[-—至]20"
)
PARTIAL = re.compile(
    r"书面|网络|网上|在线|信函|信件|来信|当面|现场|当场|窗口|邮寄|邮件|传真|邮箱|快递|EMS|平台|网站|微信|系统|渠道|首次|延期|转办|重复"
    r"|收费|投诉|举报|咨询|涉及|涉密|分别|均为|提案|建议|信访|热线|工单|留言|许可|案件办理|补正|告知|本级"
)
WIDER = re.compile(
    r"全[省市县区州旗镇乡]|各[部单乡镇街县区市]|本?行政区域|[市县区]直|各级|辖区|系统|上下"
)


@dataclass(frozen=True)
class Count:
    """What a clause counts: how it is recognized, and which figures it may mean."""

    pattern: re.Pattern[str]
    values: Callable[[Sheet], list[Number | None]]
    place: Callable[[Sheet], Place]
    name: str
    context: re.Pattern[str] | None = None
    units: str = "件条份个次人宗起项"
    severity: Severity = Severity.ERROR
    within: bool = False  # compared after 其中 too: a result, not just a part of the whole
    not_of: re.Pattern[str] | None = None  # words of its clause that make it something else
    subject: re.Pattern[str] | None = None  # the sort of documents last named must be this one


def line(sheet: Sheet, key: str, column: str = "total") -> Number | None:
    return sheet.applications.get(column, {}).get(key)


def both(sheet: Sheet, *keys: str) -> Number | None:
    return total(line(sheet, key) for key in keys)


def lines_of(sheet: Sheet, group: str) -> Number | None:
    """A group of results as a whole: 「（三）不予公开」 in its eight lines."""
    own = [leaf.key for leaf in sheet.edition.applications.leaves()]
    keys = [key for key in own if key == group or (group.endswith("_") and key.startswith(group))]
    return both(sheet, *keys)


def cell(part: int, line_key: str, column: str = "") -> Callable[[Sheet], Place]:
    def find(sheet: Sheet) -> Place:
        return next(
            place
            for place in sheet.edition.places()
            if (place.part, place.line) == (part, line_key) and column in ("", place.column)
        )

    return find


def result(name: str, group: str, first: str) -> Count:
    """「予以公开5件」 within a sentence on applications."""
    return Count(
        re.compile(rf"(?<![不未可]){name}(?:的|类|答复|决定|申请)?[0-9零一二两三四五六七八九十]"),
        lambda sheet: [lines_of(sheet, group)],
        cell(3, first, "total"),
        name,
        ABOUT_APPLICATIONS,
        within=True,
    )


def received(sheet: Sheet) -> list[Number | None]:
    return [line(sheet, "received"), both(sheet, "received", "brought_forward")]


def handled(sheet: Sheet) -> list[Number | None]:
    return [line(sheet, "outcomes_total"), *received(sheet)]


def remedy(sheet: Sheet, *groups: str) -> Number | None:
    return total(sheet.remedies.get(group, {}).get("total") for group in groups)


def lawsuits(sheet: Sheet) -> list[Number | None]:
    """Both kinds, either, or with the reviews: 「行政复议、行政诉讼共3件」."""
    every = remedy(sheet, "reconsideration", *LITIGATION)
    each = (remedy(sheet, group) for group in LITIGATION)
    return [remedy(sheet, *LITIGATION), *each, every]


def documents(row: str, matter: re.Pattern[str]) -> tuple[Count, ...]:
    """What is made, repealed and in force of one sort of documents (article 20, 一)."""
    label = EDITIONS[2021].disclosure.row(row).label

    def count(words: str, name: str, *columns: str) -> Count:
        return Count(
            re.compile(words),
            lambda sheet: [sheet.disclosure.get(f"{row}_{column}") for column in columns],
            cell(2, row), f"{name}的{label}", units="件份个项部", subject=matter,
            not_of=re.compile(r"失效|修改|修订|清理|建议|代|审查|备案|报送|解读|名义|公开|宣布"),
        )  # fmt: skip

    named = matter.pattern
    return (
        count(rf"(?:制发|制定|出台|印发)了?(?:政府)?{named}|{named}制发", "制发", "issued", "made", "newly_disclosed"),
        count(r"废止", "废止", "repealed"),
        count(r"现行有效", "现行有效", "in_force"),
    )  # fmt: skip


def in_yuan(amount: Number | None) -> Number | None:
    return None if amount is None else Decimal(amount) * 10_000


def decided(row: str) -> Count:
    """「办理行政许可1286件」. Cases and decisions are counted in more ways than one: explain."""
    label = EDITIONS[2021].disclosure.row(row).label
    return Count(
        re.compile(rf"{label}(?:决定|案件|事项)?(?:共计?|合计|总计)?[0-9]"),
        lambda sheet: [sheet.disclosure.get(f"{row}_decided")],
        cell(2, row, "decided"), label, units="件宗起", severity=Severity.EXPLAIN,
        not_of=re.compile(r"公开|公示|发布|公布|归集|上报|信息"),
    )  # fmt: skip


DOCUMENTS = (
    "(?:"
    + "|".join(edition.disclosure.row("normative_documents").label for edition in EDITIONS.values())
    + ")"
)
NORMATIVE = re.compile(DOCUMENTS)
RULES = re.compile(r"(?<!规)规章(?!制度)")
FEES = EDITIONS[2021].disclosure.row("administrative_fees").label
LITIGATION = ("litigation_direct", "litigation_after_reconsideration")
OVER_DISCLOSURE = re.compile(r"信息公开|公开申请|依申请")
COUNTS = (
    Count(
        re.compile(r"行政复议(?!机关|决定)"),
        lambda sheet: [remedy(sheet, "reconsideration")],
        cell(4, "total", "reconsideration"), "行政复议", OVER_DISCLOSURE, units="件起宗例次",
    ),
    Count(
        re.compile(r"复议后(?:提?起诉|诉讼)"),
        lambda sheet: [remedy(sheet, LITIGATION[1])],
        cell(4, "total", LITIGATION[1]), "复议后起诉", OVER_DISCLOSURE, units="件起宗例次",
    ),
    Count(
        re.compile(r"未经复议(?:直接)?(?:提?起诉|诉讼)"),
        lambda sheet: [remedy(sheet, LITIGATION[0])],
        cell(4, "total", LITIGATION[0]), "未经复议直接起诉", OVER_DISCLOSURE, units="件起宗例次",
    ),
    Count(
        re.compile(r"行政诉讼"),
        lawsuits,
        cell(4, "total", LITIGATION[0]), "行政诉讼", OVER_DISCLOSURE, units="件起宗例次",
    ),
    Count(
        re.compile(r"上一?年度?(?:未办结)?(?:结转|转入|遗留)"),
        lambda sheet: [line(sheet, "brought_forward")],
        cell(3, "brought_forward", "total"), "上年结转", ABOUT_APPLICATIONS, within=True,
    ),
    Count(
        re.compile(r"结转(?:至|到|入)?(?:下一?年度?|次年|明年)|转(?:入|至|到)下一?年"),
        lambda sheet: [line(sheet, "carried_forward")],
        cell(3, "carried_forward", "total"), "结转下年度", ABOUT_APPLICATIONS, within=True,
    ),
    Count(
        re.compile(
            r"(?:新收|收到|受理|接到|接收|收悉|登记)(?:[^，。；]{0,24}?(?:公开[^，。；]{0,4}申请|依申请|申请[^，。；]{0,4}公开)"
            r"|的?(?:书面|各类|有效)?申请|了?[0-9零一二两三四五六七八九十]+[件条份][^，。；]{0,12}申请)"
        ),
        received, cell(3, "received", "total"), "新收申请", ABOUT_APPLICATIONS,
    ),
    Count(
        re.compile(r"办结|办理完[毕成]"),
        lambda sheet: [line(sheet, "outcomes_total")],
        cell(3, "outcomes_total", "total"), "办结", ABOUT_APPLICATIONS,
    ),
    Count(
        re.compile(
            r"(?:答复|办理|(?<!不予)(?<!其他)处理|回复)(?:[了的]|申请人?|依申请公开|政府信息|公开|数量?|事项|件?共|共?计|合计|总计"
            r"|[:：为达]){0,5}[0-9零一二两三四五六七八九十]|[0-9]件[^，。；]{0,8}(?:答复|办理|处理|回复)"
        ),
        handled, cell(3, "outcomes_total", "total"), "办理答复", ABOUT_APPLICATIONS,
        units="件份宗条",
    ),
    result("予以公开", "granted", "granted"),
    result("部分公开", "granted_in_part", "granted_in_part"),
    result("不予公开", "denied_", "denied_state_secret"),
    result("无法提供", "unable_", "unable_not_held"),
    result("不予处理", "not_processed_", "not_processed_petition"),
    *documents("rules", RULES), *documents("normative_documents", NORMATIVE),
    decided("licenses"), decided("penalties"), decided("coercive_measures"),
    Count(
        re.compile(rf"(?:收取|征收|收缴|收到)?{FEES}(?:收入|金额|总额)?(?:共计?|合计|总计|为)?[0-9]"),
        lambda sheet: [in_yuan(sheet.disclosure.get("administrative_fees_amount"))],
        cell(2, "administrative_fees"), FEES, units="元", severity=Severity.EXPLAIN,
    ),
)  # fmt: skip


RESULTS = {  # of the remedies, as prose names them
    "upheld": re.compile(r"维持"),
    "rectified": re.compile(r"纠正"),
    "other_result": re.compile(r"其[他它]结果"),
    "pending": re.compile(r"(?:尚未|未)审结|(?:正在|尚在)审理|未办结"),
}
SUBJECT = re.compile(r"未经复议|复议后|行政复议|行政诉讼|诉讼")
SUBJECTS = {
    "未经复议": (("litigation_direct",),),
    "复议后": (("litigation_after_reconsideration",),),
    "行政复议": (("reconsideration",),),
    "行政诉讼": (LITIGATION, LITIGATION[:1], LITIGATION[1:]),
    "诉讼": (LITIGATION, LITIGATION[:1], LITIGATION[1:]),
}


def result_of_remedy(said: str, clause: str) -> Count | None:
    """「结果维持3件」 of the remedy that was last spoken of; None where two are at once."""
    named = [(found.start(), found[0]) for found in SUBJECT.finditer(said)]
    key = next((key for key, words in RESULTS.items() if words.search(clause)), None)
    if not named or key is None:
        return None
    if len(named) > 1 and named[-1][0] - named[-2][0] <= len("行政复议、"):
        return None  # 「行政复议、行政诉讼共3件」
    groups = SUBJECTS[named[-1][1]]
    return Count(
        RESULTS[key],
        lambda sheet: [
            total(sheet.remedies.get(each, {}).get(key) for each in group) for group in groups
        ],
        cell(4, key, groups[0][0]),
        f"{named[-1][1]}{EDITIONS[2021].remedies.results[list(RESULTS).index(key)].label}",
        OVER_DISCLOSURE,
    )

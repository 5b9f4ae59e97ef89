"""C09: words that contradict figures.

「未收到申请」 with applications received, 「全部办结」 with some carried over,
「均获维持」 with some rectified or pending, 「未发生行政复议」 with some in the
table. Only a sentence of this year, of the whole, is held to the figures.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from reports.editions.grammar import plain, total
from reports.sheet import NARRATIVES, Sheet

from .finding import Context, Finding, Severity
from .sentences import excerpt, sentences, with_plain_digits, without_quotes, years_of

NONE = r"(?:未|没有|尚未|暂未|并未|从未)(?:新)?"
LITIGATION = ("litigation_direct", "litigation_after_reconsideration")
REMEDIES = ("reconsideration", *LITIGATION)
OTHER = re.compile(
    r"上一?年(?!度?结转)|去年|以前|往年|同期|因此|如果|若|对于|凡|要求|应当|做到|确保"
)
BODIES = ("business", "research_institute", "public_welfare", "legal_service", "other_organization")


@dataclass(frozen=True)
class Words:
    """What a clause claims, and the figures (by name) that must be zero for it."""

    pattern: re.Pattern[str]
    figures: Callable[[Sheet, str], dict[str, int]]
    part: int
    line: str
    context: re.Pattern[str] | None = None
    widely: bool = False  # the sentence, not its clause, tells of what


def received(sheet: Sheet, clause: str) -> dict[str, int]:
    """What 「未收到申请」 denies: all, or those of the applicants that it names."""
    person = re.search(r"自然人|公民|个人", clause)
    bodies = re.search(r"法人|组织|企业", clause)
    if bool(person) is bool(bodies):
        columns: tuple[str, ...] = ("total",)
    else:
        columns = ("natural_person",) if person else BODIES
    number = total(sheet.applications.get(column, {}).get("received") for column in columns)
    return {"新收": int(number or 0)}


def carried(sheet: Sheet, clause: str) -> dict[str, int]:
    return {"结转": int(sheet.applications.get("total", {}).get("carried_forward") or 0)}


def remedies(sheet: Sheet, clause: str, *results: str) -> dict[str, int]:
    """The results of the remedies that a clause names; both where it names neither."""
    review, suit = "复议" in clause, "诉" in clause
    last = list(re.finditer(r"复议后|未经复议", clause))
    kinds = {"复议后": LITIGATION[1], "未经复议": LITIGATION[0]}
    named = (
        [kinds[last[-1][0]]]
        if last and not re.search(r"行政|复议(?!后)", clause[last[-1].end() :])
        else [
            group
            for group in REMEDIES
            if (review if group == "reconsideration" else suit) or review is suit
        ]
    )
    labels = {each.key: each.label for each in sheet.edition.remedies.results}
    sums = {
        labels[key]: sum(int(sheet.remedies.get(group, {}).get(key) or 0) for group in named)
        for key in results
    }
    return {label: number for label, number in sums.items() if number}


CLAIMS = (
    Words(
        re.compile(
            rf"{NONE}(?:收到|接到|接收|受理)(?:过|到)?(?![^，。；]{{0,20}}(?:复议|诉讼|举报|投诉|收费|减免))"
            r"[^，。；]{0,24}申请|(?:^|[，,、：])(?:暂|均|全年)?无(?:政府)?(?:信息)?(?:依申请公开|公开申请)"
            r"|(?:公开申请|依申请公开)[^，。；]{0,6}为零"
        ),
        received, 3, "received", re.compile(r"公开"),
    ),
    Words(
        re.compile(
            r"(?:全部|均|都|已经?)(?:已)?(?:按[时期照]?|依法|依规|如期|在?法定期限内|规定)*(?:办结|办理完[毕成])(?:完毕)?(?=[，。；]|$)"
            r"|(?<!按[时期])办结率(?:为|达到?|是)?\s*100\s*[%％]|(?:无|没有|未)(?:有)?结转(?:至?下)"
            r"|(?:无|没有)(?:需要?)?(?:结转|转入|转至)[^，。；]{0,8}年"
        ),
        carried, 3, "carried_forward", re.compile(r"公开申请|依申请|申请公开|结转下年"),
    ),
    Words(
        re.compile(r"(?:复议|诉讼)[^，。；]{0,12}?(?<!有)(?:无|没有|未发生|未出现|未有)[^，。；]{0,6}?纠正"),
        lambda sheet, clause: remedies(sheet, clause, "rectified"),
        4, "rectified", re.compile(r"公开|申请"), widely=True,
    ),
    Words(
        re.compile(r"(?:均|全部|都)(?:获|被|予以|得到|为)?(?:结果)?维持"),
        lambda sheet, clause: remedies(sheet, clause, "rectified", "other_result", "pending"),
        4, "pending", re.compile(r"复议|诉"), widely=True,
    ),
    Words(
        re.compile(
            rf"(?:{NONE}|(?:^|[，,、：])(?:暂|均|全年)?无)(?:因|发生|产生|出现|收到|引发|引起|涉及|提起|被|有)?"
            r"[^，。；]{0,24}?(?:行政复议|行政诉讼)(?!决定|机关)"
        ),
        lambda sheet, clause: remedies(sheet, clause, "total"),
        4, "total", re.compile(r"公开|申请"),
    ),
)  # fmt: skip
ASIDE = re.compile(r"未经|未果|不服|败诉|纠正|超期|撤销|逾期|延期|违规|维持|提案|建议|信访|工单")


def check_wording(sheet: Sheet, context: Context) -> Iterator[Finding]:
    for key in NARRATIVES:
        if key == "preface":
            continue
        for sentence in sentences(sheet.text(key)):
            years = years_of(sentence.text)
            if years and sheet.year not in years:
                continue
            said = without_quotes(with_plain_digits(sentence.text))
            for words in CLAIMS:
                figures = contradicted(sheet, words, said)
                if figures:
                    part = sheet.edition.part(key).number
                    yield contradiction(part, words, sentence.text, said, figures)


def contradicted(sheet: Sheet, words: Words, said: str) -> dict[str, int]:
    """The figures that are not zero though the sentence says so."""
    found = words.pattern.search(said)
    if not found or OTHER.search(said[: found.end()]):
        return {}
    if words.context and not words.context.search(said):
        return {}
    start = max((said.rfind(mark, 0, found.start() + 1) for mark in "，。；：,"), default=-1) + 1
    rest = re.split(r"[，。；,]", said[found.end() :])[0]
    clause = said[start : found.end()] + rest
    if ASIDE.search(clause) and not words.widely:
        return {}
    figures = words.figures(sheet, said[: found.end()] if words.widely else clause)
    return {name: number for name, number in figures.items() if number}


def contradiction(
    part: int, words: Words, quote: str, said: str, figures: dict[str, int]
) -> Finding:
    found = words.pattern.search(said)
    claim = found[0].strip("，、：") if found else ""
    counted = "、".join(f"{name} {plain(number)}" for name, number in figures.items())
    return Finding(
        "C09",
        Severity.EXPLAIN,
        f"正文写“{claim}”，表格中{counted}：“{excerpt(quote.rstrip('。；'))}”。"
        "请核对正文和表格，或者说明原因。",
        part=part,
        left=claim,
        right=counted,
        rule=f"{words.part}.{words.line}",
        quote=quote,
    )

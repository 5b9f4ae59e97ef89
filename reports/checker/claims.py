"""C06: a figure in the text against the table's, in the same scope.

The text is read for what the tables count too: applications received, carried
over, handled and how; reviews and lawsuits over disclosure; documents made and
repealed; decisions made. Several readings of a sentence are open: 「受理」 may
hold last year's, 「办理」 may mean what came or what was done. Only where no
reading agrees is the sentence accused. Ranges (余, 约, 超) are no equalities; a
sentence of another year, of a channel or of a part of the whole is let alone.
Where the sentence speaks of 全市, 全县 or 全区 the scope may differ: explain.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from reports.editions import EDITIONS
from reports.editions.grammar import Number, Place, plain, total
from reports.sheet import NARRATIVES, Sheet

from .finding import Context, Finding, Severity
from .quantities import Quantity, quantities
from .sentences import (
    Sentence,
    excerpt,
    sentences,
    with_plain_digits,
    without_brackets,
    without_quotes,
    years_of,
)

ABOUT_APPLICATIONS = re.compile(r"(?:信息)?公开[^，。；]{0,4}申请|申请[^，。；]{0,6}公开|依申请")
OTHER_YEAR = re.compile(
    r"上一?年度?(?!度?结转|度?转入|度?遗留)|去年|往年|同期|同比|[较比与]上|历年|以来|累计至今|20[0-9]{2}[-—至]20"
)
PARTIAL = re.compile(
    r"网络|网上|在线|信函|信件|来信|当面|现场|当场|窗口|邮寄|邮件|传真|邮箱|快递|EMS|平台|网站|微信|系统|渠道|首次|延期|转办|重复"
    r"|收费|投诉|举报|咨询|涉及|涉密|分别|均为|提案|建议|信访|热线|工单|留言|许可|案件办理|补正|告知"
)
WIDER = re.compile(
    r"全[省市县区州旗镇乡]|各[部单乡镇街县区市]|本?行政区域|[市县区]直|各级|辖区|系统|上下"
)
LONGEST_CLAUSE = 400  # characters before its quantity
CLAUSE_END = re.compile(r"[，,；;。（）()：:]")
MATTERS = "(?:政府)?(?:信息)?(?:公开)?(?:的)?"


@dataclass(frozen=True)
class Clause:
    """What stands between two commas, with its quantity and the sentence around it."""

    text: str  # up to and with the unit
    quantity: Quantity
    before: str  # of the sentence
    sentence: Sentence
    part: int


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


def disclosed(*columns: str) -> Callable[[Sheet], list[Number | None]]:
    return lambda sheet: [
        sheet.disclosure.get(f"normative_documents_{column}") for column in columns
    ]


DOCUMENTS = (
    "(?:"
    + "|".join(edition.disclosure.row("normative_documents").label for edition in EDITIONS.values())
    + ")"
)
LITIGATION = ("litigation_direct", "litigation_after_reconsideration")
OVER_DISCLOSURE = re.compile(r"信息公开|公开申请|依申请")
COUNTS = (
    Count(
        re.compile(r"行政复议(?!机关|决定)"),
        lambda sheet: [remedy(sheet, "reconsideration")],
        cell(4, "total", "reconsideration"), "行政复议", OVER_DISCLOSURE, units="件起宗例次",
    ),
    Count(
        re.compile(r"行政诉讼"),
        lawsuits,
        cell(4, "total", LITIGATION[0]), "行政诉讼", OVER_DISCLOSURE, units="件起宗例次",
    ),
    Count(
        re.compile(r"上一?年度?(?:未办结)?(?:结转|转入|遗留)"),
        lambda sheet: [line(sheet, "brought_forward")],
        cell(3, "brought_forward", "total"), "上年结转", ABOUT_APPLICATIONS,
    ),
    Count(
        re.compile(r"结转(?:至|到|入)?(?:下一?年度?|次年|明年)|转(?:入|至|到)下一?年"),
        lambda sheet: [line(sheet, "carried_forward")],
        cell(3, "carried_forward", "total"), "结转下年度", ABOUT_APPLICATIONS,
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
        re.compile(r"(?:答复|办理|处理|回复)"), handled,
        cell(3, "outcomes_total", "total"), "办理答复", ABOUT_APPLICATIONS,
    ),
    result("予以公开", "granted", "granted"),
    result("部分公开", "granted_in_part", "granted_in_part"),
    result("不予公开", "denied_", "denied_state_secret"),
    result("无法提供", "unable_", "unable_not_held"),
    result("不予处理", "not_processed_", "not_processed_petition"),
    Count(
        re.compile(rf"(?:制发|制定|出台|印发)(?:了)?{DOCUMENTS}"),
        disclosed("issued", "made", "newly_disclosed"),
        cell(2, "normative_documents"), "制发的文件", units="件份个项部",
    ),
    Count(
        re.compile(rf"废止(?:失效)?(?:了)?{DOCUMENTS}|现行有效(?:的)?{DOCUMENTS}"),
        disclosed("repealed", "in_force"),
        cell(2, "normative_documents"), "废止或者有效的文件", units="件份个项部",
    ),
)  # fmt: skip


def check_claims(sheet: Sheet, context: Context) -> Iterator[Finding]:
    said: set[tuple[str, str]] = set()
    for clause in clauses(sheet):
        finding = contradiction(sheet, clause)
        if finding and (finding.quote, finding.rule + finding.left) not in said:
            said.add((finding.quote, finding.rule + finding.left))
            yield finding
    yield from check_local_total(sheet)


def clauses(sheet: Sheet) -> Iterator[Clause]:
    """Every exact quantity of this year with the words that it belongs to."""
    for key in NARRATIVES:
        if key == "preface":
            continue
        number = sheet.edition.part(key).number
        for sentence in sentences(sheet.text(key)):
            own = years_of(sentence.text) - {sheet.year}
            if own and sheet.year not in years_of(sentence.text):
                continue
            said = without_brackets(without_quotes(with_plain_digits(sentence.text)))
            for quantity in quantities(said):
                if quantity.vague or quantity.change:
                    continue
                start = max(0, quantity.start - LONGEST_CLAUSE)
                ends = (m.end() for m in CLAUSE_END.finditer(said, start, quantity.start))
                start = max(ends, default=start)
                tail = CLAUSE_END.split(said[quantity.end :], maxsplit=1)[0]
                text = said[start : quantity.end] + (tail if is_object(tail) else "")
                text = text.split("、")[-1] if "、" in said[start : quantity.start] else text
                yield Clause(text, quantity, said[: quantity.start], sentence, number)


def is_object(tail: str) -> bool:
    """Whether the words after the unit belong to it: 「收到3件政府信息公开申请」."""
    return bool(re.match(r"[^、0-9]{0,16}?(?:申请|复议|诉讼|规范性)", tail))


def contradiction(sheet: Sheet, clause: Clause) -> Finding | None:
    text = clause.text
    if OTHER_YEAR.search(text) or PARTIAL.search(text) or "其中" in clause.before + text:
        meant = None if OTHER_YEAR.search(text) or PARTIAL.search(text) else within(sheet, clause)
        return differs(sheet, clause, *meant) if meant else None
    if person := applicant(sheet, clause):
        return differs(sheet, clause, *person)
    for count in COUNTS:
        if not count.pattern.search(text) or clause.quantity.unit[0] not in count.units:
            continue
        if count.context and not count.context.search(clause.sentence.text):
            continue
        return differs(sheet, clause, count, count.values(sheet))
    return None


def within(sheet: Sheet, clause: Clause) -> tuple[Count, list[Number | None]] | None:
    """After 其中: results and applicants by name; a mere part of the whole is not compared."""
    if person := applicant(sheet, clause):
        return person
    for count in COUNTS:
        named = count.name in ("予以公开", "部分公开", "不予公开", "无法提供", "不予处理")
        if not named or not count.pattern.search(clause.text):
            continue
        if count.context and count.context.search(clause.sentence.text):
            return count, count.values(sheet)
    return None


def applicant(sheet: Sheet, clause: Clause) -> tuple[Count, list[Number | None]] | None:
    """「自然人8件」, 「法人或其他组织3件」 of the applications received."""
    text = clause.sentence.text
    person = re.search(r"自然人|公民", clause.text)
    bodies = re.search(r"法人|其他组织", clause.text)
    if bool(person) is bool(bodies) or not ABOUT_APPLICATIONS.search(text):
        return None
    if re.search(r"办结|答复|结转(?!下)|公开(?!申请)[0-9]", text) or not re.search(
        r"收到|新收|受理|接到", text
    ):
        return None
    columns = [c.key for c in sheet.edition.applications.typed_columns()]
    chosen = columns[:1] if person else columns[1:]
    values = [
        total(both_in(sheet, column, keys) for column in chosen)
        for keys in (("received",), ("received", "brought_forward"))
    ]
    name = "自然人申请" if person else "法人或其他组织申请"
    count = Count(re.compile(""), received, cell(3, "received", chosen[0]), name)
    return count, values


def both_in(sheet: Sheet, column: str, keys: tuple[str, ...]) -> Number | None:
    return total(line(sheet, key, column) for key in keys)


def differs(
    sheet: Sheet, clause: Clause, count: Count, values: list[Number | None]
) -> Finding | None:
    known = [value for value in values if value is not None]
    if not known or clause.quantity.number in known:
        return None
    wider = bool(WIDER.search(clause.sentence.text))
    shown = plain(known[0])
    place = count.place(sheet)
    step = "如果文中说的范围比本机关大，请说明原因" if wider else "请核对正文和表格"
    return Finding(
        "C06",
        Severity.EXPLAIN if wider else count.severity,
        f"正文写{count.name} {clause.quantity}，表格是 {shown}："
        f"“{excerpt(clause.sentence.text.rstrip('。；'))}”。{step}。",
        part=clause.part,
        left=plain(clause.quantity.number),
        right=shown,
        rule=f"{place.part}.{place.line}",
        quote=clause.sentence.text,
    )


LOCAL_TOTAL = re.compile(r"发布总数量[^0-9]{0,24}?[:：]\s*([0-9]+)\s*[条件]?\s*$")
PUBLISHED = re.compile(r"(?:主动公开|公开|发布)[^，。；0-9]{0,16}信息[^，。；0-9]{0,8}$")


def check_local_total(sheet: Sheet) -> Iterator[Finding]:
    """The local row 「发布总数量」 beside part two's table against part one."""
    rows = [
        "：".join(cell.strip(" ：:") for cell in row if cell.strip())
        for addition in sheet.printed.additions
        for row in addition.rows
    ]
    stated = next((int(m[1]) for row in rows if (m := LOCAL_TOTAL.search(row))), None)
    if stated is None:
        return
    for sentence in sentences(sheet.overview):
        said = without_brackets(without_quotes(with_plain_digits(sentence.text)))
        for each in quantities(said):
            published = PUBLISHED.search(said[: each.start])
            if not published or each.vague or each.change or PARTIAL.search(said):
                continue
            if each.number > stated == 0:
                yield Finding(
                    "C06",
                    Severity.EXPLAIN,
                    f"正文写主动公开 {each}，表格中的发布总数量是 {stated}：“{excerpt(sentence.text.rstrip('。；'))}”。"
                    "请核对；如果统计的范围不同，请说明原因。",
                    part=1, left=plain(each.number), right=str(stated),
                    rule="local", quote=sentence.text,
                )  # fmt: skip
            return

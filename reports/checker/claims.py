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
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from reports.editions.grammar import Number, plain, total
from reports.sheet import NARRATIVES, Sheet

from .counts import (
    ABOUT_APPLICATIONS,
    COUNTS,
    NORMATIVE,
    OF_PAPERS,
    OTHER_YEAR,
    OVER_DISCLOSURE,
    PARTIAL,
    RULES,
    WIDER,
    Count,
    cell,
    line,
    received,
    result_of_remedy,
)
from .finding import Context, Finding, Severity
from .local_total import check_local_total
from .quantities import Quantity, quantities
from .sentences import (
    YEAR,
    Sentence,
    excerpt,
    sentences,
    with_plain_digits,
    without_brackets,
    without_quotes,
)

SORTS = (RULES, NORMATIVE)
CLAUSE_END = re.compile(r"[，,；;。（）()：:]")
COMPARED = re.compile(r"(?:较|比|与|同|相比|对比|超过|从|由)$")
ANOTHER_MATTER = re.compile(
    r"建议|提案|信访|热线|留言|工单|投诉|举报|执法|仲裁|服务|案件|办件|事项|许可|处罚"
)


@dataclass(frozen=True)
class Clause:
    """What stands between two commas, with its quantity and the sentence around it."""

    text: str  # up to and with the unit
    quantity: Quantity
    before: str  # of the sentence
    sentence: Sentence
    part: int
    earlier: str  # what the paragraph said before the sentence

    def is_about(self, matter: re.Pattern[str]) -> bool:
        """Whether its sentence speaks of it, or goes on with what was spoken of."""
        if matter is ABOUT_APPLICATIONS and OF_PAPERS.search(self.sentence.text):
            return False
        if matter.search(self.sentence.text):
            return matter is not OVER_DISCLOSURE or not self.only_some_are(matter)
        return bool(matter.search(self.earlier)) and not ANOTHER_MATTER.search(self.sentence.text)

    def only_some_are(self, matter: re.Pattern[str]) -> bool:
        """「行政复议案件6件，其中涉及信息公开的1件」: the whole is of another matter."""
        said, among, _ = self.sentence.text.partition("其中")
        return bool(among) and not matter.search(said) and "其中" not in self.before

    def names_last(self, sort: re.Pattern[str]) -> bool:
        """Whether that sort of documents is the one spoken of: named last, in the paragraph."""
        said = self.earlier + self.before + self.text
        named = [(found.end(), each) for each in SORTS for found in each.finditer(said)]
        return bool(named) and max(named, key=lambda pair: pair[0])[1] is sort

    def is_wider(self) -> bool:
        """Whether it may speak of more than the body that reports."""
        return bool(WIDER.search(self.sentence.text) or WIDER.search(self.earlier))


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
        paragraph, earlier = -1, ""
        for sentence in sentences(sheet.text(key)):
            if sentence.paragraph != paragraph:
                paragraph, earlier = sentence.paragraph, ""
            for clause in clauses_of(sentence, number, earlier):
                if not is_of_another_year(clause.before, sheet.year):
                    yield clause
            earlier += without_quotes(sentence.text)


def clauses_of(sentence: Sentence, part: int, earlier: str) -> Iterator[Clause]:
    said = without_brackets(without_quotes(with_plain_digits(sentence.text)))
    for quantity in quantities(said):
        if quantity.vague or quantity.change:
            continue
        start = max((m.end() for m in CLAUSE_END.finditer(said, 0, quantity.start)), default=0)
        tail = CLAUSE_END.split(said[quantity.end :])[0]
        text = said[start : quantity.end] + (tail if is_object(tail) else "")
        text = text.split("、")[-1] if "、" in said[start : quantity.start] else text
        yield Clause(text, quantity, said[: quantity.start], sentence, part, earlier)


def is_object(tail: str) -> bool:
    """Whether the words after the unit belong to it: 「收到3件政府信息公开申请」."""
    return bool(
        re.match(
            r"[^、0-9]{0,16}?(?:申请|复议|诉讼|规范性)|(?:被|得到|获)?(?:尚?未审结|维持|纠正)", tail
        )
    )


def is_of_another_year(before: str, year: int) -> bool:
    """Whether the year last named governs what follows; one compared with ends at its comma."""
    for found in reversed(list(YEAR.finditer(before))):
        if int(found[1]) == year:
            return False
        ended = CLAUSE_END.search(before, found.end())
        if not (ended and COMPARED.search(before[: found.start()])):
            return True
    return False


def contradiction(sheet: Sheet, clause: Clause) -> Finding | None:
    text = clause.text
    if OTHER_YEAR.search(text):
        return None
    decided = next(
        (
            each
            for each in COUNTS
            if (each.not_of or each.units == "元")
            and not each.subject
            and each.pattern.search(text)
        ),
        None,
    )
    if PARTIAL.search(text) and not decided:
        return None
    within = "其中" in clause.before + text
    if person := applicant(sheet, clause):
        return differs(sheet, clause, *person)
    result = result_of_remedy(clause.before, text)
    if result and clause.is_about(OVER_DISCLOSURE):
        return differs(sheet, clause, result, result.values(sheet))
    for count in COUNTS:
        if within and not count.within:
            continue
        if not count.pattern.search(text) or clause.quantity.unit[0] not in count.units:
            continue
        if count.context and not clause.is_about(count.context):
            continue
        if count.not_of and count.not_of.search(text):
            continue
        if count.subject and not clause.names_last(count.subject):
            continue
        return differs(sheet, clause, count, count.values(sheet))
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


def agree(quantity: Quantity, value: Number) -> bool:
    """Equal; an amount as far as prose rounds it."""
    if quantity.unit != "元":
        return quantity.number == value
    return abs(Decimal(quantity.number) - value) * 200 <= value


def differs(
    sheet: Sheet, clause: Clause, count: Count, values: list[Number | None]
) -> Finding | None:
    known = [value for value in values if value is not None]
    if not known or any(agree(clause.quantity, each) for each in known):
        return None
    wider = clause.is_wider()
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

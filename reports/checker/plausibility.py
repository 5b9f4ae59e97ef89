"""C21: figures that can hardly be meant. Each is to be explained, none is refused.

- P3: 规章 of a body that surely cannot make them; P4: powers that a trade
  union or another 群团 does not have.
- Year on year over x5 or under x0.2, from a base of 10: amounts and counts of
  part two, and the 总计 column of part three. Figures which the form carries
  over from last year are C10's.
- 元 in a 万元 cell: a fee of 1 亿元 and more from a body of a county or town,
  of 10 亿元 from any other that is not a government; or an amount a thousand
  times last year's.
- 2019 edition: a count of cases that is exactly items plus change, the change
  not being zero: items were read as cases.
"""

from collections.abc import Iterator
from decimal import Decimal

from reports.editions.bodies import ADMINISTRATIVE_POWERS, RULES, BodyKind
from reports.editions.grammar import Edition, Kind, Number, Place, plain
from reports.sheet import Sheet

from .finding import Context, Finding, Severity
from .standing import body_of, cannot_make_rules, is_below_prefecture, is_mass_organization

BASE = 10
RISE = 5
TIMES_A_THOUSAND = 1000
YUAN = 10_000  # to a 万元
MUCH_FOR_A_COUNTY = 10_000  # 万元: 1 亿元
MUCH_FOR_A_BODY = 100_000  # 万元: 10 亿元
FEES = "administrative_fees"


def check_plausibility(sheet: Sheet, context: Context) -> Iterator[Finding]:
    yield from check_powers(sheet, context)
    in_yuan = list(check_unit(sheet, context))
    yield from in_yuan
    doubted = {(finding.part, finding.line, finding.column) for finding in in_yuan}
    for finding in check_growth(sheet, context.last_year):
        if (finding.part, finding.line, finding.column) not in doubted:
            yield finding
    yield from check_items(sheet)


def check_powers(sheet: Sheet, context: Context) -> Iterator[Finding]:
    """P3 and P4; a union's 规章 are said once, under P4."""
    body = body_of(sheet, context)
    if is_mass_organization(body):
        owner = "工会等群团组织不是行政机关，一般没有这项职权"
        yield from doubt_lines(sheet, ADMINISTRATIVE_POWERS, "P4", owner)
    elif cannot_make_rules(body):
        yield from doubt_lines(sheet, (RULES,), "P3", "本机关没有规章制定权")


def doubt_lines(sheet: Sheet, lines: tuple[str, ...], rule: str, why: str) -> Iterator[Finding]:
    """The lines of part two that are not zero."""
    for line in lines:
        cells = [place for place in sheet.edition.disclosure.places() if place.line == line]
        numbers = [(place, sheet.figure(place)) for place in cells]
        filled = [(place, number) for place, number in numbers if number]
        if filled:
            said = "、".join(f"{place.column_label} {plain(n)}" for place, n in filled)
            yield doubt(
                filled[0][0],
                f"“{cells[0].line_label}”填了{said}，{why}。请核对，没有的改为 0，或者说明原因。",
                left="、".join(plain(n) for _, n in filled),
                right="0",
                rule=rule,
            )


def check_unit(sheet: Sheet, context: Context) -> Iterator[Finding]:
    """元 in a cell of 万元."""
    much = most_fees(sheet, context)
    for place in sheet.edition.disclosure.places():
        number = sheet.figure(place)
        if place.kind is not Kind.AMOUNT or not number:
            continue
        last = before(context.last_year, place)
        leapt = bool(last and number >= TIMES_A_THOUSAND * last)
        if leapt or (place.line == FEES and much and number >= much):
            against = f"（上一年度 {plain(last)} 万元）" if leapt and last else ""
            yield doubt(
                place,
                f"{place.label}填了 {plain(number)} 万元{against}，像是把元当作万元填了："
                f"{plain(number)} 元应填 {plain(Decimal(number) / YUAN)}。请核对单位，或者说明原因。",
                left=plain(number),
                right=plain(Decimal(number) / YUAN),
            )


def most_fees(sheet: Sheet, context: Context) -> int | None:
    """From what sum, in 万元, a body's fees are doubted; a government's are not."""
    body = body_of(sheet, context)
    if body.kind is BodyKind.GOVERNMENT:
        return None
    return MUCH_FOR_A_COUNTY if is_below_prefecture(body) else MUCH_FOR_A_BODY


def check_growth(sheet: Sheet, last_year: Sheet | None) -> Iterator[Finding]:
    """Year on year over x5 or under x0.2."""
    carried = carried_over(sheet.edition)
    for place in compared(sheet.edition):
        now, last = sheet.figure(place), before(last_year, place)
        if now is None or last is None or last < BASE or {place.key, place.line} & carried:
            continue
        if now > RISE * last or now * RISE < last:
            change = (
                f"是上一年度的 {ratio(now, last)} 倍" if now > last else "不到上一年度的五分之一"
            )
            yield doubt(
                place,
                f"{place.label}本年 {plain(now)}，上一年度 {plain(last)}，{change}。请核对，确实如此的请说明原因。",
                left=plain(now),
                right=plain(last),
            )


def compared(edition: Edition) -> Iterator[Place]:
    """Part two but for changes, and of part three what 总计 says of the whole year."""
    yield from (place for place in edition.disclosure.places() if place.kind is not Kind.CHANGE)
    whole = {line.key for line in edition.applications.lines if not line.children}
    whole |= {line.key for line in edition.applications.leaves() if line.computed}
    total = next(column.key for column in edition.applications.columns if column.computed)
    for place in edition.applications.places():
        if place.column == total and place.line in whole:
            yield place


def carried_over(edition: Edition) -> set[str]:
    """Figures that are last year's figures over again: their equation has no other term."""
    return {
        equation.left[0].keys[0]
        for equation in edition.continuity
        if all(term.year for term in equation.right)
    }


def before(last_year: Sheet | None, place: Place) -> Number | None:
    return last_year.figure(place) if last_year else None


def ratio(now: Number, last: Number) -> str:
    return plain(Decimal(f"{Decimal(now) / Decimal(last):.1f}"))


def check_items(sheet: Sheet) -> Iterator[Finding]:
    """Cases that are items plus change (2019 edition; 20534 - 6052 = 14482)."""
    for block in sheet.edition.disclosure.blocks:
        kinds = [column.kind for column in block.columns]
        if kinds != [Kind.COUNT, Kind.CHANGE, Kind.COUNT]:
            continue
        places = list(block.places())
        for row in block.rows:
            items, change, cases = (place for place in places if place.line == row.key)
            numbers = [sheet.figure(place) for place in (items, change, cases)]
            first, second, third = numbers
            if first is None or third is None or not second or first + second != third:
                continue
            yield doubt(
                cases,
                f"{cases.label}（{plain(third)}）正好等于{items.column_label}（{plain(first)}）"
                f"与{change.column_label}（{plain(second)}）之和，像是把办件数当作了项目数。"
                f"{items.column_label}和{change.column_label}是事项的个数，{cases.column_label}是办件数，请核对或者说明原因。",
                left=plain(third),
                right=plain(first + second),
            )


def doubt(place: Place, message: str, left: str, right: str, rule: str = "") -> Finding:
    return Finding(
        "C21", Severity.EXPLAIN, message,
        part=place.part, line=place.line, column=place.column,
        left=left, right=right, rule=rule,
    )  # fmt: skip

"""C24: doubled words, mixed numbering, half-width brackets. Hints, one of a kind in a part.

Chinese doubles words rightly all the time (常常, 市市场监管局), so only doubles
that no word or name makes are told.
"""

import re
from collections.abc import Iterator

from reports.editions.numbering import NUMERALS
from reports.sheet import NARRATIVES, Sheet

from .finding import Context, Finding, Severity
from .sentences import with_plain_digits, without_quotes

DOUBLED = re.compile(
    r"县县(?![级城域委政直长区里内乡情志])|(?<!两)性性(?![质能别格情状])|的的(?![确士卢])|了了(?![解如却结然])|们们|与与|我我"
    r"|并并(?![且非不联])|，，|。。|、、|；；|工作工作|(?:我局|我会|我委){2}|进一步进一步|情况情况|不断不断|积极积极|及时及时"
)
POINTED = re.compile(r"^\s*[0-9]{1,2}(?P<point>[.．、])(?![0-9])")
CHINESE_BRACKETED = re.compile(rf"^\s*[（(](?P<number>[{NUMERALS}]{{1,3}})[）)]")
DIGIT_BRACKETED = re.compile(r"^\s*[（(](?P<number>[0-9]{1,2})[）)]")
HALF_WIDTH = re.compile(rf"\([{NUMERALS}]{{1,3}}\)|\([{NUMERALS}]{{1,3}}）|（[{NUMERALS}]{{1,3}}\)")


def check_style(sheet: Sheet, context: Context) -> Iterator[Finding]:
    for key in NARRATIVES:
        part = sheet.edition.part(key)
        text = sheet.text(key)
        for said, quote in faults(text):
            yield Finding(
                "C24", Severity.HINT, f"“{part.title}”{said}", part=part.number, quote=quote
            )


def faults(text: str) -> Iterator[tuple[str, str]]:
    if found := DOUBLED.search(without_quotes(text)):
        around = text[max(0, found.start() - 6) : found.end() + 6].replace("\n", "")
        yield f"中“{around}”的“{found[0]}”像是多写了字。请核对。", found[0]
    if found := HALF_WIDTH.search(text):
        yield f"的序号“{found[0]}”用了半角括号。请改为全角括号“（”“）”。", found[0]
    lines = [line for line in with_plain_digits(text).splitlines() if line.strip()]
    points = {each["point"]: each[0].strip() for line in lines if (each := POINTED.match(line))}
    if len(points) > 1:
        shown = "”“".join(points.values())
        yield f"的序号“{shown}”标点不统一。请统一写作“1.”。", next(iter(points.values()))
    if mixed := mixed_levels(lines):
        yield f"的序号“{mixed[0]}”之后写作“{mixed[1]}”，前后不统一。请统一。", mixed[1]


def mixed_levels(lines: list[str]) -> tuple[str, str] | None:
    """（一） followed by （2）: the same list goes on in other numerals."""
    last, shown = 0, ""
    if any((each := DIGIT_BRACKETED.match(line)) and each["number"] == "1" for line in lines):
        return None  # （1）, （2） are a level of its own
    for line in lines:
        chinese, digits = CHINESE_BRACKETED.match(line), DIGIT_BRACKETED.match(line)
        if chinese:
            last, shown = number_of(chinese["number"]), chinese[0].strip()
        elif digits and last and int(digits["number"]) == last + 1:
            return shown, digits[0].strip()
    return None


def number_of(numeral: str) -> int:
    return NUMERALS.find(numeral) + 1 if len(numeral) == 1 else 0

"""C05: the six parts: each there, once, in order, numbered and named as the form does.

An imported document is held to the headings that it printed. An authored
report has its headings from the form, so it can only lack their contents.
A heading that differs from the form's by a word or two is a hint: the part is
there, and readers find it.
"""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from reports.editions.grammar import Edition, Part
from reports.sheet import Heading, Sheet, name_of

from .finding import Context, Finding, Severity
from .preface import check_preface
from .sentences import with_plain_digits

NUMERAL = r"[一二三四五六七八九十]{1,3}|[0-9]{1,2}"
NUMBER = re.compile(
    rf"第(?P<ordinal>{NUMERAL})部分|[（(](?P<bracketed>{NUMERAL})[）)]|(?P<plain>{NUMERAL})(?=[、.．，,：:\s])"
)
POINT = re.compile(r"[、.．，,：:\s]*")
TOP_LEVEL = re.compile(rf"(?:第(?:{NUMERAL})部分|(?:[一二三四五六七八九十]{{1,3}}|[0-9]{{1,2}})、)")
NEARLY = 0.75  # how alike two headings are that differ by a word or two


def check_parts(sheet: Sheet, context: Context) -> Iterator[Finding]:
    yield from check_preface(sheet)
    headings = sheet.printed.headings
    present = {heading.part for heading in headings}
    for part in numbered(sheet.edition):
        if headings and part.key not in present:
            yield error(part, f"没有找到“{part.title}”这一部分。请按格式补上。")
        elif not has_contents(sheet, part):
            what = "没有表格，格式规定用表格填报" if part.is_table else "没有内容"
            yield error(part, f"“{part.title}”{what}。请补上；没有发生的也要写明。")
    if headings:
        yield from check_sequence(sheet.edition, headings)
        for heading in headings:
            yield from check_heading(sheet.edition, heading)


def numbered(edition: Edition) -> tuple[Part, ...]:
    return tuple(part for part in edition.parts if part.number)


def has_contents(sheet: Sheet, part: Part) -> bool:
    """Whether a prose part has text, a table part at least one of its cells."""
    if not part.is_table:
        return bool(sheet.text(part.key).strip())
    missing = set(sheet.printed.missing)
    table = {2: sheet.disclosure, 3: sheet.applications, 4: sheet.remedies}[part.number]
    places = (place for place in sheet.edition.places() if place.part == part.number)
    return bool(table) and any(name_of(place) not in missing for place in places)


def check_sequence(edition: Edition, headings: tuple[Heading, ...]) -> Iterator[Finding]:
    """Each part once, and after the one before it."""
    parts = {part.key: part for part in numbered(edition)}
    seen: list[Part] = []
    for heading in headings:
        part = parts.get(heading.part)
        if part is None:
            continue
        if part in seen:
            yield error(part, f"“{part.title}”出现了不止一次。请合并成一部分。", heading.text)
        elif seen and part.number < max(each.number for each in seen):
            after = max(seen, key=lambda each: each.number)
            message = f"“{part.title}”排在了“{after.title}”之后。请按格式的顺序调整。"
            yield error(part, message, heading.text)
        seen.append(part)


def check_heading(edition: Edition, heading: Heading) -> Iterator[Finding]:
    """A heading's number and name, or that the form knows no such part."""
    text = with_plain_digits(heading.text.strip())
    part = next((each for each in numbered(edition) if each.key == heading.part), None)
    if part is None:
        if heading.part == "" and TOP_LEVEL.match(text):
            yield Finding(
                "C05",
                Severity.ERROR,
                f"“{heading.text.strip()}”不是格式规定的部分，格式只有六个部分。"
                "请把内容并入相应部分，或者作为附件。",
                quote=heading.text.strip(),
            )
        return
    mark, name = divided(text, part)
    if mark != part.numeral:
        said = f"编号写作“{mark}”" if mark else "没有编号"
        message = f"“{heading.text.strip()}”{said}，应为“{part.title}”。请改正编号。"
        yield error(part, message, heading.text, left=mark, right=part.numeral)
    yield from check_name(part, name, heading)


def divided(text: str, part: Part) -> tuple[str, str]:
    """A heading's number as far as it is not the form's, and its name."""
    found = NUMBER.match(text)
    if not found:
        bare = text.removeprefix(part.numeral)
        if bare != text and bare.startswith(part.heading[:2]):
            return part.numeral, bare
        return "", text
    rest = POINT.sub("", text[found.end() :], count=1)
    if found["plain"]:
        point = text[found.end() : found.end() + 1].strip()
        mark = found["plain"] if found["plain"] == part.numeral else found["plain"] + point
        return mark, rest
    return found[0], rest


def check_name(part: Part, name: str, heading: Heading) -> Iterator[Finding]:
    said, right = (re.sub(r"\W|_", "", each) for each in (name, part.heading))
    if said == right:
        return
    alike = SequenceMatcher(None, said, right).ratio()
    nearly = alike >= NEARLY or right in said or (said and said in right)
    yield Finding(
        "C05",
        Severity.HINT if nearly else Severity.ERROR,
        f"第{part.numeral}部分的标题写作“{name.strip()}”，格式规定为“{part.heading}”。请按格式改写。",
        part=part.number,
        left=name.strip(),
        right=part.heading,
        quote=heading.text.strip(),
    )


def error(part: Part, message: str, quote: str = "", left: str = "", right: str = "") -> Finding:
    return Finding(
        "C05", Severity.ERROR, message,
        part=part.number, left=left, right=right, quote=quote.strip(),
    )  # fmt: skip

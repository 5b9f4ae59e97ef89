"""Reading what a person typed in a cell: a number, or a sentence that says what to do."""

import re
from decimal import Decimal

from reports.editions.grammar import Kind, Number, Place, plain

GROUPED = re.compile(r"^[+-]?[0-9]{1,3}([,\s][0-9]{3})+(\.[0-9]+)?$")
SIGNED = re.compile(r"^[+-]?[0-9]+(\.[0-9]+)?$")
FORMS = {
    Kind.COUNT: re.compile(r"^\+?[0-9]+$"),
    Kind.CHANGE: re.compile(r"^[+-]?[0-9]+$"),
    Kind.AMOUNT: re.compile(r"^\+?[0-9]+(\.[0-9]{1,6})?$"),
}
EXPECTED = {
    Kind.COUNT: "这里只填不小于 0 的整数",
    Kind.CHANGE: "这里只填整数，减少的在前面加“-”",
    Kind.AMOUNT: "这里只填数字，单位是万元，最多六位小数",
}
LARGEST = 999_999_999  # what every database column holds; no body counts more
EXCERPT = 20  # characters of what was typed that a sentence quotes
# Full-width signs as plain ones and every dash as a minus; ² and ① stay what they are.
PLAIN = {0xFF01 + n: 0x21 + n for n in range(94)} | dict.fromkeys(map(ord, "−–—"), "-")


class NotANumber(ValueError):
    """``str()`` says which cell, what is there, and what would be right."""


def normal(text: str) -> str:
    """Full-width digits and signs as plain ones, without thousands separators."""
    plain_text = text.translate(PLAIN).strip()
    return re.sub(r"[,\s]", "", plain_text) if GROUPED.match(plain_text) else plain_text


def read_cell(text: str, place: Place) -> Number:
    """The number typed at a place; NotANumber for anything else, a blank too (A4)."""
    typed = normal(text)
    if not typed:
        raise NotANumber(f"{place.label}没有填：没有的请填 0。")
    if not FORMS[place.kind].match(typed):
        wanted = EXPECTED[place.kind] if SIGNED.match(typed) else "这里只填数字"
        raise NotANumber(f"{place.label}填的是“{excerpt(text)}”：{wanted}，{advice(typed)}")
    number = Decimal(typed)
    if abs(number) > LARGEST:
        raise NotANumber(f"{place.label}填的是“{excerpt(text)}”：数太大了，请核对。")
    return number if place.kind is Kind.AMOUNT else int(number)


def advice(typed: str) -> str:
    found = re.findall(r"[0-9]+(?:\.[0-9]+)?", typed)
    if len(found) == 1 and "-" not in typed:
        return f"请改为 {found[0]}。"
    return "没有的请填 0。" if not found else "请核对后重填。"


def excerpt(text: str) -> str:
    stripped = text.strip()
    return stripped if len(stripped) <= EXCERPT else f"{stripped[:EXCERPT]}…"


def shown(number: Number | None) -> str:
    """A stored number as it stands in its box."""
    return "" if number is None else plain(number)

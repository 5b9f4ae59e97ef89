"""What number a cell's text is, or that it is none (findings.md C02, C20).

A blank is not a zero, and neither is 「/」. Whatever is read otherwise than
digit by digit says so in its note, and the text is kept beside the number.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from reports.editions.grammar import Kind, Number, plain

from .document import BLANK
from .normal import EDITOR_MARK, HALF_WIDTH, SPACES
from .traditional import folded

BLANK_MARKS = frozenset(r"/\-—–―−﹣－*×、.无空") | {
    *("//", "--", "---", "——", "暂无", "没有", "未填", "不涉及", "不适用", "无此项", "N/A", "n/a"),
}
DOUBTFUL = {"一": "可能是破折号，也可能是数字"}
LARGEST = 2_147_483_647  # no count of a report comes near it
DECIMALS = 6  # of 万元: 分
UNITS = "人次|件次|件|条|项|个|次|宗|起|份|人|篇|户|笔|家"
WEIGHTS = {None: 1, "万": 10_000, "亿": 100_000_000}
WAN = Decimal(10_000)
NUMBER = re.compile(
    r"^(?P<before>共计|合计|总计|共|计)?"
    r"(?P<sign>[-+−–—﹣]|减少|减|下降|负|增加|增|上升|正)?"
    r"(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]{1,15}(?:\.[0-9]{1,15})?"
    r"|[零〇○一二两三四五六七八九十百千]{1,9})"
    rf"(?P<weight>[万亿])?(?P<unit>元|{UNITS})?"
    r"(?P<remark>\(.*\)|[,;:。](?![0-9]).*|[*※①-⑳])?$",
    re.DOTALL,
)
# 「22，其中修订16件」 is a figure with its remark; 「1，属于国家秘密」 is a label
REMARKED = re.compile(
    r"^(?:\(|[*※①-⑳]|[;:。,]+$|.(?:其中|含|包括|另|均|全部|不|已|较|比|同比).*|.*[0-9])", re.DOTALL
)
FALLS = {"-", "−", "–", "—", "﹣", "减少", "减", "下降", "负"}
CHINESE_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
CHINESE_UNITS = {"十": 10, "百": 100, "千": 1000}


@dataclass(frozen=True)
class Parsed:
    """``exact`` where the text is simply the number, or nothing at all."""

    number: Number | None
    exact: bool
    note: str = ""


def parse_number(text: str, kind: Kind = Kind.COUNT, unit: str = "万元") -> Parsed:
    """The number of a cell; ``unit`` is what its header counts an amount in."""
    told = EDITOR_MARK.sub("", text).translate(HALF_WIDTH).strip(BLANK)
    packed = folded(SPACES.sub("", told))
    if not packed:
        return Parsed(None, True)
    if packed in BLANK_MARKS:
        return Parsed(None, False, f"“{packed}”不是数字，按空白读取")
    found = figure_in(packed)
    if not found or packed in DOUBTFUL:
        return Parsed(None, False, f"{DOUBTFUL.get(packed, '不是数字')}，按空白读取")
    notes = [*wording_notes(found, text), *(["数字中间有空格"] if len(told) != len(packed) else [])]
    number, problem = value_of(found, kind, unit, notes)
    if number is None:
        return Parsed(None, False, f"{problem}，按空白读取")
    if not notes:
        return Parsed(number, True)
    return Parsed(number, False, f"{'、'.join(notes)}，按 {plain(number)} 读取")


def figure_in(packed: str) -> re.Match[str] | None:
    found = NUMBER.match(packed)
    return None if found and found["remark"] and not REMARKED.match(found["remark"]) else found


def wording_notes(found: re.Match[str], text: str) -> list[str]:
    """What stands in the cell besides the digits themselves."""
    notes = []
    if re.search("[０-９]", text):
        notes.append("全角数字")
    elif found["sign"] == "-" and "－" in text:
        notes.append("全角负号")
    if EDITOR_MARK.search(text):
        notes.append("带有编辑标记")
    if found["before"]:
        notes.append(f"带有“{found['before']}”字")
    if found["sign"] and found["sign"] != "-":
        notes.append(f"带有“{found['sign']}”")
    if "," in found["digits"]:
        notes.append("带有千分位逗号")
    if found["digits"][0] not in "0123456789":
        notes.append("汉字数字")
    elif len(found["digits"]) > 1 and found["digits"][0] == "0" and found["digits"][1] != ".":
        notes.append("数字前面有多余的零")
    if found["weight"] or found["unit"]:
        notes.append(f"带有单位“{found['weight'] or ''}{found['unit'] or ''}”")
    if found["remark"]:
        notes.append(f"带有附注“{found['remark']}”")
    return notes


def value_of(
    found: re.Match[str], kind: Kind, unit: str, notes: list[str]
) -> tuple[Number | None, str]:
    """The number, or None and why not; says in ``notes`` what it converted."""
    digits = digits_of(found["digits"])
    if digits is None:
        return None, "不是数字"
    value = digits * (-1 if found["sign"] in FALLS else 1)
    if kind is Kind.AMOUNT:
        return amount_of(value, found, unit, notes)
    if found["sign"] and len(found["sign"].strip("+-−–—﹣")) and kind is not Kind.CHANGE:
        return None, "不是数字"
    value *= WEIGHTS[found["weight"]]
    if value != value.to_integral_value():
        return None, "不是整数"
    if abs(value) > LARGEST:
        return None, "数字过大"
    if "." in found["digits"]:
        notes.append("带有小数")
    return int(value), ""


def amount_of(
    value: Decimal, found: re.Match[str], unit: str, notes: list[str]
) -> tuple[Decimal | None, str]:
    """An amount in 万元: 「251000元」 is 25.1, 「100万」 is 100."""
    if found["weight"] or found["unit"] == "元":
        value = value * WEIGHTS[found["weight"]] / WAN
        if not found["weight"]:
            notes.append("折合万元")
    elif unit == "元":
        value = value / WAN
        notes.append("表头的单位是元，折合万元")
    if abs(value) > LARGEST:
        return None, "数字过大"
    if value != round(value, DECIMALS):
        return None, "小数超过六位"
    return value, ""


def digits_of(digits: str) -> Decimal | None:
    if digits[0] in "0123456789":
        return Decimal(digits.replace(",", ""))
    number = chinese_number(digits)
    return None if number is None else Decimal(number)


def chinese_number(text: str) -> int | None:
    """「十二」 is 12, 「一百零三」 103, 「二〇二一」 2021; None where it is no number."""
    if not text or any(c not in CHINESE_DIGITS and c not in CHINESE_UNITS for c in text):
        return None
    if len(text) > 1 and not any(c in CHINESE_UNITS for c in text):
        return int("".join(str(CHINESE_DIGITS[c]) for c in text))
    total, digit = 0, 0
    for character in text:
        if character in CHINESE_UNITS:
            total += (digit or 1) * CHINESE_UNITS[character]
            digit = 0
        else:
            digit = CHINESE_DIGITS[character]
    return total + digit


def is_figure(text: str) -> bool:
    """Whether a cell's text could be a figure's: a number, blank, or a mark for blank."""
    packed = folded(SPACES.sub("", EDITOR_MARK.sub("", text).translate(HALF_WIDTH)))
    return not packed or packed in BLANK_MARKS or bool(figure_in(packed))

"""Figures printed otherwise: with units, remarks, signs, words; or not at all."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from reports.editions.grammar import Kind

from .report import Cell, Report, place_named

WIDE = str.maketrans("0123456789-.", "０１２３４５６７８９－．")
NARROW = str.maketrans("／", "/")
NUMERALS = "零一二三四五六七八九"
UNITS = ("", "十", "百", "千")


def figure(change: Callable[[str], str], *said: str) -> Callable[[Report], Report]:
    """A variation: every figure printed otherwise, and read as the same number."""

    def of(report: Report) -> Report:
        def cell(each: Cell) -> Cell:
            return replace(each, text=change(each.text)) if each.place and each.text else each

        return report.with_tables(cell).saying(*said)

    return of


def counted(change: Callable[[str], str], *said: str) -> Callable[[Report], Report]:
    """As ``figure``, for whole numbers which are not negative."""

    def of(text: str) -> str:
        return change(text) if text.isdigit() else text

    return figure(of, *said)


def changes(printed: Callable[[int], str]) -> Callable[[Report], Report]:
    """The cells 本年增/减 as people write rises and falls."""

    def of(report: Report) -> Report:
        numbers = {name: n for name, n in report.expected.items() if n is not None}

        def cell(each: Cell) -> Cell:
            kind = place_named(report, each.place).kind if each.place else None
            if kind is not Kind.CHANGE or each.place not in numbers:
                return each
            return replace(each, text=printed(int(numbers[each.place])))

        return report.with_tables(cell, "disclosure")

    return of


def rises(printed: str) -> Callable[[Report], Report]:
    """Every 本年增/减 is 19, printed with its sign."""

    def of(report: Report) -> Report:
        names = [n for n in report.expected if place_named(report, n).kind is Kind.CHANGE]

        def cell(each: Cell) -> Cell:
            return replace(each, text=printed) if each.place in names else each

        changed = report.with_tables(cell, "disclosure")
        return replace(changed, figures={**report.figures, **dict.fromkeys(names, 19)})

    return of


def nothing(mark: str, every: int = 2) -> Callable[[Report], Report]:
    """Every second cell has a mark for nothing: blank, and kept as printed."""

    def of(report: Report) -> Report:
        names = list(report.expected)[::every]

        def cell(each: Cell) -> Cell:
            return replace(each, text=mark) if each.place in names else each

        changed = report.with_tables(cell)
        said = (f"“{mark.translate(NARROW)}”不是数字",) if mark.strip() else ()
        figures = {**report.figures, **dict.fromkeys(names)}
        return replace(changed, figures=figures).saying(*said)

    return of


def zeros(printed: str) -> Callable[[Report], Report]:
    """Every third cell is 0, printed so."""

    def of(report: Report) -> Report:
        names = list(report.expected)[::3]

        def cell(each: Cell) -> Cell:
            return replace(each, text=printed) if each.place in names else each

        figures = {**report.figures, **dict.fromkeys(names, 0)}
        return replace(report.with_tables(cell), figures=figures)

    return of


def in_words(text: str) -> str:
    """A whole number below 10 000 in Chinese words."""
    number = int(text)
    if number < 10:
        return NUMERALS[number]
    digits = [int(digit) for digit in reversed(text)]
    said = "".join(
        (NUMERALS[digit] + UNITS[at]) if digit else "零"
        for at, digit in reversed(list(enumerate(digits)))
    )
    while "零零" in said:
        said = said.replace("零零", "零")
    return said.rstrip("零")


def word(text: str) -> str:
    """In words, but for 「一」, which may be a dash."""
    return text if text == "1" else in_words(text)


def thousands(text: str) -> str:
    return f"{int(text):,}" if text.isdigit() else text


def yuan(report: Report) -> Report:
    """The amount in 元, its header saying so."""
    name = next(n for n in report.expected if place_named(report, n).kind is Kind.AMOUNT)
    column = place_named(report, name).column_label
    number = report.expected[name]

    def cell(each: Cell) -> Cell:
        if each.place == name:
            return replace(each, text=f"{Decimal(number or 0) * 10_000:.2f}")
        if each.text == column:
            return replace(each, text=f"{column.split('（')[0]}（单位：元）")
        return each

    return report.with_tables(cell, "disclosure").saying("表头的单位是元，折合万元")


def yuan_in_cell(report: Report) -> Report:
    """「251000元」."""
    name = next(n for n in report.expected if place_named(report, n).kind is Kind.AMOUNT)
    number = report.expected[name]

    def cell(each: Cell) -> Cell:
        return (
            replace(each, text=f"{int(Decimal(number or 0) * 10_000)}元")
            if each.place == name
            else each
        )

    return report.with_tables(cell, "disclosure").saying("折合万元")


VARIATIONS = {
    "full-width digits": figure(lambda text: text.translate(WIDE)),
    "with 件": counted(lambda text: f"{text}件", "带有单位“件”"),
    "with 条 and spaces": counted(lambda text: f" {text} 条 ", "带有单位“条”"),
    "with a remark": counted(lambda text: f"{text}（其中修订16件）", "带有附注"),
    "with a remark below": counted(lambda text: f"{text}\n（含转办）", "带有附注"),
    "with 共": counted(lambda text: f"共{text}件", "带有“共”字"),
    "with a comma": counted(thousands),
    "with a full-width comma": counted(lambda text: thousands(text).replace(",", "，")),
    "with a footnote mark": counted(lambda text: f"{text}*", "带有附注"),
    "in Chinese words": counted(word, "汉字数字"),
    "spaces within": counted(" ".join),
    "a line break within": counted(lambda text: f"{text[:1]}\n{text[1:]}"),
    "spaces around": figure(lambda text: f"\u3000{text} "),
    "with .0": counted(lambda text: f"{text}.0", "带有小数"),
    "leading zeros": counted(lambda text: f"0{text}", "多余的零"),
    "falls －3": changes(lambda n: str(n).replace("-", "－")),
    "falls 减3": changes(lambda n: f"减{-n}" if n < 0 else str(n)),
    "falls −3": changes(lambda n: str(n).replace("-", "−")),
    "falls —3": changes(lambda n: str(n).replace("-", "—")),
    "falls 减少3项": changes(lambda n: f"减少{-n}项" if n < 0 else str(n)),
    "rises +19": rises("+19"),
    "rises ＋19": rises("＋19"),
    "rises 增19": rises("增19"),
    "rises 增加19": rises("增加19"),
    "nothing /": nothing("/"),
    "nothing 无": nothing("无"),
    "nothing —": nothing("—"),
    "nothing ——": nothing("——"),
    "nothing -": nothing("-"),
    "nothing ／": nothing("／", every=5),
    "nothing ×": nothing("×"),
    "nothing 不涉及": nothing("不涉及"),
    "nothing blank": nothing(""),
    "nothing spaces": nothing(" \u3000"),
    "all blank": nothing("", every=1),
    "all /": nothing("/", every=1),
    "zero 0.0": zeros("0.0"),
    "zero 0件": zeros("0件"),
    "zero ０": zeros("０"),
    "zero 零": zeros("零"),
    "zero 〇": zeros("〇"),
    "amount in 元 by its header": yuan,
    "amount in 元 by its cell": yuan_in_cell,
}

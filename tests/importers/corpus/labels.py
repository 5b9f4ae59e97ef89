"""Labels printed otherwise: retyped, misspelt, with other marks, brackets and spaces."""

from collections.abc import Callable
from dataclasses import replace

from .report import Cell, Report, is_amount

HALF = str.maketrans("（）：，、“”", '():,,""')
WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")
CORNERED = str.maketrans("（）", "【】")
TRADITIONAL_QUOTES = str.maketrans("“”", "「」")
DIGITS = "123456789"
CIRCLED = dict(zip(DIGITS, "①②③④⑤⑥⑦⑧⑨", strict=True))
NUMERALS = "一二三四五六七八九"
SHORT = 5  # a label with fewer characters says too little to be misspelt
LOOKS_LIKE = str.maketrans("密禁护执询请费类开关报", "蜜近户直寻清废内公机告")


def label(change: Callable[[str], str], *keys: str) -> Callable[[Report], Report]:
    """A variation: every label of the tables changed."""

    def of(report: Report) -> Report:
        def cell(each: Cell) -> Cell:
            return each if each.place or not each.text else replace(each, text=change(each.text))

        return report.with_tables(cell, *keys)

    return of


def numbered(mark: str) -> Callable[[str], str]:
    """「1.」 as another mark: ``{}`` is the number."""

    def change(text: str) -> str:
        if text[:1] in DIGITS and text[1:2] == ".":
            return mark.format(text[0]) + text[2:]
        return text

    return change


def circled(text: str) -> str:
    return CIRCLED[text[0]] + text[2:] if text[:1] in DIGITS and text[1:2] == "." else text


def unnumbered(text: str) -> str:
    """Without any number: 「（一）予以公开」, 「1.属于国家秘密」, 「一、本年新收…」."""
    if text[:1] in DIGITS and text[1:2] == ".":
        return text[2:]
    if text[:1] == "（" and text[2:3] == "）":
        return text[3:]
    return text[2:] if text[:1] in NUMERALS and text[1:2] == "、" else text


def outer(mark: str) -> Callable[[str], str]:
    """「一、」 as another mark: ``{}`` is the numeral."""

    def change(text: str) -> str:
        return mark.format(text[0]) + text[2:] if text[1:2] == "、" else text

    return change


def inner(mark: str) -> Callable[[str], str]:
    """「（一）」 as another mark: ``{}`` is the numeral."""

    def change(text: str) -> str:
        wrapped = text[:1] == "（" and text[2:3] == "）"
        return mark.format(text[1]) + text[3:] if wrapped else text

    return change


def spaced(text: str) -> str:
    return " ".join(text)


def gap(text: str) -> str:
    """「规 章」: short labels stretched."""
    return "\u3000".join(text) if len(text) <= 4 else text


def narrow(text: str) -> str:
    """A line break after each fourth character, as a narrow column breaks."""
    return "\n".join(text[at : at + 4] for at in range(0, len(text), 4))


def middle(text: str) -> int:
    """A place within what the label says, behind its number."""
    begin = 3 if text[:1] == "（" else 2 if text[1:2] in ("、", ".") else 0
    return begin + (len(text) - begin) // 2


def long_enough(text: str) -> bool:
    return len(unnumbered(text)) >= SHORT and "条第" not in text


def dropped(text: str) -> str:
    at = middle(text)
    return text[:at] + text[at + 1 :] if long_enough(text) else text


def doubled(text: str) -> str:
    at = middle(text)
    return text[:at] + text[at] + text[at:] if long_enough(text) else text


def swapped(text: str) -> str:
    at = middle(text)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :] if long_enough(text) else text


def misread(text: str) -> str:
    """One character taken for another that looks or sounds like it."""
    for at in range(len(text) - 1, 0, -1):
        other = text[at].translate(LOOKS_LIKE)
        if other != text[at] and long_enough(text):
            return text[:at] + other + text[at + 1 :]
    return text


def footnoted(text: str) -> str:
    return f"{text}*" if long_enough(text) else text


def with_unit(report: Report) -> Report:
    """Units told in the headers: 「本年制发件数（件）」."""
    names = {c.label: "件" for b in report.sheet.edition.disclosure.blocks for c in b.columns}

    def change(text: str) -> str:
        return (
            f"{text}（件）" if text in names and "（" not in text and "金额" not in text else text
        )

    return label(change, "disclosure")(report)


def unit_cell(report: Report) -> Report:
    """The amount's unit in a cell of its own: 「（单位：万元）」."""
    name = next(n for n in report.expected if is_amount(report, n))
    rows = [list(row) for row in report.table("disclosure")]
    at = next(n for n, row in enumerate(rows) if any(cell.place == name for cell in row))
    heads, figures = rows[at - 1], rows[at]
    head = heads[-1]
    heads[-1] = replace(head, text=head.text.split("（")[0], columns=1)
    heads.append(Cell("（单位：万元）", columns=max(1, head.columns - 1)))
    figures[-1] = replace(figures[-1], columns=1)
    figures.append(Cell("", columns=max(1, head.columns - 1)))
    return report.with_table("disclosure", tuple(map(tuple, rows)))


VARIATIONS = {
    "marks 1．": label(numbered("{}．")),
    "marks 1、": label(numbered("{}、")),
    "marks (1)": label(numbered("({})")),
    "marks （1）": label(numbered("（{}）")),
    "marks 1)": label(numbered("{})")),
    "marks 1 space": label(numbered("{} ")),
    "marks ①": label(circled),
    "marks １．": label(lambda t: t[:2].translate(WIDE) + t[2:] if t[:1] in DIGITS else t),
    "marks none": label(unnumbered),
    "marks 一.": label(outer("{}.")),
    "marks 一．": label(outer("{}．")),
    "marks 一 space": label(outer("{} ")),
    "marks 一 bracketed": label(outer("（{}）")),
    "marks (一)": label(inner("({})")),
    "marks （一)": label(inner("（{})")),
    "marks （一）、": label(inner("（{}）、")),
    "half-width": label(lambda text: text.translate(HALF)),
    "brackets 【】": label(lambda text: text.translate(CORNERED)),
    "quotes 「」": label(lambda text: text.translate(TRADITIONAL_QUOTES)),
    "quotes none": label(lambda text: text.replace("“", "").replace("”", "")),
    "spaces": label(spaced),
    "short labels stretched": label(gap),
    "narrow columns": label(narrow),
    "trailing breaks": label(lambda text: f"\n{text}\n"),
    "a character lost": label(dropped),
    "a character doubled": label(doubled),
    "two characters swapped": label(swapped),
    "a character misread": label(misread),
    "footnote marks": label(footnoted),
    "units in headers": with_unit,
    "unit in a cell of its own": unit_cell,
}

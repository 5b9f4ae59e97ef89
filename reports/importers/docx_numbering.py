"""Automatic numbers of a .docx: 「一、」 that Word prints but the text does not hold."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from reports.editions.numbering import NUMERALS

Element = Any
LEVELS = 9
HIGHEST = 99
UNSHOWN = {"bullet", "none"}


def local(element: Element) -> str:
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def value(element: Element | None, default: str = "") -> str:
    """The ``val`` attribute."""
    if element is None:
        return default
    return next((v for k, v in element.attrib.items() if k.rsplit("}", 1)[-1] == "val"), default)


def first(element: Element | None, *path: str) -> Element | None:
    for name in path:
        if element is None:
            return None
        element = next((each for each in element if local(each) == name), None)
    return element


def integer(text: str, default: int = 0) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else default


def chinese(number: int) -> str:
    """1 to 99 in Chinese numerals: 「十二」."""
    if not 0 < number <= HIGHEST:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{NUMERALS[tens - 1]}十"
    return head + (NUMERALS[ones - 1] if ones else "")


def full_width(number: int) -> str:
    return str(number).translate({code: code + 0xFEE0 for code in range(0x30, 0x3A)})


def circled(number: int) -> str:
    return chr(0x2460 + number - 1) if 0 < number <= 20 else str(number)


FORMATS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographTraditional",
         "taiwaneseCountingThousand", "chineseLegalSimplified"),
        chinese,
    ),
    "decimalFullWidth": full_width,
    "decimalFullWidth2": full_width,
    "decimalEnclosedCircle": circled,
    "decimalEnclosedCircleChinese": circled,
}  # fmt: skip


@dataclass(frozen=True)
class Level:
    pattern: str  # 「%1、」
    style: str
    start: int


@dataclass
class Numbering:
    """Definitions of lists, and how far each has counted."""

    levels: dict[tuple[str, int], Level] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)  # num → abstract
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)  # style → (num, level)
    counts: dict[tuple[str, int], int] = field(default_factory=dict)

    @classmethod
    def of(cls, definitions: Element | None, styles: Element | None) -> "Numbering":
        known = cls()
        for each in definitions if definitions is not None else ():
            if local(each) == "abstractNum":
                known.define(each)
            elif local(each) == "num":
                known.lists[attribute(each, "numId")] = value(first(each, "abstractNumId"))
        for style in styles if styles is not None else ():
            numbered = first(style, "pPr", "numPr")
            if numbered is not None:
                known.styles[attribute(style, "styleId")] = (
                    value(first(numbered, "numId")),
                    integer(value(first(numbered, "ilvl"))),
                )
        return known

    def define(self, abstract: Element) -> None:
        name = attribute(abstract, "abstractNumId")
        for each in abstract:
            if local(each) == "lvl":
                self.levels[name, integer(attribute(each, "ilvl"))] = Level(
                    value(first(each, "lvlText")),
                    value(first(each, "numFmt"), "decimal"),
                    integer(value(first(each, "start")), 1),
                )

    def mark_of(self, paragraph: Element) -> str:
        """The number Word prints before a paragraph, and counts on; "" where it has none."""
        number, level = self.list_of(paragraph)
        abstract = self.lists.get(number, "")
        here = self.levels.get((abstract, level))
        if here is None or here.style in UNSHOWN:
            return ""
        self.counts[abstract, level] = self.counts.get((abstract, level), here.start - 1) + 1
        for deeper in range(level + 1, LEVELS):
            self.counts.pop((abstract, deeper), None)
        mark = here.pattern
        for at in range(level + 1):
            defined = self.levels.get((abstract, at), here)
            count = self.counts.get((abstract, at), defined.start)
            mark = mark.replace(f"%{at + 1}", FORMATS.get(defined.style, str)(count))
        return mark

    def list_of(self, paragraph: Element) -> tuple[str, int]:
        properties = first(paragraph, "pPr")
        numbered = first(properties, "numPr")
        if numbered is not None:
            return value(first(numbered, "numId")), integer(value(first(numbered, "ilvl")))
        return self.styles.get(value(first(properties, "pStyle")), ("", 0))


def attribute(element: Element, name: str) -> str:
    return next((v for k, v in element.attrib.items() if k.rsplit("}", 1)[-1] == name), "")

"""The levels of an official document's text: 一、（一）1.（1） (GB/T 9704-2012, 7.3.3)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

NUMERALS = "一二三四五六七八九十"
LEVELS = (
    re.compile(rf"^[{NUMERALS}]{{1,3}}、"),
    re.compile(rf"^[（(][{NUMERALS}]{{1,3}}[）)]"),
    re.compile(r"^[0-9０-９]{1,2}[.．、](?![0-9０-９])"),
    re.compile(r"^[（(][0-9０-９]{1,2}[）)]"),
)
LONGEST_HEADING = 40  # characters; a numbered paragraph that is longer is text


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; ``level`` 0 is text, 1 to 4 a numbered one.

    ``heading`` is what stands in the level's type: the whole paragraph where it
    is a title by itself, or its first sentence where text follows it.
    """

    text: str
    level: int = 0
    heading: str = ""

    @property
    def rest(self) -> str:
        return self.text[len(self.heading) :]


def level_of(text: str) -> int:
    return next((n for n, mark in enumerate(LEVELS, 1) if mark.match(text)), 0)


def paragraphs(text: str) -> Iterator[Paragraph]:
    """The text's paragraphs, one a line; blank lines separate and are dropped."""
    for line in text.splitlines():
        stripped = line.strip(" \t\u3000\xa0")
        if not stripped:
            continue
        level = level_of(stripped)
        first = stripped.split("。")[0]
        heading = ""
        if level in (1, 2) and len(first) <= LONGEST_HEADING:
            heading = stripped if first == stripped else first + "。"
        yield Paragraph(stripped, level, heading)

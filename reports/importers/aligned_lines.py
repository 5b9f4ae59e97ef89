"""Lines of aligned text: words at their places, and the figures that a line ends with."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from .document import RawCell
from .labels import Vocabulary
from .numbers import is_figure

LEVELS = (
    re.compile(r"^[一二三四五六七八九十]{1,2}[、.．]"),
    re.compile(r"^[（(][一二三四五六七八九十]"),
    re.compile(r"^(?:[0-9]{1,2}[.．、](?![0-9])|[①-⑳])"),
)
SURE = re.compile(r"[0-9０-９]|^[/\-—–－―]{1,3}$")


@dataclass(frozen=True)
class Token:
    text: str
    start: float
    end: float

    @property
    def level(self) -> int:
        """0 to 2 by the mark which it begins with, or -1."""
        return next((n for n, mark in enumerate(LEVELS) if mark.match(self.text)), -1)

    def overlaps(self, other: "Token") -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class Line:
    number: int
    page: int
    tokens: tuple[Token, ...]

    @property
    def start(self) -> float:
        return self.tokens[0].start

    @property
    def text(self) -> str:
        """The line as printed, without what aligned it."""
        said = ""
        for before, token in pairwise((Token("", 0, 0), *self.tokens)):
            wide = token.start - before.end > 2
            latin = said[-1:].isascii() and token.text[0].isascii()
            said += ("　" if wide else " " if latin else "") * bool(said) + token.text
        return said

    @cached_property
    def figures(self) -> tuple[Token, ...]:
        return figures_of(self.tokens)

    @property
    def words(self) -> tuple[Token, ...]:
        return self.tokens[: len(self.tokens) - len(self.figures)]


def figures_of(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The figures that a line ends with."""
    at = len(tokens)
    while at and SURE.search(tokens[at - 1].text) and is_figure(tokens[at - 1].text):
        at -= 1
    return tuple(tokens[at:])


def raw(tokens: Iterable[Token], line: int) -> list[RawCell]:
    return [RawCell(token.text, line=line) for token in tokens]


def by_position(figures: Sequence[Token], columns: Sequence[Token]) -> tuple[Token, ...]:
    """The figures each under its own column, blanks between; () where that is not certain."""
    cells = [Token("", column.start, column.end) for column in columns]
    for figure in figures:
        under = [at for at, column in enumerate(columns) if column.overlaps(figure)]
        if len(under) != 1 or cells[under[0]].text:
            return ()
        cells[under[0]] = figure
    return tuple(cells)


def named(lines: Sequence[Line], vocabularies: Sequence[Vocabulary]) -> Iterator[list[RawCell]]:
    """The headings that stand whole in a line; the others are told by their order."""
    for line in lines:
        known = [t for t in line.tokens if any(v.look_up(t.text) for v in vocabularies)]
        if known:
            yield raw(known, line.number)

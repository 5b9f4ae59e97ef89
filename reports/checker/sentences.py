"""Prose as the checker reads it: its sentences, what it quotes, the years it names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
CHINESE_DIGITS = str.maketrans("〇○零Ｏ一二三四五六七八九", "0000123456789")
CHINESE_YEAR = re.compile(r"二[〇○零Ｏ0][〇○零Ｏ一二三四五六七八九]{2}(?=\s*年)")
SENTENCE = re.compile(r"[^。！？；;!?]+[。！？；;!?]?")
QUOTED = re.compile(
    r"《[^》\n]*》|<[^>\n]*>|“[^”\n]*”|「[^」\n]*」|〔[^〕\n]*〕|【[^】\n]*】|\[[^\]\n]*\]"
)
ADDRESS = re.compile(r"(?:https?://|www\.)[A-Za-z0-9./?=&#%_:~+-]+")
BRACKETED = re.compile(r"（[^（）\n]*）|\([^()\n]*\)")
YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})\s*年")


@dataclass(frozen=True)
class Sentence:
    """A sentence with its place: ``start`` counts from the beginning of the text."""

    text: str
    start: int
    paragraph: int


def with_plain_digits(text: str) -> str:
    """The same text, no longer or shorter, with years and digits as 0-9."""
    plain = text.translate(DIGITS)
    return CHINESE_YEAR.sub(lambda year: year[0].translate(CHINESE_DIGITS), plain)


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a text; none runs over a paragraph, none ends inside quotes."""
    start = 0
    for number, paragraph in enumerate(text.splitlines(keepends=True)):
        hidden = without_quotes(paragraph, filler="\u25a1")
        for found in SENTENCE.finditer(hidden):
            piece = paragraph[found.start() : found.end()]
            lead = len(piece) - len(piece.lstrip())
            if piece.strip():
                yield Sentence(piece.strip(), start + found.start() + lead, number)
        start += len(paragraph)


def without_quotes(text: str, filler: str = "\u25a1") -> str:
    """The same text, no longer or shorter, with names, quotations and addresses blotted out."""
    for pattern in (ADDRESS, QUOTED):
        text = pattern.sub(lambda found: filler * len(found[0]), text)
    return text


def without_brackets(text: str, filler: str = "\u25a1") -> str:
    """The same text with what stands in round brackets blotted out as well."""
    return BRACKETED.sub(lambda found: filler * len(found[0]), text)


def years_of(text: str) -> set[int]:
    """The years that a text names outside quotations, names and addresses."""
    return {int(year) for year in YEAR.findall(without_quotes(with_plain_digits(text)))}


def excerpt(text: str, length: int = 30) -> str:
    """A sentence short enough for a message."""
    return text if len(text) <= length else f"{text[:length]}…"

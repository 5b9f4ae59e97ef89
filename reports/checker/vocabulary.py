"""The site's own words as plain values, ready to be looked up in a text."""

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from .severity import Severity

SHORTEST, LONGEST = 2, 60  # characters of a word
WIDE = {code + 0xFEE0: chr(code).lower() for code in range(0x21, 0x7F)}
PLAIN = WIDE | {code: chr(code).lower() for code in range(ord("A"), ord("Z") + 1)}


class WordKind(StrEnum):
    """What a site's own word list is about."""

    SENSITIVE = "sensitive"
    PERSON = "person"
    BODY = "body"
    WORDING = "wording"

    @property
    def label(self) -> str:
        return {
            "sensitive": "敏感词",
            "person": "不应公开的姓名",
            "body": "停用或者误用的名称",
            "wording": "不用或者慎用的词语",
        }[self]

    @property
    def code(self) -> str:
        return {"sensitive": "C23", "person": "C22", "body": "C11", "wording": "C24"}[self]

    @property
    def severity(self) -> Severity:
        """What a word of the list weighs where its row does not say."""
        return {
            "sensitive": Severity.ERROR,
            "person": Severity.EXPLAIN,
            "body": Severity.ERROR,
            "wording": Severity.HINT,
        }[self]


@dataclass(frozen=True)
class SiteWord:
    """A word of the site's own lists, taken as it is written and never as a pattern.

    ``advice`` is the next step in one sentence, ``replacement`` what should
    stand instead; ``parts`` are the keys of the parts it is looked for in
    (``title`` for title and signature), all where there are none.
    """

    word: str
    kind: WordKind = WordKind.SENSITIVE
    severity: Severity = Severity.ERROR
    advice: str = ""
    replacement: str = ""
    parts: tuple[str, ...] = ()


Index = dict[str, list[tuple[str, SiteWord]]]


@dataclass(frozen=True)
class Vocabulary:
    """All words of the site, indexed once for however many texts.

    A word is looked up by its first two characters, so that ten thousand cost
    little more than ten.
    """

    words: tuple[SiteWord, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words)

    @cached_property
    def index(self) -> Index:
        """The words by their first two characters, the longest first."""
        index: Index = defaultdict(list)
        for word in self.words:
            plain = plain_text(word.word)
            if len(plain) >= SHORTEST:
                index[plain[:SHORTEST]].append((plain, word))
        for bucket in index.values():
            bucket.sort(key=lambda each: -len(each[0]))
        return dict(index)


def plain_text(text: str) -> str:
    """The same text, no longer or shorter, in half-width small letters."""
    return text.translate(PLAIN)

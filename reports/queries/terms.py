"""How text is taken apart to be found: one way for the index, the question and the extract.

Chinese has no spaces, so a text is found by its bigrams (信息, 息公, 公开): any
word of two characters and up is some of them. Words of letters and digits are
found whole. Folding makes full and half width, capitals and compatibility forms
one, a character for a character, so a place in the folded text is the place in the text.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

VERSION = 1  # count up when texts are taken apart otherwise: ``index_reports`` then makes them anew
LONGEST = 100  # characters of a question
MOST_WORDS = 8
NAMED, OF_KIND, IN_REGION = "名", "机", "区"  # before a term: of the head, and the filters'
HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
RUNS = re.compile(f"[{HAN}]+|[^\\W_{HAN}]+")
WORDS = re.compile(r'"([^"]+)"?|([^\s,;"\u3001\u3002]+)')
QUOTES = str.maketrans("“”„‟「」『』", '""""""""')
COMPATIBLE = (
    (0x00A0, 0x0100), (0x2000, 0x2E80), (0x3000, 0x3400), (0xF900, 0xFB00), (0xFE30, 0xFFF0),
    (0x2F800, 0x2FA20),
)  # fmt: skip


def folding() -> dict[int, str]:
    """Each character that has a plain form of one character, capitals last."""
    found: dict[int, str] = {ord("İ"): "i"}
    for start, end in COMPATIBLE:
        for code in range(start, end):
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1 and plain != chr(code):
                found[code] = plain
    return found


FOLDED = folding()


def fold(text: str) -> str:
    """The text as it is compared; as long as it was."""
    return text.translate(FOLDED).lower()


def runs(folded: str) -> Iterator[tuple[str, bool]]:
    """Runs of Chinese characters, and words of other letters and digits: (run, is Chinese)."""
    for found in RUNS.finditer(folded):
        run = found.group()
        yield run, not is_word(run)


def terms(folded: str) -> set[str]:
    """The bigrams and words of a folded text; a single Chinese character is none."""
    found: set[str] = set()
    for run, chinese in runs(folded):
        found.update((a + b for a, b in pairwise(run)) if chinese else (run,))
    return found


def is_word(term: str) -> bool:
    """Whether a term is a word of letters and digits, not a bigram."""
    return not re.match(f"[{HAN}]", term)


@dataclass(frozen=True)
class Question:
    """What a reader asks: folded words and phrases, all of which must be there.

    ``short`` are single characters when there is nothing else to search by;
    ``left_out`` says that the question was longer than is read.
    """

    words: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    left_out: bool = False

    def __bool__(self) -> bool:
        return bool(self.words)

    @property
    def terms(self) -> list[str]:
        """By what the index finds candidates; of one Chinese character it knows nothing."""
        return sorted(set[str]().union(*map(terms, self.words)))


def read(said: str) -> Question:
    """The question in what was typed, whatever it is; never an error."""
    plain = fold(" ".join(said.replace("\x00", " ").split()).translate(QUOTES))
    found = [(match[1] or match[2]).strip() for match in WORDS.finditer(plain[:LONGEST])]
    words = tuple(dict.fromkeys(word for word in found if any(runs(word))))
    kept = words[:MOST_WORDS]
    left_out = len(plain) > LONGEST or len(words) > MOST_WORDS
    if any(terms(word) for word in kept):
        return Question(kept, left_out=left_out)
    return Question(short=kept, left_out=left_out)


def grams(folded: str) -> set[int]:
    """Two characters side by side, and two with one between, each as a number.

    The second kind finds a name of three characters of which the middle one is wrong.
    """
    letters = [letter for letter in folded if not letter.isspace()]
    near, far = pairwise(letters), zip(letters, letters[2:], strict=False)
    return {gram(a, b) for a, b in near} | {gram(a, b, 1) for a, b in far}


def gram(first: str, second: str, between: int = 0) -> int:
    return (ord(first) << 22 | ord(second)) << 1 | between

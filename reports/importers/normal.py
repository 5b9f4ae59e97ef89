"""Text reduced to what it says: widths, spaces, brackets, numbering marks.

Only full-width forms are folded (not NFKC, which would make 12① into 121).
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache, wraps

from .traditional import folded

HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
SPACES = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\xad]+")
EDITOR_MARK = re.compile(r"\[bookmark:[^\]\n]*\]", re.IGNORECASE)  # left in by converters
PUNCTUATION = re.compile(r"""[、，,。．.：:；;·…“”‘’"'「」『』《》〈〉\[\]【】()|_—–-]""")
NUMERAL = "一二三四五六七八九十"
MARK = re.compile(
    rf"^(?:\((?P<bracketed>[{NUMERAL}]{{1,3}}|[0-9]{{1,2}})\)[、.,]?"
    rf"|(?P<numeral>[{NUMERAL}]{{1,3}})[、.,]"
    r"|(?P<digits>[0-9]{1,2})(?:[、.,)]+|(?=[\u4e00-\u9fff“\"]))"
    r"|(?P<circled>[①-⑳]))"
)
REMARK = re.compile(r"\([^()]*\)$")


# drawn like the characters they stand for; a browser's PDF may name these instead
LOOKALIKE = re.compile(r"[\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufb06]")
# those which Unicode's compatibility forms leave as they are, or take to an old form
RADICALS = str.maketrans(
    "⺁⺄⺇⺉⺊⺌⺎⺐⺒⺓⺟⺠⺩⺪⺫⺬⺮⺶⺽⻁⻃⻄⻅⻆⻉⻊⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻞⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳⼾⾭",
    "厂乙几刂卜小兀尢巳幺母民王疋目示竹羊臼虎覀西见角贝足车長长门雨青韦页风飞食食马骨鬼鱼鸟卤麦黄黾齐齿龙龟户青",
)

LONGEST_REMEMBERED = 200  # a label is shorter; paragraphs would only fill the memory


def remembered(function: Callable[[str], str]) -> Callable[[str], str]:
    """Remembers what was said of short texts: the same labels come again and again."""
    cached = lru_cache(maxsize=4096)(function)

    @wraps(function)
    def of(text: str) -> str:
        return cached(text) if len(text) <= LONGEST_REMEMBERED else function(text)

    return of


def same_characters(text: str) -> str:
    """Radicals and compatibility forms as the ordinary characters which they look like."""
    return LOOKALIKE.sub(
        lambda found: unicodedata.normalize("NFKC", found[0].translate(RADICALS)), text
    )


@remembered
def squeezed(text: str) -> str:
    """Half-width, without any space, line break or editor's mark."""
    return SPACES.sub("", EDITOR_MARK.sub("", text).translate(HALF_WIDTH))


@remembered
def said_in(text: str) -> str:
    """Squeezed and in simplified characters, each at its own place: only to recognize by."""
    return folded(squeezed(text))


@remembered
def mark_of(text: str) -> str:
    """The number a label begins with: 「（三）」 「三、」 → 三, 「1．」 → 1; or ""."""
    found = MARK.match(squeezed(text))
    return next((part for part in found.groups() if part), "") if found else ""


@remembered
def unmarked(text: str) -> str:
    """What a text says, without the numbering mark at its beginning."""
    return MARK.sub("", said_in(text), count=1)


@remembered
def bare(text: str) -> str:
    """What a label says: without numbering mark, punctuation, quotes and brackets."""
    return PUNCTUATION.sub("", unmarked(text))


@remembered
def without_remark(text: str) -> str:
    """``bare`` of the text less a bracketed remark at its end: 「规章（件）」."""
    return PUNCTUATION.sub("", REMARK.sub("", unmarked(text)))

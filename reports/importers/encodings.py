"""A page's or a text's bytes: what is valid UTF-8 is that, whatever the page declares.

Chinese in GB18030 or Big5 is never valid UTF-8 for more than a few characters;
browsers and editors save pages anew without touching what they declare.
"""

import codecs
import re

from .reading import UnreadableDocument
from .traditional import folded

DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,30})""", re.I)
SEARCHED = 8192  # bytes in which the declaration stands
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}  # what browsers read as
MOST_BROKEN = 200  # one character in so many may be broken
KNOWN_WORDS = ("政府", "公开", "年度", "报告", "情况", "行政", "申请")  # folded
UNKNOWN = "网页的编码不能识别，请在浏览器中打开后另存为 UTF-8 编码的网页再试。"


def page_text(data: bytes) -> str:
    """The page's text; a few broken characters are shown as U+FFFD, many refuse it."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return mended(data[len(mark) :], encoding)
    if data[:4].count(0) >= 2:
        return mended(data, "utf-16-le" if data[1:2] == b"\0" else "utf-16-be")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return mended(data, declared(data) or likeliest(data))


def likeliest(data: bytes) -> str:
    """GB18030 or Big5, by the words of such reports; their bytes are often valid in both."""

    def words(encoding: str) -> int:
        text = folded(data.decode(encoding, errors="ignore"))
        return sum(text.count(word) for word in KNOWN_WORDS)

    return "big5hkscs" if words("big5hkscs") > words("gb18030") else "gb18030"


def declared(data: bytes) -> str:
    """The name of the encoding which the page declares, as Python knows it; or ""."""
    found = DECLARED.search(data[:SEARCHED])
    name = found[1].decode().lower() if found else ""
    try:
        known = codecs.lookup(name)
        known.decode(b"")  # some of Python's codecs are none of text
    except (LookupError, ValueError, TypeError, AssertionError):
        return ""
    if not known._is_text_encoding:
        return ""
    return WIDER.get(known.name, known.name)


def mended(data: bytes, encoding: str) -> str:
    text = data.decode(encoding, errors="replace")
    if text.count("\ufffd") > len(text) // MOST_BROKEN + 1:
        raise UnreadableDocument(UNKNOWN)
    return text

"""Which part of a web page holds the report: the smallest that has all its headings and tables.

The title often stands above that part and the signature below it; both are
looked for close by. What a site adds to the text (source, date, type size,
"print this page") is left out.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from .document import BLANK, Block, Document, Paragraph, RawCell, grid_of
from .narrative import agency_and_year, ends_title, signature_of
from .normal import said_in
from .parts import HEADINGS, looks_like_heading, top_number
from .reading import UnreadableDocument
from .spans import TOO_MANY
from .tables import table_of

BYLINE = re.compile(
    r"^(?:(?:信息|文章|稿件)?(?:来源|出处)|(?:发布|发文|更新|成文|公开|生成)(?:时间|日期)|日期|时间|字号|字体"
    r"|作者|编辑|责任编辑|浏览(?:次数|量)?|阅读(?:次数|量)?|点击(?:数|次数|量)?|访问(?:次数|量)?|打印|分享"
    r"|索引号|主题词|主题分类|文号|发布机构|当前位置|您的位置|您现在的位置)[:：\[【]"
)
BELOW = re.compile(
    r"^[【\[(]?(?:打印|关闭|分享到|扫一扫|上一[篇条]|下一[篇条]|相关(?:链接|附件|文档|信息|阅读|稿件)"
    r"|版权所有|主办(?:单位)?[:：]|承办(?:单位)?[:：]|网站标识码|网站地图|返回顶部|责任编辑|.{0,12}ICP备)"
)
YEAR_BEFORE = re.compile(r"^20[0-9]{2}年?度?")
TITLE_ABOVE = 40  # pieces above the article in which the title may stand
SIGNED_BELOW = 4
LONGEST_FURNITURE = 200
MOST_PIECES = 20_000
MOST_CELLS = 20_000


@dataclass(frozen=True)
class Piece:
    """A paragraph or a table's rows with the element it stands in."""

    element: Any
    text: str = ""
    rows: tuple[tuple[RawCell, ...], ...] = ()
    linked: bool = False  # every word of it is a link's

    @property
    def tells(self) -> bool:
        """Whether it is certainly the report's: a part's heading, or a statutory table."""
        if self.rows:
            return bool(table_of(grid_of(1, self.rows)))
        return not self.linked and looks_like_heading(self.text) and top_number(self.text)[0] < 2

    def repeats_heading(self, caption: Any) -> bool:
        """Whether it is a table's caption that says no more than its part's heading."""
        said = YEAR_BEFORE.sub("", said_in(self.text))
        return self.element is caption and HEADINGS.look_up(said) is not None


def article_of(pieces: Sequence[Piece], titles: Iterable[str]) -> Document:
    """The report's pieces as a Document."""
    cells = sum(len(row) for piece in pieces for row in piece.rows)
    if len(pieces) > MOST_PIECES or cells > MOST_CELLS:
        raise UnreadableDocument(TOO_MANY)
    evidence = [at for at, piece in enumerate(pieces) if piece.tells]
    if not evidence:
        return document_of(pieces)
    home = common(pieces[at].element for at in evidence)
    inside = [at for at, piece in enumerate(pieces) if within(piece.element, home)]
    start, end = inside[0], inside[-1] + 1
    first, last = evidence[0], evidence[-1]
    front = without_furniture(piece for piece in pieces[start:first] if not piece.linked)
    if not any(is_title(piece.text) for piece in front):
        front = [*title_above(pieces[max(0, start - TITLE_ABOVE) : start], titles), *front]
    back = without_tail(pieces[last + 1 : end])
    texts = [piece.text for piece in back if piece.text]
    below = pieces[end : end + SIGNED_BELOW]
    if not signature_of(texts, "").signed_on:
        signature = signature_of([piece.text for piece in below], "")
        if signature.signed_on:
            back += without_tail(below)
    return document_of([*front, *pieces[first : last + 1], *back])


def common(elements: Iterable[Any]) -> Any:
    """The smallest element that holds all; never a table, whose own text it would be."""
    paths = [[*reversed([*each.iterancestors()]), each] for each in elements]
    home = paths[0][0]
    for level in zip(*paths, strict=False):
        if any(each is not level[0] for each in level):
            break
        home = level[0]
    while home.getparent() is not None and home.tag in ("table", "h1", "h2", "h3", "p"):
        home = home.getparent()
    return home


def within(element: Any, home: Any) -> bool:
    while element is not None and element is not home:
        element = element.getparent()
    return element is not None


def is_title(text: str) -> bool:
    return bool(text) and ends_title(text) and not BYLINE.match(said_in(text))


def title_above(above: Sequence[Piece], titles: Iterable[str]) -> list[Piece]:
    """The title right above the article; else what the page's head calls it."""
    for piece in reversed(above):
        if is_title(piece.text) and not piece.linked and agency_and_year(piece.text)[1]:
            return [piece]
    return [Piece(None, text) for text in titles if is_title(text)][:1]


def without_furniture(pieces: Iterable[Piece]) -> list[Piece]:
    return [
        each for each in pieces
        if len(each.text) > LONGEST_FURNITURE or not BYLINE.match(said_in(each.text).strip(BLANK))
    ]  # fmt: skip


def without_tail(pieces: Sequence[Piece]) -> list[Piece]:
    """What follows the last heading, up to where the site goes on with its own."""
    for at, piece in enumerate(pieces):
        said = said_in(piece.text)
        if len(said) <= LONGEST_FURNITURE and BELOW.match(said):
            return without_furniture(pieces[:at])
    return without_furniture(pieces)


def document_of(pieces: Iterable[Piece]) -> Document:
    blocks: list[Block] = []
    tables = 0
    for piece in pieces:
        if piece.rows:
            tables += 1
            blocks.append(grid_of(tables, piece.rows))
        else:
            blocks.append(Paragraph(piece.text))
    return Document(tuple(blocks))

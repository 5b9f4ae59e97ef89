"""A document divided into parts by its headings, in whatever order and numbering."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reports.editions import EDITIONS
from reports.sheet import Heading

from .document import Block, Document, GridCell, Paragraph, TableGrid
from .labels import PLAUSIBLE, Match, Vocabulary, likeness, vocabulary
from .normal import NUMERAL, bare, mark_of, squeezed
from .numbers import is_figure

LONGEST_HEADING = 45
BRACKETED = 3
CONTENTS_RUN = 4  # headings in a row, with nothing between: a table of contents
TOP_MARK = re.compile(rf"^第?([{NUMERAL}]{{1,3}})(?:[、.,:]|部分[、:]?)")
ARABIC_MARK = re.compile(r"^([0-9]{1,2})[、.,](?![0-9])")
LEADER = re.compile(r"[.·…]{2,}[0-9]*$")  # of a table of contents
WRAPPED = re.compile(r"^[【\[《](.*)[】\]》]$")
SPACED_MARK = re.compile(rf"^\s*[{NUMERAL}]{{1,2}}[ \u3000\t]+(?=\S)")
FIRST_STOP = re.compile(r"[。：:\n]")
SENTENCE_MARKS = re.compile(r"[。；;？！]")
ORDINALS = {
    numeral: number
    for number, numeral in enumerate((*NUMERAL, *(f"十{each}" for each in NUMERAL[:9])), 1)
}

# 错写: what was found in real reports in place of the form's headings
ALIASES = {
    "overview": ("基本情况", "概述", "概况", "总体概况", "整体情况", "工作概况", "总体工作情况"),
    "disclosure": ("主动公开情况", "政府信息主动公开情况", "主动公开政务信息情况"),
    "applications": (
        "依申请公开情况", "政府信息依申请公开情况", "依申请公开政府信息情况",
        "收到和处理政府信息公开申请", "依申请公开办理情况", "政府信息公开申请办理情况",
    ),
    "remedies": (
        "行政复议行政诉讼情况", "行政复议和行政诉讼情况", "政府信息公开行政复议和行政诉讼情况",
        "因政府信息公开申请行政复议提起行政诉讼情况",
    ),
    "problems": (
        "主要问题及改进情况", "存在的主要问题及改进措施", "存在问题及改进措施", "存在的问题及改进情况",
        "存在的主要问题", "存在问题和改进措施", "主要问题和改进措施",
    ),
    "other_matters": (
        "其他报告事项", "其他需要报告事项", "需要报告的其他事项", "其他需要说明的事项", "其他事项",
    ),
}  # fmt: skip


def all_headings() -> Vocabulary:
    pairs = [
        (part.heading, part.key)
        for edition in EDITIONS.values()
        for part in edition.parts
        if part.numeral
    ]
    aliases = [(text, key) for key, texts in ALIASES.items() for text in texts]
    return vocabulary((*pairs, *aliases))


HEADINGS = all_headings()
FORM = next(reversed(EDITIONS.values()))
PART_KEYS = tuple(part.key for part in FORM.parts if part.numeral)


@dataclass(frozen=True)
class Candidate:
    """A paragraph that may be a part's heading.

    ``rank`` is how sure that is: 0 「四、」, 1 「4、」, 2 unnumbered, 3 「（四）」.
    """

    index: int
    text: str
    part: str
    rank: int
    number: int
    rest: str = ""


@dataclass(frozen=True)
class Section:
    """A part: its key ("" for one that is not the form's), heading as printed, content."""

    part: str
    heading: str
    blocks: tuple[Block, ...]
    after: str = "preface"  # the form's part it is, or stands after
    text: tuple[str, ...] | None = None  # the paragraphs, once the signature is taken out

    @property
    def paragraphs(self) -> tuple[str, ...]:
        if self.text is not None:
            return self.text
        return tuple(block.text for block in self.blocks if isinstance(block, Paragraph))

    @property
    def grids(self) -> tuple[TableGrid, ...]:
        return tuple(block for block in self.blocks if isinstance(block, TableGrid))


def headings_of(sections: Sequence[Section]) -> tuple[Heading, ...]:
    return tuple(Heading(s.heading, s.part) for s in sections if s.heading)


def heading_and_rest(text: str) -> tuple[str, str]:
    """A paragraph as heading and what follows it on the same line: 「一、概述。2020年…」."""
    if len(text) <= LONGEST_HEADING and not SENTENCE_MARKS.search(text.rstrip("。：:")):
        return text.strip(), ""
    first, rest = (*FIRST_STOP.split(text, maxsplit=1), "")[:2]
    known = HEADINGS.look_up(first)
    if known and known.exact and top_number(first)[0] < 2:
        return text[: len(first) + 1].strip(), rest.strip()
    return "", text


def top_number(text: str) -> tuple[int, int]:
    """(rank, number) of a heading's mark; rank 3 where it is a lower level's."""
    said = numbered(text)
    if found := TOP_MARK.match(said):
        return 0, ORDINALS.get(found[1], 0)
    if found := ARABIC_MARK.match(said):
        return 1, int(found[1])
    mark = mark_of(text)
    return (3, ORDINALS.get(mark, 0)) if mark else (2, 0)


def numbered(text: str) -> str:
    """A heading squeezed, with its mark as the form has it: 「【一、…】」, 「一 …」."""
    if SPACED_MARK.match(text) and not TOP_MARK.match(squeezed(text)):
        mark, rest = text.split(None, 1)
        text = f"{mark}、{rest}" if HEADINGS.look_up(rest) else text
    said = squeezed(text)
    wrapped = WRAPPED.match(said)
    return wrapped[1] if wrapped else said


def wording(heading: str) -> str:
    """What a heading says behind its mark."""
    return TOP_MARK.sub("", numbered(heading))


def looks_like_heading(text: str) -> bool:
    """Whether a line is certainly a numbered heading of a part."""
    heading, _ = heading_and_rest(text)
    if not heading or is_figure(heading) or LEADER.search(squeezed(heading)):
        return False
    found = HEADINGS.look_up(wording(heading))
    rank, _ = top_number(heading)
    return bool(found) and (rank < 2 or (found is not None and found.exact and rank == 2))


def candidate(index: int, text: str) -> Candidate | None:
    heading, rest = heading_and_rest(text)
    if not heading or LEADER.search(squeezed(heading)):
        return None
    rank, number = top_number(heading)
    found = HEADINGS.look_up(wording(heading))
    if rank and not (found and likely(found, rank, number)):
        return None
    if not found and number == 0:
        return None
    return Candidate(index, heading, found.key if found else "", rank, number, rest)


def likely(found: Match, rank: int, number: int) -> bool:
    """Whether a heading without 「四、」 may be a part's: the lists within parts have such too."""
    ordinal = PART_KEYS.index(found.key) + 1
    return {
        1: number in (ordinal, ordinal + 1),
        2: found.exact,
        3: found.exact and number in (ordinal, ordinal + 1),
    }[rank]


def sections_of(document: Document, notes: list[str]) -> tuple[Section, ...]:
    """The document's parts; the first is what stands before any heading."""
    blocks = tuple(opened(document.blocks))
    chosen = choose(blocks, notes)
    ends = [*(each.index for each in chosen), len(blocks)]
    sections = [Section("preface", "", blocks[: ends[0]])]
    for here, end in zip(chosen, ends[1:], strict=True):
        content = blocks[here.index + 1 : end]
        if here.rest:
            content = (Paragraph(here.rest), *content)
        after = here.part or sections[-1].after
        sections.append(Section(here.part, here.text, content, after))
    return tuple(sections)


def opened(blocks: Sequence[Block]) -> Iterator[Block]:
    """Blocks with tables cut where a row is nothing but a part's heading."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
            continue
        rows: list[tuple[GridCell, ...]] = []
        for row in block.rows:
            said = {cell.text.strip() for cell in row if not cell.blank}
            text = said.pop() if len(said) == 1 else ""
            if text and is_part_row(text):
                if rows:
                    yield replace(block, rows=tuple(rows))
                yield Paragraph(text)
                rows = []
            else:
                rows.append(row)
        if rows:
            yield replace(block, rows=tuple(rows))


def is_part_row(text: str) -> bool:
    """Whether a table's row is nothing but a part's heading."""
    rank, _ = top_number(text)
    found = HEADINGS.look_up(wording(text)) if rank == BRACKETED else None
    return (rank < 2 and looks_like_heading(text)) or (found is not None and found.exact)


def choose(blocks: Sequence[Block], notes: list[str]) -> list[Candidate]:
    """One heading for each part, the surest; and numbered headings of further parts."""
    found = [
        each
        for index, block in enumerate(blocks)
        if isinstance(block, Paragraph) and (each := candidate(index, block.text))
    ]
    found = without_contents(found, notes)
    known: dict[str, Candidate] = {}
    bracketed = {each.part for each in found if each.rank == BRACKETED}
    for each in sorted(found, key=lambda c: (c.rank, c.index)):
        if each.rank == BRACKETED and len(bracketed) < CONTENTS_RUN:
            continue
        if each.part and each.part not in known and in_order(each, known):
            known[each.part] = each
    by_number(found, known, notes)
    own = sorted(known.values(), key=lambda c: c.index)
    return sorted([*own, *further(found, own)], key=lambda c: c.index)


def in_order(each: Candidate, known: dict[str, Candidate]) -> bool:
    """A heading without 「四、」 counts only between those of its neighbours."""
    return each.rank == 0 or between(each, each.part, known)


def without_contents(found: list[Candidate], notes: list[str]) -> list[Candidate]:
    """Headings that follow one another without anything between are a table of contents."""
    runs: list[list[Candidate]] = []
    for each in found:
        if runs and runs[-1][-1].index + 1 == each.index and not each.rest:
            runs[-1].append(each)
        else:
            runs.append([each])
    contents = [run for run in runs if len({c.part for c in run if c.part}) >= CONTENTS_RUN]
    rest = [each for run in runs if run not in contents for each in run]
    if not contents or len({c.part for c in rest if c.part}) < CONTENTS_RUN:
        return found
    notes.append("正文之前的目录没有读取。")
    return rest


def by_number(found: list[Candidate], known: dict[str, Candidate], notes: list[str]) -> None:
    """A heading worded unlike the form's, with the number of a part that is still missing."""
    for each in found:
        part = PART_KEYS[each.number - 1] if 0 < each.number <= len(PART_KEYS) else ""
        if each.part or each.rank or not part or part in known:
            continue
        form = FORM.part(part).heading
        said = bare(wording(each.text))
        if likeness(said, bare(form)) >= PLAUSIBLE and between(each, part, known):
            known[part] = replace(each, part=part)
            notes.append(f"标题“{each.text}”按“{form}”读取。")


def between(each: Candidate, part: str, known: dict[str, Candidate]) -> bool:
    at = PART_KEYS.index(part)
    return all(
        (other.index < each.index) == (PART_KEYS.index(key) < at) for key, other in known.items()
    )


def further(found: list[Candidate], own: list[Candidate]) -> Iterator[Candidate]:
    """Numbered headings of parts which are not the form's.

    Its number is nobody else's and fits between its neighbours', so that a
    「二、」 within the text of a part does not begin one.
    """
    taken = {each.number for each in own if each.rank < 2}
    for each in found:
        if each.part or each.rank or each.number in taken:
            continue
        before = [o for o in own if o.index < each.index]
        after = [o.number for o in own if o.index > each.index and o.number]
        if len(before) < each.number and (not after or each.number < min(after)) and (
            each.number > max((o.number for o in before), default=0) and before
        ):  # fmt: skip
            taken.add(each.number)
            yield each

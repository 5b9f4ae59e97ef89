"""Part three in aligned text: labels over several lines, each beside its row of figures.

A label begins with its mark (一、 （一） 1.), which tells the level and so the
column that it is in; what has no mark goes on with the label of its column. A
row of figures is the innermost label's which it stands beside.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median, multimode

from .aligned_lines import LEVELS, Line, Token, by_position, named, raw
from .document import RawCell
from .labels import APPLICANTS, APPLICANTS_HEADING, GROUPS, ORGANIZATIONS
from .normal import mark_of

NEAREST = 4  # full rows that must agree on where a blank is
FIRST = re.compile(r"^[1１①]")
# what heads all the rows stands at their middle where labels are centered, beside others
OVER_ALL = frozenset(mark_of(label) for label, _ in GROUPS.entries if LEVELS[0].match(label))
DEEPER = 3  # columns further right than a label, and so of a deeper level


@dataclass
class Label:
    """A label of part three, from its first line to its last."""

    level: int
    first: int
    pieces: list[str] = field(default_factory=list)
    last: int = 0
    figures: Line | None = None

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def add(self, token: Token, line: int) -> None:
        self.pieces.append(token.text)
        self.last = line


def applications_rows(lines: Sequence[Line]) -> Iterator[list[RawCell]]:
    filled = [line for line in lines if line.tokens]
    begin = next((at for at, line in enumerate(filled) if line.tokens[0].level == 0), len(filled))
    body = [line for line in filled[begin:] if not is_repeated(line, filled[:begin])]
    full = max(multimode(len(line.figures) for line in body if len(line.figures) > 1), default=0)
    model = next((line for line in body if len(line.figures) == full), None)
    yield from applicants(filled[:begin], model)
    labels = labels_in(body)
    lost = owned(body, labels)
    groups = group_of(labels)
    shown: list[tuple[int, Line, Label | None]] = [(line.number, line, None) for line in lost]
    for at, own in enumerate(labels):
        if own.figures or not is_group(at, labels):
            line = own.figures or Line(own.first, 0, ())
            shown.append((line.number, line, own))
    for number, line, label in sorted(shown, key=lambda each: each[0]):
        cells = placed(line, body, full)
        lead = [RawCell(groups[id(label)], line=number)] if id(label) in groups else []
        text = label.text if label else "".join(token.text for token in line.words)
        yield [*lead, RawCell(text, line=number), *cells]


def is_repeated(line: Line, head: Sequence[Line]) -> bool:
    """A line of the header printed again on a further page."""
    words = [token.text for token in line.tokens]
    return not line.figures and any(words == [t.text for t in each.tokens] for each in head)


def applicants(lines: Sequence[Line], model: Line | None) -> Iterator[list[RawCell]]:
    """The columns' headings by the figures below them; where that is not clear, only what spans."""
    yield from named(lines, (APPLICANTS_HEADING,))
    if model is None or not lines or model.page != lines[0].page:
        return
    columns = ["" for _ in model.figures]
    spans = [t for line in lines for t in line.tokens if ORGANIZATIONS.look_up(t.text)]
    heading = [t for line in lines for t in line.tokens if APPLICANTS_HEADING.look_up(t.text)]
    for token in (t for line in lines for t in line.tokens if t not in (*spans, *heading)):
        under = [at for at, figure in enumerate(model.figures) if figure.overlaps(token)]
        if len(under) == 1:
            columns[under[0]] += token.text
    found = [APPLICANTS.look_up(text) for text in columns]
    if not all(match and match.exact for match in found) or len(spans) != 1:
        return
    number = lines[-1].number
    first, *inner, last = [RawCell(text, line=number) for text in columns]
    yield [RawCell("", line=number), first, *raw(spans, number), last]
    yield inner


def labels_in(lines: Sequence[Line]) -> list[Label]:
    """The labels from top to bottom, their pieces joined by column."""
    found: list[Label] = []
    current: dict[int, Label] = {}
    columns = columns_by_page(lines)
    seen: set[int] = set()  # labels whose figures have been passed
    for line in lines:
        below, words = -1, line.words
        for at, token in enumerate(words):
            level = token.level
            if level < 0:
                above = next((t.level for t in words[at + 1 :] if t.level >= 0), len(LEVELS))
                level = column_of(token, columns[line.page], range(below + 1, above), current)
                again = line.figures and at == len(words) - 1 and id(current.get(level)) in seen
            if token.level >= 0 or level not in current or again:
                current[level] = Label(level, line.number)
                found.append(current[level])
                if token.level == 0 and mark_of(token.text) not in OVER_ALL:
                    current = {0: current[0]}
            current[level].add(token, line.number)
            below = level if token.level >= 0 else below
        if line.figures and words:
            seen.add(id(current[max(current)]))
    return found


def columns_by_page(lines: Iterable[Line]) -> dict[int, dict[int, float]]:
    """Where the labels of each level begin, on every page."""
    starts: dict[int, dict[int, list[float]]] = {}
    for line in lines:
        page = starts.setdefault(line.page, {})
        for token in line.words:
            if token.level >= 0:
                page.setdefault(token.level, []).append(token.start)
    return {p: {level: median(at) for level, at in page.items()} for p, page in starts.items()}


def column_of(
    token: Token, columns: dict[int, float], allowed: range, current: dict[int, Label]
) -> int:
    """The level whose label a piece goes on with."""
    levels = [level for level in allowed if level in current] or sorted(current) or [0]
    known = [level for level in levels if level in columns]
    if not known or token.start > max(columns.values()) + DEEPER:
        return levels[-1]
    return min(known, key=lambda level: abs(columns[level] - token.start))


def owned(lines: Sequence[Line], labels: Sequence[Label]) -> list[Line]:
    """Gives each row of figures to the innermost label around it; returns those without one."""
    lost = []
    for line in (line for line in lines if line.figures):
        around = [
            label for label in labels
            if label.first <= line.number <= label.last and label.figures is None
        ]  # fmt: skip
        if around:
            max(around, key=lambda label: (label.level, label.first)).figures = line
        else:
            lost.append(line)
    return lost


def is_group(at: int, labels: Sequence[Label]) -> bool:
    """Whether a label without figures heads others: one of theirs is the next.

    What heads all of them (三、) may stand in between, at the middle of its rows.
    """
    after = (each.level for each in labels[at + 1 :] if each.level or each.figures)
    return next(after, 0) > labels[at].level


def group_of(labels: Sequence[Label]) -> dict[int, str]:
    """The group's label for the first line of each run 1. 2. 3.; its place tells no more."""
    groups = [
        label for at, label in enumerate(labels)
        if label.level == 1 and label.figures is None and is_group(at, labels)
    ]  # fmt: skip
    leaves = [label for label in labels if label.level == len(LEVELS) - 1]
    firsts = [leaf for leaf in leaves if FIRST.match(leaf.text)]
    if len(groups) != len(firsts):
        return {}
    return {id(leaf): group.text for leaf, group in zip(firsts, groups, strict=True)}


def placed(line: Line, body: Sequence[Line], full: int) -> list[RawCell]:
    """A row's cells: all of them, or those there are at their places."""
    if not line.figures:
        return [RawCell("", line=line.number)] * full
    if len(line.figures) == full:
        return raw(line.figures, line.number)
    models = [each for each in body if each.page == line.page and len(each.figures) == full]
    models.sort(key=lambda each: abs(each.number - line.number))
    found = [by_position(line.figures, each.figures) for each in models[:NEAREST]]
    told = {tuple(token.text for token in cells) for cells in found}
    return raw(found[0] if len(told) == 1 and found[0] else line.figures, line.number)

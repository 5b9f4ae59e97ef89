"""Rules on a page → the cells that they enclose.

Lines of a double rule are one, sides which a table leaves open are closed at the
ends of its level rules, and a row without any upright rule belongs to the table
above and below it where it holds a caption of part two or nothing.
"""

from bisect import bisect_right
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise
from math import inf
from typing import Generic, TypeVar

from .disclosure import caption_of
from .pdf_lines import lines_of
from .pdf_pages import Char, Rule

Box = tuple[float, float, float, float]  # x0, top, x1, bottom
NEAR = 2.5  # points between rules that are one
DOUBLE = 8.0  # between those which are one as no character lies between them
JOIN = 4.0  # a broken rule's gaps
SHORTEST = 3.0
EMPTY = 40.0  # points of a row which may hold nothing
MOST_RULES = 3000  # a page of a report has some 200
Member = TypeVar("Member", bound=Hashable)


@dataclass(frozen=True)
class Frame:
    """Rules that hang together, and the box which they take."""

    rules: tuple[Rule, ...]

    @property
    def box(self) -> Box:
        x = [x for r in self.rules for x in ((r.start, r.end) if r.level else (r.at,))]
        y = [y for r in self.rules for y in ((r.at,) if r.level else (r.start, r.end))]
        return min(x), min(y), max(x), max(y)


@dataclass(frozen=True)
class Cell:
    """A cell by the columns and rows that it takes."""

    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True)
class Ruled:
    """A table's columns and rows by their edges, and its cells."""

    across: tuple[float, ...]
    down: tuple[float, ...]
    cells: tuple[Cell, ...]

    @property
    def box(self) -> Box:
        return self.across[0], self.down[0], self.across[-1], self.down[-1]

    def cell_at(self, x: float, y: float) -> int:
        """Which cell a point lies in."""
        return self.places[
            min(max(bisect_right(self.down, y) - 1, 0), len(self.down) - 2),
            min(max(bisect_right(self.across, x) - 1, 0), len(self.across) - 2),
        ]

    @cached_property
    def places(self) -> dict[tuple[int, int], int]:
        return {
            (row, column): number
            for number, cell in enumerate(self.cells)
            for row in range(cell.row, cell.row + cell.rows)
            for column in range(cell.column, cell.column + cell.columns)
        }


class Groups(Generic[Member]):
    """What belongs together, told two by two."""

    def __init__(self, members: Iterable[Member]) -> None:
        self.home = {member: member for member in members}

    def root(self, member: Member) -> Member:
        while self.home[member] != member:
            self.home[member] = self.home[self.home[member]]
            member = self.home[member]
        return member

    def join(self, one: Member, other: Member) -> None:
        self.home[self.root(one)] = self.root(other)

    def all(self) -> list[list[Member]]:
        found: dict[Member, list[Member]] = {}
        for member in self.home:
            found.setdefault(self.root(member), []).append(member)
        return list(found.values())


def ruled_tables(rules: Iterable[Rule], chars: Sequence[Char]) -> list[Ruled]:
    """The page's ruled tables from the top down; a frame around text is none."""
    single = joined(snapped(rules, chars))
    frames = with_caption_rows(frames_of(single), chars)
    found = (ruled(frame) for frame in frames if has_columns(frame))
    return [table for table in found if len(table.cells) > 1]


def snapped(rules: Iterable[Rule], chars: Sequence[Char]) -> list[Rule]:
    """Every rule at its place, with the lines of a double rule at one."""
    listed = joined(rules)
    if len(listed) > MOST_RULES:
        return []
    ways = {way: places([r for r in listed if r.level == way], chars) for way in (True, False)}
    return [
        Rule(
            rule.level,
            ways[rule.level][rule.at],
            moved(rule.start, ways[not rule.level]),
            moved(rule.end, ways[not rule.level]),
        )
        for rule in listed
    ]


def moved(end: float, places: dict[float, float]) -> float:
    """A rule's end moves with the rule that it ends at."""
    near = min(places, key=lambda place: abs(place - end), default=None)
    return places[near] if near is not None and abs(near - end) < NEAR else end


def places(rules: Sequence[Rule], chars: Sequence[Char]) -> dict[float, float]:
    """Every place that has a rule, and the place of the one rule that it is part of."""
    way = 1 if rules and rules[0].level else 0
    middles = sorted((char.middle[way], char.middle[1 - way]) for char in chars)
    ordered = sorted(rules, key=lambda rule: rule.at)
    same = Groups(ordered[at].at for at in range(len(ordered)))
    for number, one in enumerate(ordered):
        for other in ordered[number + 1 :]:
            if other.at - one.at > DOUBLE:
                break
            if other.at - one.at < NEAR or is_double(one, other, middles):
                same.join(one.at, other.at)
    return {place: sum(each) / len(each) for each in same.all() for place in each}


def is_double(one: Rule, other: Rule, middles: Sequence[tuple[float, float]]) -> bool:
    """Whether two rules run beside each other without a character between them."""
    start, end = max(one.start, other.start), min(one.end, other.end)
    first, last = bisect_right(middles, (one.at, inf)), bisect_right(middles, (other.at, inf))
    return end > start and not any(start < along < end for _, along in middles[first:last])


def joined(rules: Iterable[Rule]) -> list[Rule]:
    """Each rule whole, however many pieces it was drawn in."""
    found: list[Rule] = []
    ordered = sorted(rules, key=lambda rule: (rule.level, rule.at, rule.start))
    for (level, at), pieces in groupby(ordered, key=lambda rule: (rule.level, rule.at)):
        runs: list[list[float]] = []
        for piece in pieces:
            if runs and piece.start <= runs[-1][1] + JOIN:
                runs[-1][1] = max(runs[-1][1], piece.end)
            else:
                runs.append([piece.start, piece.end])
        found += [Rule(level, at, *run) for run in runs if run[1] - run[0] > SHORTEST]
    return found


def frames_of(rules: Sequence[Rule]) -> list[Frame]:
    """Rules that touch each other."""
    groups = Groups(rules)
    level = [rule for rule in rules if rule.level]
    for upright in (rule for rule in rules if not rule.level):
        for across in level:
            if touches(upright, across):
                groups.join(upright, across)
    return [Frame(tuple(each)) for each in groups.all()]


def touches(upright: Rule, level: Rule) -> bool:
    return (
        level.start - NEAR <= upright.at <= level.end + NEAR
        and upright.start - NEAR <= level.at <= upright.end + NEAR
    )


def with_caption_rows(frames: Iterable[Frame], chars: Sequence[Char]) -> list[Frame]:
    """Frames equally wide are one where only a caption, or nothing, stands between them."""
    found: list[Frame] = []
    for frame in sorted(frames, key=lambda each: (each.box[1], each.box[3])):
        for at, above in enumerate(found):
            if belong(above.box, frame.box, chars):
                found[at] = Frame((*above.rules, *frame.rules))
                break
        else:
            found.append(frame)
    return found


def belong(above: Box, below: Box, chars: Sequence[Char]) -> bool:
    wide = all(abs(above[side] - below[side]) < NEAR * 2 for side in (0, 2))
    if not wide or below[1] < above[3] - NEAR:
        return False
    lines = lines_of([c for c in chars if above[3] < c.middle[1] < below[1]], 0)
    if not lines:
        return below[1] - above[3] < EMPTY
    return len(lines) == 1 and bool(caption_of(lines[0].text))


def has_columns(frame: Frame) -> bool:
    left, _, right, _ = frame.box
    return any(not r.level and left + DOUBLE < r.at < right - DOUBLE for r in frame.rules)


def ruled(frame: Frame) -> Ruled:
    """The cells: fields of the net of all rules, as far as none stands between them."""
    left, top, right, bottom = frame.box
    across = edges([left, right, *(rule.at for rule in frame.rules if not rule.level)])
    down = edges([top, bottom, *(rule.at for rule in frame.rules if rule.level)])
    parted = {
        level: parts([rule for rule in frame.rules if rule.level == level], *nets)
        for level, nets in ((True, (down, across)), (False, (across, down)))
    }
    taken: set[tuple[int, int]] = set()
    cells = []
    for row in range(len(down) - 1):
        for column in range(len(across) - 1):
            if (row, column) not in taken:
                cell = cell_from(row, column, len(down) - 1, len(across) - 1, parted, taken)
                taken |= fields(cell)
                cells.append(cell)
    return Ruled(tuple(across), tuple(down), tuple(cells))


def edges(points: Iterable[float]) -> list[float]:
    """The rules' places, each once."""
    found: list[float] = []
    for point in sorted(points):
        if not found or point - found[-1] > NEAR:
            found.append(point)
    return found


def nearest(rules: Sequence[float], point: float) -> int:
    return min(range(len(rules)), key=lambda at: abs(rules[at] - point))


def parts(
    rules: Iterable[Rule], own: Sequence[float], along: Sequence[float]
) -> set[tuple[int, int]]:
    """(edge, field along it) that a rule lies on, over half of the field at least."""
    found = set()
    for rule in rules:
        edge = nearest(own, rule.at)
        for at, (start, end) in enumerate(pairwise(along)):
            if (min(rule.end, end) - max(rule.start, start)) * 2 > end - start:
                found.add((edge, at))
    return found


def cell_from(
    row: int,
    column: int,
    rows: int,
    columns: int,
    parted: dict[bool, set[tuple[int, int]]],
    taken: set[tuple[int, int]],
) -> Cell:
    """The cell whose upper left field this is: to the right, then down, up to the next rule."""
    right = column + 1
    while right < columns and (right, row) not in parted[False] and (row, right) not in taken:
        right += 1
    below = row + 1
    while below < rows and not any(
        (below, at) in parted[True] or (below, at) in taken for at in range(column, right)
    ):
        below += 1
    return Cell(row, column, below - row, right - column)


def fields(cell: Cell) -> set[tuple[int, int]]:
    return {
        (row, column)
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    }

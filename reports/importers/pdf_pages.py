"""A page's characters and rules as plain measures, turned upright where the page lies on its side."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pdfplumber.utils import curve_to_edges, line_to_edge, rect_to_edges

from .document import BLANK

THIN = 4.0  # points; a filled area that is broader is a background, not a rule
FIELD = 8.0  # points; no character is drawn again further away
OFTEN = 5  # times that characters are drawn again at one distance
EXACT = 0.15
NARROWER = 10  # times: what counts as level


@dataclass(frozen=True)
class Char:
    """A printed character; measures are points from the page's left and upper edge."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    turn: int | None = 0  # 90 reads upwards, 270 downwards; None lies aslant

    @property
    def size(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2


@dataclass(frozen=True)
class Rule:
    """A drawn straight line: ``at`` is its place across, ``start`` and ``end`` along it."""

    level: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True)
class Page:
    number: int
    chars: tuple[Char, ...]
    rules: tuple[Rule, ...]
    aslant: bool  # it has text which is left out: a watermark
    image: float  # the share of the page that the largest image covers


def page_of(printed: Any) -> Page:
    """What pdfplumber has of a page."""
    height, width = float(printed.height), float(printed.width)
    chars = [char_of(each) for each in printed.chars]
    rules = list(rules_of(printed))
    turns = Counter(char.turn for char in chars if char.text.strip(BLANK))
    turn = next((most for most, _ in turns.most_common(1)), 0)
    if turn:
        chars = [turned(char, turn, width, height) for char in chars]
        rules = [turned_rule(rule, turn, width, height) for rule in rules]
        turns = Counter(char.turn for char in chars if char.text.strip(BLANK))
    area = max(width * height, 1)
    image = max((float(each["width"] * each["height"]) for each in printed.images), default=0)
    level = once(char for char in chars if char.turn == 0)
    aslant = any(turns[each] for each in turns if each != 0)
    return Page(printed.page_number, tuple(level), tuple(rules), aslant, image / area)


def char_of(drawn: Any) -> Char:
    across, aslant = (float(each) for each in drawn["matrix"][:2])
    turn: int | None = None
    if abs(aslant) < abs(across) / NARROWER:
        turn = (0 if across > 0 else 180) if drawn["upright"] else None
    elif abs(across) < abs(aslant) / NARROWER:
        turn = 90 if aslant > 0 else 270
    x0, x1, top, bottom = (float(drawn[each]) for each in ("x0", "x1", "top", "bottom"))
    return Char(drawn["text"], x0, x1, top, bottom, turn)


def rules_of(printed: Any) -> Iterator[Rule]:
    """Lines, thin areas, and the edges of drawn boxes; none of a background's."""
    edges = [line_to_edge(line) for line in printed.lines]
    for box in drawn_boxes(printed.rects):
        edges += rect_to_edges(box)
    for curve in printed.curves:
        edges += curve_to_edges(curve)
    for edge in edges:
        if edge["orientation"] == "h":
            yield Rule(True, float(edge["top"]), float(edge["x0"]), float(edge["x1"]))
        elif edge["orientation"] == "v":
            yield Rule(False, float(edge["x0"]), float(edge["top"]), float(edge["bottom"]))


def drawn_boxes(boxes: Iterable[Any]) -> Iterator[Any]:
    """Boxes that are rules: drawn, or thin, or a filled ring, which is two of them."""
    corners: dict[tuple[int, int], list[Any]] = {}
    broad = []
    for box in boxes:
        if box.get("stroke") or min(box["width"], box["height"]) <= THIN:
            yield box
        else:
            broad.append(box)
            corners.setdefault((int(box["x0"] / THIN), int(box["top"] / THIN)), []).append(box)
    for box in broad:
        column, row = int(box["x0"] / THIN), int(box["top"] / THIN)
        around = (
            other
            for x in (column - 1, column, column + 1)
            for y in (row - 1, row, row + 1)
            for other in corners.get((x, y), ())
        )
        if any(is_ring(box, other) for other in around):
            yield box


def is_ring(one: Any, other: Any) -> bool:
    """Whether one box lies in the other all along its edge."""
    near = [float(abs(one[side] - other[side])) for side in ("x0", "x1", "top", "bottom")]
    return min(near) > 0 and max(near) < THIN


def at(point: tuple[float, float], turn: int, width: float, height: float) -> tuple[float, float]:
    """Where a point comes when the page is turned so that text with that turn is level."""
    x, y = point
    return {90: (height - y, x), 180: (width - x, height - y), 270: (y, width - x)}[turn]


def turned(char: Char, turn: int, width: float, height: float) -> Char:
    if char.turn is None:
        return char
    corners = [
        at(corner, turn, width, height) for corner in ((char.x0, char.top), (char.x1, char.bottom))
    ]
    (x0, x1), (top, bottom) = (sorted(each) for each in zip(*corners, strict=True))
    return Char(char.text, x0, x1, top, bottom, (char.turn - turn) % 360)


def turned_rule(rule: Rule, turn: int, width: float, height: float) -> Rule:
    points = [(end, rule.at) if rule.level else (rule.at, end) for end in (rule.start, rule.end)]
    ends = [at(point, turn, width, height) for point in points]
    along = rule.level == (turn == 180)  # level now: its ends differ in x
    start, end = sorted(point[not along] for point in ends)
    return Rule(along, ends[0][along], start, end)


def once(chars: Iterable[Char]) -> list[Char]:
    """Every character once: one drawn again over half of itself makes it look bold.

    A narrow one may lie beside itself then, as far as the others do.
    """
    net = Net()
    found = []
    for char in chars:
        reach = (char.x1 - char.x0) / 2, char.size / 2
        twins = net.around(char)
        near = [(dx, dy) for dx, dy in twins if abs(dx) < reach[0] and abs(dy) < reach[1]]
        net.moves.update((round(dx, 1), round(dy, 1)) for dx, dy in near)
        if not near:
            found.append(char)
        net.add(char)
    usual = [move for move, times in net.moves.items() if times >= OFTEN and any(move)]
    return [char for char in found if not any(is_move(usual, twin) for twin in net.around(char))]


def is_move(moves: Iterable[tuple[float, float]], twin: tuple[float, float]) -> bool:
    return any(abs(x - twin[0]) < EXACT and abs(y - twin[1]) < EXACT for x, y in moves)


class Net:
    """Characters by what they are and about where they stand."""

    def __init__(self) -> None:
        self.fields: dict[tuple[str, int, int], list[Char]] = {}
        self.moves = Counter[tuple[float, float]]()

    def add(self, char: Char) -> None:
        self.fields.setdefault((char.text, *field_of(char)), []).append(char)

    def around(self, char: Char) -> list[tuple[float, float]]:
        """How far the same characters near this one stand from it."""
        column, row = field_of(char)
        return [
            (char.x0 - other.x0, char.top - other.top)
            for x in (column - 1, column, column + 1)
            for y in (row - 1, row, row + 1)
            for other in self.fields.get((char.text, x, y), ())
            if other is not char
        ]


def field_of(char: Char) -> tuple[int, int]:
    return int(char.x0 / FIELD), int(char.top / FIELD)

"""A title's lines: broken at word ends, in a trapezium or lozenge (GB/T 9704-2012, 7.3.1)."""

import re
from collections.abc import Iterator
from itertools import combinations, pairwise
from unicodedata import east_asian_width

LINE = 20.0  # characters of 22 pt in the type area of 156 mm
TAIL = re.compile(r"\d{4}年度?|政府信息公开|信息公开|工作年度报告|年度工作报告|年度报告")
UNITS = re.compile(
    r".+?(?:自治区|自治州|自治县|人民政府|委员会|街道|[省市州盟县区旗镇乡和、])(?![局委厅府])"
)
SPLIT_BODY = 6.0  # a body's name should stay whole
JOINED = 18.0  # and have its lines to itself
HOURGLASS = 8.0
RECTANGLE = 2.0
ANOTHER = 6.0  # one line more than the fewest


def ems(text: str) -> float:
    """The width in characters; half-width ones count half."""
    return sum(1.0 if east_asian_width(char) in "WFA" else 0.5 for char in text)


def title_lines(title: str, agency: str, line: float = LINE) -> tuple[str, ...]:
    """The title in as few lines as hold it, or one more, broken where it looks best."""
    if ems(title) <= line:
        return (title,)
    body = agency if agency and title.startswith(agency) else ""
    words = [*pieces(UNITS, body), *pieces(TAIL, title[len(body) :])]
    for count in range(2, len(words) + 1):
        broken = [
            lines
            for lines in (*divisions(words, count), *divisions(words, count + 1))
            if max(map(ems, lines)) <= line
        ]
        if broken:
            return min(broken, key=lambda lines: ugliness(lines, body))
    return tuple(words)


def pieces(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    """The text cut at both ends of every match."""
    end = 0
    for match in pattern.finditer(text):
        if match.start() > end:
            yield text[end : match.start()]
        yield match[0]
        end = match.end()
    if end < len(text):
        yield text[end:]


def divisions(words: list[str], count: int) -> Iterator[tuple[str, ...]]:
    for cuts in combinations(range(1, len(words)), count - 1):
        yield tuple("".join(words[a:b]) for a, b in pairwise((0, *cuts, len(words))))


def ugliness(lines: tuple[str, ...], body: str) -> float:
    """How far the lines are from a trapezium, with the body's name on its own."""
    widths = [ems(text) for text in lines]
    ends = [len("".join(lines[: n + 1])) for n in range(len(lines) - 1)]
    points = max(widths) - min(widths) + ANOTHER * len(lines)
    points += SPLIT_BODY * sum(end < len(body) for end in ends)
    points += JOINED * (bool(body) and len(body) not in ends)
    points += RECTANGLE * (max(widths) - min(widths) < 1)
    points += HOURGLASS * any(
        middle < min(above, below)
        for above, middle, below in zip(widths, widths[1:], widths[2:], strict=False)
    )
    return points

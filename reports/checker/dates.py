"""Days and periods as a report states them.

「自2023年1月1日起至2024年12月11日止」, 「2023年1月1日—12月31日」,
「2023.1.1-2023.12.31」, 「2023年1至12月」, 「截至2023年12月31日」.
"""

import re
from dataclasses import dataclass, replace

from .sentences import with_plain_digits

DASHES = "—–－─―﹣~～∼-"
TO = rf"\s*(?:起|开始)?\s*[，,]?\s*(?:至|到|[{DASHES}]+)\s*"
CHINESE = (
    r"(?:(?P<y{n}>(?<![0-9])20[0-9]{{2}})\s*年度?\s*)?"
    r"(?P<m{n}>[0-9]{{1,2}})\s*月份?(?:\s*(?P<d{n}>[0-9]{{1,2}})\s*[日号]?)?"
)
NUMERIC = (
    r"(?P<y{n}>(?<![0-9])20[0-9]{{2}})[.．/-](?P<m{n}>[0-9]{{1,2}})[.．/-](?P<d{n}>[0-9]{{1,2}})"
)
SAME_YEAR = r"(?P<mb>[0-9]{1,2})[.．/](?P<db>[0-9]{1,2})"
MONTHS = r"(?P<ya>(?<![0-9])20[0-9]{2})\s*年度?\s*(?P<ma>[0-9]{1,2})"
RANGES = (
    re.compile(CHINESE.format(n="a") + TO + CHINESE.format(n="b")),
    re.compile(MONTHS + TO + r"(?P<mb>[0-9]{1,2})\s*月"),
    re.compile(NUMERIC.format(n="a") + TO + NUMERIC.format(n="b")),
    re.compile(NUMERIC.format(n="a") + TO + SAME_YEAR),
)
UNTIL = re.compile(r"截[至止]\s*(?:到|至)?\s*" + CHINESE.format(n="b"))


@dataclass(frozen=True)
class Day:
    """A day as far as it is stated."""

    year: int | None = None
    month: int = 0
    day: int | None = None

    def __str__(self) -> str:
        year = f"{self.year}年" if self.year else ""
        return f"{year}{self.month}月" + (f"{self.day}日" if self.day else "")


@dataclass(frozen=True)
class Span:
    """From a day to a day; without a start it is stated only until when."""

    start: Day | None
    end: Day

    def __str__(self) -> str:
        return f"{self.start}至{self.end}" if self.start else f"截至{self.end}"

    def is_year(self, year: int) -> bool:
        """Whether it is 1 January to 31 December; a year not stated is the report's."""
        starts = self.start is None or begins(self.start, year)
        end = self.end
        return starts and (end.year or year, end.month, end.day or 31) == (year, 12, 31)


def begins(day: Day, year: int) -> bool:
    return (day.year or year, day.month, day.day or 1) == (year, 1, 1)


def span_in(sentence: str) -> Span | None:
    """The first range of days in a sentence, or the day until which it speaks."""
    text = with_plain_digits(sentence)
    for pattern in RANGES:
        if found := pattern.search(text):
            start, end = day_of(found, "a"), day_of(found, "b")
            return Span(
                replace(start, year=start.year or end.year),
                replace(end, year=end.year or start.year),
            )
    found = UNTIL.search(text)
    return Span(None, day_of(found, "b")) if found else None


def day_of(found: re.Match[str], end: str) -> Day:
    said = found.groupdict()
    year, month, day = (said.get(f"{unit}{end}") for unit in "ymd")
    return Day(int(year) if year else None, int(month or 0), int(day) if day else None)

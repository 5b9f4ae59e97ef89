"""The board (进度): the filings of a subtree counted, chosen and put in order.

Everything is worked out from one reading of the filings (``filings_of``), so
that the page, its numbers and its export cannot disagree.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Any

from reports.editions.bodies import BodyKind
from reports.workflow import State

from .calls import upward
from .filing import Filing, Stage
from .queue import TURNS

SETTLED = "—"
TURN = {
    Stage.NOT_BEGUN: "填报员填写",
    Stage.IN_PROGRESS: "填报员填写",
    Stage.RETURNED: TURNS[State.DRAFT],
    Stage.IN_REVIEW: TURNS[State.IN_REVIEW],
    Stage.APPROVED: TURNS[State.APPROVED],
}
STAGES = list(Stage)


class Timing(StrEnum):
    """What a filing can be chosen by as to its dates."""

    LATE = "late"
    LATE_OPEN = "late_open"
    BEHIND = "behind"
    IN_TIME = "in_time"

    @property
    def label(self) -> str:
        return TIMING_LABELS[self]


TIMING_LABELS = {
    Timing.LATE: "超过法定期限",
    Timing.LATE_OPEN: "超过法定期限，还没有公布",
    Timing.BEHIND: "超过内部期限",
    Timing.IN_TIME: "没有超过期限",
}


@dataclass(frozen=True)
class Line:
    """A filing as the board lists it; ``depth`` is counted from the board's top."""

    filing: Filing
    depth: int = 0
    below: int = 0  # bodies under it

    @property
    def path(self) -> str:
        return self.filing.agency.path

    @property
    def kind(self) -> str:
        return BodyKind(self.filing.agency.kind).label

    @property
    def level(self) -> str:
        level = self.filing.agency.level
        return level.label if level else ""

    @property
    def turn(self) -> str:
        if self.filing.correcting and self.filing.revision:
            return f"更正：{TURNS[State(self.filing.revision.state)]}"
        return TURN.get(self.filing.stage, SETTLED)

    @property
    def is_late(self) -> bool:
        return self.filing.is_late and self.filing.stage is not Stage.WITHDRAWN

    @property
    def is_behind(self) -> bool:
        return self.filing.behind_days > 0

    @property
    def days(self) -> int | None:
        """Days left until what is asked next, below nothing when it is past; None once settled."""
        settled = self.filing.is_settled or not self.filing.due.owed
        return None if settled else self.filing.days_left

    @property
    def is_wanting(self) -> bool:
        """Owed and not there: still with its authors, or past the date by which it is asked."""
        with_authors = self.filing.stage not in (Stage.IN_REVIEW, Stage.APPROVED)
        return self.days is not None and (with_authors or self.days < 0)

    @property
    def timing(self) -> str:
        """The same in words."""
        filing = self.filing
        if filing.stage is Stage.NOT_OWED or not filing.due.owed:
            return filing.due.reason
        if filing.is_transcribed:
            return "照录，原公布日期不详"
        if filing.stage is Stage.PUBLISHED:
            return f"逾期 {filing.late_days} 天公布" if filing.is_late else "按时公布"
        if filing.stage is Stage.WITHDRAWN:
            return SETTLED
        if filing.is_late:
            return f"逾期 {filing.late_days} 天"
        if filing.days_left < 0:
            return f"送审迟 {-filing.days_left} 天"
        asked = "送审" if filing.submitted_on is None and filing.due.inner else "公布"
        return f"距{asked} {filing.days_left} 天" if filing.days_left else f"今天应当{asked}"

    @property
    def notable(self) -> int:
        return self.filing.findings.notable if self.filing.findings else 0

    @property
    def found(self) -> str:
        """The findings of the text last checked, in words."""
        found = self.filing.findings
        if found is None:
            return ""
        counts = (
            (found.errors, "应当改正"), (found.to_explain, "需要说明"),
            (found.explained, "已说明"), (found.hints, "提示"),
        )  # fmt: skip
        return "，".join(f"{word} {number}" for number, word in counts if number) or "没有"


@dataclass(frozen=True)
class Chosen:
    """What the board is narrowed to and ordered by; empty is all, in the tree's order."""

    stage: str = ""
    timing: str = ""
    kind: str = ""
    level: str = ""
    found: bool = False
    text: str = ""
    sort: str = ""  # a key of SORTS, with a minus for the other way round

    def admits(self, line: Line) -> bool:
        agency = line.filing.agency
        return (
            (not self.stage or STAGE_TESTS[self.stage](line))
            and (not self.timing or TIMING_TESTS[Timing(self.timing)](line))
            and self.kind in ("", agency.kind)
            and self.level in ("", agency.level_key)
            and (not self.found or line.notable > 0)
            and all(word in agency.name for word in self.text.split())
        )


def is_at(stage: Stage, line: Line) -> bool:
    return line.filing.stage is stage


OWED = "owed"  # beside the stages: every body that owes
STAGE_TESTS: dict[str, Callable[[Line], bool]] = {
    OWED: lambda line: line.filing.due.owed,
    **{str(stage): partial(is_at, stage) for stage in Stage},
}
TIMING_TESTS: dict[Timing, Callable[[Line], bool]] = {
    Timing.LATE: lambda line: line.is_late,
    Timing.LATE_OPEN: lambda line: line.is_late and not line.filing.is_settled,
    Timing.BEHIND: lambda line: line.is_behind,
    Timing.IN_TIME: lambda line: line.filing.due.owed and not line.is_late and not line.is_behind,
}
SORTS: dict[str, Callable[[Line], Any]] = {
    "name": lambda line: line.filing.agency.name,
    "kind": lambda line: (list(BodyKind).index(BodyKind(line.filing.agency.kind)), line.level),
    "stage": lambda line: STAGES.index(line.filing.stage),
    "turn": lambda line: line.turn,
    "submitted": lambda line: line.filing.submitted_on,
    "published": lambda line: line.filing.published_on,
    "days": lambda line: line.days,
    "findings": lambda line: line.filing.findings,
}


def lines_of(filings: Iterable[Filing]) -> list[Line]:
    """The filings with their place in the tree."""
    listed = list(filings)
    paths = {each.agency.path for each in listed}
    above = {path: [at for at in upward(path, itself=False) if at in paths] for path in paths}
    below = Counter(at for steps in above.values() for at in steps)
    return [Line(each, len(above[each.agency.path]), below[each.agency.path]) for each in listed]


def chosen_from(lines: Iterable[Line], chosen: Chosen) -> list[Line]:
    """The lines admitted, ordered; of two alike the tree decides, what is empty comes last."""
    found = sorted(filter(chosen.admits, lines), key=lambda line: line.path)
    key = SORTS.get(chosen.sort.removeprefix("-"))
    if key is None:
        return found
    empty = [line for line in found if key(line) is None]
    rest = [line for line in found if key(line) is not None]
    return sorted(rest, key=key, reverse=chosen.sort.startswith("-")) + empty


@dataclass(frozen=True)
class Numbers:
    """How many bodies are at each stage, late, behind and with findings."""

    stages: dict[str, int]
    late: int
    behind: int
    found: int


def numbers_of(lines: Iterable[Line]) -> Numbers:
    listed = list(lines)
    counts = Counter(str(line.filing.stage) for line in listed)
    stages = {OWED: sum(line.filing.due.owed for line in listed)}
    return Numbers(
        stages | {str(stage): counts[str(stage)] for stage in Stage},
        sum(line.is_late for line in listed),
        sum(line.is_behind for line in listed),
        sum(line.notable > 0 for line in listed),
    )


COLUMNS = (
    "机关", "上级", "性质", "级别", "阶段", "轮到谁", "送审日期", "公布日期", "内部期限", "法定期限",
    "期限情况", "还有天数", "应当改正", "需要说明", "已说明", "提示",
)  # fmt: skip


def row_of(line: Line, names: dict[str, str]) -> tuple[str, ...]:
    """A line as the texts of COLUMNS; ``names`` gives the agencies' by path."""
    filing = line.filing
    above = next((names[at] for at in upward(line.path, itself=False) if at in names), "")
    found = filing.findings
    due = filing.due
    return (
        filing.agency.name, above, line.kind, line.level, filing.stage.label,
        line.turn, day(filing.submitted_on), day(filing.published_on),
        day(due.inner if due.owed else None), day(due.legal if due.owed else None),
        line.timing, "" if line.days is None else str(line.days),
        *(str(number) for number in (found or ("",) * 4)),
    )  # fmt: skip


def day(value: date | None) -> str:
    return f"{value:%Y-%m-%d}" if value else ""

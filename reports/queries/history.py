"""What was done to a revision, in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from reports.editions.common import PARTS
from reports.models import Event, Revision
from reports.workflow import MOVES, STEPS

OTHER_VERBS = {
    "start": "开始填报",
    "explain": "说明检查结果",
    "schedule": "设定公布时间",
    "cancel_schedule": "取消定时公布",
    "schedule_refused": "定时公布没有办成",
    "supersede": "由更正文本取代",
    "save_correction": "开始更正",
    "save_reason": "改写更正理由",
    "save_transcript": "照录原文",
    "save_import": "从文件存为草稿",
    "comment": "写批注",
    "rename_agency": "机关更名",
}
VERBS = (
    OTHER_VERBS
    | {f"save_{part.key}": f"保存“{part.heading}”" for part in PARTS}
    | {move.verb: move.label for move in MOVES.values()}
    | {step.verb: f"批注：{step.label}" for step in STEPS.values()}
)
NOBODY = "系统"


def words_for(verb: str) -> str:
    """An event's verb as a person would say it; a verb unknown here says itself."""
    return VERBS.get(verb, verb)


@dataclass(frozen=True)
class Entry:
    """One line of a history. ``times`` counts saves of one part by one person in a row."""

    verb: str
    words: str
    by: str
    at: datetime
    note: str = ""
    times: int = 1

    @property
    def is_move(self) -> bool:
        return self.verb in MOVES


def history_of(revision: Revision) -> list[Entry]:
    """The revision's events, the newest first; one statement."""
    events = Event.objects.filter(revision=revision).select_related("by").order_by("-pk")
    return list(folded(entry_of(event) for event in events))


def entry_of(event: Event) -> Entry:
    by = str(event.by) if event.by else NOBODY
    return Entry(event.verb, words_for(event.verb), by, event.at, event.note)


def folded(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Saves in a row become one line, which keeps the newest's time."""
    last: Entry | None = None
    for entry in entries:
        if last is None:
            last = entry
        elif entry.verb.startswith("save") and (entry.verb, entry.by, entry.note) == (
            last.verb,
            last.by,
            last.note,
        ):
            last = replace(last, times=last.times + 1)
        else:
            yield last
            last = entry
    if last is not None:
        yield last


def last_move_of(revision: Revision) -> Entry | None:
    """The newest event that moved the revision: what a receipt speaks of."""
    event = (
        Event.objects.filter(revision=revision, verb__in=sorted(MOVES))
        .select_related("by")
        .order_by("pk")
        .last()
    )
    return entry_of(event) if event else None

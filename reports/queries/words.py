"""The site's own words, as the checker takes them; and what an import would do to a list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from reports.checker.finding import Severity, SiteWord, Vocabulary, WordKind
from reports.checker.site_words import TITLE
from reports.checker.vocabulary import LONGEST, SHORTEST
from reports.editions.common import PARTS
from reports.importers.word_lists import COLUMNS, RawWord
from reports.models import ListedWord, WordList
from reports.models.words import LONGEST_ADVICE

HEADERS = {name: header for header, name in COLUMNS.items()}
PART_TITLES = {TITLE: "标题和署名"} | {part.key: part.title for part in PARTS}


_read: dict[
    bool, tuple[Any, Vocabulary]
] = {}  # by ``in_public``: the lists' state, and their words


def site_words(*, in_public: bool = False) -> Vocabulary:
    """Every word that is switched on, with its list; ``in_public``, of the lists for everybody.

    One statement asks how the lists stand. Their words are read, and indexed,
    again only where that has changed since this process read them.
    """
    lists = WordList.objects.filter(is_on=True, **({"in_public": True} if in_public else {}))
    state = list(lists.order_by("pk").values_list("pk", "version", "changed_at"))
    known = _read.get(in_public)
    if known is None or known[0] != state:
        known = _read[in_public] = (state, words_of([pk for pk, *_ in state]))
    return known[1]


def words_of(lists: list[int]) -> Vocabulary:
    if not lists:
        return Vocabulary()
    words = ListedWord.objects.filter(is_on=True, word_list__in=lists)
    rows = words.order_by("word_list", "pk").values_list(
        "word", "word_list__kind", "severity", "advice", "replacement", "parts"
    )
    kinds = {str(kind): kind for kind in WordKind}
    severities = {str(severity): severity for severity in Severity}
    return Vocabulary(
        tuple(
            SiteWord(
                word, kinds[kind], severities[severity], advice, replacement, tuple(parts.split())
            )
            for word, kind, severity, advice, replacement, parts in rows
        )
    )


class Outcome(StrEnum):
    """What becomes of a row that is imported."""

    ADDED = "新增"
    CHANGED = "更新"
    SAME = "不变"
    REPEATED = "重复"
    REFUSED = "不能导入"


@dataclass(frozen=True)
class Fate:
    """A row of a file, what becomes of it and why, and the values it would be stored with."""

    row: RawWord
    outcome: Outcome
    why: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    standing: ListedWord | None = None


class Unfit(Exception):
    """A row that cannot be stored; ``str()`` says why."""


def fates(word_list: WordList, rows: Iterable[RawWord]) -> list[Fate]:
    """What importing the rows into the list would do to each; one statement."""
    stored = word_list.words.all() if word_list.pk else ListedWord.objects.none()
    standing = {each.word: each for each in stored}
    seen: dict[str, int] = {}
    return [fate_of(row, WordKind(word_list.kind), standing, seen) for row in rows]


def fate_of(
    row: RawWord, kind: WordKind, standing: Mapping[str, ListedWord], seen: dict[str, int]
) -> Fate:
    try:
        values = stored_values(row, kind)
    except Unfit as problem:
        return Fate(row, Outcome.REFUSED, str(problem))
    if row.word in seen:
        return Fate(row, Outcome.REPEATED, f"与第 {seen[row.word]} 行相同。")
    seen[row.word] = row.line
    existing = standing.get(row.word)
    if existing is None:
        return Fate(row, Outcome.ADDED, values=values)
    changed = [name for name, value in values.items() if getattr(existing, name) != value]
    if not changed:
        return Fate(row, Outcome.SAME, values=values, standing=existing)
    labels = "、".join(HEADERS[name] for name in changed)
    return Fate(row, Outcome.CHANGED, f"{labels}有变化。", values, existing)


def stored_values(row: RawWord, kind: WordKind) -> dict[str, str]:
    if not SHORTEST <= len(row.word) <= LONGEST:
        raise Unfit(f"词语要有 {SHORTEST} 到 {LONGEST} 个字，这里是 {len(row.word)} 个字。")
    for name, most in (("advice", LONGEST_ADVICE), ("replacement", LONGEST)):
        if len(getattr(row, name)) > most:
            raise Unfit(f"{HEADERS[name]}最多 {most} 个字，请缩短。")
    return {
        "severity": severity_of(row.severity, kind),
        "advice": row.advice,
        "replacement": row.replacement,
        "parts": parts_of(row.parts),
    }


def severity_of(said: str, kind: WordKind) -> str:
    if not said:
        return str(kind.severity)
    for severity in Severity:
        if said in (severity.label, severity):
            return str(severity)
    labels = "、".join(f"“{each.label}”" for each in Severity)
    raise Unfit(f"程度写的是“{said}”，请写{labels}之一，或者留空。")


def parts_of(said: str) -> str:
    """The keys of the parts named by title, in the form's order; all where none is named."""
    keys: dict[str, str] = {}
    for key, title in PART_TITLES.items():
        keys |= {key: key, title: key, title.split("、", 1)[-1]: key}
    wanted = set()
    rest = said
    for name in sorted(keys, key=len, reverse=True):  # some titles have 、 in them
        if name in rest:
            rest = rest.replace(name, "", 1)
            wanted.add(keys[name])
    if rest.strip(" 、，,；;"):
        raise Unfit(f"适用的部分写的是“{said}”，没有认出“{rest.strip(' 、，,；;')}”。")
    return " ".join(key for key in PART_TITLES if key in wanted)


def part_titles(stored: str) -> str:
    """Stored keys as a person reads them."""
    return "；".join(PART_TITLES[key] for key in stored.split() if key in PART_TITLES) or "全部"

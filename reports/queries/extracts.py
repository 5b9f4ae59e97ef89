"""Why a report was found: the places in its text, as segments, never as markup."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reports.editions.common import PARTS
from reports.models import Revision
from reports.sheet import NARRATIVES

from .terms import fold

BEFORE, LENGTH = 24, 96  # characters before the first word, and of the whole extract
MOST = 2
LABELS = {part.key: part.title for part in PARTS if part.key in NARRATIVES}
SENTENCE = re.compile(r"[。！？；\n]")


@dataclass(frozen=True)
class Segment:
    text: str
    is_hit: bool = False


@dataclass(frozen=True)
class Extract:
    """Some words of a text: where they stand, and their segments."""

    label: str
    segments: tuple[Segment, ...]


def marked(text: str, words: Sequence[str]) -> tuple[Segment, ...]:
    """The text in segments: the words as hits, what is between them not."""
    found, end = [], 0
    for start, stop in merged(fold(text), words):
        if start > end:
            found.append(Segment(text[end:start]))
        found.append(Segment(text[start:stop], True))
        end = stop
    return (*found, Segment(text[end:])) if end < len(text) else tuple(found)


def merged(folded: str, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where the words stand; those that overlap or touch are one place."""
    places = sorted(
        (each.start(), each.end())
        for word in words
        for each in re.finditer(re.escape(word), folded)
    )
    at: tuple[int, int] | None = None
    for start, stop in places:
        if at and start <= at[1]:
            at = (at[0], max(at[1], stop))
            continue
        if at:
            yield at
        at = (start, stop)
    if at:
        yield at


def extracts_of(revision: Revision, words: Sequence[str]) -> tuple[Extract, ...]:
    """Up to two places: each shows words that the title and the places before it do not.

    Needs ``parts`` and the agency's ``names`` prefetched.
    """
    wanted = [word for word in words if word not in fold(revision.title)]
    texts = {part.key: part.text for part in revision.parts.all()}
    found: list[Extract] = []
    for key in NARRATIVES:
        while wanted and len(found) < MOST:
            extract = around_first(LABELS[key], texts.get(key, ""), wanted, words)
            if extract is None:
                break
            found.append(extract)
            shown = fold("".join(each.text for each in extract.segments))
            wanted = [word for word in wanted if word not in shown]
    return (*other_names(revision, wanted, words), *found)


def other_names(
    revision: Revision, wanted: Sequence[str], words: Sequence[str]
) -> Iterator[Extract]:
    """A name of the agency that the title does not say, where the words stand in it."""
    agency = revision.report.agency
    names = [("现名", agency.name), ("当时的名称", revision.agency_name)]
    names += [("曾用名" if each.until else "简称", each.name) for each in agency.names.all()]
    for label, name in names:
        if any(word in fold(name) for word in wanted):
            yield Extract(label, marked(name, words))
            return


def around_first(
    label: str, text: str, wanted: Sequence[str], words: Sequence[str]
) -> Extract | None:
    folded = fold(text)
    places = [at for word in wanted if (at := folded.find(word)) >= 0]
    if not places:
        return None
    at = min(places)
    start = max(0, at - BEFORE)
    for boundary in SENTENCE.finditer(text, start, at):
        start = boundary.end()
    stop = min(len(text), start + LENGTH)
    piece = " ".join(text[start:stop].split())
    before, after = "…" * (start > 0), "…" * (stop < len(text))
    return Extract(label, marked(f"{before}{piece}{after}", words))

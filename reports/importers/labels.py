"""The form's labels as vocabularies, and how people retype them.

A label is looked up by what it says: exactly, then among known retypings, then
as a beginning or a near spelling of one label only. Everything but an exact
match is told to the person.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property

from reports.editions import EDITIONS
from reports.editions.grammar import Column, Line

from .normal import bare, mark_of, said_in, squeezed, without_remark
from .retypings import RETYPINGS

SIMILAR = 0.8
PLAUSIBLE = 0.5  # enough only where position or number say the same
LONGEST = 80
OTHER_MARK = 0.1  # how much less alike a label with another number is
SHORTEST_BEGINNING = 4
MOST_REMEMBERED = 5000  # texts of earlier documents


@dataclass(frozen=True)
class Match:
    """The key a label stands for, the form's wording, and whether it says the same."""

    key: str
    label: str
    exact: bool


@dataclass
class Vocabulary:
    """Labels of one sort: (label, key) pairs, several labels may share a key."""

    entries: tuple[tuple[str, str], ...]
    found: dict[tuple[str, str], Match | None] = field(default_factory=dict)

    @cached_property
    def by_text(self) -> dict[str, Match]:
        """Exact wordings, and the retypings which are not somebody's exact wording."""
        exact = {bare(label): Match(key, label, True) for label, key in reversed(self.entries)}
        retyped = {
            bare(text): Match(key, label, False)
            for label, key in reversed(self.entries)
            for text in RETYPINGS.get(key, ())
        }
        return {**retyped, **exact}

    def look_up(self, text: str) -> Match | None:
        """The one label that a text stands for, or None."""
        said = bare(text)
        if not said or len(said) > LONGEST:
            return None
        if len(self.found) > MOST_REMEMBERED:
            self.found.clear()
        told = (said, squeezed(text))
        if told not in self.found:
            self.found[told] = self.search(said, without_remark(text), mark_of(text))
        return self.found[told]

    def search(self, said: str, short: str, mark: str) -> Match | None:
        if said in self.by_text:
            return self.by_number(said, mark) or self.by_text[said]
        for candidate in (short, said):
            if candidate in self.by_text:
                return self.loosely(self.by_text[candidate])
        return self.beginning(said) or self.nearest(said, mark, SIMILAR)

    def by_number(self, said: str, mark: str) -> Match | None:
        """「（六）其他」 is no 「3.其他」: a short label goes on as the one with its number does."""
        match = self.by_text[said]
        if len(said) >= SHORTEST_BEGINNING or not mark or mark in self.marks[match.key] | {""}:
            return None
        longer = [
            other
            for text, other in self.by_text.items()
            if text.startswith(said) and mark in self.marks[other.key]
        ]
        return self.loosely(longer[0]) if longer else None

    def beginning(self, said: str) -> Match | None:
        """A label cut short, or one that goes on: 「（二）部分公开」."""
        keys = {
            match.key: match
            for text, match in self.by_text.items()
            if min(len(text), len(said)) >= SHORTEST_BEGINNING
            and (text.startswith(said) or said.startswith(text))
        }
        return self.loosely(next(iter(keys.values()))) if len(keys) == 1 else None

    @cached_property
    def marks(self) -> dict[str, set[str]]:
        """The numbers which the form gives each key's label."""
        found: dict[str, set[str]] = {}
        for label, key in self.entries:
            found.setdefault(key, set()).add(mark_of(label))
        return found

    def nearest(self, said: str, mark: str, least: float) -> Match | None:
        """The most alike; a label with another number is so much less alike."""

        def rate(text: str, key: str) -> float:
            other = bool(mark) and mark not in self.marks[key] | {""}
            return likeness(text, said) - (OTHER_MARK if other else 0)

        rated = sorted(
            ((rate(text, match.key), match.key) for text, match in self.by_text.items()),
            reverse=True,
        )
        best, key = rated[0] if rated else (0.0, "")
        if best < least:
            return None
        return next(self.loosely(match) for match in self.by_text.values() if match.key == key)

    def likeness_to(self, text: str, key: str) -> float:
        """How much a text resembles the wordings of one key."""
        return max(
            (likeness(bare(text), bare(label)) for label, k in self.entries if k == key),
            default=0.0,
        )

    def plausible(self, text: str, key: str) -> bool:
        """Whether a text may be a key's label where its position says so.

        A lost label may be anything; a bare number may have stayed of it.
        """
        said = bare(text)
        if not said:
            return True
        marks = {mark_of(label) for label, k in self.entries if k == key}
        likely = self.likeness_to(text, key)
        return likely >= SIMILAR or (likely >= PLAUSIBLE and mark_of(text) in marks | {""})

    @staticmethod
    def loosely(match: Match) -> Match:
        return Match(match.key, match.label, False)

    def label_of(self, key: str) -> str:
        return next(label for label, k in self.entries if k == key)


def likeness(one: str, other: str) -> float:
    """difflib's ratio; 0 where it cannot be even plausible."""
    least = PLAUSIBLE * (len(one) + len(other)) / 2  # characters in common
    if min(len(one), len(other)) < least or sum(c in other for c in one) < least:
        return 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def vocabulary(pairs: Iterable[tuple[str, str]]) -> Vocabulary:
    return Vocabulary(tuple(dict.fromkeys(pairs)))


NEWEST_FIRST = tuple(reversed(EDITIONS.values()))


def groups_in(lines: Iterable[Line]) -> Iterable[Line]:
    for line in lines:
        if line.children:
            yield line
            yield from groups_in(line.children)


def wordings(columns: Iterable[Column]) -> Iterable[tuple[str, str]]:
    return ((column.label, column.key) for column in columns)


# part two
ROWS = vocabulary(
    (row.label, row.key)
    for edition in NEWEST_FIRST
    for block in edition.disclosure.blocks
    for row in block.rows
)
FIGURES = vocabulary(
    pair
    for edition in NEWEST_FIRST
    for block in edition.disclosure.blocks
    for pair in wordings(block.columns)
)
# part three
LINES = vocabulary(
    (leaf.label, leaf.key) for edition in NEWEST_FIRST for leaf in edition.applications.leaves()
)
GROUPS = vocabulary(
    (group.label, group.key)
    for edition in NEWEST_FIRST
    for group in groups_in(edition.applications.lines)
)
APPLICANTS = vocabulary(
    pair for edition in NEWEST_FIRST for pair in wordings(edition.applications.columns)
)
ORGANIZATIONS = vocabulary(
    (column.under, "organizations")
    for edition in NEWEST_FIRST
    for column in edition.applications.columns
    if column.under
)
APPLICANTS_HEADING = vocabulary(
    pair
    for edition in NEWEST_FIRST
    for pair in (
        (edition.applications.columns_heading, "heading"),
        (edition.applications.corner, "corner"),
    )
)
# part four
REMEDIES = vocabulary(
    pair for edition in NEWEST_FIRST for pair in wordings(edition.remedies.groups)
)
LITIGATION = vocabulary(
    (group.under, "litigation")
    for edition in NEWEST_FIRST
    for group in edition.remedies.groups
    if group.under
)
RESULTS = vocabulary(
    pair for edition in NEWEST_FIRST for pair in wordings(edition.remedies.results)
)


def same_wording(text: str, label: str) -> bool:
    """Equal but for spaces, widths, punctuation, numbering marks, and a unit told besides."""
    return bare(label) in (bare(text), bare(UNIT.sub("", said_in(text))))


UNIT = re.compile(r"\((?:单位:?)?(?:万元|件|条|项|个|次)\)$")

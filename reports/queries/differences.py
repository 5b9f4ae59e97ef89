"""What differs between two texts of a report, and between two years.

Sheets go in; the texts they came from, and the words for them, are the
caller's. ``earlier_text`` finds the one that a reviewer has seen before.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from difflib import SequenceMatcher
from itertools import zip_longest

from reports.editions.grammar import Number, Place, plain
from reports.editions.numbering import paragraphs
from reports.editions.wording import date_text
from reports.models import Revision, Snapshot, Submission
from reports.sheet import NARRATIVES, Sheet, from_json, name_of
from reports.workflow import State

SAME, GONE, NEW = "same", "gone", "new"  # of a piece of text
FACTS = {
    "title": "标题",
    "signed_by": "落款",
    "signed_on": "成文日期",
}
CONTACT_FACTS = {"address": "地址", "postcode": "邮编", "telephone": "电话", "email": "电子邮箱"}
BLANK = "空"
ALIKE = 0.4  # below it, two paragraphs in one place are two paragraphs
TOKEN = re.compile(r"\d+(?:\.\d+)?|.", re.DOTALL)  # of 113 and 125 nothing is "the same"


@dataclass(frozen=True)
class CellChange:
    """A figure that is another now; ``name`` is the cell's full name."""

    name: str
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class FactChange:
    """A title, a signature, a date or a line of the contact that is another now."""

    name: str
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Piece:
    """A stretch of a paragraph: the same in both, gone, or new."""

    kind: str
    text: str


@dataclass(frozen=True)
class ParagraphChange:
    """A paragraph that is new, gone, or written otherwise.

    ``name`` is the paragraph's in the later text (``overview.3``), empty where
    it has none any more.
    """

    part: str
    name: str
    pieces: tuple[Piece, ...]

    @property
    def kind(self) -> str:
        kinds = {piece.kind for piece in self.pieces}
        return kinds.pop() if len(kinds) == 1 else "changed"


@dataclass(frozen=True)
class Differences:
    """All that is different, in printed order."""

    facts: tuple[FactChange, ...]
    cells: tuple[CellChange, ...]
    paragraphs: tuple[ParagraphChange, ...]

    def __len__(self) -> int:
        return len(self.facts) + len(self.cells) + len(self.paragraphs)


def differences(before: Sheet, after: Sheet) -> Differences:
    return Differences(
        tuple(changed_facts(before, after)),
        tuple(changed_cells(before, after)),
        tuple(change for key in NARRATIVES for change in changed_paragraphs(before, after, key)),
    )


def changed_facts(before: Sheet, after: Sheet) -> Iterator[FactChange]:
    for name, label in FACTS.items():
        yield from fact(name, label, getattr(before, name), getattr(after, name))
    for name, label in CONTACT_FACTS.items():
        yield from fact(name, label, getattr(before.contact, name), getattr(after.contact, name))


def fact(name: str, label: str, before: object, after: object) -> Iterator[FactChange]:
    if before != after:
        yield FactChange(name, label, said(before), said(after))


def said(value: object) -> str:
    """A date as it is printed, a text as it stands, nothing as 「空」."""
    return (date_text(value) if isinstance(value, date) else str(value or "")) or BLANK


def changed_cells(before: Sheet, after: Sheet) -> Iterator[CellChange]:
    for place, number in after.cells():
        old = before.figure(place)
        if old != number:
            yield CellChange(name_of(place), place.label, shown(old), shown(number))


def shown(number: Number | None) -> str:
    return BLANK if number is None else plain(number)


def changed_paragraphs(before: Sheet, after: Sheet, key: str) -> Iterator[ParagraphChange]:
    part = after.edition.part(key).title
    old = [each.text for each in paragraphs(before.text(key))]
    new = [each.text for each in paragraphs(after.text(key))]
    # autojunk would drop the commonest characters of any long Chinese text
    for operation, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if operation == "equal":
            continue
        numbered = ((f"{key}.{number}", new[number - 1]) for number in range(k + 1, m + 1))
        for gone, added in zip_longest(old[i:j], numbered):
            name, text = added or ("", "")
            yield ParagraphChange(part, name, tuple(pieces(gone or "", text)))


def pieces(before: str, after: str) -> Iterator[Piece]:
    """The stretches of two versions of a paragraph, in reading order."""
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if before and after and matcher.ratio() < ALIKE:
        yield from (Piece(GONE, before), Piece(NEW, after))
        return
    for operation, i, j, k, m in matcher.get_opcodes():
        if operation == "equal":
            yield Piece(SAME, "".join(new[k:m]))
            continue
        if j > i:
            yield Piece(GONE, "".join(old[i:j]))
        if m > k:
            yield Piece(NEW, "".join(new[k:m]))


@dataclass(frozen=True)
class EarlierText:
    """A text that a reviewer has seen before, and since when it stands."""

    sheet: Sheet
    words: str
    at: datetime
    is_public: bool = False


def earlier_text(revision: Revision) -> EarlierText | None:
    """The text submitted before the present one; of a correction, the published text.

    A draft is compared with the last submission; what was submitted since, with
    the one before it. None where there has been only one text.
    """
    skipped = 0 if revision.state == State.DRAFT else 1
    submissions = Submission.objects.filter(revision=revision).select_related("event")
    earlier = submissions.order_by("-pk")[skipped : skipped + 1].first()
    if earlier is not None:
        return EarlierText(from_json(earlier.sheet), "上次送审的文本", earlier.event.at)
    snapshot = (
        Snapshot.objects.filter(
            revision__report=revision.report_id, revision__number__lt=revision.number
        )
        .order_by("revision__number")
        .last()
    )
    if snapshot is None:
        return None
    return EarlierText(from_json(snapshot.sheet), "此前公布的文本", snapshot.taken_at, True)


@dataclass(frozen=True)
class YearPair:
    """A figure this year and last; ``change`` is empty where either is blank."""

    place: Place
    name: str
    last: str
    this: str
    change: str


@dataclass(frozen=True)
class YearPart:
    """A table part with those of its figures that either year has."""

    title: str
    pairs: tuple[YearPair, ...]


def beside_last_year(sheet: Sheet, last_year: Sheet) -> list[YearPart]:
    """Each table part with the figures that are not zero in both years."""
    pairs = [
        pair_of(place, last_year.figure(place), number)
        for place, number in sheet.cells()
        if number or last_year.figure(place)
    ]
    return [
        YearPart(part.title, tuple(pair for pair in pairs if pair.place.part == part.number))
        for part in sheet.edition.parts
        if part.is_table
    ]


def pair_of(place: Place, last: Number | None, this: Number | None) -> YearPair:
    change = "" if last is None or this is None else signed(this - last)
    return YearPair(place, name_of(place), shown(last), shown(this), change)


def signed(number: Number) -> str:
    return f"+{plain(number)}" if number > 0 else plain(number).replace("-", "−")

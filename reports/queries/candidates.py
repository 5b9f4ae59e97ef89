"""Entries that hold what is asked, in order of place, a bounded number of them at a time.

What is common is among the newest entries: they are looked through first,
window by window, while one in ten holds the words. What is rare the index of
terms finds; its candidates are compared with their text, because bigrams know
nothing of their order. Either way the text of some hundred entries is read,
never that of all.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import BigIntegerField, ExpressionWrapper, F, QuerySet, Value
from django.db.models.functions import StrIndex

from reports.models import SearchEntry
from reports.models.search import place_of

from .terms import IN_REGION, NAMED, OF_KIND, Question, is_word, terms

WINDOW = 200
COMMON = WINDOW // 10  # so many of a window hold it: what is left will be found in the same way
ROUNDS = 6  # six windows of what is common hold a hundred


@dataclass(frozen=True)
class Chosen:
    """The filters: a year, a kind, a region with those below it."""

    year: int | None = None
    kind: str = ""
    region: str = ""

    @property
    def terms(self) -> list[str]:
        return [OF_KIND + self.kind] * bool(self.kind) + [IN_REGION + self.region] * bool(
            self.region
        )

    def __bool__(self) -> bool:
        return bool(self.year or self.kind or self.region)


@dataclass(frozen=True)
class Row:
    """An entry as far as lists need it."""

    place: int
    report: int
    year: int
    kind: str
    regions: tuple[str, ...]

    def is_of(self, chosen: Chosen) -> bool:
        return (not chosen.kind or self.kind == chosen.kind) and (
            not chosen.region or chosen.region in self.regions
        )


@dataclass
class Candidates:
    """What was found so far; ``at`` is the place after which nothing was looked at yet."""

    rows: list[Row] = field(default_factory=list)
    at: int | None = None
    is_all: bool = False


def in_order(
    question: Question,
    chosen: Chosen,
    want: int,
    *,
    after: int | None = None,
    in_head: bool = False,
    first: Sequence[Row] | None = None,
) -> Candidates:
    """The newest entries that hold the question, ``want`` or some more of them.

    ``in_head``: in title, names and region alone. ``first``: the first window, where it was read
    already. Where ``is_all`` is False and fewer were found than were wanted, the search gave up
    and may go on ``at``.
    """
    found = Candidates(at=after)
    for _ in range(ROUNDS):
        window = first or newest_rows(chosen.year, found.at)
        first = None
        hits = holding(question, [each for each in window if each.is_of(chosen)], in_head)
        take(found, window, hits)
        if found.is_all or len(found.rows) >= want:
            return found
        if len(hits) < COMMON:
            break
    else:
        return found
    wanted = chosen.terms + [f"{NAMED}{each}" if in_head else each for each in question.terms]
    for _ in range(ROUNDS):
        window = rows_of(indexed(wanted, chosen.year, found.at)[:WINDOW])
        take(found, window, holding(question, window, in_head, told=not in_head))
        if found.is_all or len(found.rows) >= want:
            break
    return found


def newest_rows(year: int | None, after: int | None = None) -> list[Row]:
    """A window of the newest entries, whatever they say."""
    return rows_of(newest(year, after)[:WINDOW])


def take(found: Candidates, window: Sequence[Row], hits: Sequence[Row]) -> None:
    found.rows += hits
    found.is_all = len(window) < WINDOW
    found.at = window[-1].place if window else found.at


def newest(year: int | None, after: int | None) -> QuerySet[SearchEntry]:
    return between(SearchEntry.objects.order_by("-place"), "place", year, after)


def indexed(wanted: Sequence[str], year: int | None, after: int | None) -> QuerySet[SearchEntry]:
    """The entries that hold the terms, found by the index of terms and no other.

    By places PostgreSQL would walk from the newest on and take apart each text on its way, for it
    expects any word in every two hundredth: of a rare one that is seconds. A sum has no index.
    """
    # Said to be a large one, for Django answers with nothing what lies beyond a smaller number.
    standing = ExpressionWrapper(F("place") + 0, output_field=BigIntegerField())
    entries = SearchEntry.objects.alias(standing=standing).order_by("-standing")
    return between(entries.filter(terms__holds=wanted), "standing", year, after)


def between(
    entries: QuerySet[SearchEntry], place: str, year: int | None, after: int | None
) -> QuerySet[SearchEntry]:
    if year:
        ends = {f"{place}__gt": place_of(year, 0), f"{place}__lt": place_of(year + 1, 0)}
        entries = entries.filter(**ends)
    return entries if after is None else entries.filter(**{f"{place}__lt": after})


def rows_of(entries: QuerySet[SearchEntry]) -> list[Row]:
    fields = entries.values_list("place", "report_id", "year", "kind", "regions")
    return [Row(*each[:4], tuple(each[4].split())) for each in fields]


def holding(
    question: Question, rows: Sequence[Row], in_head: bool = False, *, told: bool = False
) -> list[Row]:
    """The rows whose text (or head) holds every word as it was asked.

    ``told``: the index already said so of single terms; only phrases are compared.
    Otherwise it is asked of words of letters and digits, which are whole ones: 1234 is not 12345.
    """
    words = [word for word in question.words if not (told and terms(word) == {word})]
    if not words or not rows:
        return list(rows)
    entries = SearchEntry.objects.filter(pk__in=[each.report for each in rows])
    for number, word in enumerate(words):
        place = StrIndex("head" if in_head else "text", Value(word))
        entries = entries.alias(**{f"word_{number}": place}).filter(**{f"word_{number}__gt": 0})
    whole = [] if told else [each for each in question.terms if is_word(each)]
    if whole:
        entries = entries.filter(
            terms__holds=[f"{NAMED}{each}" if in_head else each for each in whole]
        )
    held = set(entries.values_list("pk", flat=True))
    return [each for each in rows if each.report in held]


def counts_of(rows: Iterable[Row]) -> dict[str, dict[str, int]]:
    """How many of the rows each year, kind and region has."""
    counts: dict[str, dict[str, int]] = {"year": {}, "kind": {}, "region": {}}
    for row in rows:
        shelves = [
            ("year", str(row.year)),
            ("kind", row.kind),
            *(("region", r) for r in row.regions),
        ]
        for dimension, key in shelves:
            counts[dimension][key] = counts[dimension].get(key, 0) + 1
    return counts

"""Agencies by their names, present, short and former, and the names nearest to a mistyped one.

Two characters side by side, or with one between, lead to the names that hold
them (``terms.grams``); the rarest of what was typed are followed, so that 人民
and 政府 in a hundred thousand names cost nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, QuerySet

from reports.models import Agency, NameGram, SearchedName

from .extracts import Segment, marked
from .terms import Question, grams, read

COMMON = 1_000  # names that hold a gram; more are not counted
FOLLOWED = 8  # grams, of a mistyped name
LOOKED_AT = 60  # names compared letter by letter
SHORTEST, LONGEST = 3, 40  # characters of a name that may be mistyped
YEAR = re.compile(r"(19|20)\d\d(年度?)?")


@dataclass(frozen=True)
class Named:
    """An agency found by a name: that name with the words marked."""

    agency: Agency  # with its division
    name: tuple[Segment, ...]
    is_other: bool  # not the name it bears now


def agencies_named(words: str, limit: int = 8) -> list[Named]:
    """Agencies of which one name holds every word but the years; a single character begins it."""
    question = read(words)
    names = holding(question).select_related("agency__division")
    if question.short:
        return distinct(names.order_by("folded", "pk")[: limit * 3], question.short, limit)
    return distinct(names.order_by("agency__path", "pk")[: limit * 3], question.words, limit)


def holding(question: Question) -> QuerySet[SearchedName]:
    """The names that hold every word but the years; of a single character those it begins."""
    names = SearchedName.objects.all()
    if question.short:
        return names.filter(folded__startswith=question.short[0])
    sought = [word for word in question.words if not YEAR.fullmatch(word)]
    if not sought:
        return names.none()
    for gram in telling(sorted(set[int]().union(*map(grams, sought)))):
        names = names.filter(pk__in=NameGram.objects.filter(gram=gram).values("name"))
    for word in sought:
        names = names.filter(folded__contains=word)
    return names


def distinct(names: QuerySet[SearchedName], words: Sequence[str], limit: int) -> list[Named]:
    found: dict[int, Named] = {}
    for each in names:
        agency = each.agency
        named = Named(agency, marked(each.name, words), each.name != agency.name)
        if agency.pk not in found or not named.is_other:
            found[agency.pk] = named
    return list(found.values())[:limit]


def telling(wanted: Sequence[int]) -> list[int]:
    """The grams by which to look: the rarest alone, or a few where all are common."""
    numbers = how_common(wanted)
    rarest = sorted(wanted, key=lambda gram: numbers.get(gram, 0))
    return rarest[:1] if rarest and numbers.get(rarest[0], 0) < COMMON else rarest[:3]


def how_common(wanted: Sequence[int]) -> dict[int, int]:
    """How many names hold each gram, counted up to ``COMMON``; one statement."""
    asked = wanted[: 2 * LONGEST]
    if not asked:
        return {}
    values = ", ".join(["(CAST(%s AS bigint))"] * len(asked))
    counted = f"SELECT 1 FROM {NameGram._meta.db_table} n WHERE n.gram = w.gram LIMIT {COMMON}"
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH w(gram) AS (VALUES {values}) "
            f"SELECT w.gram, (SELECT COUNT(*) FROM ({counted}) AS counted) FROM w",
            asked,
        )
        return dict(cursor.fetchall())


def nearest(words: str, limit: int = 5) -> list[str]:
    """您是不是要找: names which what was typed may have meant, the nearest first."""
    found: dict[str, tuple[int, int]] = {}
    for word in read(words).words[:3]:
        if SHORTEST <= len(word) <= LONGEST and not YEAR.fullmatch(word):
            allowed = max(1, len(word) // 4)
            for name, folded in alike(word):
                far = distance(word, folded)
                if 0 < far <= allowed:
                    rank = far, len(folded) - len(word)
                    found[name] = min(rank, found.get(name, rank))
    return sorted(found, key=lambda name: (found[name], name))[:limit]


def alike(word: str) -> list[tuple[str, str]]:
    """The names that share most grams with the word, as they are and folded."""
    numbers = {gram: number for gram, number in how_common(sorted(grams(word))).items() if number}
    rarest = sorted(numbers, key=lambda gram: (numbers[gram], gram))
    rare = [gram for gram in rarest if numbers[gram] < COMMON][:FOLLOWED]
    names = SearchedName.objects.all()
    if not rare:
        for gram in rarest[:2]:
            names = names.filter(pk__in=NameGram.objects.filter(gram=gram).values("name"))
        return list(names.values_list("name", "folded")[:LOOKED_AT]) if rarest else []
    holders = NameGram.objects.filter(gram__in=rare).values("name").annotate(shared=Count("gram"))
    most = [each["name"] for each in holders.order_by("-shared", "name")[:LOOKED_AT]]
    return list(names.filter(pk__in=most).values_list("name", "folded"))


def distance(word: str, name: str) -> int:
    """Letters wrong, missing, too many or changed about in the word, wherever in the name it is."""
    before: list[int] = []
    row = [0] * (len(name) + 1)
    for i, letter in enumerate(word, 1):
        following = [i]
        for j, other in enumerate(name, 1):
            least = min(row[j] + 1, following[j - 1] + 1, row[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == name[j - 2] and word[i - 2] == other:
                least = min(least, before[j - 2] + 1)
            following.append(least)
        before, row = row, following
    return min(row)

"""Finding published reports by words, and saying why each was found.

``find`` is the whole interface; the page and the API ask it alike. No question
raises, and none takes long: candidates come from the newest entries or from the
index of bigrams (``models.search``), windows of bounded size, and what is found
is compared with the text itself, so a phrase is exactly what was asked.

Order: ``relevance`` puts reports whose title or agency's names hold every word
first, then those whose text speaks of it most; it looks at the newest
``RANKED`` of each sort and no further. ``year`` lists all, the newest year
first, without an end. Both are paged by key: hand ``Found.next`` back as
``after``. A key that is none begins anew.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

from django.db.models import F, Q, QuerySet
from django.db.models.functions import StrIndex
from django.db.models import Value

from reports.models import Revision, SearchEntry

from . import extracts
from .extracts import Extract, Segment
from .terms import IN_REGION, NAMED, OF_KIND, Question, read, terms

NEWEST = 200  # entries looked through before the index is asked: what is common is among them
WINDOW = 200  # candidates of the index compared with their text at a time
ROUNDS = 5
RANKED = 100
MOST = 100  # results a page
RELEVANCE, YEAR = "relevance", "year"
ORDERS = (RELEVANCE, YEAR)


@dataclass(frozen=True)
class Result:
    """A report in force: ``title`` with the words marked, and up to two places in its text."""

    revision: Revision  # with report, agency and division
    title: tuple[Segment, ...]
    extracts: tuple[Extract, ...]


@dataclass(frozen=True)
class Found:
    """``total`` is None where there are more than were counted: ``at_least`` then says how many.

    ``next`` is the key of the page that follows, "" where there is none.
    ``counts`` (dimension to key to number) is empty where not everything was counted.
    ``question.short`` are single characters, by which no text is searched.
    """

    question: Question
    order: str
    results: tuple[Result, ...] = ()
    total: int | None = 0
    at_least: int = 0
    next: str = ""
    counts: Mapping[str, Mapping[str, int]] | None = None


def find(
    words: str = "",
    *,
    year: int | None = None,
    kind: str = "",
    region: str = "",
    order: str = RELEVANCE,
    after: str = "",
    limit: int = 20,
) -> Found:
    """Reports in force that hold every word, in the chosen year, kind and region (with those below).

    ``words``: what was typed; spaces part words, quotation marks keep a phrase
    together. ``kind``: a ``BodyKind``; ``region``: a division's code.
    """
    raise NotImplementedError

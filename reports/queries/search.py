"""Finding published reports by words, and saying why each was found.

``find`` is the whole interface; the page and the API ask it alike. No question
raises, and none takes long (``candidates`` says how).

Order: ``relevance`` puts reports whose title or agency's names hold every word
first, then those whose text speaks of it most; it weighs the newest ``RANKED``
of each sort and lists no more. ``year`` lists all, the newest year first,
without an end. Both are paged by key: hand ``Found.next`` back as ``after``; a
key that is none begins anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reports.models import ReportCount, Revision, SearchEntry
from reports.models.search import place_of

from .candidates import Candidates, Chosen, Row, counts_of, in_order, newest_rows
from .extracts import Extract, Segment, extracts_of, marked
from .terms import Question, read

RANKED = 100
MOST = 100  # results a page
RELEVANCE, YEAR = "relevance", "year"
ORDERS = {RELEVANCE: "相关度", YEAR: "年度"}


@dataclass(frozen=True)
class Result:
    """A report in force: ``title`` with the words marked, and a few places in its text."""

    revision: Revision  # with report, agency and division
    title: tuple[Segment, ...]
    extracts: tuple[Extract, ...]


@dataclass(frozen=True)
class Found:
    """What answers a question.

    ``total`` is None where there are more than were counted, and on the pages
    after the first of the order by year; ``at_least`` then says how many there are.
    ``next`` is the key of the page that follows, "" where there is none.
    ``counts`` (year, kind, region: key to number) is empty where not all was counted.
    ``question.short`` are single characters, by which no text is searched;
    ``is_cut`` says that relevance weighed the newest only: the order by year has the rest.
    """

    question: Question
    order: str
    results: tuple[Result, ...] = ()
    total: int | None = 0
    at_least: int = 0
    next: str = ""
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    is_cut: bool = False


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
    together. ``kind``: a ``BodyKind``; ``region``: a division's code. Without
    words the order is by year.
    """
    question, chosen = read(words), Chosen(year, kind, region)
    limit = max(1, min(limit, MOST))
    if question.short:
        return Found(question, order)
    if question and order != YEAR:
        return by_relevance(question, chosen, key_in(after), limit)
    return by_year(question, chosen, key_in(after), limit)


def key_in(after: str) -> int | None:
    """The place that a page's key names; None where it names none."""
    year, _, report = after.partition("-")
    if not (year.isascii() and year.isdigit() and report.isascii() and report.isdigit()):
        return None
    if len(year) != 4 or len(report) > 12:
        return None
    return place_of(int(year), int(report))


def key_of(row: Row) -> str:
    return f"{row.year}-{row.report}"


def by_year(question: Question, chosen: Chosen, after: int | None, limit: int) -> Found:
    found = in_order(question, chosen, limit + 1, after=after)
    shown = found.rows[:limit]
    following = ""
    if len(found.rows) > limit:
        following = key_of(shown[-1])
    elif not found.is_all and found.at is not None:
        following = f"{found.at >> 40}-{found.at & (1 << 40) - 1}"
    counted = found.is_all and after is None
    total = len(found.rows) if counted else None
    if not question and not counted:
        total = kept_total(chosen)
    return Found(
        question,
        YEAR,
        results_of(shown, question),
        total,
        len(found.rows) if total is None else total,
        following,
        counts_of(found.rows) if counted else {},
    )


def kept_total(chosen: Chosen) -> int | None:
    """How many reports there are with one filter or none; kept at publication."""
    given = [
        (name, str(value))
        for name, value in (("year", chosen.year), ("kind", chosen.kind), ("region", chosen.region))
        if value
    ]
    if len(given) > 1:
        return None
    ((dimension, key),) = given or [("reports", "")]
    kept = ReportCount.objects.filter(dimension=dimension, key=key)
    return kept.values_list("reports", flat=True).first() or 0


def by_relevance(question: Question, chosen: Chosen, after: int | None, limit: int) -> Found:
    first = newest_rows(chosen.year)
    named = in_order(question, chosen, RANKED, in_head=True, first=first)
    others = Candidates(is_all=named.is_all)
    if len(named.rows) < RANKED:
        others = in_order(question, chosen, RANKED, first=first)
    ranked = ranked_by_name(named.rows[:RANKED], question)
    seen = {each.report for each in named.rows}
    speaking = [each for each in others.rows if each.report not in seen]
    is_all = named.is_all and others.is_all and len(named.rows) <= RANKED
    ranked += ranked_by_text(speaking[:RANKED], question)
    is_all = is_all and len(speaking) <= RANKED
    begun = next((n for n, each in enumerate(ranked, 1) if each.place == after), 0)
    shown = ranked[begun : begun + limit]
    return Found(
        question,
        RELEVANCE,
        results_of(shown, question),
        len(ranked) if is_all else None,
        len(ranked),
        key_of(shown[-1]) if len(ranked) > begun + limit else "",
        counts_of(ranked) if is_all else {},
        not is_all,
    )


def ranked_by_name(rows: Sequence[Row], question: Question) -> list[Row]:
    """The name that is nearest to what was asked first: whole, then begun with it, then shorter."""
    heads = dict(
        SearchEntry.objects.filter(pk__in=[each.report for each in rows]).values_list("pk", "head")
    )

    def far(row: Row) -> tuple[int, int, int]:
        lines = heads.get(row.report, "").split("\n")
        whole = sum(word not in lines for word in question.words)
        begun = sum(not any(each.startswith(word) for each in lines) for word in question.words)
        return whole, begun, -row.place

    return sorted(rows, key=far)


def ranked_by_text(rows: Sequence[Row], question: Question) -> list[Row]:
    """The text that says the rarest of its words most often first; the newer of equals."""
    texts = dict(
        SearchEntry.objects.filter(pk__in=[each.report for each in rows]).values_list("pk", "text")
    )

    def little(row: Row) -> tuple[int, int, int]:
        times = [texts.get(row.report, "").count(word) for word in question.words]
        return -min(times), -sum(times), -row.place

    return sorted(rows, key=little)


def results_of(rows: Sequence[Row], question: Question) -> tuple[Result, ...]:
    """The reports behind rows, in their order; at most three statements."""
    if not rows:
        return ()
    revisions = (
        Revision.objects.filter(search_entry__in=[each.report for each in rows])
        .select_related("report__agency__division")
        .prefetch_related(*(("parts", "report__agency__names") if question else ()))
    )
    found = {each.report_id: each for each in revisions}
    return tuple(
        Result(
            revision,
            marked(revision.title or str(revision.report), question.words),
            extracts_of(revision, question.words) if question else (),
        )
        for row in rows
        if (revision := found.get(row.report))
    )

"""Keeping what reports and agencies are found by, in the transaction that changes them.

``index_report`` makes the index say what is true of a report: its text in force,
or nothing once that is withdrawn. The counts of the shelves follow from the
entry; their rows are locked last of all, the total first, as every publication
waits for it.
"""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from reports.models import (
    Agency,
    Division,
    NameGram,
    Report,
    ReportCount,
    Revision,
    SearchedName,
    SearchEntry,
)
from reports.models.search import FULL_TEXT, place_of
from reports.queries.listings import within
from reports.queries.search_index import ABOVE, true_counts
from reports.queries.terms import IN_REGION, NAMED, OF_KIND, VERSION, fold, grams, terms
from reports.sheet import NARRATIVES
from reports.workflow import State

BATCH = 200
Shelf = tuple[str, str]


@transaction.atomic
def index_report(report: Report) -> None:
    """After a report was published, corrected or withdrawn: let it be found as it now stands.

    The counts are locked before the entry, so that no two ever wait for each other.
    """
    lock_counts()
    former = SearchEntry.objects.filter(report=report)
    entries = [entry_of(each) for each in in_force(Revision.objects.filter(report=report))]
    others = SearchEntry.objects.filter(agency=report.agency_id).exclude(report=report).exists()
    before, after = (shelves(each, alone=not others) for each in (former, entries))
    replace_entries(former, entries)
    if before != after:
        recount(before, -1)
        recount(after, 1)


@transaction.atomic
def index_agency(agency: Agency) -> None:
    """After an agency's names, kind or region changed: its names and every report of it."""
    index_names([agency])
    for report in Report.objects.filter(search_entry__agency=agency):
        index_report(report)


@transaction.atomic
def index_names(agencies: Iterable[Agency]) -> None:
    """Every name of the agencies, present, short and former, as it is searched."""
    keys = [each.pk for each in agencies]
    SearchedName.objects.filter(agency__in=keys).delete()
    agencies = Agency.objects.filter(pk__in=keys).prefetch_related("names")
    rows = [
        SearchedName(agency=agency, name=name, folded=fold(name))
        for agency in agencies
        for name in dict.fromkeys((agency.name, *(each.name for each in agency.names.all())))
    ]
    named = SearchedName.objects.bulk_create(rows, batch_size=BATCH)
    NameGram.objects.bulk_create(
        (NameGram(gram=gram, name=name) for name in named for gram in sorted(grams(name.folded))),
        batch_size=BATCH * 10,
    )


@transaction.atomic
def index_batch(reports: Sequence[int]) -> None:
    """Make the entries of many reports anew; the counts are made at the end (``count_again``)."""
    texts = in_force(Revision.objects.filter(report__in=reports))
    replace_entries(
        SearchEntry.objects.filter(report__in=reports), [entry_of(each) for each in texts]
    )


def index_region(division_pk: int) -> None:
    """After a region's name or place in the tree changed: every report within it, in batches."""
    code = Division.objects.values_list("code", flat=True).get(pk=division_pk)
    within_it = SearchEntry.objects.filter(agency__division__in=within(code))
    reports = list(within_it.values_list("pk", flat=True))
    for start in range(0, len(reports), BATCH):
        index_batch(reports[start : start + BATCH])
    count_again()


@transaction.atomic
def count_again() -> None:
    """The counts of every shelf from the entries; publications wait meanwhile."""
    lock_counts()
    ReportCount.objects.exclude(dimension="reports").delete()
    counts = true_counts()
    ReportCount.objects.filter(dimension="reports").update(reports=counts.pop(("reports", ""), 0))
    ReportCount.objects.bulk_create(
        (
            ReportCount(dimension=dimension, key=key, reports=reports)
            for (dimension, key), reports in counts.items()
        ),
        batch_size=BATCH,
    )


def in_force(revisions: QuerySet[Revision]) -> QuerySet[Revision]:
    """The texts that are to be found, with all that an entry is made of."""
    return (
        revisions.filter(state=State.PUBLISHED)
        .select_related(f"report__agency__{ABOVE}")
        .prefetch_related("parts", "report__agency__names")
    )


def entry_of(revision: Revision) -> SearchEntry:
    report, agency = revision.report, revision.report.agency
    chain = divisions_of(agency)
    names = [revision.agency_name, agency.name, *(each.name for each in agency.names.all())]
    region = agency.division.name if agency.division else ""
    said = [revision.title, *dict.fromkeys(names), region, f"{report.year}年度"]
    texts = {part.key: part.text for part in revision.parts.all()}
    head = fold("\n".join(said))
    text = "\n".join([head, *(fold(texts.get(key, "")) for key in NARRATIVES)])
    found = terms(text) | {NAMED + term for term in terms(head)}
    found |= {OF_KIND + agency.kind, *(IN_REGION + each.code for each in chain)}
    return SearchEntry(
        report=report,
        revision=revision,
        agency=agency,
        year=report.year,
        kind=agency.kind,
        regions="".join(f" {each.code}" for each in chain) + " " if chain else "",
        place=place_of(report.year, report.pk),
        head=head,
        text=text,
        terms=" ".join(sorted(found)),
        version=VERSION,
    )


def divisions_of(agency: Agency) -> list[Division]:
    """The agency's division and those above it, the nearest first."""
    found, at = [], agency.division
    while at is not None:
        found.append(at)
        at = at.parent
    return found


def replace_entries(former: QuerySet[SearchEntry], entries: Sequence[SearchEntry]) -> None:
    """Put entries in the place of former ones; SQLite's index must be told what they said."""
    if connection.vendor == "sqlite":
        old = list(former.values_list("pk", "terms"))
        tell_sqlite(
            f"INSERT INTO {FULL_TEXT}({FULL_TEXT}, rowid, terms) VALUES('delete', %s, %s)", old
        )
    former.delete()
    SearchEntry.objects.bulk_create(entries, batch_size=BATCH)
    if connection.vendor == "sqlite":
        new = [(each.report_id, each.terms) for each in entries]
        tell_sqlite(f"INSERT INTO {FULL_TEXT}(rowid, terms) VALUES(%s, %s)", new)


def tell_sqlite(statement: str, rows: Sequence[tuple[int, str]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)


def shelves(entries: Iterable[SearchEntry], *, alone: bool) -> list[Shelf]:
    """On which shelves a report's entry stands; an agency counts with the first that it has."""
    found: list[Shelf] = []
    for entry in entries:
        found += [("reports", ""), ("year", str(entry.year)), ("kind", entry.kind)]
        found += [("region", code) for code in entry.regions.split()]
        found += [("agencies", "")] if alone else []
    return found


def lock_counts() -> None:
    """One writer at a time from here to the end of its transaction."""
    ReportCount.objects.bulk_create([ReportCount(dimension="reports")], ignore_conflicts=True)
    ReportCount.objects.select_for_update().get(dimension="reports", key="")


def recount(where: Sequence[Shelf], sign: int) -> None:
    if not where:
        return
    ReportCount.objects.bulk_create(
        (ReportCount(dimension=dimension, key=key) for dimension, key in where),
        ignore_conflicts=True,
    )
    chosen = reduce(or_, (Q(dimension=dimension, key=key) for dimension, key in where))
    ReportCount.objects.filter(chosen).update(reports=F("reports") + sign)

"""By what published reports and the names of agencies are found; worked out of the rest, never typed.

All of it can be made again (``manage.py index_reports --rebuild``), and is kept
by ``actions.indexing`` in the transaction that publishes, withdraws or renames.
"""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler

from .agency import Agency
from .report import Report, Revision

FULL_TEXT = "reports_searchterms"  # SQLite's FTS5 table over ``SearchEntry.terms``; migration 0015

# What PostgreSQL indexes; compared byte for byte, as a language's order makes it ten times slower.
BY_TERM = "string_to_array({column}, ' ') COLLATE \"C\""


class TermsField(models.TextField):
    """Terms with spaces between them; ``terms__holds=[…]`` finds the rows with all of them.

    A GIN index answers on PostgreSQL, FTS5 on SQLite. Terms are letters and
    digits only (``queries.terms``), so neither has anything to interpret.
    """


@TermsField.register_lookup
class Holds(models.Lookup[Any]):
    lookup_name = "holds"
    prepare_rhs = False

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, list[Any]]:
        column, _ = self.process_lhs(compiler, connection)
        return f"{BY_TERM.format(column=column)} @> %s::text[]", [list(self.rhs)]

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, list[Any]]:
        table = column_table(compiler.compile(self.lhs)[0])
        match = " AND ".join(f'"{term}"' for term in self.rhs)
        return (
            f"{table}.report_id IN (SELECT rowid FROM {FULL_TEXT} WHERE {FULL_TEXT} MATCH %s)",
            [match],
        )


def column_table(column: str) -> str:
    """The table of a compiled ``"table"."column"``."""
    return column.rpartition(".")[0]


class SearchEntry(models.Model):
    """What a report in force is found by; one that is withdrawn has none.

    ``text`` is everything that may be searched, folded (``queries.terms.fold``),
    and begins with ``head``: title, names and region. ``regions`` holds the
    codes of the agency's division and of those above it, with spaces around.
    ``place`` is the order in which reports are listed (``place_of``), ``version``
    the way of taking texts apart (``queries.terms.VERSION``) by which it was made.
    """

    report = models.OneToOneField(
        Report, models.CASCADE, primary_key=True, related_name="search_entry"
    )
    revision = models.OneToOneField(Revision, models.CASCADE, related_name="search_entry")
    agency = models.ForeignKey(Agency, models.CASCADE, related_name="search_entries")
    year = models.PositiveSmallIntegerField("年度")
    kind = models.CharField("性质", max_length=12)
    regions = models.CharField("区划", max_length=120, blank=True)
    place = models.BigIntegerField(unique=True)
    head = models.TextField()
    text = models.TextField()
    terms = TermsField()
    version = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = "检索条目"

    def __str__(self) -> str:
        return f"{self.revision}"


def place_of(year: int, report: int) -> int:
    """One number by which reports stand in order of year, and within it of their keys."""
    return year << 40 | report


class ReportCount(models.Model):
    """How many reports in force a shelf holds: all of them, a year, a kind, a region with those below.

    ``dimension`` is one of ``DIMENSIONS``; of ``agencies`` and ``reports`` the key is empty.
    """

    DIMENSIONS = ("reports", "agencies", "year", "kind", "region")

    dimension = models.CharField(max_length=12)
    key = models.CharField(max_length=12, blank=True)
    reports = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = "公布份数"
        constraints = [
            models.UniqueConstraint(fields=["dimension", "key"], name="one_count_per_shelf")
        ]

    def __str__(self) -> str:
        return f"{self.dimension} {self.key}: {self.reports}"


class SearchedName(models.Model):
    """A name of an agency, present, short or former, as it is searched: folded."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="searched_names")
    name = models.CharField(max_length=120)
    folded = models.CharField(max_length=120)

    class Meta:
        verbose_name = verbose_name_plural = "检索用名称"
        constraints = [
            models.UniqueConstraint(fields=["agency", "name"], name="one_searched_name_each")
        ]
        indexes = [
            models.Index(
                name="names_by_beginning", fields=["folded"], opclasses=["text_pattern_ops"]
            )
        ]

    def __str__(self) -> str:
        return self.name


class NameGram(models.Model):
    """Two characters of a name that stand side by side, or with one between (``queries.terms``)."""

    pk = models.CompositePrimaryKey("gram", "name_id")
    gram = models.BigIntegerField()
    name = models.ForeignKey(SearchedName, models.CASCADE, related_name="grams")

    def __str__(self) -> str:
        return str(self.gram)

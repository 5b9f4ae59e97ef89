"""What the rows of all three statutory tables have in common."""

from collections.abc import Mapping

from django.db import models

from reports.editions.grammar import Number

from .fields import Amount, Figure


class FigureRow(models.Model):
    """A row of statutory figures.

    ``as_printed`` and ``edition`` repeat the revision's, because a CHECK sees
    one row only; a composite foreign key on PostgreSQL and triggers on SQLite
    keep them honest (``models.guards``).
    """

    as_printed = models.BooleanField("照录")
    edition = models.PositiveSmallIntegerField("格式")

    class Meta:
        abstract = True

    @classmethod
    def keys(cls) -> list[str]:
        return [each.name for each in cls._meta.fields if isinstance(each, Figure | Amount)]

    def figures(self) -> Mapping[str, Number | None]:
        """Every figure of the row, those of other editions included."""
        return {key: getattr(self, key) for key in self.keys()}

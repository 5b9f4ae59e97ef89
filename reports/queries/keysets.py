"""Pages that follow one another by key instead of by number.

A page by number slips when a row is put in before it, and costs all the rows
it passes over. Here a page begins behind the key of the last row read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet


@dataclass(frozen=True)
class Order:
    """One field, or two of which the second decides between equals; together unique."""

    fields: tuple[str, ...]
    descending: bool = False

    def behind(self, rows: QuerySet[Any], key: Sequence[Any] | None) -> QuerySet[Any]:
        """The rows in this order, those behind ``key`` where one is given."""
        sign = "-" if self.descending else ""
        ordered = rows.order_by(*(f"{sign}{name}" for name in self.fields))
        if key is None:
            return ordered
        beyond = "lt" if self.descending else "gt"
        if len(self.fields) == 1:
            return ordered.filter(**{f"{self.fields[0]}__{beyond}": key[0]})
        first, second = self.fields
        # The bound on the first field alone is what an index can begin from.
        return ordered.filter(**{f"{first}__{beyond}e": key[0]}).filter(
            Q(**{f"{first}__{beyond}": key[0]}) | Q(**{f"{second}__{beyond}": key[1]})
        )

    def key_of(self, row: Any) -> tuple[Any, ...]:
        return tuple(getattr(row, name) for name in self.fields)

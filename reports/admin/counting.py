"""Lists of any length in the admin: never counted to their end, never skipped through for long."""

from functools import cached_property

from django.core.paginator import Paginator
from django.db.models import QuerySet

MOST = 10_000  # rows of a list; what lies beyond is found by filter and search


class BoundedPaginator(Paginator):
    """Counts no further than ``MOST``, so that neither counting nor the last page reads a table."""

    @cached_property
    def count(self) -> int:
        rows = self.object_list
        return (
            rows.order_by().values("pk")[:MOST].count() if isinstance(rows, QuerySet) else len(rows)
        )

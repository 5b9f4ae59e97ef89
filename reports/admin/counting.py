"""Lists of any length in the admin: never counted to their end."""

from typing import Any

from django.db.models import QuerySet

MOST = 10_000  # rows that are counted; of more it is said that there are more


def counted(rows: QuerySet[Any]) -> int:
    """How many rows there are, ``MOST`` + 1 for any number above it."""
    return rows.order_by().values("pk")[: MOST + 1].count()

"""Columns for statutory figures, named and labelled by the editions."""

from typing import Any

from django.db import models

from reports.editions import EDITIONS
from reports.editions.grammar import Kind


def label_of(key: str) -> str:
    """A figure's wording; where the editions differ the later one stands."""
    for edition in reversed(EDITIONS.values()):
        for line in edition.applications.leaves():
            if line.key == key:
                return line.label
        for result in edition.remedies.results:
            if result.key == key:
                return result.label
        for place in edition.disclosure.places():
            if place.key == key:
                return f"{place.line_label}：{place.column_label}"
    return key


class Figure(models.IntegerField):
    """One statutory count. Blank is not zero, so it may be null.

    A historical report keeps even a negative one; what an author may write is
    a CHECK of the table (``gaps.authored_figures_are_complete``).
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"null": True, "blank": True} | kwargs)

    def contribute_to_class(
        self, cls: type[models.Model], name: str, private_only: bool = False
    ) -> None:
        self.verbose_name = label_of(name)
        super().contribute_to_class(cls, name, private_only)


class Amount(models.DecimalField):
    """An amount in 万元, to the 分: six decimals, fifteen digits (SQLite's limit)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        fixed = {"null": True, "blank": True, "max_digits": 15, "decimal_places": 6}
        super().__init__(*args, **fixed | kwargs)

    def contribute_to_class(
        self, cls: type[models.Model], name: str, private_only: bool = False
    ) -> None:
        self.verbose_name = label_of(name)
        super().contribute_to_class(cls, name, private_only)


COLUMN_KINDS = {Kind.COUNT: Figure, Kind.CHANGE: Figure, Kind.AMOUNT: Amount}

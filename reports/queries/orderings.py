"""Pages of a list in whatever order it has, begun behind a row that is named by its key alone.

``keysets`` pages by the values that a cursor carries, in orders known beforehand.
Here the address says one key, the row's values are looked up, and the order is
what somebody chose: any columns, up or down, with NULLs as the database puts them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db import connections
from django.db.models import F, OrderBy, Q, QuerySet
from django.db.models.constants import LOOKUP_SEP

Rows = QuerySet[Any]
NONE = Q(pk__in=[])


@dataclass(frozen=True)
class Column:
    """One of the values by which a list is sorted: a path of fields, or an annotation."""

    name: str
    descending: bool
    nulls_first: bool
    nullable: bool

    def backwards(self) -> "Column":
        return replace(self, descending=not self.descending, nulls_first=not self.nulls_first)

    def equal(self, value: Any) -> Q:
        return Q(**{f"{self.name}__isnull": True}) if value is None else Q(**{self.name: value})

    def behind(self, value: Any, equally: bool = False) -> Q:
        """What comes after the value, or ``equally`` with it."""
        if value is None:
            if equally:
                return Q() if self.nulls_first else self.equal(None)
            return Q(**{f"{self.name}__isnull": False}) if self.nulls_first else NONE
        beyond = f"{'lt' if self.descending else 'gt'}{'e' if equally else ''}"
        found = Q(**{f"{self.name}__{beyond}": value})
        return found | self.equal(None) if self.nullable and not self.nulls_first else found


@dataclass(frozen=True)
class Page:
    """Some rows; ``before`` and ``after`` are the keys by which others are asked for, or None."""

    rows: list[Any]
    before: Any = None
    after: Any = None


def page_of(rows: Rows, known: Rows, size: int, *, after: Any = None, before: Any = None) -> Page:
    """The rows after a key, or those before one, or the first.

    ``known`` are the rows, with the same annotations, among which a key is looked
    up. Of a key that is not there nothing is told, and where nothing follows the
    list has changed: both begin from the start.
    """
    columns, backwards = columns_of(rows), before is not None
    key = before if backwards else after
    place = None if key is None else place_of(known, columns, key)
    if place is not None:
        way = rows.reverse() if backwards else rows
        ahead = [each.backwards() for each in columns] if backwards else columns
        found = list(way.filter(behind(ahead, place))[: size + 1])
        if found:
            return cut(found, size, backwards=backwards, is_first=False)
    return cut(list(rows[: size + 1]), size, backwards=False, is_first=True)


def cut(found: list[Any], size: int, *, backwards: bool, is_first: bool) -> Page:
    """The page among ``found``, which holds one row more if the list goes on that way."""
    goes_on, shown = len(found) > size, found[:size]
    if backwards:
        shown.reverse()
        return Page(shown, shown[0].pk if goes_on else None, shown[-1].pk)
    return Page(
        shown, None if is_first else shown[0].pk, shown[-1].pk if goes_on and shown else None
    )


def place_of(known: Rows, columns: list[Column], key: Any) -> tuple[Any, ...] | None:
    """The values by which the row of a key is sorted; None if it is not among those known."""
    names = [column.name for column in columns]
    return known.order_by().filter(pk=key).values_list(*names).first()


def behind(columns: list[Column], place: tuple[Any, ...]) -> Q:
    """What comes after a place: later by the first column, or equal in it and later by the rest.

    The bound on the first column alone is what an index can begin from.
    """
    later = columns[-1].behind(place[-1])
    for column, value in reversed(list(zip(columns[:-1], place, strict=False))):
        later = column.behind(value) | column.equal(value) & later
    return columns[0].behind(place[0], equally=True) & later if len(columns) > 1 else later


def columns_of(rows: Rows) -> list[Column]:
    """What the rows are sorted by, each column once: a second time it would decide nothing."""
    largest = connections[rows.db].features.nulls_order_largest
    found: dict[str, Column] = {}
    for each in rows.query.order_by:
        for name, order in spelled_out(rows, each):
            down = order.descending
            first = order.nulls_first or (not order.nulls_last and down == largest)
            column = Column(name, down, first, is_nullable(rows, name))
            found.setdefault(name, column)
    return list(found.values())


def spelled_out(rows: Rows, item: Any) -> Iterator[tuple[str, OrderBy]]:
    """The columns that one word of an ordering stands for.

    A related row, when named as a word, stands for what its own model is sorted by.
    """
    is_word = isinstance(item, str)
    order: Any = item
    if is_word:
        order = OrderBy(F(item.removeprefix("-")), descending=item.startswith("-"))
    elif not isinstance(item, OrderBy):
        order = item.asc()
    name = order.expression.name  # no list is sorted by what is neither field nor annotation
    path, _, word = name.rpartition(LOOKUP_SEP)
    steps = steps_of(rows, name)
    if not (steps and steps[-1].is_relation) or word in ("pk", steps[-1].attname):
        yield name, order
        return
    related = steps[-1].related_model._meta.ordering if is_word else ()
    if not related:
        yield LOOKUP_SEP.join(filter(None, (path, steps[-1].attname))), order
    for each in related:
        sign = "-" if each.startswith("-") else ""
        for inner, below in spelled_out(rows, f"{sign}{name}{LOOKUP_SEP}{each.removeprefix('-')}"):
            if order.descending:
                below.reverse_ordering()
            yield inner, below


def steps_of(rows: Rows, name: str) -> list[Any]:
    """The fields which a name leads through; none for an annotation."""
    if name in rows.query.annotations:
        return []
    model: Any = rows.model
    steps: list[Any] = []
    for piece in name.split(LOOKUP_SEP):
        steps.append(model._meta.pk if piece == "pk" else model._meta.get_field(piece))
        model = steps[-1].related_model
    return steps


def is_nullable(rows: Rows, name: str) -> bool:
    """Whether the value may be missing; of an annotation nobody knows."""
    steps = steps_of(rows, name)
    return not steps or any(step.null for step in steps)

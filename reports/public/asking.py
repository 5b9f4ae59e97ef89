"""What a reader asks the lists for, read from the address; nonsense asks for nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import urlencode

from reports.editions.bodies import BodyKind
from reports.queries.keys import key_of
from reports.queries.search import ORDERS, RELEVANCE
from reports.queries.terms import LONGEST

ORDER, AFTER = "order", "after"


@dataclass(frozen=True)
class Asked:
    words: str = ""
    year: int | None = None
    kind: str = ""
    region: str = ""
    order: str = RELEVANCE

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Self:
        year, kind, order = (query.get(name, "").strip() for name in ("year", "kind", ORDER))
        return cls(
            words=query.get("q", "").replace("\x00", "").strip()[: LONGEST * 2],
            year=int(year) if year.isdecimal() and len(year) == 4 else None,
            kind=kind if kind in set(BodyKind) else "",
            region=region_in(query),
            order=order if order in ORDERS else RELEVANCE,
        )

    def __bool__(self) -> bool:
        return bool(self.words or self.is_narrowed)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.year or self.kind or self.region)

    @property
    def query(self) -> str:
        """The same question as an address's query, for the pages that follow."""
        said = {"q": self.words, "year": self.year, "kind": self.kind, "region": self.region}
        said[ORDER] = self.order if self.order != RELEVANCE else ""
        return urlencode({name: value for name, value in said.items() if value})

    @property
    def by_order(self) -> list[tuple[str, str, bool]]:
        """Each order's name, the query that asks for it, and whether it is asked for now."""
        return [
            (label, replace(self, order=order).query, order == self.order)
            for order, label in ORDERS.items()
        ]

    @property
    def anywhere(self) -> str:
        """The query for the words alone."""
        return Asked(self.words, order=self.order).query

    def with_words(self, words: str) -> str:
        return replace(self, words=words).query


def region_in(query: Mapping[str, str]) -> str:
    region = query.get("region", "").strip()
    return region if region.isascii() and region.isdecimal() and len(region) <= 12 else ""


def key_in(query: Mapping[str, str]) -> int | None:
    """The agency after which a page begins."""
    return key_of(query.get(AFTER, ""))

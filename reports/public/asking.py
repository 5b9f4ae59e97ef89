"""What a reader asks the search for, read from the address; nonsense asks for nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode

from reports.editions.bodies import BodyKind

LONGEST = 100  # characters of a search


@dataclass(frozen=True)
class Asked:
    words: str = ""
    year: int | None = None
    kind: str = ""
    region: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Self:
        year, kind, region = (query.get(name, "").strip() for name in ("year", "kind", "region"))
        return cls(
            words=query.get("q", "").replace("\x00", "").strip()[:LONGEST],
            year=int(year) if year.isdecimal() and len(year) == 4 else None,
            kind=kind if kind in set(BodyKind) else "",
            region=region if region.isdecimal() and len(region) <= 12 else "",
        )

    def __bool__(self) -> bool:
        return self != type(self)()

    @property
    def query(self) -> str:
        """The same question as an address's query, for the pages that follow."""
        said = {"q": self.words, "year": self.year, "kind": self.kind, "region": self.region}
        return urlencode({name: value for name, value in said.items() if value})

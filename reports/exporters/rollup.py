"""汇总表: the sums of many published reports as a file, which is no report of any body.

The tables are drawn from sheets by the same ``presentation`` as a report's; the
rest are plain values, made on a rung above (``queries.rollup_paper``).
"""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from importlib import import_module
from typing import cast

from .document import Document
from .presentation import DrawnPart, Presentation

NO_REPORT = "本表由系统按各机关已公布的年度报告逐格相加，不是任何机关的年度报告。"


@dataclass(frozen=True)
class Listing:
    """A list beside the tables; an empty one says why it is empty."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    nothing: str


@dataclass(frozen=True)
class Sums:
    """One form with its sums: ``name`` the form's, ``notes`` what cannot stand in it."""

    name: str
    report: Presentation
    notes: tuple[str, ...] = ()

    @property
    def tables(self) -> tuple[DrawnPart, ...]:
        return tuple(part for part in self.report.parts if part.table)


@dataclass(frozen=True)
class Paper:
    """The whole file: ``notes`` say what was summed, ``listings`` of whom."""

    title: str
    agency: str
    notes: tuple[str, ...]
    forms: tuple[Sums, ...]
    listings: tuple[Listing, ...]

    def finished(self, format: str, content_type: str, content: bytes) -> Document:
        name = "".join("_" if char in '\\/:*?"<>|' else char for char in self.title)
        return Document(
            format, f"{name}.{format}", content_type, content, sha256(content).hexdigest()
        )


Draw = Callable[[Paper], Document]


def drawer(module: str) -> Draw:
    """The ``draw`` of a module of this package, imported at its first use."""

    def draw_by_module(paper: Paper) -> Document:
        return cast(Document, import_module(f".{module}", __package__).draw(paper))

    return draw_by_module


ROLLUP_FORMATS: dict[str, Draw] = {name: drawer(f"rollup_{name}") for name in ("docx", "xlsx")}

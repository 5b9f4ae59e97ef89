"""What a drawn report is made of: marks, cells, tables, paragraphs, parts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reports.editions.grammar import Number, Place
from reports.editions.numbering import Paragraph
from reports.sheet import Addition

from .spread import Spot


@dataclass(frozen=True)
class Mark:
    """What a review page says at a cell or paragraph: a class, a word, a sentence.

    ``kind`` becomes the class ``mark-<kind>`` (statutory.css knows changed,
    error, explain, hint); ``word`` is shown in the cell, for who does not see
    the colour; ``title`` is the sentence behind it; ``back`` the id of the
    finding in a list on the same page, to which the word leads.
    """

    kind: str
    word: str
    title: str = ""
    back: str = ""


Marks = Mapping[str, Mark]


@dataclass(frozen=True)
class DrawnCell:
    """A cell ready to be drawn; ``kinds`` are its classes, ``headers`` its headers' ids."""

    text: str
    anchor: str
    spot: Spot
    kinds: str = ""
    headers: str = ""
    mark: Mark | None = None
    number: Number | None = None  # where the text is simply the number
    link: str = ""  # where the cell leads

    @property
    def rows(self) -> int:
        return self.spot.cell.rows

    @property
    def columns(self) -> int:
        return self.spot.cell.columns

    @property
    def scope(self) -> str:
        return self.spot.cell.scope

    @property
    def unit(self) -> str:
        return self.spot.unit

    @property
    def place(self) -> Place | None:
        return self.spot.cell.place


DrawnRow = tuple[DrawnCell, ...]


@dataclass(frozen=True)
class DrawnTable:
    """A statutory table: head rows and bodies of drawn cells."""

    key: str
    caption: str
    columns: tuple[str, ...]  # a class for each grid column
    head: tuple[DrawnRow, ...]
    bodies: tuple[tuple[DrawnRow, ...], ...]
    long_figures: bool

    @property
    def rows(self) -> tuple[DrawnRow, ...]:
        return (*self.head, *(row for body in self.bodies for row in body))

    @property
    def figures(self) -> Iterator[DrawnCell]:
        return (cell for row in self.rows for cell in row if cell.place)


@dataclass(frozen=True)
class DrawnParagraph:
    """A paragraph with its anchor; ``name`` is what a mark calls it (``overview.3``)."""

    name: str
    paragraph: Paragraph
    mark: Mark | None = None

    @property
    def anchor(self) -> str:
        return f"p-{self.name.replace('.', '-')}"

    @property
    def level(self) -> int:
        return self.paragraph.level

    @property
    def heading(self) -> str:
        return self.paragraph.heading

    @property
    def rest(self) -> str:
        return self.paragraph.rest

    @property
    def text(self) -> str:
        return self.paragraph.text


@dataclass(frozen=True)
class DrawnPart:
    """A part with what stands in it: text or a table, then local additions."""

    key: str
    title: str
    anchor: str
    paragraphs: tuple[DrawnParagraph, ...]
    table: DrawnTable | None
    additions: tuple[Addition, ...]

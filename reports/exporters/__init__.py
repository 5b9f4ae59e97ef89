"""Tools that draw a sheet: sheet -> Document, in six formats.

    presentation  the sheet as a reader sees it: paragraphs, drawn cells, anchors, marks
    drawn         what a presentation is made of
    spread        where the cells of a printed grid stand, and which headers are theirs
    title         a title's lines
    document      Document, Options
    rollup        汇总表: many reports summed, as xlsx and docx (rollup_xlsx, rollup_docx)
    html          the fragment every page shows, and a page that stands alone
    pdf           GB/T 9704-2012, by WeasyPrint
    docx          the same for Word and WPS
    xlsx, csv     the figures for a spreadsheet
    json          the figures for a program

``draw`` is the one door. The libraries behind a format are heavy and are
imported when the format is first asked for.
"""

from collections.abc import Callable
from importlib import import_module
from typing import cast

from reports.sheet import Sheet

from .document import Document, Options

Draw = Callable[[Sheet, Options], Document]


def drawer(module: str) -> Draw:
    """The ``draw`` of a module of this package, imported at its first use."""

    def draw_by_module(sheet: Sheet, options: Options) -> Document:
        return cast(Document, import_module(f".{module}", __package__).draw(sheet, options))

    return draw_by_module


FORMATS: dict[str, Draw] = {
    name: drawer(name) for name in ("html", "pdf", "docx", "xlsx", "csv", "json")
}


def draw(format: str, sheet: Sheet, options: Options | None = None) -> Document:
    """The sheet in one of FORMATS; KeyError for another."""
    return FORMATS[format](sheet, options or Options())

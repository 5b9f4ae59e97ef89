"""The figures one a line, for Excel and WPS: UTF-8 with BOM, CRLF."""

import csv
import re
from io import StringIO

from reports.sheet import Sheet, name_of

from .document import Document, Options, document
from .presentation import shown

TYPE = "text/csv; charset=utf-8"
HEADINGS = ("部分", "行", "列", "数据项", "数值")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def harmless(text: str) -> str:
    """Text which no spreadsheet takes for a formula; a negative number is none."""
    return f"'{text}" if text.startswith(FORMULA) and not NUMBER.fullmatch(text) else text


def draw(sheet: Sheet, options: Options) -> Document:
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(HEADINGS)
    titles = {part.number: part.title for part in sheet.edition.parts}
    for place, _ in sheet.cells():
        row = (titles[place.part], place.line_label, place.column_label, name_of(place))
        writer.writerow([*(harmless(text) for text in row), harmless(shown(sheet, place))])
    return document(sheet, "csv", TYPE, b"\xef\xbb\xbf" + file.getvalue().encode())

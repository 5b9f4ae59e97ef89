"""C02: a cell of a statutory table without a number: blank, 「/」, 「-」, 「无」.

0, blank and "not applicable" are three different things, and none is ever
turned into another here. One finding speaks for a line (part four: for a
remedy), one for a table that is blank throughout. Blanks in the local rows
that a place adds to the form are hints. Places which a document
does not have at all are not blank: they are missing (C03, C05).
"""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from reports.editions.grammar import Part, Place
from reports.sheet import Sheet, name_of

from .finding import Context, Finding, Severity
from .sentences import excerpt

ADVICE = "没有发生的请填 0，有数的请填数字；空白和“/”都不等于 0。"


def check_blanks(sheet: Sheet, context: Context) -> Iterator[Finding]:
    missing = set(sheet.printed.missing)
    for part in sheet.edition.parts:
        places = [
            place
            for place in sheet.edition.places()
            if part.is_table and place.part == part.number and name_of(place) not in missing
        ]
        if places and is_there(sheet, part.number):
            yield from check_table(sheet, part.title, places)
        yield from check_local(sheet, part)


def check_local(sheet: Sheet, part: Part) -> Iterator[Finding]:
    """Local rows that name an indicator and give no number."""
    for addition in sheet.printed.additions:
        rows = [[cell.strip() for cell in row] for row in addition.rows]
        counted = any(row[-1].isdigit() for row in rows if len(row) > 1)
        blank = [
            row[0]
            for row in rows
            if row
            and (
                (row[0].endswith(("：", ":")) and not any(row[1:]))
                or (counted and len(row) > 1 and row[0] and not row[-1] and "——" not in row)
            )
        ]
        if addition.part == part.key and blank:
            yield Finding(
                "C02",
                Severity.HINT,
                f"“{part.title}”附加的行有 {len(blank)} 格没有填数，第一格是“{excerpt(blank[0])}”。"
                "没有发生的请填 0，或者删去这一行。",
                part=part.number,
                left="空白",
                quote=blank[0],
            )


def is_there(sheet: Sheet, part: int) -> bool:
    """Whether the report has the table at all; that it has none is C05's to say."""
    return bool({2: sheet.disclosure, 3: sheet.applications, 4: sheet.remedies}[part])


def check_table(sheet: Sheet, heading: str, places: list[Place]) -> Iterator[Finding]:
    blank = [place for place in places if sheet.figure(place) is None]
    if len(blank) == len(places):
        yield finding(sheet, blank, f"“{heading}”的表格", whole=True)
        return
    for row, group in groupby(places, key=row_of):
        cells = list(group)
        empty = [place for place in cells if sheet.figure(place) is None]
        if empty:
            yield finding(sheet, empty, f"“{row}”行", whole=len(empty) == len(cells))


def row_of(place: Place) -> str:
    """What is read as one row: a line, and in part four a remedy."""
    return place.column_label if place.part == 4 else place.line_label


def finding(sheet: Sheet, blank: list[Place], where: str, whole: bool) -> Finding:
    first = blank[0]
    printed = [sheet.printed.cells.get(name_of(place), "").strip() for place in blank]
    written = list(dict.fromkeys(text for text in printed if text))
    lines = {place.line for place in blank}
    columns = {place.column for place in blank}
    names = "" if whole else f"：{'、'.join(across(place) for place in blank)}"
    return Finding(
        "C02",
        Severity.ERROR,
        f"{where}{state(printed, whole)}{names}。{ADVICE}",
        part=first.part,
        line=first.line if len(lines) == 1 else "",
        column=first.column if len(columns) == 1 else "",
        left="、".join(written) or "空白",
        quote="、".join(written),
    )


def across(place: Place) -> str:
    """What tells the cells of a row apart."""
    return place.line_label if place.part == 4 else place.column_label


def state(printed: list[str], whole: bool) -> str:
    """「7 格全部空白」, 「有 2 格写的是“/”、1 格空白」."""
    counted = Counter(printed)
    if whole and len(counted) == 1:
        text = printed[0]
        cells = f" {len(printed)} 格全部" if len(printed) > 1 else ""
        return cells + (f"写的是“{text}”，不是数字" if text else "空白" if cells else "没有填数")
    said = [
        f"{number} 格写的是“{text}”" if text else f"{number} 格空白"
        for text, number in counted.items()
    ]
    return f"有 {'、'.join(said)}"

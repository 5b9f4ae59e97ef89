"""C03: a row or column of a statutory table missing, extra, renamed or out of order.

Of an imported document: what it does not have (``printed.missing``), what it
labels unlike the form (``printed.labels``; "" where the label is lost), what
stands in another order (``printed.order``) and what the form has not
(``printed.extra``). A table that is missing whole is C05's. Local rows in part
two are usual, are kept beside the form's and are no fault (format.md).
"""

from collections.abc import Iterator

from reports.editions.grammar import Place
from reports.sheet import TABLES, Sheet, name_of

from .finding import Context, Finding, Severity

MANY = 3  # so many lines of a table without labels are said at once


def check_layout(sheet: Sheet, context: Context) -> Iterator[Finding]:
    for part in sheet.edition.parts:
        if part.is_table:
            places = [each for each in sheet.edition.places() if each.part == part.number]
            yield from check_missing(sheet, part.title, places)
            yield from check_labels(sheet, part.title, places)
    yield from check_order(sheet)
    for label in sheet.printed.extra:
        yield Finding(
            "C03",
            Severity.ERROR,
            f"表格中多了“{label}”，格式里没有这一行（列）。请移出表格，另行附后。",
            left=label,
            quote=label,
        )


def check_order(sheet: Sheet) -> Iterator[Finding]:
    """A line or a column printed after one that the form puts behind it."""
    form: dict[str, tuple[int, Place, str]] = {}
    for place in sheet.edition.places():
        for axis in ("line", "column"):
            name = f"{TABLES[place.part]}.{getattr(place, axis)}"
            form.setdefault(name, (len(form), place, axis))
    last: tuple[int, Place, str] | None = None
    for name in sheet.printed.order:
        here = form.get(name)
        if here is None:
            continue
        if last and (last[1].part, last[2]) == (here[1].part, here[2]) and here[0] < last[0]:
            own, before = (
                each[1].line_label if each[2] == "line" else each[1].column_label
                for each in (here, last)
            )
            yield Finding(
                "C03",
                Severity.ERROR,
                f"“{own}”排在了“{before}”之后，与格式的次序不同。请按格式的次序排列。",
                part=here[1].part,
                line=here[1].line if here[2] == "line" else "",
                column=here[1].column if here[2] == "column" else "",
                left=before,
                right=own,
            )
        else:
            last = here


def check_missing(sheet: Sheet, heading: str, places: list[Place]) -> Iterator[Finding]:
    """Whole rows and columns; then what else is missing, in one finding."""
    names = set(sheet.printed.missing)
    lacking = [place for place in places if name_of(place) in names]
    if not lacking or len(lacking) == len(places):
        return
    said: set[str] = set()
    for axis, what in (("line", "行"), ("column", "列")):
        for key in dict.fromkeys(getattr(place, axis) for place in lacking):
            whole = [place for place in places if getattr(place, axis) == key]
            rest = {name_of(place) for place in whole} - said
            if not rest or (axis == "column" and places[0].part == 2):
                continue
            if all(name_of(place) in names for place in whole):
                said |= rest
                yield missing(whole[0], axis, "列" if whole[0].part == 4 else what)
    scattered = [place for place in lacking if name_of(place) not in said]
    if scattered:
        yield Finding(
            "C03",
            Severity.ERROR,
            f"“{heading}”的表格少了 {len(scattered)} 格，第一格是{scattered[0].label}。"
            "请按格式补齐行和列。",
            part=scattered[0].part,
            line=scattered[0].line,
            column=scattered[0].column,
            left=str(len(scattered)),
        )


def missing(place: Place, axis: str, what: str) -> Finding:
    label = place.line_label if axis == "line" else place.column_label
    return Finding(
        "C03",
        Severity.ERROR,
        f"表格中没有“{label}”这一{what}（或者它没有自己的数字格）。请按格式补上。",
        part=place.part,
        line=place.line if axis == "line" else "",
        column=place.column if axis == "column" else "",
        right=label,
    )


def check_labels(sheet: Sheet, heading: str, places: list[Place]) -> Iterator[Finding]:
    """Labels unlike the form's, each with the form's own beside it."""
    lost: list[tuple[Place, str]] = []
    for place, axis in axes(places):
        name = f"{TABLES[place.part]}.{getattr(place, axis)}"
        printed = sheet.printed.labels.get(name)
        if printed is None:
            continue
        if not printed.strip():
            lost.append((place, axis))
        else:
            yield renamed(place, axis, printed)
    if len(lost) >= MANY:
        yield Finding(
            "C03",
            Severity.ERROR,
            f"“{heading}”的表格有 {len(lost)} 行（列）没有名称，数字属于哪一项无法核对。"
            "请按格式补上行名和列名。",
            part=places[0].part,
            left=str(len(lost)),
        )
        return
    for place, axis in lost:
        yield renamed(place, axis, "")


def axes(places: list[Place]) -> Iterator[tuple[Place, str]]:
    """The first place of each line, then of each column."""
    for axis in ("line", "column"):
        seen = set()
        for place in places:
            key = getattr(place, axis)
            if key not in seen:
                seen.add(key)
                yield place, axis


def renamed(place: Place, axis: str, printed: str) -> Finding:
    label = place.line_label if axis == "line" else place.column_label
    what = "行" if axis == "line" and place.part != 4 else "列"
    text = " ".join(printed.split())
    said = f"写作“{text}”" if text else "没有名称"
    return Finding(
        "C03",
        Severity.ERROR,
        f"“{label}”这一{what}{said}。请按格式改为“{label}”。",
        part=place.part,
        line=place.line if axis == "line" else "",
        column=place.column if axis == "column" else "",
        left=text,
        right=label,
        quote=text,
    )

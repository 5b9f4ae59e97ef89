"""C04: the edition does not fit the report year, or two editions are mixed.

Years before the first edition had no unified form: they fit none and break none.
"""

from collections.abc import Iterator

from reports.editions import EDITIONS, NoEdition, edition_for
from reports.editions.grammar import Edition, Place
from reports.sheet import Sheet, name_of

from .finding import Context, Finding, Severity


def check_form(sheet: Sheet, context: Context) -> Iterator[Finding]:
    if not sheet.year:
        return
    try:
        right = edition_for(sheet.year)
    except NoEdition:
        return
    if right.key != sheet.edition.key:
        yield Finding(
            "C04",
            Severity.ERROR,
            f"表格是{sheet.edition.name}的格式，{sheet.year}年度应当使用{right.name}。"
            f"请按{right.key}年版的表格重新填报。",
            left=str(sheet.edition.key),
            right=str(right.key),
        )
    if sheet.as_printed:
        yield from check_mixed(sheet)


def check_mixed(sheet: Sheet) -> Iterator[Finding]:
    """Rows of another edition's table among those of the sheet's own."""
    own = {place.line for place in sheet.edition.places()}
    for edition in EDITIONS.values():
        if edition is sheet.edition:
            continue
        strange = {place.line: place for place in places_of(edition) if place.line not in own}
        filled = [
            place
            for place in places_of(edition)
            if place.line in strange and is_there(sheet, place)
        ]
        if filled:
            labels = list(dict.fromkeys(place.line_label for place in filled))
            yield Finding(
                "C04",
                Severity.ERROR,
                f"{sheet.edition.key}年版的表格里有{edition.key}年版的行：{'、'.join(labels)}。"
                f"请只按{sheet.edition.key}年版填报，不要混用两版表格。",
                part=filled[0].part,
                left="、".join(labels),
            )


def places_of(edition: Edition) -> tuple[Place, ...]:
    return (*edition.disclosure.places(), *edition.applications.places())


def is_there(sheet: Sheet, place: Place) -> bool:
    return sheet.figure(place) is not None or name_of(place) in sheet.printed.cells

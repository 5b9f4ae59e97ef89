"""C20: a numeric cell that holds more than its number.

「100万」, 「251000元」, 「1,200」, full-width digits, remarks, decimals. The
importer reads the number; here both are shown, and the person is asked. A text
that is no number at all is C02's.
"""

from collections.abc import Iterator

from reports.editions.grammar import Kind, plain
from reports.sheet import Sheet, name_of

from .finding import Context, Finding, Severity


def check_numerals(sheet: Sheet, context: Context) -> Iterator[Finding]:
    for place, number in sheet.cells():
        printed = sheet.printed.cells.get(name_of(place), "").strip()
        if number is None or not printed or printed == plain(number):
            continue
        unit = " 万元" if place.kind is Kind.AMOUNT else ""
        yield Finding(
            "C20",
            Severity.ERROR,
            f"{place.label}印作“{printed}”，不是单纯的数字，按 {plain(number)}{unit}读取。"
            "请核对，并只填数字，单位和说明写到正文里。",
            part=place.part,
            line=place.line,
            column=place.column,
            left=printed,
            right=plain(number),
            quote=printed,
        )

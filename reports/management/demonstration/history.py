"""Reports as printed before this site was, with the errors that they were printed with.

Each is a figure of the year as it might have been, and one or two things done
to it that really happen: a sum that does not foot, blanks, a unit in a cell, a
period that ends too early, the form of another year.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from reports.editions import EDITIONS
from reports.editions.common import CLOSED_KEYS
from reports.editions.grammar import Edition, Kind, Number, Place
from reports.editions.wording import period_text, title_of
from reports.importers import CellReading, Reading
from reports.sheet import (
    Addition,
    Contact,
    Heading,
    Printed,
    Sheet,
    filled,
    foot_applications,
    foot_results,
    name_of,
)

from .city import contact_of, seat
from .figures import chance, year_of
from .texts import Writer, prose

OLD, NEW = EDITIONS[2019], EDITIONS[2021]


@dataclass(frozen=True)
class Transcript:
    slug: str
    year: int
    edition: Edition
    spoil: Callable[[Sheet], Sheet]

    @property
    def filename(self) -> str:
        return f"{seat(self.slug).name_in(self.year)}{self.year}年度报告.docx"

    def reading(self) -> Reading:
        sheet = self.spoil(sound(self.slug, self.year, self.edition))
        cells = {
            name_of(place): CellReading(
                "", sheet.printed.cells.get(name_of(place), "" if n is None else str(n)), n
            )
            for place, n in sheet.cells()
        }
        return Reading(sheet, cells, ("按原件照录，数字没有更改。",))


def sound(slug: str, year: int, edition: Edition) -> Sheet:
    """The report as it ought to have been."""
    place, numbers = seat(slug), year_of(slug, year)
    name, known = place.name_in(year), contact_of(slug)
    contact = Contact(*(known[key] for key in ("address", "postcode", "telephone", "email")))
    old = edition is OLD
    columns = numbers.applications
    parts = (part for part in edition.parts if part.number)
    return Sheet(
        edition, name, year,
        title=title_of(name, year),
        **prose(Writer(place, year, name, numbers, edition), contact),
        disclosure=old_disclosure(slug, year) if old else numbers.disclosure,
        applications=foot_applications(edition, undivided(columns) if old else columns),
        remedies={key: foot_results(edition, each) for key, each in numbers.remedies.items()},
        signed_by=name,
        signed_on=date(year + 1, 1, 22),
        contact=contact,
        as_printed=True,
        printed=Printed(headings=tuple(Heading(part.title, part.key) for part in parts)),
    )  # fmt: skip


def undivided(columns: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    """The columns on the older form, which prints （六） whole."""
    return {
        applicant: {key: n for key, n in figures.items() if key not in CLOSED_KEYS}
        | {"closed_undivided": sum(figures[key] for key in CLOSED_KEYS)}
        for applicant, figures in columns.items()
    }


def old_disclosure(slug: str, year: int) -> dict[str, Number]:
    """The same year on the older form: what it shares is the same, items are its own."""
    random, new = chance(slug, year, "old disclosure"), year_of(slug, year).disclosure
    figures: dict[str, Number] = dict.fromkeys(filled(OLD, "", year).disclosure, 0)
    issued, in_force = (new[f"normative_documents_{key}"] for key in ("issued", "in_force"))
    figures |= {
        "normative_documents_made": issued,
        "normative_documents_newly_disclosed": issued,
        "normative_documents_disclosed": max(issued, in_force),
    }
    for row in ("licenses", "penalties", "coercive_measures"):
        if new[f"{row}_decided"]:
            figures |= {
                f"{row}_items_last_year": random.randint(8, 40),
                f"{row}_items_change": random.choice((-3, -2, 0, 1, 2)),
                f"{row}_decided": new[f"{row}_decided"],
            }
    if in_force:
        figures |= {
            "central_procurement_items": random.randint(2, 20),
            "central_procurement_amount": Decimal(random.randint(100, 4000)) / 10,
        }
    return figures


def put(sheet: Sheet, number: Number | None, *where: str, printed: str = "") -> Sheet:
    """The sheet with one cell changed, and what was printed there."""
    table, *keys = where
    name = ".".join(where)
    values = {
        key: dict(v) if isinstance(v, Mapping) else v for key, v in getattr(sheet, table).items()
    }
    inner = values if len(keys) == 1 else values[keys[0]]
    inner[keys[-1]] = number
    cells = {**sheet.printed.cells, **({name: printed} if printed else {})}
    changed: dict[str, Any] = {table: values, "printed": replace(sheet.printed, cells=cells)}
    return replace(sheet, **changed)


def each_blank(sheet: Sheet, chosen: Callable[[Place], bool], mark: str = "") -> Sheet:
    for place, _ in sheet.cells():
        if chosen(place):
            sheet = put(sheet, None, *name_of(place).split("."), printed=mark)
    return sheet


def total_one_short(sheet: Sheet) -> Sheet:
    """A result was left out of （七） and out of 总计; there is no date."""
    for column in ("natural_person", "total"):
        figures = sheet.applications[column]
        sheet = put(
            sheet, (figures["outcomes_total"] or 0) - 1, "applications", column, "outcomes_total"
        )
    return replace(sheet, signed_on=None)


def blank_tables(sheet: Sheet) -> Sheet:
    """A body that had nothing to report left the cells empty, or put a stroke."""
    sheet = each_blank(sheet, lambda place: place.part == 4)
    sheet = each_blank(sheet, lambda place: place.part == 2 and place.kind is Kind.CHANGE, "/")
    return replace(sheet, other_matters="无。")


def amount_with_unit(sheet: Sheet) -> Sheet:
    """元 in a cell, and a count of cases that is a count of items."""
    items, change = sheet.disclosure["licenses_items_last_year"], -2
    sheet = put(sheet, change, "disclosure", "licenses_items_change")
    sheet = put(sheet, (items or 0) + change, "disclosure", "licenses_decided")
    return put(
        sheet, Decimal("25.1"), "disclosure", "central_procurement_amount", printed="251000元"
    )


def local_row(sheet: Sheet) -> Sheet:
    """A heading numbered in digits, 「100万」, and a row that the form does not have."""
    sheet = put(sheet, 1, "disclosure", "central_procurement_items")
    sheet = put(sheet, Decimal(100), "disclosure", "central_procurement_amount", printed="100万")
    headings = tuple(
        replace(each, text=each.text.replace("四、", "4、", 1)) for each in sheet.printed.headings
    )
    row = (f"{sheet.year}年政府信息公开发布总数量（非新闻类）", "63")
    added = (Addition("disclosure", "", (row,)),)
    return replace(sheet, printed=replace(sheet.printed, headings=headings, additions=added))


def period_cut_short(sheet: Sheet) -> Sheet:
    """Written in December: the period ends before the year does."""
    said = sheet.preface.replace(period_text(sheet.year), f"{sheet.year}年1月1日至12月10日")
    return replace(sheet, preface=said, signed_on=date(sheet.year, 12, 15))


def carried_one_more(sheet: Sheet) -> Sheet:
    """结转 printed one too many, and a 总计 of part four that does not add up."""
    figures = sheet.applications["natural_person"]
    sheet = put(
        sheet,
        (figures["carried_forward"] or 0) + 1,
        "applications",
        "natural_person",
        "carried_forward",
    )
    upheld = sheet.remedies["reconsideration"]["total"]
    return put(sheet, (upheld or 0) + 1, "remedies", "reconsideration", "total")


def as_it_was(sheet: Sheet) -> Sheet:
    """On the form of another year, which is error enough."""
    return sheet


TRANSCRIPTS = (
    Transcript("education", 2019, OLD, total_one_short),
    Transcript("lakeside-union", 2019, OLD, blank_tables),
    Transcript("labor", 2020, OLD, amount_with_unit),
    Transcript("isle-union", 2020, OLD, local_row),
    Transcript("bridge-housing", 2020, OLD, period_cut_short),
    Transcript("water", 2021, OLD, as_it_was),
    Transcript("market", 2022, NEW, carried_one_more),
)


def transcripts(year: int) -> Iterator[Transcript]:
    return (each for each in TRANSCRIPTS if each.year == year)

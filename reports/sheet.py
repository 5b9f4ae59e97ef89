"""A report as plain typed values: the waist through which everything passes.

Importers make sheets, exporters draw them, the checker reads them, and an
aggregation of ten thousand reports is one more sheet.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from reports.editions import EDITIONS
from reports.editions.grammar import Edition, Figures, Number, Place, plain, total

NARRATIVES = ("preface", "overview", "problems", "other_matters")


@dataclass(frozen=True)
class Contact:
    """Whom a reader may ask, as the preface gives it."""

    address: str = ""
    postcode: str = ""
    telephone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Heading:
    """A part's heading as a document printed it; ``part`` is the edition's key or ""."""

    text: str
    part: str = ""


@dataclass(frozen=True)
class Addition:
    """A local table or row which is not part of the form, kept as printed.

    ``part`` is the key of the part it stands in (or after), ``rows`` its cells.
    """

    part: str
    heading: str
    rows: tuple[tuple[str, ...], ...]
    text: str = ""


@dataclass(frozen=True)
class Printed:
    """What an imported document literally said; empty for an authored report.

    ``cells`` maps a place's full name (``applications.natural_person.granted``)
    to the text printed there wherever that text is not simply the number;
    ``labels`` maps a line's or column's full name to a label unlike the form's.
    """

    headings: tuple[Heading, ...] = ()
    cells: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    additions: tuple[Addition, ...] = ()
    missing: tuple[str, ...] = ()  # full names of places which the document does not have
    extra: tuple[str, ...] = ()  # labels of rows and columns within a table that the form has not
    order: tuple[
        str, ...
    ] = ()  # full names of lines and columns as printed, where not in the form's order


@dataclass(frozen=True)
class Sheet:
    """A report's values. A cell is a number or None (blank); text is "" where absent.

    ``disclosure`` maps figure to number, ``applications`` applicant to line to
    number, ``remedies`` remedy to result to number, by the editions' keys.
    ``as_printed`` marks a historical report, kept with its errors.
    """

    edition: Edition
    agency: str
    year: int
    title: str = ""
    preface: str = ""
    overview: str = ""
    problems: str = ""
    other_matters: str = ""
    disclosure: Figures = field(default_factory=dict)
    applications: Mapping[str, Figures] = field(default_factory=dict)
    remedies: Mapping[str, Figures] = field(default_factory=dict)
    signed_by: str = ""
    signed_on: date | None = None
    contact: Contact = Contact()
    as_printed: bool = False
    printed: Printed = Printed()

    def figure(self, place: Place) -> Number | None:
        """The number at a place, or None where it is blank."""
        if place.part == 2:
            return self.disclosure.get(place.key)
        table = self.applications if place.part == 3 else self.remedies
        return table.get(place.column, {}).get(place.line)

    def cells(self) -> Iterator[tuple[Place, Number | None]]:
        """Every cell of the edition's three tables, in printed order."""
        return ((place, self.figure(place)) for place in self.edition.places())

    def text(self, part: str) -> str:
        """The text of a prose part by its key."""
        if part not in NARRATIVES:
            raise KeyError(part)
        return str(getattr(self, part))


def name_of(place: Place) -> str:
    """A place's full name in a report: ``applications.natural_person.granted``."""
    return f"{TABLES[place.part]}.{place.key}"


TABLES = {2: "disclosure", 3: "applications", 4: "remedies"}


def filled(
    edition: Edition, agency: str, year: int, number: int | None = 0, **values: Any
) -> Sheet:
    """A sheet with every cell of the edition set to ``number`` (None: blank)."""
    table = edition.applications
    return Sheet(
        edition,
        agency,
        year,
        disclosure={place.key: number for place in edition.disclosure.places()},
        applications={
            column.key: {line.key: number for line in table.leaves()} for column in table.columns
        },
        remedies={
            group.key: {result.key: number for result in edition.remedies.results}
            for group in edition.remedies.groups
        },
        **values,
    )


def foot_column(edition: Edition, figures: Figures) -> dict[str, Number | None]:
    """A column of part three with its （七） summed (A2)."""
    outcomes = edition.applications.down[0]
    return {**figures, outcomes.right[0].keys[0]: outcomes.side(outcomes.left, figures)}


def foot_across(columns: Iterable[Figures]) -> dict[str, Number | None]:
    """总计: columns summed line by line (A3). A line with a blank has no total."""
    listed = list(columns)
    return {key: total(column.get(key) for column in listed) for key in listed[0]}


def foot_applications(
    edition: Edition, columns: Mapping[str, Figures]
) -> dict[str, dict[str, Number | None]]:
    """Part three from what is typed: six columns without their totals."""
    typed = {
        column.key: foot_column(edition, columns[column.key])
        for column in edition.applications.typed_columns()
    }
    return {**typed, "total": foot_across(typed.values())}


def foot_results(edition: Edition, figures: Figures) -> dict[str, Number | None]:
    """A remedy with its 总计 summed (L1)."""
    equation = edition.remedies.across
    return {**figures, equation.right[0].keys[0]: equation.side(equation.left, figures)}


def to_json(sheet: Sheet) -> dict[str, Any]:
    """The sheet as JSON types: every cell of the edition present, a blank ``null``.

    Amounts are numbers too, in 万元; the key ``printed`` only where the report
    was transcribed.
    """
    edition = sheet.edition
    data: dict[str, Any] = {
        "title": sheet.title,
        "agency": sheet.agency,
        "year": sheet.year,
        "edition": edition.key,
        "preface": sheet.preface,
        "overview": sheet.overview,
        "disclosure": {},
        "applications": {column.key: {} for column in edition.applications.columns},
        "remedies": {group.key: {} for group in edition.remedies.groups},
        "problems": sheet.problems,
        "other_matters": sheet.other_matters,
        "signed_by": sheet.signed_by,
        "signed_on": sheet.signed_on.isoformat() if sheet.signed_on else None,
        "contact": asdict(sheet.contact),
        "as_printed": sheet.as_printed,
    }
    for place, number in sheet.cells():
        table = data[TABLES[place.part]]
        where = table if place.part == 2 else table[place.column]
        where[place.key if place.part == 2 else place.line] = json_number(number)
    if sheet.printed != Printed():
        data["printed"] = asdict(sheet.printed)
    return data


def json_number(number: Number | None) -> int | float | None:
    """A JSON number: whole where it is whole; an amount has at most 6 decimals."""
    if number is None or isinstance(number, int):
        return number
    return int(number) if number == number.to_integral_value() else float(plain(number))


def from_json(data: Mapping[str, Any]) -> Sheet:
    """The sheet which ``to_json`` wrote; KeyError for an unknown edition."""
    edition = EDITIONS[data["edition"]]
    amounts = {place.key for place in edition.disclosure.places() if place.kind.value == "amount"}
    return Sheet(
        edition=edition,
        disclosure={
            key: Decimal(str(number)) if key in amounts and number is not None else number
            for key, number in data["disclosure"].items()
        },
        applications=data["applications"],
        remedies=data["remedies"],
        signed_on=date.fromisoformat(data["signed_on"]) if data.get("signed_on") else None,
        contact=Contact(**(data.get("contact") or {})),
        printed=printed_from_json(data.get("printed") or {}),
        **{
            key: data.get(key, default)
            for key, default in (
                ("agency", ""), ("year", 0), ("title", ""), ("preface", ""), ("overview", ""),
                ("problems", ""), ("other_matters", ""), ("signed_by", ""), ("as_printed", False),
            )
        },
    )  # fmt: skip


def printed_from_json(data: Mapping[str, Any]) -> Printed:
    """What ``asdict`` made of a Printed, after JSON turned its tuples into lists."""
    return Printed(
        headings=tuple(Heading(**each) for each in data.get("headings", ())),
        cells=data.get("cells", {}),
        labels=data.get("labels", {}),
        additions=tuple(
            Addition(**{**each, "rows": tuple(map(tuple, each["rows"]))})
            for each in data.get("additions", ())
        ),
        missing=tuple(data.get("missing", ())),
        extra=tuple(data.get("extra", ())),
        order=tuple(data.get("order", ())),
    )

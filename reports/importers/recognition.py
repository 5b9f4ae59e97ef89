"""A Document understood: which table is which, which edition, what every cell says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reports.editions import EDITIONS, NoEdition, edition_for
from reports.editions.grammar import Edition
from reports.editions.wording import EXPLANATIONS
from reports.sheet import NARRATIVES, Addition, Printed, Sheet

from .applications import place_applications
from .disclosure import place_disclosure
from .document import Document, GridRow, Paragraph, TableGrid
from .narrative import (
    Front,
    Signature,
    agency_and_year,
    contact_of,
    front_of,
    guessed_year,
    signature_at_top,
    signature_of,
)
from .normal import squeezed
from .numbers import is_figure
from .parts import Section, headings_of, sections_of
from .placing import Placing, names_of
from .reading import CellReading, Reading, UnreadableDocument, figures_of
from .remedies import place_remedies
from .tables import rows_of, table_of
from .telling import (
    cell_notes,
    cell_readings,
    edition_notes,
    label_notes,
    missing_notes,
    printed_order,
    unlike,
)

PLACERS = {
    "disclosure": place_disclosure,
    "applications": place_applications,
    "remedies": place_remedies,
}
NEWEST = EDITIONS[max(EDITIONS)]
SHORTEST_NAME = 4  # a title's 「工会」 is nobody's full name


@dataclass(frozen=True)
class Words:
    """What the text says of the report as a whole."""

    front: Front
    signature: Signature
    preface: tuple[str, ...]
    agency: str
    year: int


def understand(document: Document) -> Reading:
    """The Reading of a document; UnreadableDocument where it is no annual report at all."""
    if document.too_large:
        raise UnreadableDocument("文件里的表格或段落太多，不像一份年度报告。")
    notes = list(document.notes)
    sections = sections_of(without_explanations(document, notes), notes)
    rows, others = tables_in(sections)
    if not rows and len(sections) == 1 and not front_of(sections[0].paragraphs).title:
        raise UnreadableDocument("没有在文件中找到政府信息公开工作年度报告的标题、各部分或者表格。")
    words, sections = words_of(sections, notes)
    placings = placed(rows, words.year, notes)
    edition = placings["disclosure"].edition
    cells = cell_readings(edition, placings)
    for placing in placings.values():
        notes += placing.notes
    notes += label_notes(edition, placings)
    notes += missing_notes(edition, cells)
    notes += cell_notes(cells)
    sheet = sheet_of(edition, words, sections, cells, placings, others)
    return Reading(sheet, cells, tuple(dict.fromkeys(notes)))


def without_explanations(document: Document, notes: list[str]) -> Document:
    """The document without what a published report carries behind its signature."""
    blocks = document.blocks
    heads = [
        at for at, block in enumerate(blocks)
        if isinstance(block, Paragraph) and squeezed(block.text) == EXPLANATIONS
    ]  # fmt: skip
    if not heads:
        return document
    notes.append(f"报告后面所附的“{EXPLANATIONS}”不是报告正文，没有读入。")
    return replace(document, blocks=blocks[: heads[-1]])


def tables_in(
    sections: Sequence[Section],
) -> tuple[dict[str, list[GridRow]], frozenset[int]]:
    """Rows of each statutory table, and the numbers of the grids which are none.

    A grid without labels is its part's table if the part has no other.
    """
    rows: dict[str, list[GridRow]] = {}
    unknown: list[tuple[Section, TableGrid]] = []
    for section in sections:
        for grid in section.grids:
            if table := table_of(grid, section.part if section.part in rows else ""):
                rows.setdefault(table, []).extend(rows_of(grid))
            else:
                unknown.append((section, grid))
    others = []
    lacking = {section.part for section, _ in unknown if section.part in PLACERS}
    lacking -= {part for part, found in rows.items() if has_figures(found)}
    for section, grid in unknown:
        if section.part in lacking:
            rows.setdefault(section.part, []).extend(rows_of(grid))
        else:
            others.append(id(grid))
    return rows, frozenset(others)


def has_figures(rows: Sequence[GridRow]) -> bool:
    return any(not cell.blank and is_figure(cell.text) for row in rows for cell in row)


def placed(
    rows: Mapping[str, Sequence[GridRow]], year: int, notes: list[str]
) -> dict[str, Placing]:
    """The tables against the edition which they are in, by their own labels."""
    by_edition = {
        edition.key: {
            table: place(rows.get(table, ()), edition) for table, place in PLACERS.items()
        }
        for edition in EDITIONS.values()
    }
    in_force = edition_of_year(year)

    def fitness(key: int) -> tuple[float, float, bool]:
        placings = by_edition[key]
        return (placings["disclosure"].share, placings["applications"].share, key == in_force.key)

    chosen = EDITIONS[max(by_edition, key=fitness)]
    notes += edition_notes(chosen, in_force if year else None, by_edition)
    for table, placing in by_edition[chosen.key].items():
        if table not in rows:
            placing.notes.clear()
    return by_edition[chosen.key]


def edition_of_year(year: int) -> Edition:
    try:
        return edition_for(year)
    except NoEdition:
        return NEWEST


def words_of(sections: tuple[Section, ...], notes: list[str]) -> tuple[Words, tuple[Section, ...]]:
    """Title, body, year and signature; and the sections without the signature."""
    front = front_of(sections[0].paragraphs)
    agency, year = agency_and_year(front.title)
    if front.skipped:
        notes.append(f"标题之前的文字没有读取：“{'”“'.join(front.skipped)[:80]}”。")
    if len(sections) == 1:
        signature = signature_of(front.preface, agency)
        preface = signature.rest
    else:
        preface = front.preface
        signature, sections = signed(sections, agency)
    if not signature.signed_on:
        top = signature_at_top(preface, agency)
        if top.signed_on:
            notes.append("成文日期印在标题下面。")
            preface = top.rest
            signature = replace(top, signed_by=signature.signed_by or top.signed_by)
    if signature.note:
        notes.append(signature.note)
    agency = named(agency, signature.signed_by, notes)
    if not year:
        texts = [*preface, *(text for section in sections for text in section.paragraphs)]
        year, source = guessed_year(texts, signature.signed_on)
        notes.append(
            f"标题中没有报告年度，按{source}作为{year}年度读取。" if year else "没有认出报告年度。"
        )
    return Words(front, signature, tuple(preface), agency, year), sections


def signed(sections: tuple[Section, ...], agency: str) -> tuple[Signature, tuple[Section, ...]]:
    """The signature, at the end of the last part or of another; the parts without it."""
    at = len(sections) - 1
    found = signature_of(sections[at].paragraphs, agency)
    for other in range(at - 1, 0, -1):
        if found.signed_on:
            break
        each = signature_of(sections[other].paragraphs, agency)
        if each.signed_on and each.signed_by:
            at, found = other, each
    without = replace(sections[at], text=found.rest)
    return found, (*sections[:at], without, *sections[at + 1 :])


def named(agency: str, signed_by: str, notes: list[str]) -> str:
    """The body's name: the title's, or the signature's where the title's is no full name."""
    if len(agency) >= SHORTEST_NAME:
        return agency
    if signed_by and signed_by.endswith(agency):
        notes.append(f"标题中没有机关全称，按落款作为“{signed_by}”读取。")
        return signed_by
    notes.append(f"标题只称“{agency}”，没有机关全称。" if agency else "没有认出机关名称。")
    return agency


def sheet_of(
    edition: Edition,
    words: Words,
    sections: Sequence[Section],
    cells: Mapping[str, CellReading],
    placings: Mapping[str, Placing],
    others: frozenset[int],
) -> Sheet:
    texts = {"preface": "\n".join(words.preface)}
    for section in sections[1:]:
        if section.part in NARRATIVES:
            texts[section.part] = "\n".join(section.paragraphs)
    preface_first = [texts["preface"], *(t for s in sections[1:] for t in s.paragraphs)]
    return Sheet(
        edition=edition,
        agency=words.agency,
        year=words.year,
        title=words.front.title,
        signed_by=words.signature.signed_by,
        signed_on=words.signature.signed_on,
        contact=contact_of(preface_first),
        as_printed=True,
        printed=Printed(
            headings=headings_of(sections),
            cells=printed_cells(edition, cells),
            labels=unlike(edition, placings),
            extra=tuple(label for placing in placings.values() for label in placing.extra),
            order=printed_order(edition, placings),
            additions=tuple(additions_of(sections, placings, others)),
            missing=tuple(
                name for table in PLACERS for name in names_of(edition, table)
                if not cells[name].source
            ),
        ),
        disclosure=figures_of(cells, "disclosure")[""],
        applications=figures_of(cells, "applications"),
        remedies=figures_of(cells, "remedies"),
        preface=texts.get("preface", ""),
        overview=texts.get("overview", ""),
        problems=texts.get("problems", ""),
        other_matters=texts.get("other_matters", ""),
    )  # fmt: skip


def printed_cells(edition: Edition, cells: Mapping[str, CellReading]) -> dict[str, str]:
    """Printed texts which are not simply the number, or which the form has no place for."""
    own = {name for table in PLACERS for name in names_of(edition, table)}
    return {
        name: cell.printed
        for name, cell in cells.items()
        if cell.printed and (name not in own or not cell.exact)
    }


def additions_of(
    sections: Sequence[Section], placings: Mapping[str, Placing], others: frozenset[int]
) -> list[Addition]:
    """What is not the form's: local parts, tables, rows, and prose in a table's part."""
    found: list[Addition] = []
    waiting = {
        table: tuple(placing.leftover) for table, placing in placings.items() if placing.leftover
    }
    for section in sections:
        grids = [texts_in(grid.rows) for grid in section.grids if id(grid) in others]
        prose = "\n".join(section.paragraphs)
        if not section.part:
            first, *grids = grids or [()]
            found.append(Addition(section.after, section.heading, first, prose))
        elif section.part in PLACERS and prose:
            found.append(Addition(section.part, "", (), prose))
        if section.part in waiting:
            found.append(Addition(section.part, "", texts_in(waiting.pop(section.part))))
        found += [Addition(section.after, "", rows) for rows in grids]
    return [*found, *(Addition(table, "", texts_in(rows)) for table, rows in waiting.items())]


def texts_in(rows: Sequence[GridRow]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(cell.text.strip() for cell in row) for row in rows)

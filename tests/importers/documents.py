"""Documents made from known sheets, in the ways that real ones look.

A table is rows of printed cells; a test changes them before they are written
as text with one cell a line, as tab-separated rows, or as a .docx.
"""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from io import BytesIO

from docx import Document as new_docx

from reports.editions.grammar import Edition, Kind, plain
from reports.editions.layout import Grid, applications_grid, disclosure_grid, remedies_grid
from reports.editions.wording import date_text, period_text, title_of
from reports.importers import Reading, read
from reports.sheet import Contact, Sheet, name_of

AGENCY = "临江市南山区档案馆"
CONTACT = Contact("临江市南山区青石路8号", "300000", "0123-4567890", "dangan@example.gov.cn")


@dataclass(frozen=True)
class Printed:
    """A printed cell with its spans."""

    text: str
    rows: int = 1
    columns: int = 1


Rows = list[list[Printed]]


def assumed(sheet: Sheet) -> tuple[str, ...]:
    """What is said of any report on the edition's form: that of 2019 names no unit."""
    if sheet.edition.key != 2019:
        return ()
    amount = plain(sheet.disclosure["central_procurement_amount"])
    block = sheet.edition.disclosure.blocks[-1]
    return (
        f"第二部分“{block.rows[0].label}”的“{block.columns[1].label}”印作“{amount}”："
        "表头没有写单位，按万元读取。",
    )


def random_sheet(edition: Edition, seed: int = 1, year: int = 0) -> Sheet:
    """A sheet whose every cell has another number, with all its text."""
    numbers = random.Random(seed).sample(range(10_000), len(edition.places()))
    values = {"disclosure": {}, "applications": {}, "remedies": {}}
    for place, number in zip(edition.places(), numbers, strict=True):
        if place.part == 2:
            exact = -number if place.kind is Kind.CHANGE else number
            amount = Decimal(number) / 100 if place.kind is Kind.AMOUNT else exact
            values["disclosure"][place.key] = amount
        else:
            table = values["applications" if place.part == 3 else "remedies"]
            table.setdefault(place.column, {})[place.line] = number
    year = year or edition.years[0]
    return Sheet(
        edition, AGENCY, year,
        title=title_of(AGENCY, year),
        preface=f"本报告数据的统计期限为{period_text(year)}。地址：{CONTACT.address}，邮编："
        f"{CONTACT.postcode}，电话：{CONTACT.telephone}，电子邮箱：{CONTACT.email}。",
        overview="（一）主动公开\n发布信息三条。\n（二）依申请公开\n按期答复。",
        problems="一是更新不够及时。\n二是解读形式单一。下一步将改进。",
        other_matters="本年度没有收取信息处理费。",
        signed_by=AGENCY,
        signed_on=date(year + 1, 1, 9),
        contact=CONTACT,
        **values,
    )  # fmt: skip


def tables_of(sheet: Sheet) -> dict[str, Rows]:
    """The three tables as printed."""
    grids = {
        "disclosure": disclosure_grid(sheet.edition.disclosure),
        "applications": applications_grid(sheet.edition.applications),
        "remedies": remedies_grid(sheet.edition.remedies),
    }
    return {part: rows_of(grid, sheet) for part, grid in grids.items()}


def rows_of(grid: Grid, sheet: Sheet) -> Rows:
    def text(cell) -> str:
        if cell.place is None:
            return cell.text
        number = sheet.figure(cell.place)
        return "" if number is None else plain(number)

    return [[Printed(text(cell), cell.rows, cell.columns) for cell in row] for row in grid.rows]


def parts_of(sheet: Sheet, tables: dict[str, Rows] | None = None) -> list[str | Rows]:
    """The report from top to bottom: paragraphs and tables."""
    tables = tables or tables_of(sheet)
    blocks: list[str | Rows] = [sheet.title, *sheet.preface.split("\n")]
    for part in sheet.edition.parts[1:]:
        blocks.append(part.title)
        if part.is_table:
            blocks.append(tables[part.key])
        else:
            blocks += sheet.text(part.key).split("\n")
    if sheet.signed_on:
        blocks += [sheet.signed_by, date_text(sheet.signed_on)]
    return blocks


def laid_out(rows: Rows) -> Iterator[list[tuple[int, Printed | None]]]:
    """Rows with (column, cell); None where a cell goes on from the row above."""
    hanging: dict[int, tuple[int, int]] = {}  # column → (rows left, width)
    for row in rows:
        column, line, cells = 0, [], list(row)
        while cells or hanging.get(column, (0, 0))[0] > 0:
            left, width = hanging.get(column, (0, 0))
            if left > 0:
                line.append((column, None))
                hanging[column] = (left - 1, width)
                column += width
                continue
            cell = cells.pop(0)
            line.append((column, cell))
            hanging[column] = (cell.rows - 1, cell.columns)
            column += cell.columns
        yield line


def as_lines(blocks: Iterable[str | Rows]) -> bytes:
    """Text with one cell a line, as the samples are."""
    said = []
    for block in blocks:
        if isinstance(block, str):
            said.append(f"{block}\n")
            continue
        for line in laid_out(block):
            cells = ("\t" + (cell.text if cell else "") for _, cell in line)
            said.append("\n" + "\n".join(cells) + "\n")
        said.append("\n\n\n")
    return "".join(said).encode()


def as_spreadsheet(blocks: Iterable[str | Rows]) -> bytes:
    """Text with one row a line; merged cells leave empty ones on their right, as in Excel."""
    said = []
    for block in blocks:
        if isinstance(block, str):
            said.append(block)
            continue
        width = max(c + (p.columns if p else 1) for line in laid_out(block) for c, p in line)
        for line in laid_out(block):
            cells = [""] * width
            for column, cell in line:
                text = cell.text if cell else ""
                cells[column] = '"' + text.replace('"', '""') + '"' if "\n" in text else text
            said.append("\t".join(cells))
        said.append("")
    return "\n".join(said).encode()


def as_docx(blocks: Iterable[str | Rows]) -> bytes:
    document = new_docx()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
        else:
            add_table(document, block)
    return saved(document)


def saved(document) -> bytes:
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def add_table(document, rows: Rows) -> None:
    lines = list(laid_out(rows))
    width = max(c + (p.columns if p else 1) for line in lines for c, p in line)
    table = document.add_table(len(lines), width)
    cells = [list(row.cells) for row in table.rows]
    for at, line in enumerate(lines):
        for column, cell in line:
            if cell is None:
                continue
            home = cells[at][column]
            if cell.rows > 1 or cell.columns > 1:
                home = home.merge(cells[at + cell.rows - 1][column + cell.columns - 1])
            home.text = cell.text


def relabeled(rows: Rows, change) -> Rows:
    """The rows with every label (a cell that is no figure) changed."""
    return [
        [cell if is_number(cell.text) else replace(cell, text=change(cell.text)) for cell in row]
        for row in rows
    ]


def refigured(rows: Rows, change) -> Rows:
    """The rows with every figure changed."""
    return [
        [replace(cell, text=change(cell.text)) if is_number(cell.text) else cell for cell in row]
        for row in rows
    ]


def is_number(text: str) -> bool:
    return text.lstrip("-").replace(".", "", 1).isdigit() or not text


def reading_of(data: bytes) -> Reading:
    return read(BytesIO(data))


def figures(sheet: Sheet) -> dict[str, object]:
    """Every cell of the edition by its full name."""
    return {name_of(place): number for place, number in sheet.cells()}


def line_names(edition: Edition, line: str) -> tuple[str, ...]:
    return tuple(f"applications.{column.key}.{line}" for column in edition.applications.columns)


def read_with(sheet: Sheet, tables: dict[str, Rows], write=as_lines) -> Reading:
    """A reading of the sheet printed with some of its tables changed."""
    return reading_of(write(parts_of(sheet, {**tables_of(sheet), **tables})))


def row_of(rows: Rows, label: str) -> int:
    return next(n for n, row in enumerate(rows) if any(cell.text == label for cell in row))


def label_of(edition: Edition, key: str) -> str:
    return next(leaf.label for leaf in edition.applications.leaves() if leaf.key == key)

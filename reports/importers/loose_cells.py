"""A table whose rows were lost: one cell a line, as copied from a web page.

With or without a bar after each cell. The form's own labels tell where its rows
begin; where a label is lost too, a row ends when it is full, and recognition
places it by its position. Nothing is said of a number here but whose row it
stands in.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from reports.editions import EDITIONS
from reports.editions.layout import applications_grid, remedies_grid

from .disclosure import caption_of, is_corner
from .document import BLANK, RawCell
from .labels import (
    APPLICANTS,
    APPLICANTS_HEADING,
    FIGURES,
    GROUPS,
    LINES,
    LITIGATION,
    ORGANIZATIONS,
    REMEDIES,
    RESULTS,
    ROWS,
    Match,
    Vocabulary,
)
from .normal import mark_of
from .numbers import is_figure
from .parts import looks_like_heading
from .tables import labels_in

BAR = "|"
LONGEST = 60  # characters of a line of a cell
LONGEST_LABEL = 4  # lines that a label may be broken into
LOOKED_AT = 10  # cells from which a table is told
ENOUGH = 7  # labels and figures among them
NEWEST = EDITIONS[max(EDITIONS)]
WIDTH = {  # part two's blocks say their own
    "applications": len(NEWEST.applications.columns),
    "remedies": len(NEWEST.remedies.places()),
}
HEADS = {
    "applications": (APPLICANTS_HEADING, APPLICANTS, ORGANIZATIONS),
    "remedies": (REMEDIES, LITIGATION, RESULTS),
}
# the label that each row of a table's head begins with
FIRST_OF_HEAD = {
    "applications": tuple(row[0].text for row in applications_grid(NEWEST.applications).head),
    "remedies": tuple(row[0].text for row in remedies_grid(NEWEST.remedies).head),
}
Row = list[RawCell]


@dataclass
class Building:
    """The rows so far, and where in the table one is."""

    table: str = ""
    rows: list[Row] = field(default_factory=list)
    heads: int = 0  # rows of the head that have begun
    figures: int = 0  # in the last row
    groups_only: bool = False  # the last row holds nothing but headings of groups
    width: int = 0

    def begin(self, cell: RawCell) -> None:
        self.rows.append([cell])
        self.figures, self.groups_only = 0, False

    def append(self, cell: RawCell) -> None:
        if self.rows:
            self.rows[-1].append(cell)
        else:
            self.begin(cell)
        self.groups_only = False


def loose_table(lines: Sequence[str], at: int) -> tuple[int, list[Row]]:
    """(line after the table, its rows) where one begins at ``at``; (``at``, []) where none does."""
    if not labels_in(lines[at].strip(BLANK + BAR)):
        return at, []
    end = end_of(lines, at)
    cells = list(barred(lines, at, end) if has_bars(lines, at, end) else unbarred(lines, at, end))
    first = [cell for cell in cells if cell.text][:LOOKED_AT]
    if sum(is_known(cell) for cell in first) < ENOUGH:
        return at, []
    while cells and not is_known(cells[-1]):
        cells.pop()
    last = cells[-1]
    building = Building()
    for cell in cells:
        add(cell, building)
    return last.line + last.text.count("\n"), building.rows


def is_known(cell: RawCell) -> bool:
    return bool(cell.text) and (is_figure(cell.text) or bool(labels_in(cell.text)))


def end_of(lines: Sequence[str], at: int) -> int:
    """The line that can be no cell of the table any more."""
    end = at
    while end < len(lines):
        text = lines[end].strip(BLANK + BAR)
        if "\t" in lines[end] or len(text) > LONGEST or "。" in text or looks_like_heading(text):
            break
        end += 1
    return end


def has_bars(lines: Sequence[str], at: int, end: int) -> bool:
    filled = [line for line in lines[at:end] if line.strip(BLANK)]
    return sum(BAR in line for line in filled) * 3 > len(filled)


def barred(lines: Sequence[str], at: int, end: int) -> Iterator[RawCell]:
    """Cells that end with a bar, on the same line or on one of its own."""
    held: list[str] = []
    begun = at + 1
    for number, line in enumerate(lines[at:end], at + 1):
        *ended, rest = line.split(BAR)
        for text in ended:
            begun = begun if held else number
            yield RawCell("\n".join([*held, text.strip(BLANK)]).strip(), line=begun)
            held = []
        if rest.strip(BLANK):
            begun = begun if held else number
            held.append(rest.strip(BLANK))
    if held:
        yield RawCell("\n".join(held), line=begun)


def unbarred(lines: Sequence[str], at: int, end: int) -> Iterator[RawCell]:
    """A cell a line; a label of the form may be broken over several."""
    filled = [
        RawCell(line.strip(BLANK), line=number)
        for number, line in enumerate(lines[at:end], at + 1)
        if line.strip(BLANK)
    ]
    index = 0
    while index < len(filled):
        size = label_length(filled[index : index + LONGEST_LABEL])
        joined = "\n".join(cell.text for cell in filled[index : index + size])
        yield RawCell(joined, line=filled[index].line)
        index += size


def label_length(cells: Sequence[RawCell]) -> int:
    """How many of the lines say one label together."""
    for size in range(len(cells), 1, -1):
        texts = [cell.text for cell in cells[:size]]
        if not any(map(is_figure, texts)) and is_exact("".join(texts)):
            return size
    return 1


def is_exact(text: str) -> bool:
    words = (ROWS, FIGURES, LINES, GROUPS, *HEADS["applications"], *HEADS["remedies"])
    return any((found := each.look_up(text)) and found.exact for each in words)


def add(cell: RawCell, building: Building) -> None:
    """One more cell: it begins a row or stands in the last one."""
    if begins_table(cell, building):
        return
    if not cell.text or is_figure(cell.text):
        add_figure(cell, building)
    elif building.table == "disclosure":
        add_to_disclosure(cell, building)
    elif not add_to_head(cell, building):
        add_label(cell, building)


def begins_table(cell: RawCell, building: Building) -> bool:
    """Whether the cell begins a table, or a block of part two."""
    table = table_begun_by(cell.text, building.table)
    if not table or (table == building.table and table != "disclosure"):
        return False
    if table != building.table:
        building.table, building.heads = table, 0
    building.width = WIDTH.get(table, 0)
    if table not in HEADS or not add_to_head(cell, building):
        building.begin(cell)
    return True


def table_begun_by(text: str, within: str) -> str:
    """The table that only such a label begins; at the beginning any label tells."""
    if caption_of(text) or is_corner(text):
        return "disclosure"
    if exactly(text, APPLICANTS_HEADING):
        return "applications"
    if within != "remedies" and exactly(text, REMEDIES):
        return "remedies"
    return "" if within else next((name for name, _ in labels_in(text)), "")


def exactly(text: str, words: Vocabulary) -> Match | None:
    found = words.look_up(text) if text else None
    return found if found and found.exact else None


def add_figure(cell: RawCell, building: Building) -> None:
    """A figure stands in the last row, until that is full."""
    if not cell.text and (not building.width or not building.rows):
        return
    full = building.width and building.figures >= building.width
    first = building.table == "remedies" and building.figures == 0 and bool(building.rows)
    if full and not cell.text:
        return
    if full or (first and cell.text):
        building.begin(cell)
    elif first:
        return
    else:
        building.append(cell)
    building.figures += 1


def add_to_disclosure(cell: RawCell, building: Building) -> None:
    if FIGURES.look_up(cell.text) and not ROWS.look_up(cell.text):
        building.append(cell)
        building.width = len(building.rows[-1]) - 1
    else:
        building.begin(cell)


def add_to_head(cell: RawCell, building: Building) -> bool:
    """A heading above the figures: a row of its own where the form begins one with it."""
    if mark_of(cell.text) or building.figures:
        return False
    said = next((m for words in HEADS[building.table] if (m := words.look_up(cell.text))), None)
    if said is None:
        return False
    firsts = FIRST_OF_HEAD[building.table]
    following = firsts[building.heads :]
    at = next((n for n, text in enumerate(following) if same(text, said)), None)
    if at is not None and (at == 0 or building.heads == 0):
        building.heads += at + 1
        building.begin(cell)
    elif building.rows:
        building.append(cell)
    else:
        building.begin(cell)
    return True


def same(label: str, said: Match) -> bool:
    return any(
        (found := words.look_up(label)) is not None and found.key == said.key
        for each in HEADS.values()
        for words in each
    )


def add_label(cell: RawCell, building: Building) -> None:
    """A row's label; headings of groups stand before it in the same row."""
    group = exactly(cell.text, GROUPS) is not None
    if building.groups_only:
        building.append(cell)
    else:
        building.begin(cell)
    building.groups_only = group

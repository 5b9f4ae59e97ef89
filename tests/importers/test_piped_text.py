"""Tables with pipes: markdown, and the looser form which web extraction leaves."""

import pytest

from reports.editions import EDITIONS

from . import documents as make
from .test_html import TEXTS

EACH_EDITION = pytest.mark.parametrize("edition", EDITIONS.values(), ids=lambda e: str(e.key))


def rows_in(block):
    """A table's rows with a cell for each column; merged ones leave empty cells."""
    lines = list(make.laid_out(block))
    count = max(c + (p.columns if p else 1) for line in lines for c, p in line)
    for line in lines:
        cells = [""] * count
        for column, cell in line:
            cells[column] = cell.text if cell else ""
        yield cells


def as_markdown(blocks, rule=True, strong=False):
    said = []
    for block in blocks:
        if isinstance(block, str):
            said.append(f"## {block}\n" if block[1:2] == "、" else f"{block}\n")
            continue
        for at, cells in enumerate(rows_in(block)):
            shown = [f"**{cell}**" if strong and cell and at < 2 else cell for cell in cells]
            said.append(f"| {' | '.join(shown)} |")
            if at == 0 and rule:
                said.append("|" + " --- |" * len(cells))
        said.append("")
    return "\n".join(said).encode()


def as_strong_markdown(blocks):
    return as_markdown(blocks, strong=True)


def as_loose_pipes(blocks):
    """Pipes between cells only; of empty ones at the end just the pipes are left."""
    said = []
    for block in blocks:
        if isinstance(block, str):
            said.append(block)
            continue
        for line in make.laid_out(block):
            cells = [cell.text if cell else "" for _, cell in line]
            spare = "|" * sum(cell.columns - 1 for _, cell in line if cell)
            said.append(" | ".join(cells) + (f" |{spare}" if spare or len(cells) == 1 else ""))
        said.append("")
    return "\n".join(said).encode()


def as_broken_pipes(blocks):
    """A label of more than six characters is broken before its pipe."""
    broken = [
        block if isinstance(block, str) else make.relabeled(
            block, lambda text: f"{text[:6]}\n{text[6:]}" if len(text) > 6 and text[1] in ".、一" else text
        )
        for block in blocks
    ]  # fmt: skip
    return as_loose_pipes(broken)


WRITERS = [as_markdown, as_strong_markdown, as_loose_pipes, as_broken_pipes]


@EACH_EDITION
@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("write", WRITERS, ids=lambda w: w.__name__)
def test_every_cell_and_text_comes_back(write, seed, edition):
    sheet = make.random_sheet(edition, seed)
    reading = make.reading_of(write(make.parts_of(sheet)))
    assert make.figures(reading.sheet) == make.figures(sheet)
    assert reading.notes == make.assumed(sheet)
    assert reading.sheet.printed.additions == ()
    for key in TEXTS:
        assert getattr(reading.sheet, key) == getattr(sheet, key), key


def test_a_blank_cell_between_pipes_is_blank():
    sheet = make.random_sheet(EDITIONS[2021])
    figure = str(sheet.applications["business"]["granted"])
    text = as_markdown(make.parts_of(sheet)).decode().replace(f"| {figure} |", "|  |")
    reading = make.reading_of(text.encode())
    name = "applications.business.granted"
    assert make.figures(reading.sheet) == make.figures(sheet) | {name: None}
    assert reading.cells[name].source

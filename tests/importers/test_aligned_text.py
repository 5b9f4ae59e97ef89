"""Text in aligned columns, as pdftotext -layout writes it: every cell, or a word that it is not sure."""

import random
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from reports.editions import EDITIONS
from reports.exporters import Options, draw
from reports.importers.aligned_tables import WRAPPED

from . import documents as make
from .aligned_text import Look, as_aligned, without
from .test_html import TEXTS
from .test_piped_text import as_loose_pipes
from .test_unreadable import assert_read_or_refused

EACH_EDITION = pytest.mark.parametrize("edition", EDITIONS.values(), ids=lambda e: str(e.key))
LOOKS = {
    "plain": Look(),
    "dense": Look(spaced=False),
    "centered": Look(centered=True),
    "centered and dense": Look(centered=True, spaced=False),
    "wide characters": Look(wide=True),
    "wide and centered": Look(wide=True, centered=True, spaced=False),
    "figures at the right": Look(right=True, centered=True),
    "pages": Look(page=40),
    "centered pages": Look(page=33, centered=True, spaced=False),
    "pages with headers": Look(page=40, repeated=True),
    "centered pages with headers": Look(page=37, repeated=True, centered=True),
}


def same(reading, sheet):
    assert make.figures(reading.sheet) == make.figures(sheet)
    assert reading.sheet.printed.missing == ()
    assert reading.sheet.printed.additions == ()
    for key in TEXTS:
        assert getattr(reading.sheet, key) == getattr(sheet, key), key


@EACH_EDITION
@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_every_cell_and_text_comes_back(look, seed, edition):
    sheet = make.random_sheet(edition, seed)
    same(make.reading_of(as_aligned(make.parts_of(sheet), look)), sheet)


@EACH_EDITION
@pytest.mark.parametrize(
    "look", [LOOKS["plain"], LOOKS["wide and centered"]], ids=["plain", "wide"]
)
@pytest.mark.parametrize("column", ["natural_person", "other_organization", "total"])
def test_a_blank_cell_is_told_by_its_place(column, look, edition):
    sheet = make.random_sheet(edition)
    figure = str(sheet.applications[column]["granted"])
    rows = without(make.tables_of(sheet)["applications"], figure)
    reading = make.read_with(sheet, {"applications": rows}, lambda b: as_aligned(b, look))
    name = f"applications.{column}.granted"
    assert make.figures(reading.sheet) == make.figures(sheet) | {name: None}
    assert reading.cells[name].source


@EACH_EDITION
@pytest.mark.parametrize("look", [LOOKS["plain"], LOOKS["centered"]], ids=["plain", "centered"])
@pytest.mark.parametrize("key", ["denied_state_secret", "granted", "outcomes_total"])
def test_a_row_without_any_figure_has_blank_cells(key, look, edition):
    sheet = make.random_sheet(edition)
    names = make.line_names(edition, key)
    rows = make.tables_of(sheet)["applications"]
    for name in names:
        rows = without(rows, str(make.figures(sheet)[name]))
    reading = make.read_with(sheet, {"applications": rows}, lambda b: as_aligned(b, look))
    assert make.figures(reading.sheet) == make.figures(sheet) | dict.fromkeys(names)
    assert reading.sheet.printed.missing == ()


@EACH_EDITION
def test_a_cell_says_where_it_stands(edition):
    sheet = make.random_sheet(edition)
    reading = make.reading_of(as_aligned(make.parts_of(sheet), Look()))
    cell = reading.cells["applications.natural_person.received"]
    assert "文本第" in cell.source
    assert cell.printed == str(cell.number)


@EACH_EDITION
@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")
def test_what_pdftotext_makes_of_our_own_pdf(edition, tmp_path):
    sheet = make.random_sheet(edition)
    made = draw("pdf", sheet, Options(font_root=Path(settings.FONT_ROOT)))
    (tmp_path / "report.pdf").write_bytes(made.content)
    done = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "report.pdf", "-"], capture_output=True, check=True
    )
    same(make.reading_of(done.stdout), sheet)


def test_numbers_broken_in_two_lines_are_joined_and_said():
    sheet = make.random_sheet(EDITIONS[2021])
    remedies = [str(sheet.figure(place)) for place in sheet.edition.remedies.places()]
    blocks = make.parts_of(sheet)
    at = blocks.index(make.tables_of(sheet)["remedies"])
    upper = "".join(f"{figure[:2]:5}" for figure in remedies)
    lower = "".join(f"{figure[2:]:5}" for figure in remedies)
    head, tail = (as_aligned(part, Look()).decode() for part in (blocks[:at], blocks[at + 1 :]))
    reading = make.reading_of(f"{head}\n行政复议\n{upper}\n{lower}\n\n{tail}".encode())
    assert make.figures(reading.sheet) == make.figures(sheet)
    assert WRAPPED in reading.notes


@pytest.mark.parametrize("write", [lambda b: as_aligned(b, Look(page=40)), as_loose_pipes])
@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_text_is_read_or_refused(seed, write):
    chance = random.Random(seed)
    lines = write(make.parts_of(make.random_sheet(EDITIONS[2021]))).decode().split("\n")
    for _ in range(chance.choice([1, 10, 100])):
        at = chance.randrange(len(lines))
        change = chance.choice(["", "   ", "|", "\f", "0  0", "1.", "（一）", lines[-at][::-1]])
        lines[at : at + chance.randrange(3)] = [lines[at][chance.randrange(9) :] + change]
    assert_read_or_refused("\n".join(lines).encode())

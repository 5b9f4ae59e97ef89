"""The board as a workbook: whatever its bodies are called, no cell of it is reckoned with."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from reports.actions.campaigning import Owing, call_reports, exempt
from reports.editions.bodies import BodyKind
from reports.workflow import Role
from tests.factories import make_agency, make_division, make_user

from .hostile import FORMULA, PROBE, SHORT, wrong

pytestmark = pytest.mark.django_db
YEAR = timezone.localdate().year - 1
BEGINNINGS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "=HYPERLINK(1)",
    "=cmd|' /C'!A0",
)


@pytest.fixture
def board():
    """A government and bodies below it, each called by another beginning; one need not report."""
    city = make_agency(
        f"=1+1{SHORT}", kind=str(BodyKind.GOVERNMENT), division=make_division(name="@虚构市")
    )
    authority = make_user(Role.AUTHORITY, agency=city, name="=1+1")
    bodies = [make_agency(f"{each}虚构局<{PROBE}>", parent=city) for each in BEGINNINGS]
    call = call_reports(
        city, YEAR, by=authority, opens_on=date(YEAR + 1, 1, 1), owing=[Owing(BodyKind.DEPARTMENT)]
    )
    exempt(call, bodies[0], f"=1+1{SHORT}", by=authority)
    client = Client()
    client.force_login(authority)
    return client.get(f"/admin/board/board.xlsx?year={YEAR}&below={city.pk}")


def test_no_cell_of_it_is_a_formula(board):
    assert wrong(board.headers["Content-Type"], board.content) == []
    book = load_workbook(BytesIO(board.content))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    texts = [cell.value for cell in cells if isinstance(cell.value, str)]
    for each in BEGINNINGS:
        assert any(each.strip() in text and "虚构局" in text for text in texts), each
    assert any(SHORT in text and "虚构局" not in text for text in texts), "the reason is told"
    # Nor once the sheet is saved as CSV, which keeps no kinds of cells.
    assert [text for text in texts if text.startswith(FORMULA)] == []


def test_its_names_are_no_formulas_and_no_lines_of_a_header_either(board):
    assert "\r" not in board.headers["Content-Disposition"]
    book = load_workbook(BytesIO(board.content))
    assert book.defined_names == {}
    with ZipFile(BytesIO(board.content)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
        assert f"<{PROBE}".encode() not in b"".join(map(archive.read, archive.namelist()))

"""The PDF as an archive and a screen reader take it: PDF/A-2a and PDF/UA-1.

The structure is looked at here with pypdf; where the validator ``page-validation``
(PyPI) is installed, it is asked as well.
"""

from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from lxml import etree
from pypdf import PdfReader
from pypdf.generic import ContentStream

from reports.exporters import Options, draw
from reports.exporters.presentation import present
from reports.exporters.spread import spread_of

from .specimen import specimen

FONTS = Path(settings.FONT_ROOT)
TABLES = ("disclosure", "applications", "remedies")
EXPLAINED = ({"message": "上年结转与上一年度不一致。", "explanation": {"reason": "交接时核实。"}},)
SCOPES = {"col": "/Column", "colgroup": "/Column", "row": "/Row", "rowgroup": "/Row"}
SHOWS = {b"Tj", b"TJ", b"'", b'"'}
PAINTS = {b"f", b"F", b"f*", b"S", b"s", b"B", b"B*", b"b", b"b*", b"Do", b"sh"}


@pytest.fixture(scope="module", params=[2019, 2021])
def key(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture(scope="module")
def content(key: int) -> bytes:
    return draw("pdf", specimen(key), Options(FONTS, EXPLAINED)).content


@pytest.fixture(scope="module")
def pdf(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content))


def elements(pdf: PdfReader, kind: str = "") -> Iterator[Any]:
    """The structure elements in reading order."""
    waiting = [pdf.root_object["/StructTreeRoot"]["/K"]]
    while waiting:
        each = waiting.pop()
        each = each.get_object() if hasattr(each, "get_object") else each
        if isinstance(each, list):
            waiting.extend(reversed(each))
        elif isinstance(each, dict):
            if kind in ("", each.get("/S")):
                yield each
            waiting.append(each.get("/K", []))


def test_the_metadata_claims_both_standards_and_agrees_with_the_document(pdf, key) -> None:
    xmp = etree.fromstring(pdf.root_object["/Metadata"].get_data())
    said = {etree.QName(name).localname + ":" + etree.QName(name).namespace: text
            for each in xmp.iter() for name, text in [*each.attrib.items(), (each.tag, each.text)]}  # fmt: skip
    assert said["part:http://www.aiim.org/pdfa/ns/id/"] == "2"
    assert said["conformance:http://www.aiim.org/pdfa/ns/id/"] == "A"
    assert said["part:http://www.aiim.org/pdfua/ns/id/"] == "1"
    titles = xmp.xpath("//*[local-name()='title']//*[local-name()='li']/text()")
    assert titles == [specimen(key).title] == [pdf.metadata.title]
    assert "/Filter" not in pdf.root_object["/Metadata"]


def test_the_catalog_says_what_a_reader_needs(pdf) -> None:
    root = pdf.root_object
    assert root["/Lang"] == "zh-CN"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    (intent,) = root["/OutputIntents"]
    assert intent["/S"] == "/GTS_PDFA1"
    assert intent["/DestOutputProfile"].get_data()
    assert len(pdf.trailer["/ID"]) == 2
    assert all(page["/Tabs"] == "/S" for page in pdf.pages)


def test_every_font_is_embedded_and_says_its_characters(pdf) -> None:
    fonts = {
        name: font.get_object()
        for page in pdf.pages
        for name, font in page["/Resources"]["/Font"].items()
    }
    assert fonts
    for font in fonts.values():
        descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)
        assert font["/ToUnicode"].get_data()


def test_headings_follow_each_other_without_a_gap(pdf, key) -> None:
    levels = [int(each["/S"][2:]) for each in elements(pdf) if each["/S"] in ("/H1", "/H2", "/H3")]
    assert levels[0] == 1
    assert levels.count(2) == len(specimen(key).edition.parts)  # six parts and the explanations
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_cell_names_what_heads_it(pdf, key) -> None:
    tables = list(elements(pdf, "/Table"))
    assert len(tables) == len(TABLES)
    named: dict[str, str] = {}
    for part, table in zip(TABLES, tables, strict=True):
        cells = [each for each in inside(table) if each.get("/S") in ("/TH", "/TD")]
        spots = [spot for row in spread_of(key, part).rows for spot in row]
        number = specimen(key).edition.part(part).number
        for spot, cell in zip(spots, cells, strict=True):
            attributes = cell["/A"]
            assert attributes.get("/ColSpan", 1) == spot.cell.columns
            assert attributes.get("/RowSpan", 1) == spot.cell.rows
            if spot.cell.place is None:
                assert (cell["/S"], attributes["/Scope"]) == ("/TH", SCOPES[spot.cell.scope])
                named[text(cell["/ID"])] = f"h{number}-{spot.row}-{spot.column}"
            else:
                assert cell["/S"] == "/TD"
                headers = [f"h{number}-{each.row}-{each.column}" for each in spot.headers]
                assert [named[text(each)] for each in attributes["/Headers"]] == headers
    tree = pdf.root_object["/StructTreeRoot"]["/IDTree"]["/Names"]
    names = [text(each) for each in tree[::2]]
    assert names == sorted(named)
    assert [text(each.get_object()["/ID"]) for each in tree[1::2]] == names


def inside(element: Any) -> Iterator[Any]:
    for each in element.get("/K", []):
        child = each.get_object() if hasattr(each, "get_object") else each
        if isinstance(child, dict):
            yield child
            yield from inside(child)


def text(name: Any) -> str:
    return name.decode() if isinstance(name, bytes) else str(name)


def test_all_that_is_painted_is_read_or_an_artifact(pdf) -> None:
    """A page number is an artifact; everything else hangs in the tree, once."""
    linked = {
        (id_of(each["/Pg"]), kid)
        for each in elements(pdf)
        for kid in each.get("/K", [])
        if isinstance(kid, int)
    }
    seen, pagination = set(), 0
    for page in pdf.pages:
        marks: list[int | None] = []
        for operands, operator in ContentStream(page.get_contents(), pdf).operations:
            if operator in (b"BDC", b"BMC"):
                properties = operands[1] if len(operands) > 1 else {}
                marks.append(properties.get("/MCID"))
                seen |= {(id_of(page), mark) for mark in marks[-1:] if mark is not None}
                pagination += properties.get("/Type") == "/Pagination"
                assert operands[0] == "/Artifact" or marks[-1] is not None
            elif operator == b"EMC":
                marks.pop()
            else:
                assert marks or operator not in SHOWS | PAINTS
    assert seen == linked
    assert pagination == len(pdf.pages)


def id_of(page: Any) -> int:
    return int(page.get_object().indirect_reference.idnum)


def test_it_is_read_in_the_order_of_the_report(pdf, key) -> None:
    said = iter([each["/S"] for each in elements(pdf) if each["/S"] in ("/H1", "/H2", "/Table")])
    report = present(specimen(key))
    expected = ["/H1"]
    for part in report.parts:
        expected += ["/H2", "/Table"] if part.table else ["/H2"]
    assert list(said) == [*expected, "/H2"]


@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_a_validator_finds_nothing(content: bytes, profile: str) -> None:
    validator = pytest.importorskip("page", reason="page-validation is not installed")
    report = validator.validate_pdf_bytes(content, profile=profile)
    assert [(each.rule_id, each.message) for each in report.failures] == []

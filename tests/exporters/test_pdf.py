"""The PDF by GB/T 9704-2012, read back."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest
from django.conf import settings
from pdfminer.pdftypes import resolve1
from pdfplumber.page import Page
from weasyprint import HTML

from reports.exporters import Document, Options, draw
from reports.exporters.pdf import OwnFiles, Refused, pdf_of
from reports.exporters.presentation import present
from reports.sheet import Addition, Printed, Sheet

from .specimen import specimen

MM = 72 / 25.4
FONTS = Path(settings.FONT_ROOT)


def pages_of(made: Document | bytes) -> list[Page]:
    content = made.content if isinstance(made, Document) else made
    return list(pdfplumber.open(BytesIO(content)).pages)


def drawn(sheet: Sheet, **options: bool) -> Document:
    return draw("pdf", sheet, Options(font_root=FONTS, **options))


@pytest.fixture(scope="module", params=[2019, 2021])
def sheet(request: pytest.FixtureRequest) -> Sheet:
    return specimen(request.param)


@pytest.fixture(scope="module")
def made(sheet: Sheet) -> Document:
    return drawn(sheet)


def test_pages_are_a4_and_text_stays_in_the_type_area(made: Document) -> None:
    for page in pages_of(made):
        assert (round(page.width / MM), round(page.height / MM)) == (210, 297)
        body = [char for char in page.chars if char["bottom"] < 263 * MM]
        assert min(char["x0"] for char in body) >= 27.9 * MM
        assert max(char["x1"] for char in body) <= 184.5 * MM
        assert min(char["top"] for char in body) >= 36.5 * MM


def test_a_page_of_text_has_22_lines_of_28_characters(made: Document) -> None:
    page = pages_of(made)[1]
    body = page.crop((0, 0, page.width, 263 * MM))
    lines = body.extract_text_lines()
    assert len(lines) == 22
    assert all(round(char["size"], 2) == 15.75 for char in body.chars)
    chinese = [line["text"] for line in lines if line["text"].isalpha()]
    assert all(len(text) <= 28 for text in chinese)


def test_the_text_is_all_there(made: Document, sheet: Sheet) -> None:
    text = "".join(
        page.crop((0, 0, page.width, 263 * MM)).extract_text() for page in pages_of(made)
    )
    text = "".join(text.split())
    for part in ("preface", "overview", "problems", "other_matters"):
        for line in sheet.text(part).splitlines():
            assert "".join(line.split()) in text


def test_tables_read_back_cell_by_cell(made: Document, sheet: Sheet) -> None:
    tables = [table for page in pages_of(made) for table in page.extract_tables()]
    drawn_tables = [part.table for part in present(sheet).parts if part.table]
    assert len(tables) == 3
    for read, table in zip(tables, drawn_tables, strict=True):
        assert len(read) == len(table.rows)
    for row, read in zip(drawn_tables[1].rows[3:], tables[1][3:], strict=True):
        assert read[-7:] == [cell.text for cell in row if cell.place]
    assert tables[2][-1] == [cell.text for cell in drawn_tables[2].figures]


def test_part_three_stands_on_one_page_with_its_heading(made: Document, sheet: Sheet) -> None:
    title = sheet.edition.part("applications").title
    (page,) = [page for page in pages_of(made) if title in page.extract_text()]
    assert len(page.find_tables()) == 1
    assert len(page.extract_tables()[0]) == (26 if sheet.edition.key == 2019 else 28)


def test_page_numbers_stand_outside_one_character_in(made: Document) -> None:
    for number, page in enumerate(pages_of(made), 1):
        foot = page.crop((0, 263 * MM, page.width, page.height))
        assert foot.extract_text().split() == ["—", str(number), "—"]
        edge = (184 * MM - max(char["x1"] for char in foot.chars)) if number % 2 else (
            min(char["x0"] for char in foot.chars) - 28 * MM
        )  # fmt: skip
        assert abs(edge - 14) < 3
        dash = foot.chars[0]
        assert abs((dash["top"] + dash["bottom"]) / 2 - 269 * MM) < 1.5 * MM
        assert round(dash["size"]) == 14


def test_the_document_says_language_title_and_outline(made: Document, sheet: Sheet) -> None:
    with pdfplumber.open(BytesIO(made.content)) as pdf:
        catalog = pdf.doc.catalog
        assert catalog["Lang"] == b"zh-CN"
        assert pdf.metadata["Title"] == sheet.title
        assert pdf.metadata["Author"] == sheet.agency
        titles = [title for _, title, *_ in pdf.doc.get_outlines()]
        assert titles[0] == sheet.title
        assert set(titles) >= {part.title for part in sheet.edition.parts[1:]}


def test_only_our_faces_are_used_and_all_are_embedded(made: Document) -> None:
    faces = {char["fontname"] for page in pages_of(made) for char in page.chars}
    assert all("+report-" in face for face in faces)
    fonts = resolve1(pages_of(made)[0].page_obj.resources["Font"])
    for font in map(resolve1, fonts.values()):
        (descendant,) = resolve1(font["DescendantFonts"])
        descriptor = resolve1(resolve1(descendant)["FontDescriptor"])
        assert {"FontFile2", "FontFile3"} & descriptor.keys()


def test_the_same_sheet_gives_the_same_bytes(made: Document, sheet: Sheet) -> None:
    assert drawn(sheet).sha256 == made.sha256


def test_a_draft_says_so_on_every_page() -> None:
    pages = pages_of(drawn(specimen(), draft=True))
    assert len(pages) > 1
    for page in pages:
        assert "送审稿" in page.crop((0, 0, page.width, 36 * MM)).extract_text()
    assert "送审稿" not in "".join(page.extract_text() for page in pages_of(drawn(specimen())))


def test_a_table_too_long_for_its_page_repeats_its_header() -> None:
    sheet = specimen()
    long = "此处原文有很长的文字" * 4
    cells = {f"applications.natural_person.{key}": long for key in ("granted", "received")}
    report = present(replace(sheet, as_printed=True, printed=Printed(cells=cells)))
    heading = sheet.edition.applications.columns_heading
    with_heading = [
        page for page in pages_of(pdf_of(report, FONTS)) if heading in page.extract_text()
    ]
    assert len(with_heading) == 2


def test_a_local_table_is_printed_after_its_part() -> None:
    addition = Addition("disclosure", "信息发布情况", (("指标", "数量"), ("网站公开", "326")))
    report = present(replace(specimen(), printed=Printed(additions=(addition,))))
    text = "".join(page.extract_text() for page in pages_of(pdf_of(report, FONTS)))
    assert "照录" in text
    assert "信息发布情况" in text


def test_the_signature_ends_two_characters_from_the_right() -> None:
    last = pages_of(drawn(specimen()))[-1]
    lines = last.crop((0, 0, last.width, 263 * MM)).extract_text_lines()
    name, date = lines[-2:]
    em = 15.75
    assert (name["text"], date["text"]) == ("云泽市教育局", "2025年1月21日")
    assert abs(date["x0"] - name["x0"] - 2 * em) < 2
    assert abs(184 * MM - date["x1"] - 2 * em) < 4
    last = pages_of(drawn(specimen(agency="云泽市人力资源和社会保障局")))[-1]
    name, date = last.crop((0, 0, last.width, 263 * MM)).extract_text_lines()[-2:]
    assert abs(184 * MM - name["x1"] - 2 * em) < 4
    assert abs(date["x0"] - name["x0"] - 2 * em) < 2


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd", "http://127.0.0.1/", "https://example.org/x.css", "ftp://example.org/",
        "font:../../etc/passwd", "font:/etc/passwd", "font:missing.otf", "FILE:///etc/passwd",
    ],
)  # fmt: skip
def test_nothing_else_is_fetched(address: str) -> None:
    with pytest.raises(Refused):
        OwnFiles(FONTS).fetch(address)


def test_a_local_file_cannot_be_embedded() -> None:
    hostile = '<link rel="attachment" href="file:///etc/passwd"><img src="file:///etc/passwd">'
    content = HTML(string=hostile, url_fetcher=OwnFiles(FONTS)).write_pdf(uncompressed_pdf=True)
    assert b"EmbeddedFiles" not in content
    assert b"root:" not in content


def test_data_and_own_fonts_are_fetched() -> None:
    assert OwnFiles(FONTS).fetch("data:text/plain,ok").read() == b"ok"
    assert OwnFiles(FONTS).fetch("font:serif.otf").read(4) == b"OTTO"


def test_a_document_without_fonts_is_refused() -> None:
    with pytest.raises(ValueError, match="font_root"):
        draw("pdf", specimen())


def test_what_was_explained_stands_on_a_page_behind_the_report() -> None:
    finding = {"message": "上年结转与上一年度不一致。", "explanation": {"reason": "交接时核实。"}}
    last = pages_of(draw("pdf", specimen(), Options(FONTS, (finding,))))[-1]
    said = last.extract_text().replace("\n", "")
    assert "检查结果的说明" in said
    assert "说明：交接时核实。" in said

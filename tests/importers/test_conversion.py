"""Files which others read for us: old Word and its kin by LibreOffice, and web archives."""

import shutil
import subprocess
from email.message import EmailMessage

import pytest
import xlwt

from reports.editions import EDITIONS
from reports.importers import UnreadableDocument
from reports.importers.converting import CONVERTED, office
from reports.importers.opening import KINDS, accepted

from . import documents as make
from .test_html import TEXTS, body_html, site
from .test_unreadable import OLE, SENTENCE

EACH_EDITION = pytest.mark.parametrize("edition", EDITIONS.values(), ids=lambda e: str(e.key))
WITH_OFFICE = pytest.mark.skipif(not office(), reason="LibreOffice (soffice) is not installed")
WORD = OLE + bytes(600) + "WordDocument".encode("utf-16-le") + bytes(900)


def same(reading, sheet):
    assert make.figures(reading.sheet) == make.figures(sheet)
    for key in TEXTS:
        assert getattr(reading.sheet, key) == getattr(sheet, key), key


def saved_as(suffix, sheet, folder):
    """Our .docx saved in another format, as a person with LibreOffice does it."""
    (folder / "report.docx").write_bytes(make.as_docx(make.parts_of(sheet)))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [office(), profile, "--headless", "--convert-to", suffix[1:], "report.docx"],
        cwd=folder, check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return (folder / f"report{suffix}").read_bytes()


@WITH_OFFICE
@EACH_EDITION
@pytest.mark.parametrize("suffix", [".doc", ".rtf", ".odt"])
@pytest.mark.corpus
def test_what_libreoffice_converts_is_read_cell_by_cell(edition, suffix, tmp_path):
    sheet = make.random_sheet(edition)
    reading = make.reading_of(saved_as(suffix, sheet, tmp_path))
    same(reading, sheet)
    assert CONVERTED in reading.notes


@WITH_OFFICE
@pytest.mark.parametrize("data", [WORD, b"{\\rtf1 {{{"], ids=["doc", "rtf"])
def test_what_libreoffice_cannot_convert_is_refused_in_a_sentence(data):
    with pytest.raises(UnreadableDocument) as refused:
        make.reading_of(data)
    assert SENTENCE.match(str(refused.value))


@pytest.mark.parametrize(
    ("data", "called"), [(WORD, "旧版 Word 文件"), (b"{\\rtf1 text}", "RTF 文件")]
)
def test_without_libreoffice_a_sentence_says_to_save_as_docx(data, called, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert shutil.which("soffice") is None
    with pytest.raises(UnreadableDocument, match=called) as refused:
        make.reading_of(data)
    assert "另存为 .docx" in str(refused.value)
    assert ".doc" not in accepted()


def test_the_suffixes_of_what_can_be_read_are_said_once():
    assert {".docx", ".xlsx", ".xls", ".pdf", ".html", ".htm", ".mht", ".txt"} <= set(accepted())
    assert (".doc" in accepted()) is bool(office())
    assert all(kind.suffixes for kind in KINDS if kind.read)
    assert all(kind.refusal for kind in KINDS if not kind.read)


def archived(page, charset):
    """A page with its picture in one file, as browsers save it."""
    message = EmailMessage()
    message["Subject"] = "政府信息公开年报"
    message.set_content(page.decode(), subtype="html", charset=charset, cte="quoted-printable")
    message.add_related(b"\x89PNG", "image", "png", cid="<one@example.gov.cn>")
    return message.as_bytes()


@EACH_EDITION
@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_a_web_archive_is_read_as_its_page(edition, charset):
    sheet = make.random_sheet(edition)
    page = site(body_html(make.parts_of(sheet)), charset="utf-8")
    same(make.reading_of(archived(page, charset)), sheet)


def test_a_web_archive_without_a_page_is_refused():
    data = b"MIME-Version: 1.0\r\nContent-Type: image/png\r\n\r\n..."
    with pytest.raises(UnreadableDocument, match=r"没有网页.*另存为 \.html"):
        make.reading_of(data)


def old_excel(sheet):
    """The whole report in the one sheet of an .xls."""
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("年度报告")
    at = 0
    for block in make.parts_of(sheet):
        if isinstance(block, str):
            page.write(at, 0, block)
            at += 2
            continue
        for line in make.laid_out(block):
            for column, cell in line:
                if cell is None:
                    continue
                number = make.is_number(cell.text) and cell.text
                text = float(cell.text) if number else cell.text
                bottom, right = at + cell.rows - 1, column + cell.columns - 1
                page.write_merge(at, bottom, column, right, text)
            at += 1
        at += 1
    return make.saved(book)


@EACH_EDITION
def test_an_xls_is_read_cell_by_cell(edition):
    sheet = make.random_sheet(edition)
    same(make.reading_of(old_excel(sheet)), sheet)

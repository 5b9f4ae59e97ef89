"""PDF: our own, tables over two pages, and what cannot be read."""

import random
import re
from html import escape

import pydyf
import pytest
from django.conf import settings as site
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from weasyprint import CSS, HTML

from reports.editions import EDITIONS
from reports.exporters import Options, draw
from reports.exporters.pdf import drawing, press
from reports.importers import UnreadableDocument
from reports.importers.document import RawCell
from reports.importers.normal import same_characters
from reports.importers.opening import document_of
from reports.importers.pdf import RECOGNIZED, read_pdf
from reports.importers.pdf_lines import mended
from reports.importers.pdf_tables import is_split
from tests.exporters.specimen import specimen

from . import documents as make
from .test_html import TEXTS, table_html
from .test_unreadable import SENTENCE, assert_read_or_refused

EDITION = EDITIONS[2021]
EACH_EDITION = pytest.mark.parametrize("edition", EDITIONS.values(), ids=lambda e: str(e.key))
STYLE = (
    "@page { size: A4; margin: 30mm; @bottom-center { content: '第' counter(page) '页 共' counter(pages) '页' } }"
    "html { font: 14pt/28pt 'report-song' } p { margin: 0; text-indent: 2em } h1 { font-size: 20pt; text-align: center }"
    "table { border-collapse: collapse; font: 9pt/12pt 'report-song'; width: 100% } tr { break-inside: avoid }"
    "td, th { border: 1pt solid black; padding: 3pt } td p { text-indent: 0 }"
)


def our_pdf(sheet, **options):
    return draw("pdf", sheet, Options(font_root=site.FONT_ROOT, **options)).content


def printed(html, style="", finisher=None):
    """A PDF of any page, in our fonts; ``finisher`` changes its objects before they are written."""
    with drawing:
        tools = press(site.FONT_ROOT)
        own = CSS(string=STYLE + style, font_config=tools.fonts)
        return HTML(string=html, url_fetcher=tools.fetcher).write_pdf(
            stylesheets=[own], font_config=tools.fonts, finisher=finisher
        )


def html_of(blocks, heads=None):
    """The report as a page; of a table so many rows are its head, repeated on every page."""

    def table(rows):
        text = table_html(rows)
        cut = (heads or {}).get(id(rows), 0)
        if not cut:
            return text
        end = -1
        for _ in range(cut):
            end = text.index("</tr>", end + 1)
        at = text.index("<tr>")
        head = text[at : end + 5]
        return f"{text[:at]}<thead>{head}</thead><tbody>{text[end + 5 :]}"

    title, *rest = blocks
    said = (f"<p>{escape(b)}</p>" if isinstance(b, str) else table(b) for b in rest)
    return f"<h1>{title}</h1>{''.join(said)}"


def same(reading, sheet, notes=None):
    assert make.figures(reading.sheet) == make.figures(sheet)
    for key in TEXTS:
        assert getattr(reading.sheet, key) == getattr(sheet, key), key
    assert reading.notes == (make.assumed(sheet) if notes is None else notes)


@EACH_EDITION
@pytest.mark.parametrize("seed", range(3))
def test_our_own_file_comes_back(edition, seed):
    sheet = make.random_sheet(edition, seed)
    same(make.reading_of(our_pdf(sheet)), sheet, ())


@EACH_EDITION
def test_our_own_long_file_comes_back(edition):
    sheet = specimen(edition.key)
    reading = make.reading_of(our_pdf(sheet))
    same(reading, sheet, ())
    assert reading.sheet.printed.additions == ()


def test_the_words_above_a_draft_are_not_the_report():
    sheet = make.random_sheet(EDITION)
    same(make.reading_of(our_pdf(sheet, draft=True)), sheet, ())


@EACH_EDITION
@pytest.mark.parametrize("space", [0, 90, 150])
@pytest.mark.corpus
def test_a_table_over_two_pages_with_its_head_repeated(edition, space):
    sheet = make.random_sheet(edition)
    blocks = make.parts_of(sheet)
    tables = [block for block in blocks if not isinstance(block, str)]
    heads = {id(tables[1]): 3, id(tables[2]): 3}
    data = printed(html_of(blocks, heads), f"h1 {{ margin-bottom: {space}mm }}")
    document = read_pdf(data)
    assert len(list(document.grids())) == 3
    same(make.reading_of(data), sheet)


@pytest.mark.parametrize("space", range(0, 200, 25))
@pytest.mark.corpus
def test_paragraphs_go_on_over_pages(space):
    sheet = specimen(2021)
    style = f"h1 {{ margin-bottom: {space}mm }} table {{ break-inside: avoid }}"
    data = printed(html_of(make.parts_of(sheet)), style)
    same(make.reading_of(data), sheet)


def test_paragraphs_without_an_indent():
    sheet = make.random_sheet(EDITION)
    data = printed(
        html_of(make.parts_of(sheet)), "p { text-indent: 0 } table { break-inside: avoid }"
    )
    same(make.reading_of(data), sheet)


def test_a_watermark_is_left_out_and_said():
    sheet = make.random_sheet(EDITION)
    mark = "<div style='position: absolute; top: 9cm; transform: rotate(45deg)'>内部资料</div>"
    reading = make.reading_of(
        printed(mark + html_of(make.parts_of(sheet)), "table { break-inside: avoid }")
    )
    same(reading, sheet, ("斜排或者竖排的文字（例如水印）没有读取。",))


def test_a_running_head_that_the_first_page_lacks_and_a_foot_that_counts():
    sheet = specimen(2021)
    style = (
        "@page { @top-left { content: '云泽市教育局信息公开' } @bottom-right { content: 'a.html ' counter(page) } }"
        "@page :first { @top-left { content: none } } table { break-inside: avoid }"
    )
    reading = make.reading_of(printed(html_of(make.parts_of(sheet)), style))
    notes = {
        "页眉或者页脚“云泽市教育局信息公开”没有读取。",
        "页眉或者页脚“第…页 共…页 a.html …”没有读取。",
    }
    assert set(reading.notes) == notes
    same(reading, sheet, reading.notes)


UNRULED = "td, th { border: none }"
LOOKS = {
    "open sides": "table { border-left: hidden; border-right: hidden } h1 { margin-bottom: 120mm }",
    "cells apart": "table { border-collapse: separate; border-spacing: 5pt; border: 1pt solid black }",
    "no rules": UNRULED,
    "three lines": UNRULED + "table { border: 1pt solid black; border-width: 1pt 0 } td { text-align: center }",
    "striped": UNRULED + "tr:nth-child(even) td { background: #ddd }",
    "rows parted": "tr { break-inside: auto } h1 { margin-bottom: 54mm }",
    "header parted": "h1 { margin-bottom: 180mm } tr { break-inside: auto }",
}  # fmt: skip
ORDER = re.compile("标题没有全部认出，按格式规定的(?:列序|次序)读取|分在两页上，已经合为一行")


@EACH_EDITION
@pytest.mark.parametrize("style", LOOKS.values(), ids=LOOKS)
@pytest.mark.corpus
def test_every_cell_however_the_table_is_ruled(style, edition):
    sheet = make.random_sheet(edition)
    reading = make.reading_of(printed(html_of(make.parts_of(sheet)), style))
    same(reading, sheet, reading.notes)
    said = [note for note in reading.notes if note not in make.assumed(sheet)]
    assert all(ORDER.search(note) for note in said), said
    assert reading.sheet.printed.missing == reading.sheet.printed.additions == ()


def test_only_the_labels_are_ruled():
    sheet = make.random_sheet(EDITION)
    html = re.sub(
        r"<td (?=[^>]*><p>[-.0-9]*</p>)", "<td class='figure' ", html_of(make.parts_of(sheet))
    )
    reading = make.reading_of(printed(html, ".figure { border: none }"))
    same(reading, sheet, reading.notes)
    assert reading.sheet.printed.additions == ()


def drawn_anew(change):
    """A finisher: every page's drawing as ``change(page, lines)`` makes it."""

    def finish(_, pdf):
        for page in [o for o in pdf.objects if isinstance(o, dict) and "Contents" in o]:
            stream = pdf.objects[int(bytes(page["Contents"]).split()[0])].stream
            stream[:] = change(page, list(stream))

    return finish


def on_its_side(page, lines):
    left, top, right, bottom = (float(each) for each in page["MediaBox"])
    for box in [key for key in page if key.endswith("Box")]:
        del page[box]
    page["MediaBox"] = pydyf.Array([0, 0, bottom - top, right - left])
    return [f"0 1 -1 0 {bottom - top} 0 cm", *lines]


def twice(page, lines):
    return ["q", *lines, "Q", "q", "1 0 0 1 2 0 cm", *lines, "Q"]


def over_an_image(page, lines):
    image = b"q 600 0 0 850 0 0 cm\nBI /W 1 /H 1 /CS /G /BPC 8 ID \xff EI Q"
    return [image, *lines]


@pytest.mark.parametrize("change", [on_its_side, twice])
def test_a_page_on_its_side_and_letters_drawn_twice_to_look_bold(change):
    sheet = make.random_sheet(EDITION)
    same(make.reading_of(printed(html_of(make.parts_of(sheet)), "", drawn_anew(change))), sheet)


def test_a_text_layer_over_an_image_is_said_to_be_recognized():
    sheet = make.random_sheet(EDITION)
    data = printed(html_of(make.parts_of(sheet)), "", drawn_anew(over_an_image))
    same(make.reading_of(data), sheet, (RECOGNIZED,))


def unmapped(text=""):
    """A finisher: the fonts do not say what these characters are, or what any is."""
    codes = "|".join(f"{ord(each):04x}" for each in text) or "[0-9a-f]{4}"
    line = re.compile(rf"<[0-9a-f]{{4}}> <(?:{codes})>\n?".encode())

    def finish(_, pdf):
        for each in pdf.objects:
            parts = [
                p if isinstance(p, bytes) else str(p).encode() for p in getattr(each, "stream", ())
            ]
            if any(b"beginbfchar" in part for part in parts):
                each.stream = [line.sub(b"", part) for part in parts]

    return finish


def test_characters_that_the_font_does_not_name_are_said():
    sheet = make.random_sheet(EDITION)
    reading = make.reading_of(printed(html_of(make.parts_of(sheet)), "", unmapped("读")))
    assert "PDF 里有 1 个字符没有写明是什么字，请对照原件核对。" in reading.notes
    assert make.figures(reading.sheet) == make.figures(sheet)


def test_a_file_whose_fonts_name_no_character_is_refused():
    data = printed(html_of(make.parts_of(make.random_sheet(EDITION))), "", unmapped())
    with pytest.raises(UnreadableDocument, match="没有写明各是什么字"):
        make.reading_of(data)


@pytest.mark.parametrize("write", [make.as_docx, make.as_lines])
def test_radicals_copied_from_a_pdf_are_the_characters_they_look_like(write):
    sheet = make.random_sheet(EDITION)
    radicals = str.maketrans("一人大工行见长", "⼀⼈⼤⼯⾏⻅⻓")
    blocks = [
        each.translate(radicals)
        if isinstance(each, str)
        else make.relabeled(each, lambda text: text.translate(radicals))
        for each in make.parts_of(sheet)
    ]
    same(make.reading_of(write(blocks)), sheet)


def half(*texts):
    return tuple(RawCell(text) for text in texts)


def test_halves_of_a_row_are_one_and_two_rows_are_two():
    first, second = (leaf.label for leaf in EDITION.applications.leaves()[:2])
    assert is_split(half(first[:7], "", ""), half(first[7:], "3", "4"))
    assert is_split(half(first[:7], "3", "4"), half("", first[7:], "", ""))
    assert is_split(half(first, "", ""), half("", "3", "4"))
    assert is_split(half("", "3", "4"), half("", "", first, "", ""))
    assert not is_split(half(first, "3", "4"), half(second, "5", "6"))
    assert not is_split(half(first, "", ""), half(second, "", ""))
    assert not is_split(half(first, "", ""), half(second, "5", "6"))
    columns = [column.label for column in EDITION.applications.columns]
    assert is_split(half("", columns[1][:2], columns[2]), half("", columns[1][2:], ""))
    assert is_split(half(columns[0], "", columns[-1]), half("", columns[1], ""))
    results = [result.label for result in EDITION.remedies.results]
    assert not is_split(half(*results), half("1", "2", "3", "4", "10"))
    assert not is_split(half(*results), half("", "", "", "", ""))


def test_characters_and_lines():
    assert same_characters("⼀、总体情况 ⼯作") == "一、总体情况 工作"
    assert same_characters("⻘石路 ⼈⺠政府⻔⼾ ﬁle") == "青石路 人民政府门户 file"
    assert mended(["annual", "report", "年", "度12", "3"]) == "annual report年度123"


def pdf_of(trailer=b"", content=b"", kids=1):
    """The smallest PDF, written by hand."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>"
        % (kids, b"".join(b"%d 0 R " % (number + 4) for number in range(kids))),
        b"<< /Length %d >> stream\n%s\nendstream" % (len(content), content),
        *[b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 3 0 R >>"] * kids,
    ]
    data, at = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        at.append(len(data))
        data += b"%d 0 obj %s endobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % each for each in at)
    return (
        data + b"xref\n0 %d\n0000000000 65535 f \n" % (len(at) + 1) + table
        + b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF" % (len(at) + 1, trailer, len(data))
    )  # fmt: skip


LOCK = b"/Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <%s> /U <%s>" % (b"12" * 32, b"34" * 32)
REFUSED = {
    "a scan": (pdf_of(content=b"q 1 0 0 1 0 0 cm Q"), "扫描件"),
    "locked": (pdf_of(b"/Encrypt << %s >> /ID [<00> <00>]" % LOCK), "密码"),
    "only its mark": (b"%PDF-1.7", "损坏"),
    "too many pages": (pdf_of(kids=301), "300 页"),
    "no pages": (b"%PDF-1.4\ntrailer << /Root 1 0 R >>\n%%EOF", "损坏"),
}


@pytest.mark.parametrize(("data", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_says_why(data, said):
    with pytest.raises(UnreadableDocument) as refused:
        make.reading_of(data)
    assert said in str(refused.value)
    assert SENTENCE.match(str(refused.value))


def test_a_pdf_that_swells_takes_only_its_own_process_down():
    """A stream packed twice: a few kB that would be a gigabyte."""
    import zlib

    packed = zlib.compress(zlib.compress(bytes(1 << 30), 9), 9)
    filters = b"/Filter [/FlateDecode /FlateDecode]"
    data = pdf_of(content=packed).replace(b"/Length", filters + b" /Length", 1)
    with pytest.raises(UnreadableDocument) as refused:
        make.reading_of(data)
    assert SENTENCE.match(str(refused.value))


@pytest.fixture(scope="module")
def whole():
    return our_pdf(make.random_sheet(EDITION))


@pytest.mark.parametrize("seed", range(6))
def test_a_damaged_file_is_read_or_refused(whole, seed):
    chance = random.Random(seed)
    data = bytearray(whole)
    for _ in range(200):
        data[chance.randrange(len(data))] = chance.randrange(256)
    assert_read_or_refused(bytes(data if seed % 2 else whole[: chance.randrange(len(whole))]))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=400))
def test_random_bytes_after_the_mark_are_refused(data):
    with pytest.raises(UnreadableDocument) as refused:
        read_pdf(b"%PDF-1.4\n" + data)
    assert SENTENCE.match(str(refused.value))


def test_the_process_apart_says_what_the_reader_says(whole):
    assert document_of(whole) == read_pdf(whole)

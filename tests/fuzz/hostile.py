"""Files made to harm: bombs, entities, depth, cycles, size. The first word is the format."""

import io
import zipfile
import zlib
from collections.abc import Callable
from random import Random

from .archives import zipped

HEADING = "一、总体情况"
TITLE = "云泽市教育局2024年政府信息公开工作年度报告"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def docx(body: str, **members: str) -> bytes:
    document = f"<w:document {W}><w:body>{paragraph(TITLE)}{body}</w:body></w:document>"
    return zipped(
        [
            ("[Content_Types].xml", b"<Types/>"),
            ("word/document.xml", document.encode()),
            *((f"word/{name}.xml", xml.encode()) for name, xml in members.items()),
        ]
    )


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def table(cells: str, rows: int) -> str:
    return f"<w:tbl>{f'<w:tr>{cells}</w:tr>' * rows}</w:tbl>"


def numbered_docx(chance: Random) -> bytes:
    """Automatic numbers whose patterns and starts are absurd."""
    deep = chance.choice(["%1" * 5000, "%9" * 3000, "%1%2%3" * 2000])
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="999999999"/><w:numFmt w:val="chineseCounting"/>'
        f'<w:lvlText w:val="{deep}"/></w:lvl>'
        for n in range(9)
    )
    numbering = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    item = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="8"/><w:numId w:val="1"/></w:numPr></w:pPr>'
        "<w:r><w:t>无</w:t></w:r></w:p>"
    )
    return docx(item * chance.choice([10, 2000, 7000]), numbering=numbering)


def xlsx(sheet: str, *, shared: str = "", name: str = "年报") -> bytes:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    relation = '<Relationship Id="r{0}" Type="' + office + '/{1}" Target="{2}"/>'
    book = f'<workbook {S} {R}><sheets><sheet name="{name}" sheetId="1" r:id="r1"/></sheets></workbook>'
    relations = relation.format(1, "worksheet", "worksheets/sheet1.xml")
    relations += relation.format(2, "sharedStrings", "sharedStrings.xml") if shared else ""
    root = relation.format(1, "officeDocument", "xl/workbook.xml")
    return zipped(
        [
            ("[Content_Types].xml", b"<Types/>"),
            ("_rels/.rels", f'<Relationships xmlns="{package}">{root}</Relationships>'.encode()),
            ("xl/workbook.xml", book.encode()),
            ("xl/_rels/workbook.xml.rels",
             f'<Relationships xmlns="{package}">{relations}</Relationships>'.encode()),
            ("xl/worksheets/sheet1.xml", f"<worksheet {S}>{sheet}</worksheet>".encode()),
            *([("xl/sharedStrings.xml", shared.encode())] if shared else []),
        ]
    )  # fmt: skip


def far_xlsx(chance: Random) -> bytes:
    """Two cells at opposite corners of the largest sheet there is."""
    corner = chance.choice(["XFD1048576", "A1048576", "XFD1", "ZZZZ9", "A99999999999"])
    rows = f'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="{corner}"><v>1</v></c></row>'
    return xlsx(f"<sheetData>{rows}</sheetData>")


def merged_xlsx(chance: Random) -> bytes:
    merges = '<mergeCell ref="A1:XFD1048576"/>' * chance.choice([1, 3000])
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="90"><c r="CV90"><v>1</v></c></row>'
    return xlsx(f"<sheetData>{cells}</sheetData><mergeCells>{merges}</mergeCells>")


def shared_xlsx(chance: Random) -> bytes:
    """One long text which tens of thousands of cells share."""
    text = "公" * chance.choice([1000, 200_000])
    rows = "".join(
        f'<row r="{n}">'
        + "".join(f'<c r="{c}{n}" t="s"><v>0</v></c>' for c in "ABCDEFGHIJ")
        + "</row>"
        for n in range(1, chance.choice([100, 700, 3000]))
    )
    return xlsx(f"<sheetData>{rows}</sheetData>", shared=f"<sst {S}><si><t>{text}</t></si></sst>")


def bomb(name: str, size: int) -> bytes:
    """An archive whose member is far larger than it is."""
    return zipped([(name, b"<a>" + b" " * size)])


def lying_bomb(chance: Random) -> bytes:
    """Its directory says that it is small."""
    data = bytearray(bomb("word/document.xml", 30_000_000))
    small = (1000).to_bytes(4, "little")
    for mark, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        start = data.find(mark) + at
        data[start : start + 4] = small
    return bytes(data)


def members(chance: Random) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(chance.choice([1900, 30_000])):
            archive.writestr(f"word/document{number}.xml", b"<a/>")
    return file.getvalue()


def pdf(*objects: bytes, tail: bytes = b"") -> bytes:
    """A PDF of numbered objects with a sound table of their places."""
    data, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    ending = tail or b"/Root 1 0 R /Size %d" % (len(objects) + 1)
    return data + b"trailer\n<< %s >>\nstartxref\n%d\n%%%%EOF" % (ending, start)


def page_pdf(content: bytes, pages: int = 1, rest: bytes = b"") -> bytes:
    """Pages which all draw the same stream."""
    packed = zlib.compress(content)
    kids = b" ".join(b"3 0 R" for _ in range(pages))
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F 5 0 R >> %s >> >>" % rest,
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )


def cyclic_pdf(chance: Random) -> bytes:
    kids = chance.choice([b"[2 0 R]", b"[3 0 R 2 0 R]", b"2 0 R", b"[1 0 R]"])
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Parent 3 0 R /Kids %s /Count 1 >>" % kids,
        b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 3 0 R] /Count 99999999 >>",
    )


def xref_pdf(chance: Random) -> bytes:
    """Tables of places which lead back to themselves, or to nowhere."""
    prev = chance.choice([b"/Prev 9", b"/Prev 0", b"/Prev 99999999", b"/XRefStm 9", b"/Size 1e9"])
    data = pdf(b"<< /Type /Catalog /Pages 1 0 R >>", tail=b"/Root 1 0 R " + prev)
    start = data.rindex(b"xref\n0")
    return data.replace(b"/Prev 9 ", b"/Prev %d " % start).replace(b"0 2\n", b"0 999999999\n", 1)


def form_pdf(chance: Random) -> bytes:
    """A drawing which draws itself."""
    form = b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >> /Length 10 >>\nstream\n/X Do /X Do\nendstream"
    return page_pdf(b"/X Do", rest=b"/XObject << /X 6 0 R >>").replace(
        b"xref\n", b"6 0 obj\n" + form + b"\nendobj\nxref\n", 1
    )


def nested(mark: str, chance: Random) -> str:
    depth = chance.choice([150, 255, 5000, 100_000])
    return f"<{mark}>" * depth + HEADING + (f"</{mark}>" * depth if depth % 2 else "")


def page(body: str) -> bytes:
    return f"<!DOCTYPE html><html><body><h1>{TITLE}</h1>{body}</body></html>".encode()


Maker = Callable[[Random], bytes]
LINES = b"BT /F 9 Tf 9 9 Td (2024) Tj ET\n"
RULES = b"0 0 m 595 842 l S 10 10 500 700 re S\n"
SPAN = "<td rowspan={0} colspan={0}>1</td>"
MARKS = "一二三四五六七八九十、（）其中件条“”《》%.0123456789年度报告占比共同较申请受理新增\n"
HOSTILE: dict[str, Maker] = {
    "docx bomb": lambda _: bomb("word/document.xml", 200_000_000),
    "docx bomb within limits": lambda c: zipped([("word/document.xml", b"<body>" + b"<p/>" * 7_000_000), ("x", c.randbytes(400_000))]),
    "docx bomb of attributes": lambda c: zipped([("word/document.xml", b"<body><p " + b" ".join(b'a%d=""' % n for n in range(900_000)) + b"/></body>"), ("x", c.randbytes(300_000))]),
    "docx lying bomb": lying_bomb,
    "docx members": members,
    "docx deep tables": lambda c: docx("<w:tbl><w:tr><w:tc>" * c.choice([20, 60, 80, 3000]) + paragraph("1")),
    "docx deep closed tables": lambda c: docx("<w:tbl><w:tr><w:tc>" * 80 + paragraph("1") + "</w:tc></w:tr></w:tbl>" * 80),
    "docx deep controls": lambda c: docx("<w:sdt>" * 240 + paragraph(HEADING) + "</w:sdt>" * 240),
    "docx huge table": lambda c: docx(table("<w:tc><w:p/></w:tc>" * c.choice([7, 700]), c.choice([1000, 9000]))),
    "docx wide cells": lambda c: docx(table('<w:tc><w:tcPr><w:gridSpan w:val="999999"/><w:vMerge/></w:tcPr></w:tc>' * 9, 800)),
    "docx numbers": numbered_docx,
    "docx one line": lambda c: docx(paragraph("受理1件，" * 2_000_000)),
    "docx many paragraphs": lambda c: docx(paragraph("（一）公开1件。") * c.choice([7000, 200_000])),
    "docx empty paragraphs": lambda c: docx("<w:p/>" * 900_000 + paragraph(HEADING)),
    "docx empty": lambda _: docx(""),
    "docx styles": lambda c: docx(paragraph("1"), styles=f"<w:styles {W}>" + "<w:style/>" * 400_000 + "</w:styles>"),
    "xlsx bomb": lambda _: bomb("xl/worksheets/sheet1.xml", 300_000_000),
    "xlsx bomb within limits": lambda c: zipped([("xl/worksheets/sheet1.xml", b"<a>" + b"<c><f/></c>" * 2_500_000), ("xl/workbook.xml", b"<x/>"), ("x", c.randbytes(400_000))]),
    "xlsx far corner": far_xlsx,
    "xlsx merges": merged_xlsx,
    "xlsx shared text": shared_xlsx,
    "xlsx many cells": lambda c: xlsx("<sheetData>" + "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="C{n}"><v>2</v></c></row>' for n in range(1, 90_000)) + "</sheetData>"),
    "xlsx dates": lambda c: xlsx(f'<sheetData><row r="1"><c r="A1" t="d"><v>{c.choice(["9999-99-99", "0000", "-1"])}</v></c><c r="B1"><v>{c.choice(["1e308", "-1e308", "NaN", "inf"])}</v></c></row></sheetData>'),
    "html deep": lambda c: page(nested(c.choice(["div", "b", "table", "ul", "font", "a"]), c)),
    "html deep tables": lambda c: page("<table><tr><td>" * c.choice([60, 190, 3000]) + HEADING),
    "html spans": lambda c: page(f"<table>{('<tr>' + SPAN.format(c.choice([1000, 65534, 9999999])) * c.choice([2, 60]) + '</tr>') * c.choice([3, 400])}</table>"),
    "html huge table": lambda c: page(f"<table>{('<tr>' + '<td>1' * c.choice([8, 300])) * c.choice([900, 5000])}</table>"),
    "html unclosed": lambda c: page(c.choice(["<p", "<a href='", "<!--", "<b><i><u>", "<td><tr>", "<script>"]) * 200_000),
    "html one line": lambda c: page("<p>" + "公开1件，占比50%，" * c.choice([9000, 500_000])),
    "html entities": lambda c: page("&#x110000;&#xD800;&#0;&nbsp;&unknown;" * 100_000),
    "html many lines": lambda c: page("<br>1" * 140_000),
    "html attributes": lambda c: page("<p " + " ".join(f'a{n}="{n}"' for n in range(200_000)) + ">1"),
    "html captions": lambda c: page(("<table><caption>" + HEADING + "</caption><tr><td>1<td>2</table>") * 3000),
    "html headings": lambda c: page(f"<p>{HEADING}</p>" * c.choice([7000, 70_000])),
    "txt one line": lambda c: ("受理1件，" * 300_000).encode(),
    "txt ten megabytes": lambda c: TITLE.encode() + b"1" * 10_000_000,
    "txt one line with title": lambda c: f"{TITLE}\n{HEADING}\n{'其中公开1件，同比增长5%，' * c.choice([3000, 40_000])}".encode(),
    "txt marks": lambda c: f"{TITLE}\n{HEADING}\n{''.join(c.choices(MARKS, k=c.choice([9000, 300_000])))}".encode(),
    "txt one mark": lambda c: f"{TITLE}\n{HEADING}\n{c.choice(MARKS) * c.choice([9000, 900_000])}".encode(),
    "txt headings": lambda c: f"{TITLE}\n{(HEADING + chr(10)) * c.choice([900, 7900])}".encode(),
    "txt quotes": lambda c: f"{TITLE}\n".encode() + b'"\t"\n' * c.choice([500, 100_000]),
    "txt tabs": lambda c: f"{TITLE}\n".encode() + b"\t" * c.choice([7000, 3_000_000]),
    "txt lone tabs": lambda c: f"{TITLE}\n".encode() + b"\t1\n\n" * c.choice([4000, 900_000]),
    "txt paragraphs": lambda c: f"{TITLE}\n{HEADING}\n{'（一）公开1件。' * 9}\n".encode() * c.choice([900, 2500]),
    "txt nul": lambda c: b"\0" * 4_000_000 + b"1",
    "txt surrogates": lambda c: TITLE.encode("utf-16") + b"\x00\xd8" * 4000,
    "pdf cycle": cyclic_pdf,
    "pdf places": xref_pdf,
    "pdf draws itself": form_pdf,
    "pdf many pages": lambda c: page_pdf(LINES, c.choice([290, 5000])),
    "pdf bomb": lambda c: page_pdf(b" " * c.choice([50_000_000, 400_000_000])),
    "pdf many words": lambda c: page_pdf(LINES * c.choice([5000, 60_000, 400_000])),
    "pdf many rules": lambda c: page_pdf(RULES * c.choice([300, 3000, 200_000])),
    "pdf rules on pages": lambda c: page_pdf(RULES * 500, 280),
    "pdf deep": lambda c: pdf(b"[" * 100_000, b"<< /Type /Catalog /Pages 2 0 R >>"),
    "pdf states": lambda c: page_pdf(b"q " * 2_000_000),
    "pdf far": lambda c: page_pdf(b"1e30 0 0 1e30 1e30 1e30 cm " + LINES * 9 + b"-1e38 1e38 1e38 1e38 re S"),
}  # fmt: skip

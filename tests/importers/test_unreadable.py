"""What cannot be read is refused in a Chinese sentence, never with a traceback."""

import io
import random
import re
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.editions import EDITIONS
from reports.importers import Reading, UnreadableDocument, read
from reports.importers.opening import LARGEST_FILE, LARGEST_TEXT

from . import documents as make

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
SENTENCE = re.compile(r"^[^a-z]*[\u4e00-\u9fff].*[。]$", re.DOTALL)


def archive(**members):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, data in members.items():
            zipped.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return file.getvalue()


def a_docx():
    return make.as_docx(make.parts_of(make.random_sheet(EDITIONS[2021])))


def encrypted_zip():
    data = bytearray(a_docx())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


BOMB = archive(word__document_xml=b"<w>" + b" " * 40_000_000)
LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;">]><document><body><p><r><t>&c;</t></r></p></body></document>"""

REFUSED = {
    "empty": (b"", "空的"),
    "only spaces": (b"\xef\xbb\xbf \r\n\t", "空的"),
    "old word": (OLE + bytes(600), "旧版"),
    "encrypted office": (OLE + "EncryptedPackage".encode("utf-16-le") + bytes(9), "密码"),
    "pdf": (b"%PDF-1.7\n...", "PDF 文件已损坏"),
    "image": (b"\x89PNG\r\n\x1a\n" + bytes(90), "图片"),
    "html": (b"<!DOCTYPE html><html><body>..</body></html>", "没有在文件中找到"),
    "xlsx": (archive(xl__workbook_xml=b"<x/>"), "损坏"),
    "other zip": (archive(readme=b"x"), "压缩包"),
    "zip bomb": (BOMB, "过大"),
    "too many members": (archive(**{f"word__document{n}": b"" for n in range(2100)}), "过大"),
    "not xml": (archive(word__document_xml=b"not xml"), "损坏"),
    "no body": (archive(word__document_xml=b"<document/>"), "损坏"),
    "entities": (archive(word__document_xml=LAUGHS), "没有在文件中找到"),
    "too deep": (archive(word__document_xml=b"<body>" + b"<p>" * 400), "损坏"),
    "cut short": (a_docx()[:9000], "损坏"),
    "only its beginning": (b"PK\x03\x04", "损坏"),
    "with a password": (encrypted_zip(), "密码"),
    "another text": ("今天天气很好。\n我们去公园。".encode(), "没有在文件中找到"),
    "english": (b"hello world", "没有在文件中找到"),
    "binary": (bytes(range(256)) * 20, "编码"),
    "control characters": ("\x01\x02年度报告".encode() * 90, "不是文本"),
    "too much text": (b"a" * (LARGEST_TEXT + 1), "过大"),
    "too large": (b"PK" + bytes(LARGEST_FILE), "超过"),
    "too many cells": (b"\ta\tb\n" * 30_000, "太多"),
}


@pytest.mark.parametrize(("data", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_says_why(data, said):
    with pytest.raises(UnreadableDocument) as refused:
        make.reading_of(data)
    assert said in str(refused.value)
    assert SENTENCE.match(str(refused.value))


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(UnreadableDocument, match="打不开"):
        read(tmp_path / "没有.docx")
    with pytest.raises(UnreadableDocument, match="打不开"):
        read(str(tmp_path))


def test_the_name_stands_in_the_message_and_decides_nothing(tmp_path):
    with pytest.raises(UnreadableDocument, match=r"“年报\.docx”：文件是空的。"):
        read(io.BytesIO(b""), name="年报.docx")
    misnamed = tmp_path / "年报.pdf"
    misnamed.write_bytes(a_docx())
    assert read(misnamed, name="年报.pdf").sheet.agency == make.AGENCY


@pytest.mark.parametrize("seed", range(25))
def test_a_damaged_docx_is_read_or_refused(seed):
    chance = random.Random(seed)
    data = bytearray(a_docx())
    for _ in range(chance.choice([1, 5, 50])):
        data[chance.randrange(len(data))] = chance.randrange(256)
    cut = data[: chance.randrange(len(data))] if seed % 2 else data
    assert_read_or_refused(bytes(cut))


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=2000))
def test_random_bytes_are_read_or_refused(data):
    assert_read_or_refused(data)


FRAGMENTS = [
    "\t", "\n", "\n\n", "\t0\n", "\t\n", '"', '"\t', "0\t0\t0\n", " ", "\u3000", "年度报告", "附件：",
    *(part.title for part in EDITIONS[2021].parts[1:]),
    *(label for line in EDITIONS[2021].applications.lines for label in (line.label, f"\t{line.label}\n")),
    *(block.caption for block in EDITIONS[2019].disclosure.blocks),
    *(f"\t{row.label}\n\t1\n" for block in EDITIONS[2019].disclosure.blocks for row in block.rows),
    *(f"\t{column.label}" for column in EDITIONS[2021].applications.columns),
    *(f"\t{result.label}" for result in EDITIONS[2021].remedies.results),
    *(f"\t{group.label}" for group in EDITIONS[2021].remedies.groups),
    "某县总工会", "2022年13月40日", "2021年", "（一）", "1.", "无。",
]  # fmt: skip


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=60))
def test_any_pieces_of_reports_in_any_order_are_read_or_refused(pieces):
    assert_read_or_refused("".join(pieces).encode())


def assert_read_or_refused(data):
    reading, refusal = None, ""
    try:
        reading = make.reading_of(data)
    except UnreadableDocument as refused:
        refusal = str(refused)
    if reading is None:
        assert SENTENCE.match(refusal)
        return
    assert isinstance(reading, Reading)
    assert set(make.figures(reading.sheet)) <= set(reading.cells)
    blank = {name for name, cell in reading.cells.items() if not cell.source}
    assert blank == set(reading.sheet.printed.missing)

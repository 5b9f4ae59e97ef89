"""Word lists from files and from what was pasted."""

from io import BytesIO

import openpyxl
import pytest

from reports.importers.reading import UnreadableDocument
from reports.importers.word_lists import RawWord, as_text, read_words, words_in_text


def workbook(*rows) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_word_a_line_in_any_encoding(encoding):
    assert read_words("青松\n\n 白杨 \r\n".encode(encoding)).rows == (
        RawWord(1, "青松"),
        RawWord(3, "白杨"),
    )


def test_columns_stand_in_their_order_or_under_their_names():
    plain = read_words("旧局,提示,已改名,新局,一、总体情况".encode())
    assert plain.rows == (RawWord(1, "旧局", "提示", "已改名", "新局", "一、总体情况"),)
    named = words_in_text("备注\t应当写作\t词语\n略\t新局\t旧局\n")
    assert named.rows == (RawWord(2, "旧局", replacement="新局"),)
    assert named.notes == ("“备注”一列没有读取。",)


def test_a_spreadsheet_is_read_and_its_lines_are_its_rows():
    data = workbook(["词语", "程度"], [None, None], ["青松", "提示"], [12345, None])
    assert read_words(data).rows == (RawWord(3, "青松", "提示"), RawWord(4, "12345"))


def test_what_was_read_is_read_again_from_its_text():
    rows = words_in_text('青松,"提示","甲，""乙"",丙"\n白杨').rows
    again = words_in_text(as_text(rows).replace("\n", "\r\n")).rows
    assert [(each.word, each.severity, each.advice) for each in again] == [
        ("青松", "提示", '甲，"乙",丙'),
        ("白杨", "", ""),
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "没有读出词语"),
        ("词语,程度\n".encode(), "没有读出词语"),
        (b"PK\x03\x04", "文件已损坏"),
        (b"\xd0\xcf\x11\xe0 no workbook", "文件已损坏"),
        (("青" * 200_000).encode(), "太长"),
        ("松青\n".encode() * 20_001, "超过 20000 行"),
        (b"a" * (2 * 1024 * 1024 + 1), "超过 2 MB"),
        (bytes(range(256)) * 20, "编码不能识别"),
        (b"plain \x01\x02\x03" * 20, "不是文本"),
    ],
)
def test_what_cannot_be_read_is_said(data, said):
    with pytest.raises(UnreadableDocument, match=said):
        read_words(data)

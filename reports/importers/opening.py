"""Which kind of file it is, told by its content, and who reads that kind.

A further kind is one more line in KINDS with its reader.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import BinaryIO

from .archive import members
from .confined import apart
from .converting import AS_DOCX, office, read_converted
from .document import Document
from .docx import read_docx
from .html import read_html
from .normal import LOOKALIKE, same_characters
from .reading import Reading, UnreadableDocument
from .recognition import understand
from .text import read_text
from .traditional import SAID, is_traditional
from .webarchive import is_web_archive, read_web_archive

LARGEST_FILE = 20 * 1024 * 1024
LARGEST_TEXT = 4 * 1024 * 1024


@dataclass(frozen=True)
class Kind:
    """A kind of file: how it is told, its reader or the sentence why there is none, its suffixes."""

    name: str
    told: Callable[[bytes], bool]
    read: Callable[[bytes], Document] | None = None
    refusal: str = ""
    suffixes: tuple[str, ...] = ()
    by_office: bool = False  # read only where LibreOffice is installed


def by_office(suffix: str, called: str, *more: str, told: Callable[[bytes], bool]) -> Kind:
    """A kind that LibreOffice converts before it is read."""
    reader = partial(read_converted, suffix, called)
    return Kind(suffix[1:], told, reader, suffixes=(suffix, *more), by_office=True)


def accepted() -> list[str]:
    """The suffixes of the files that can be read here."""
    kinds = [kind for kind in KINDS if kind.read and (not kind.by_office or office())]
    return [suffix for kind in kinds for suffix in kind.suffixes]


def begins(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda data: data.startswith(marks)


def has_member(name: str) -> Callable[[bytes], bool]:
    """A zip archive with a member (or a folder) of that name."""
    return lambda data: (
        data.startswith(ZIP) and any(member.startswith(name) for member in members(data))
    )


def is_encrypted_office(data: bytes) -> bool:
    return data.startswith(OLE) and "EncryptedPackage".encode("utf-16-le") in data


def is_word(data: bytes) -> bool:
    """A .doc, or a .wps of WPS, which is one."""
    return data.startswith(OLE) and "WordDocument".encode("utf-16-le") in data


def is_opendocument(what: bytes) -> Callable[[bytes], bool]:
    """An archive that says first which OpenDocument it is."""
    mark = b"mimetypeapplication/vnd.oasis.opendocument." + what
    return lambda data: data.startswith(ZIP) and mark in data[:200]


def is_old_excel(data: bytes) -> bool:
    """An .xls: its directory names a workbook, and no Word document that holds one."""
    names = ("Workbook".encode("utf-16-le"), "WordDocument".encode("utf-16-le"))
    return data.startswith(OLE) and names[0] in data and names[1] not in data


def looks_like_html(data: bytes) -> bool:
    """A page in any encoding; saved ones may begin with a comment, or with a piece of a page."""
    head = data[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return head.startswith(PAGES) or (head.startswith(b"<") and any(t in head for t in PAGE_TAGS))


def is_text(data: bytes) -> bool:
    return len(data) <= LARGEST_TEXT


ZIP = b"PK\x03\x04"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
PAGES = (b"<!doctype html", b"<html", b"<?xml")
PAGE_TAGS = (b"<html", b"<head", b"<meta", b"<body", b"<table", b"<div", b"<p")
IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM6")

KINDS = (
    Kind("docx", has_member("word/document"), read_docx, suffixes=(".docx",)),
    Kind("xlsx", has_member("xl/"), partial(apart, "xlsx"), suffixes=(".xlsx",)),
    Kind("ods", is_opendocument(b"spreadsheet"), partial(apart, "xlsx"), suffixes=(".ods",)),
    by_office(".odt", "OpenDocument 文件（.odt）", told=is_opendocument(b"text")),
    Kind("zip", begins(b"PK"), refusal="这是压缩包，不是报告文件；请解压后上传里面的 .docx 文件。"),
    Kind("encrypted", is_encrypted_office, refusal="文件设有打开密码，不能读取；请取消密码后再试。"),
    Kind("xls", is_old_excel, partial(apart, "xlsx"), suffixes=(".xls",)),
    by_office(".doc", "旧版 Word 文件（.doc、.wps）", ".wps", told=is_word),
    Kind("ole", begins(OLE), refusal=f"这是旧版 Office 文件，却不是 Word 文档或 Excel 表格；{AS_DOCX}"),
    Kind("pdf", lambda data: b"%PDF-" in data[:1024], partial(apart, "pdf"), suffixes=(".pdf",)),
    by_office(".rtf", "RTF 文件", told=begins(b"{\\rtf")),
    Kind("image", begins(*IMAGES), refusal="这是图片，不能读取文字；请上传报告的 .docx 原件。"),
    Kind("mht", is_web_archive, read_web_archive, suffixes=(".mht", ".mhtml")),
    Kind("html", looks_like_html, read_html, suffixes=(".html", ".htm")),
    Kind("text", is_text, read_text, suffixes=(".txt", ".md")),
)  # fmt: skip


def read(source: str | Path | BinaryIO, name: str | None = None) -> Reading:
    """What a document says; UnreadableDocument with a Chinese sentence where nothing can be.

    ``source`` is a path or an open binary file. The content tells the kind of
    file, never the name; ``name`` only serves the messages.
    """
    data = bytes_of(source)
    shown = f"“{name}”：" if name else ""
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise UnreadableDocument(f"{shown}文件是空的。")
    try:
        return understand(document_of(data))
    except UnreadableDocument as problem:
        raise UnreadableDocument(f"{shown}{problem}") from problem


def document_of(data: bytes) -> Document:
    kind = next((kind for kind in KINDS if kind.told(data)), None)
    if kind is None:
        raise UnreadableDocument("文本文件过大，不像一份年度报告。")
    if kind.read is None:
        raise UnreadableDocument(kind.refusal)
    document = with_same_characters(kind.read(data))
    said = "".join(paragraph.text for paragraph in document.paragraphs())
    return replace(document, notes=(*document.notes, SAID)) if is_traditional(said) else document


def with_same_characters(document: Document) -> Document:
    """The document without the radicals that a text copied from a PDF has for characters."""
    if not any(LOOKALIKE.search(text) for text in document.texts()):
        return document
    return document.changed(same_characters)


def bytes_of(source: str | Path | BinaryIO) -> bytes:
    """The file's bytes, never more than the largest file that is read."""
    try:
        if isinstance(source, str | Path):
            with open(source, "rb") as file:
                data = file.read(LARGEST_FILE + 1)
        else:
            data = source.read(LARGEST_FILE + 1)
    except OSError as problem:
        raise UnreadableDocument("文件打不开，请检查文件是否存在、能否读取。") from problem
    if len(data) > LARGEST_FILE:
        raise UnreadableDocument(f"文件超过 {LARGEST_FILE // 1024 // 1024} MB，不能读取。")
    return data

"""Text that would run, break out or be reckoned with, and what every kind of answer makes of it."""

import csv
import io
import json
import re
import zipfile
from typing import Any

import html5lib
import openpyxl
import pypdf
from lxml import etree

PROBE = "xss-probe"
# One text for all: an element, both quotes, ends of what it may stand in, a template's signs, an
# entity, a right-to-left mark, a line separator. It begins as a formula does.
TEXT = (
    f"=1+1\"'><{PROBE} onload=alert(1)></script></title></textarea><img src=x onerror=alert(1)>"
    "{{7*7}}{%debug%}]]>--><!--&lt;javascript:alert(1)\u202e\u2028"
)
SHORT = f"=1<{PROBE}>\"'"  # where the whole does not fit
LINK = "javascript:alert(1)"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
DATA = {"application/json", "application/ld+json"}


def fitting(length: int | None) -> str:
    """The text that a field of so many signs holds."""
    if length is None or length >= len(TEXT):
        return TEXT
    return SHORT if length >= len(SHORT) else "=<b>"[:length]


def wrong(kind: str, content: bytes) -> list[str]:
    """What ran, broke or would be reckoned with, by the kind of content."""
    kind = kind.partition(";")[0]
    if kind == "application/zip":
        return packed(content)
    if kind in JUDGES:
        return JUDGES[kind](content)
    return [f"no rule for {kind}"]


def page(content: bytes) -> list[str]:
    """As a browser takes it apart: no element, handler or address of the text's."""
    found = []
    tree = html5lib.parse(content, treebuilder="lxml", namespaceHTMLElements=False)
    for each in tree.iter(etree.Element):
        if each.tag == PROBE or (each.tag == "img" and each.get("src") == "x"):
            found.append(f"an element {each.tag} of the text's")
        found += [f"{name} at {each.tag}" for name in each.attrib if str(name).startswith("on")]
        for name in ("href", "src", "action", "formaction"):
            if re.match(r"\s*(javascript|data:text/html|vbscript):?", each.get(name) or "", re.I):
                found.append(f"{name} runs: {each.get(name)[:40]}")
        if each.tag == "script" and not each.get("src"):
            if each.get("type") in DATA:
                json.loads(each.text or "")
            else:
                found.append("a script within the page")
    return found


def marked(content: bytes) -> list[str]:
    """XML: well-formed, and none of its elements is the text's."""
    tree = etree.fromstring(content, etree.XMLParser(resolve_entities=False))
    return [f"an element {each.tag}" for each in tree.iter(etree.Element) if PROBE in each.tag]


def listed(content: bytes) -> list[str]:
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    cells = [cell for row in rows for cell in row]
    return [
        f"a formula: {cell[:20]!r}"
        for cell in cells
        if cell.startswith(FORMULA) and not NUMBER.fullmatch(cell)
    ]


def workbook(content: bytes) -> list[str]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    return [f"a formula at {cell.coordinate}" for cell in cells if cell.data_type == "f"] + packed(
        content
    )


def packed(content: bytes) -> list[str]:
    """A ZIP, be it an office document: each of its parts, and no macros or links to elsewhere."""
    found = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            part = archive.read(name)
            suffix = name.rpartition(".")[2]
            if "vbaProject" in name or name.startswith(("/", "..")):
                found.append(name)
            if suffix == "rels" and re.search(rb'Target="\s*(javascript|file|data):', part):
                found.append(f"a link that runs in {name}")
            if suffix in SUFFIXES:
                found += [f"{name}: {each}" for each in SUFFIXES[suffix](part)]
    return found


def printed(content: bytes) -> list[str]:
    """A PDF: nothing that acts when it is opened, no link that runs."""
    reader = pypdf.PdfReader(io.BytesIO(content))
    root: Any = reader.trailer["/Root"]
    found = [name for name in ("/OpenAction", "/AA", "/JavaScript") if name in root]
    links = [
        note.get_object().get("/A", {}).get("/URI", "")
        for sheet in reader.pages
        for note in sheet.get("/Annots", [])
    ]
    return found + [f"a link runs: {each}" for each in links if str(each).startswith("javascript")]


def plain(content: bytes) -> list[str]:
    content.decode()
    return []


def data(content: bytes) -> list[str]:
    json.loads(content)
    return []


JUDGES = {
    "text/html": page,
    "text/csv": listed,
    "application/json": data,
    "application/ld+json": data,
    "application/problem+json": data,
    "application/atom+xml": marked,
    "application/xml": marked,
    "text/xml": marked,
    "application/rdf+xml": marked,
    "application/pdf": printed,
    "text/plain": plain,
    "text/css": plain,
    "text/javascript": plain,
    "text/turtle": plain,
    "application/x-ndjson": plain,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": workbook,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": packed,
}
SUFFIXES = {
    "html": page, "xml": marked, "rels": marked, "csv": listed, "json": data, "pdf": printed,
    "xlsx": workbook, "docx": packed, "txt": plain,
}  # fmt: skip

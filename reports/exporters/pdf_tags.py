"""What WeasyPrint leaves out of a tagged document, put in before the file is written.

ISO 14289-1 (PDF/UA-1) asks that every header cell says what it heads, that page
numbers are artifacts and that the metadata claims it; ISO 19005-2 (PDF/A) that
the claim's own schema is described. WeasyPrint 70 gives a header cell no scope,
maps a figure below a spanning header to too few of its headers, and links what
stands in a margin to no element.

The table cells name themselves and their headers in ``data-id`` and
``data-headers`` (an ``id`` would cost a style of its own and a destination).
"""

from collections.abc import Iterator, Mapping
from typing import Any
from zlib import compress

import pydyf

SCOPES = {"col": "/Column", "colgroup": "/Column", "row": "/Row", "rowgroup": "/Row"}
CLAIM = b"""<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"""
END = b"</rdf:RDF>"


def finish(document: Any, pdf: Any) -> None:
    """WeasyPrint's last step: both are its own (a Document and a pydyf.PDF)."""
    name_headers(document, pdf)
    for page, stream in pages_of(pdf):
        make_artifacts(pdf, page, stream)
    claim(pdf)
    pack(pdf)


def at(pdf: Any, reference: bytes | str) -> Any:
    """The object behind b"12 0 R"."""
    return pdf.objects[int(reference.split()[0])]


def name_headers(document: Any, pdf: Any) -> None:
    """Each header its scope and identifier, each figure its headers; and the tree of identifiers."""
    root = at(pdf, pdf.catalog["StructTreeRoot"])
    known: dict[str, str] = {}  # a repeated header row is another header: the nearest one counts
    names: list[tuple[str, Any]] = []
    for element, attributes in cells_of(document):
        own = attributes.get("data-id")
        element.pop("ID", None)
        if scope := SCOPES.get(attributes.get("scope", "")):
            element["A"]["Scope"] = scope
        if own and scope:
            known[own] = f"{own}-{len(names)}"
            element["ID"] = pydyf.String(known[own])
            names.append((known[own], element.reference))
        if "Headers" in element["A"]:
            headers = [known[each] for each in attributes.get("data-headers", "").split()]
            del element["A"]["Headers"]
            if headers:
                element["A"]["Headers"] = pydyf.Array(map(pydyf.String, headers))
    if names:
        listed = [value for name, at in sorted(names) for value in (pydyf.String(name), at)]
        tree = pydyf.Dictionary({"Names": pydyf.Array(listed)})
        pdf.add_object(tree)
        root["IDTree"] = tree.reference


def cells_of(document: Any) -> Iterator[tuple[Any, Mapping[str, str]]]:
    """The structure element of each table cell, with the attributes it has in HTML."""
    waiting = [page._page_box for page in reversed(document.pages)]
    while waiting:
        box = waiting.pop()
        if box.element is not None and hasattr(box, "mark"):
            yield box.mark, box.element.attrib
        waiting.extend(reversed(getattr(box, "children", ())))


def pages_of(pdf: Any) -> Iterator[tuple[int, Any]]:
    """Number and content of every page."""
    for reference in pdf.pages["Kids"][::3]:
        page = pdf.objects[reference]
        yield page["StructParents"], at(pdf, page["Contents"])


def make_artifacts(pdf: Any, page: int, stream: Any) -> None:
    """What belongs to no element of the document, a page number, is read by nobody."""
    root = at(pdf, pdf.catalog["StructTreeRoot"])
    parents = at(pdf, root["ParentTree"])["Nums"][2 * page + 1]
    for number, reference in enumerate(parents):
        if not is_linked(pdf, reference):
            parents[number] = "null"
            unmark(stream.stream, number)


def is_linked(pdf: Any, reference: bytes) -> bool:
    """Whether an element hangs in the tree: its highest ancestor is among the document's own."""
    document = at(pdf, at(pdf, pdf.catalog["StructTreeRoot"])["K"][0])
    while at(pdf, reference)["P"] != document.reference:
        reference = at(pdf, reference)["P"]
    return reference in document["K"]


def unmark(content: list[Any], number: int) -> None:
    for index, each in enumerate(content):
        if isinstance(each, dict) and each.get("MCID") == number:
            content[index - 1] = "/Artifact"
            content[index] = pydyf.Dictionary({"Type": "/Pagination"})


def claim(pdf: Any) -> None:
    """Say in the metadata that the document is accessible, beside that it is archival."""
    metadata = at(pdf, pdf.catalog["Metadata"])
    (written,) = metadata.stream
    metadata.stream = [written.replace(END, CLAIM + END)]
    metadata.compress = False  # ISO 19005: an archive may look for it without decoding


def pack(pdf: Any) -> None:
    """Compress every stream once: pydyf does it for the file's identifier, and again to write it."""
    for stream in pdf.objects:
        if isinstance(stream, pydyf.Stream) and stream.compress:
            stream.compress = False
            content = stream.data.partition(b"\nstream\n")[2].removesuffix(b"\nendstream")
            stream.stream = [compress(content)]
            stream.extra["Filter"] = "/FlateDecode"

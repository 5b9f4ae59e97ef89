"""The documents of a report at their public addresses, beside its pages.

    report.pdf …                the text in force
    versions/<n>/report.pdf …   each text that may be read
    files/<checksum>.pdf …      the same, by what they are: these bytes or nothing
    .documents.json             what their answers say: the name to save by, the checksum

All of them are below the report's own folder, which is erased whole when a text is withdrawn:
nothing outside of it answers the public.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from reports.exporters.page import PACKED
from reports.models import Report, StoredDocument
from reports.queries.publications import readable_texts
from reports.workflow import PUBLIC, State

from . import storing

COMPRESSED = {"json", "csv"}  # the other formats are compressed by themselves
SMALLEST = 1024  # bytes worth compressing
KNOWN = ".documents.json"


def place_documents(folder: Path, report: Report) -> None:
    """Every document that may be read, and what is known of them last."""
    known: dict[str, dict[str, str]] = {}
    texts = readable_texts(report.revisions.filter(state__in=sorted(PUBLIC)))
    stored = StoredDocument.objects.filter(revision__in=texts).select_related("revision")
    for document in stored:
        for place in places(document):
            put(document, folder / place)
            known[place] = {"name": document.filename, "checksum": document.checksum}
    if known:
        storing.write(folder / KNOWN, json.dumps(known, ensure_ascii=False).encode())


def places(document: StoredDocument) -> Iterator[str]:
    """Where a document stands below its report's address."""
    name = f"report.{document.format}"
    if document.revision.state == State.PUBLISHED:
        yield name
    yield f"versions/{document.revision.number}/{name}"
    yield f"files/{document.checksum}.{document.format}"


def put(document: StoredDocument, path: Path) -> None:
    """The document, with its compressed forms where that makes it smaller."""
    storing.place(document.path, path)
    if document.format in COMPRESSED and document.size >= SMALLEST:
        for suffix in PACKED:
            storing.place(packed_once(document, suffix), path.with_name(path.name + suffix))


def packed_once(document: StoredDocument, suffix: str) -> str:
    """Where the compressed form is kept, beside the document: drawing again does not repeat it."""
    name = f"{document.path}{suffix}"
    if not (storing.root() / name).is_file():
        content = (storing.root() / document.path).read_bytes()
        storing.write(storing.root() / name, PACKED[suffix](content))
    return name

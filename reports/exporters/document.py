"""What an exporter hands back, and what it may be asked for besides the sheet."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from reports.editions.wording import title_of
from reports.sheet import Sheet

Findings = tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Standing:
    """Which of a report's texts this is: its number, the one it supersedes, and why."""

    version: int
    supersedes: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class Options:
    """What differs between drawings of the same sheet.

    ``findings`` are the checker's, as its ``Finding.to_json`` gives them;
    ``draft`` writes on every page that the text is not published; the fonts of
    the PDF are the files in ``font_root``; ``standing`` is a published text's;
    ``audit_trail`` is the end of the site's audit trail at publication (sequence,
    hash, algorithm), for the JSON.
    """

    font_root: Path | None = None
    findings: Findings = ()
    draft: bool = False
    standing: Standing | None = None
    audit_trail: Mapping[str, Any] | None = None

    @property
    def explained(self) -> list[tuple[str, str]]:
        """Each finding published with a reason: its sentence, and the reason."""
        return [
            (str(each["message"]), str(said["reason"]))
            for each in self.findings
            if (said := each.get("explanation"))
        ]


@dataclass(frozen=True)
class Document:
    """A file drawn from a sheet."""

    format: str
    filename: str
    content_type: str
    content: bytes
    sha256: str


def document(sheet: Sheet, format: str, content_type: str, content: bytes) -> Document:
    return Document(
        format, f"{filename_of(sheet)}.{format}", content_type, content, sha256(content).hexdigest()
    )


def filename_of(sheet: Sheet) -> str:
    """The report's title without what a file system or a header could not bear."""
    title = "".join(title_text(sheet).split())
    return "".join(
        "_" if char in '\\/:*?"<>|' or not char.isprintable() else char for char in title
    )


def title_text(sheet: Sheet) -> str:
    """The title as the document has it; the form's where it has none."""
    return sheet.title.strip() or title_of(sheet.agency, sheet.year)

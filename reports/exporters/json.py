"""The report for a program: the sheet's JSON, the checker's findings, and which version it is."""

import json
from dataclasses import asdict

from reports.sheet import Sheet, to_json

from .document import Document, Options, document

TYPE = "application/json"


def draw(sheet: Sheet, options: Options) -> Document:
    standing = asdict(options.standing) if options.standing else {}
    data = {
        **to_json(sheet),
        **standing,
        "findings": [dict(finding) for finding in options.findings],
    }
    text = json.dumps(data, ensure_ascii=False, indent=2)
    return document(sheet, "json", TYPE, f"{text}\n".encode())

"""The report for a program: the sheet's JSON, with the checker's findings."""

import json

from reports.sheet import Sheet, to_json

from .document import Document, Options, document

TYPE = "application/json"


def draw(sheet: Sheet, options: Options) -> Document:
    data = {**to_json(sheet), "findings": [dict(finding) for finding in options.findings]}
    text = json.dumps(data, ensure_ascii=False, indent=2)
    return document(sheet, "json", TYPE, f"{text}\n".encode())

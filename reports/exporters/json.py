"""The report for a program: sheet, findings, which version it is, and the audit trail's end."""

import json
from dataclasses import asdict
from typing import Any

from reports.sheet import Sheet, to_json

from .document import Document, Options, document

TYPE = "application/json"


def data_of(sheet: Sheet, options: Options) -> dict[str, Any]:
    """All that a published report says, as JSON types."""
    standing = asdict(options.standing) if options.standing else {}
    data = {
        **to_json(sheet),
        **standing,
        "findings": [dict(finding) for finding in options.findings],
    }
    if options.audit_trail:
        data["audit_trail"] = dict(options.audit_trail)
    return data


def draw(sheet: Sheet, options: Options) -> Document:
    data = data_of(sheet, options)
    text = json.dumps(data, ensure_ascii=False, indent=2)
    return document(sheet, "json", TYPE, f"{text}\n".encode())

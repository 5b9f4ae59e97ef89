"""A list of findings for a program: one report's object, or an array of several."""

import json

from .document import Document
from .finding_list import CheckedReport, FindingList, finished
from .json import TYPE


def draw(found: FindingList) -> Document:
    several = [data_of(each, named=len(found.reports) > 1) for each in found.reports]
    data = several[0] if len(several) == 1 else several
    text = json.dumps(data, ensure_ascii=False, indent=2)
    return finished(found, "json", TYPE, f"{text}\n".encode())


def data_of(report: CheckedReport, *, named: bool) -> dict[str, object]:
    """What was found; among several with the document's name, or why it was not read."""
    data: dict[str, object] = {"document": report.document} if named else {}
    if report.problem:
        data["problem"] = report.problem
    return data | dict(report.data or {})

"""C28: prose in a table part, a table in a prose part. Hints, from what was printed.

Local rows and tables that a place adds to the form are kept as printed; only
those that stand in a prose part are told of. A note of a few words under a
table is no prose.
"""

import re
from collections.abc import Iterator

from reports.sheet import Sheet

from .finding import Context, Finding, Severity
from .sentences import excerpt

SHORTEST_PROSE = 20  # characters
NOTE = re.compile(r"^[（(【]?\s*(?:备?注|说明|单位|填表|审核|数据来源)|^[*※]")


def check_additions(sheet: Sheet, context: Context) -> Iterator[Finding]:
    parts = {part.key: part for part in sheet.edition.parts}
    for addition in sheet.printed.additions:
        part = parts.get(addition.part)
        if part is None or addition.heading:  # a part of its own is C05's
            continue
        text = addition.text.strip()
        if part.is_table and len(text) >= SHORTEST_PROSE and not NOTE.match(text):
            yield Finding(
                "C28",
                Severity.HINT,
                f"“{part.title}”在表格之外还有 {len(text)} 个字的文字：“{excerpt(text)}”。"
                "请把文字移到第一部分，这一部分只填表格。",
                part=part.number,
                quote=excerpt(text),
            )
        elif not part.is_table and len(addition.rows) > 1:
            yield Finding(
                "C28",
                Severity.HINT,
                f"“{part.title}”里有一张 {len(addition.rows)} 行的表格，格式规定这一部分用文字表述。"
                "请改写成文字，或者作为附件。",
                part=part.number,
                left=str(len(addition.rows)),
            )

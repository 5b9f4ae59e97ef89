"""C06 too: the local row 「发布总数量」 beside part two's table against part one."""

import re
from collections.abc import Iterator

from reports.editions.grammar import plain
from reports.sheet import Sheet

from .counts import PARTIAL
from .finding import Finding, Severity
from .quantities import quantities
from .sentences import (
    excerpt,
    sentences,
    with_plain_digits,
    without_brackets,
    without_quotes,
)

LOCAL_TOTAL = re.compile(r"发布总数量[^0-9]{0,24}?[:：]\s*([0-9]+)\s*[条件]?\s*$")
PUBLISHED = re.compile(r"(?:主动公开|公开|发布)[^，。；0-9]{0,16}信息[^，。；0-9]{0,8}$")


def check_local_total(sheet: Sheet) -> Iterator[Finding]:
    """The local row 「发布总数量」 beside part two's table against part one."""
    rows = [
        "：".join(cell.strip(" ：:") for cell in row if cell.strip())
        for addition in sheet.printed.additions
        for row in addition.rows
    ]
    stated = next((int(m[1]) for row in rows if (m := LOCAL_TOTAL.search(row))), None)
    if stated is None:
        return
    for sentence in sentences(sheet.overview):
        said = without_brackets(without_quotes(with_plain_digits(sentence.text)))
        for each in quantities(said):
            published = PUBLISHED.search(said[: each.start])
            if not published or each.vague or each.change or PARTIAL.search(said):
                continue
            if each.number > stated == 0:
                yield Finding(
                    "C06",
                    Severity.EXPLAIN,
                    f"正文写主动公开 {each}，表格中的发布总数量是 {stated}：“{excerpt(sentence.text.rstrip('。；'))}”。"
                    "请核对；如果统计的范围不同，请说明原因。",
                    part=1, left=plain(each.number), right=str(stated),
                    rule="local", quote=sentence.text,
                )  # fmt: skip
            return

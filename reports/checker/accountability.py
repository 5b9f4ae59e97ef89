"""C17: a government's report tells of 工作考核, 社会评议 and 责任追究."""

import re
from collections.abc import Iterator

from reports.editions.bodies import BodyKind
from reports.editions.common import GOVERNMENT_TOPICS
from reports.sheet import NARRATIVES, Sheet

from .finding import Context, Finding, Severity
from .standing import body_of

WORDS = dict(
    zip(
        GOVERNMENT_TOPICS,
        (
            re.compile(r"考核|考评|绩效"),
            re.compile(r"评议|满意度|社会评价|公众评价|民意调查|测评|问卷"),
            re.compile(r"追究|问责|追责|责任事故|责任人[^，。；]{0,6}处理"),
        ),
        strict=True,
    )
)


def check_accountability(sheet: Sheet, context: Context) -> Iterator[Finding]:
    part = sheet.edition.part("overview")
    kind = body_of(sheet, context).kind
    governs = kind is BodyKind.GOVERNMENT or sheet.agency.endswith("人民政府")
    if not governs or not sheet.overview.strip():
        return
    text = "\n".join(sheet.text(key) for key in NARRATIVES if key != "preface")
    lacking = [topic for topic in GOVERNMENT_TOPICS if not WORDS[topic].search(text)]
    if lacking:
        yield Finding(
            "C17",
            Severity.EXPLAIN,
            f"人民政府的报告应当写明{'、'.join(GOVERNMENT_TOPICS)}，没有写到{'、'.join(lacking)}。"
            "请补写，没有发生的也要写明，或者说明原因。",
            part=part.number,
            left="、".join(lacking),
        )

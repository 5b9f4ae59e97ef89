"""C18: part five has problems and improvements, and says something of them.

An empty part is C05's. Whether a clause tells of a problem or of a measure is
read from its words; a clause like 「有待进一步完善」 is a problem, whatever verb
it borrows. Where one half cannot be found it is to be explained.
"""

import re
from collections.abc import Iterator

from reports.sheet import Sheet

from .finding import Context, Finding, Severity
from .sentences import excerpt

SHORTEST = 30  # characters (findings.md)
NOTHING = re.compile(
    r"(?:我|本)?.{0,6}?(?:暂|目前|尚)?(?:无|没有|不存在|未发现)[^，。；]{0,12}[。.]?"
)
PRAISE = re.compile(
    r"^20[0-9]{2}年度?$|^本年度?$|总体(?:情况)?(?:良好|较好|平稳)|运行(?:良好|平稳)|^也(?:没有|无)[^，。；]*$"
)
CLAUSE = re.compile(r"[^。！？；;，,\n]+")
PROBLEM = re.compile(
    r"问题|不足|不够|不高|不强|不及时|不完善|不健全|不平衡|不规范|不到位|不全面|不深|不熟|不齐|不多"
    r"|欠缺|缺乏|缺少|薄弱|滞后|短板|差距|困难|单一|偏[少低弱慢]|较[少低弱慢]|尚未|未能|仍需|还需|尚需"
    r"|有待|亟待|亟需|需要?(?:进一步|不断|继续|更)"
)
PLAN = re.compile(r"下一?步|接下来|今后|改进(?:措施|情况|方向)|整改|(?<!现)将(?!\d)|打算|计划")
MEASURE = re.compile(
    r"加强|加大|加快|提高|提升|完善|健全|强化|规范|优化|细化|深化|丰富|拓[宽展]|扩大|推进|推动|落实"
    r"|组织|开展|建立|改进|改善|做好|抓好|确保|充实|继续|严格|创新|培训|学习|及时"
)


def check_substance(sheet: Sheet, context: Context) -> Iterator[Finding]:
    part = sheet.edition.part("problems")
    text = re.sub(r"[^\S\n]+", "", sheet.problems).strip()
    if not text:
        return
    length = len(re.sub(r"\s", "", text))
    message = severity = None
    if all(
        NOTHING.fullmatch(each) or PRAISE.search(each) for each in CLAUSE.findall(text)
    ) and NOTHING.search(text):
        severity = Severity.ERROR
        message = f"“{part.title}”只写了“{excerpt(text)}”。请如实写明存在的问题和改进的做法。"
    elif length < SHORTEST:
        severity = Severity.ERROR
        message = f"“{part.title}”只有 {length} 个字，少于 {SHORTEST} 个字。请写明存在的问题和改进的做法。"
    elif lacking := lacking_half(text):
        severity, message = Severity.EXPLAIN, f"“{part.title}”{lacking}"
    if severity and message:
        quote = text if severity is Severity.ERROR else ""
        yield Finding(
            "C18", severity, message,
            part=part.number, left=str(length), quote=quote,
        )  # fmt: skip


def lacking_half(text: str) -> str:
    """What of the two halves cannot be found, "" where both are there."""
    problems, measures = halves(text)
    if problems and measures:
        return ""
    if problems:
        return "写了问题，没有写改进的做法。请补写改进措施，或者说明原因。"
    if measures:
        return "写了改进的做法，没有写存在的问题。请补写主要问题，或者说明原因。"
    return "看不出存在的问题，也看不出改进的做法。请分别写明，或者说明原因。"


def halves(text: str) -> tuple[bool, bool]:
    """Whether some clause tells of a problem, and whether one tells of a measure."""
    clauses = CLAUSE.findall(text)
    problems = [bool(PROBLEM.search(clause)) for clause in clauses]
    measures = [
        bool(PLAN.search(clause)) or (not problem and bool(MEASURE.search(clause)))
        for clause, problem in zip(clauses, problems, strict=True)
    ]
    return any(problems), any(measures)

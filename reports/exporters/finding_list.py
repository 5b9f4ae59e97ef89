"""校核意见表: findings as a list which an office can send back, in four formats.

The rows are plain values, made on a rung above (``queries.finding_lists``); an
empty column waits for the answer of whoever wrote the report. What is said of
the list as a whole, its columns and its words, stands here once.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from importlib import import_module
from typing import Any, cast

from reports.editions.wording import TITLE_TAIL

from .document import Document
from .presentation import Presentation

NAME = "校核意见表"
TITLE = f"{TITLE_TAIL}{NAME}"
COLUMNS = ("序号", "位置", "问题", "原文", "两边数值", "等级", "代码", "整改情况或者说明")
NOTHING = "没有发现问题。"
SIGNATURES = (
    "校核人（签名）：",
    "校核日期：",
    "报告机关经办人（签名）：",
    "负责人（签名、盖章）：",
)
UNREAD = "没有读出"


@dataclass(frozen=True)
class Entry:
    """A finding as a row. ``kind`` is the severity's key, ``severity`` its name;
    ``part`` the
    part's title; ``reason`` the explanation already given; ``anchor`` leads into the drawn report.
    """

    where: str
    message: str
    quote: str
    left: str
    right: str
    kind: str
    severity: str
    code: str
    part: str = ""
    reason: str = ""
    anchor: str = ""

    @property
    def sides(self) -> str:
        return " 与 ".join(side for side in (self.left, self.right) if side)

    @property
    def answer(self) -> str:
        return f"已说明：{self.reason}" if self.reason else ""


@dataclass(frozen=True)
class CheckedReport:
    """A report with its rows. ``document`` is the file's name or the version;
    ``problem`` the sentence why nothing could be read; ``data`` what a program
    is given; ``report`` the drawn report, where it is shown beside its list.
    """

    document: str
    agency: str = ""
    year: int = 0
    edition: str = ""
    entries: tuple[Entry, ...] = ()
    notes: tuple[str, ...] = ()
    problem: str = ""
    data: Mapping[str, Any] | None = None
    report: Presentation | None = None

    @property
    def counted(self) -> list[tuple[str, int]]:
        """How many rows of each severity, in the order in which they first come by gravity."""
        names = {"error": "", "explain": "", "hint": ""} | {
            each.kind: each.severity for each in self.entries
        }
        counts = ((name, self.count(kind)) for kind, name in names.items())
        return [(name, number) for name, number in counts if number]

    def count(self, kind: str) -> int:
        return sum(each.kind == kind for each in self.entries)

    @property
    def summary(self) -> str:
        if self.problem:
            return self.problem
        if not self.entries:
            return NOTHING
        counted = "，".join(f"{name} {number} 项" for name, number in self.counted)
        return f"共 {len(self.entries)} 项检查结果：{counted}。"

    @property
    def name(self) -> str:
        """Whose report of which year, as far as it was read."""
        year = f"{self.year}年度" if self.year else ""
        return f"{self.agency}{year}" or self.document


@dataclass(frozen=True)
class FindingList:
    """One report's list, or that of several; ``by`` is the site that checked."""

    reports: tuple[CheckedReport, ...]
    at: datetime
    by: str = ""

    @property
    def checked(self) -> str:
        when = f"{self.at:%Y}年{self.at.month}月{self.at.day}日 {self.at:%H:%M}"
        return f"{when}，{self.by}" if self.by else when

    @property
    def filename(self) -> str:
        whose = self.reports[0].name if len(self.reports) == 1 else f"{len(self.reports)}份报告"
        name = "".join(f"{whose}{NAME}".split())
        return "".join("_" if c in '\\/:*?"<>|' or not c.isprintable() else c for c in name)


def facts_of(found: FindingList, report: CheckedReport) -> Iterator[tuple[str, str]]:
    """The head of a report's list: what was checked, when, by which site."""
    yield "机关", report.agency or UNREAD
    yield "年度", f"{report.year}年度" if report.year else UNREAD
    yield "格式", report.edition or UNREAD
    yield "文件", report.document
    yield "校核时间", found.checked
    yield "结果", report.summary


def cells_of(number: int, entry: Entry) -> tuple[str, ...]:
    """A row's texts under COLUMNS."""
    return (str(number), entry.where, entry.message, entry.quote, entry.sides,
            entry.severity, entry.code, entry.answer)  # fmt: skip


def finished(found: FindingList, format: str, content_type: str, content: bytes) -> Document:
    return Document(
        format, f"{found.filename}.{format}", content_type, content, sha256(content).hexdigest()
    )


Draw = Callable[[FindingList], Document]


def drawer(module: str) -> Draw:
    """The ``draw`` of a module of this package, imported at its first use."""

    def draw_by_module(found: FindingList) -> Document:
        return cast(Document, import_module(f".{module}", __package__).draw(found))

    return draw_by_module


LIST_FORMATS: dict[str, Draw] = {
    name: drawer(f"finding_list_{name}") for name in ("docx", "xlsx", "html", "json")
}

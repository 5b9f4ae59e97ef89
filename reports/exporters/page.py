"""The public page of a report, drawn once and kept as a file.

``Publication`` holds everything the page says as plain values, so that the
file kept at publication and the page drawn live are the same bytes. Nothing
here asks the database or knows of a request.
"""

import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Protocol

import brotli
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from reports.editions.bodies import BodyKind
from reports.sheet import Sheet
from reports.workflow import State

from . import linked
from .html import fragment
from .presentation import present
from .qr import qr_code
from .title import title_lines

UNSET = "未设置"
DATA_TERMS = (
    "年度报告是依照《中华人民共和国政府信息公开条例》主动公开的政府信息，"
    "任何人都可以免费查阅、下载、复制和使用，使用时请注明来源。"
)
LICENSE_NAME = "知识共享署名 4.0 国际许可（CC BY 4.0）"
LICENSE_ADDRESS = "https://creativecommons.org/licenses/by/4.0/"
TEMPLATE = "public/report.html"
CHANGES_TEMPLATE = "public/changes.html"
FORMATS = {
    "pdf": ("PDF 文档", "application/pdf"),
    "docx": (
        "Word 文档",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "xlsx": ("Excel 表格", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": ("CSV 数据", "text/csv; charset=utf-8"),
    "json": ("JSON 数据", "application/json"),
}

# How a file is compressed beforehand, by the ending under which it lies beside the plain one.
PACKED: dict[str, Callable[[bytes], bytes]] = {
    ".gz": partial(gzip.compress, mtime=0),
    # A fifth of the time of the highest level for a page of 10.3 instead of 9.5 kB: at 10,000
    # publications, some minutes instead of three quarters of an hour.
    ".br": partial(brotli.compress, quality=9),
}


@dataclass(frozen=True)
class Site:
    """What the site says of itself; the defaults stand until it has been set up."""

    name: str = "政府信息公开年度报告"
    domain: str = "localhost"
    id_code: str = UNSET
    icp: str = UNSET
    police_record: str = UNSET
    host_organization: str = UNSET
    contact: str = UNSET
    data_terms: str = DATA_TERMS
    license_name: str = LICENSE_NAME
    license_address: str = LICENSE_ADDRESS

    @property
    def address(self) -> str:
        """The site's own address, without the closing slash."""
        domain = self.domain.rstrip("/")
        return domain if domain.startswith(("http://", "https://")) else f"https://{domain}"


@dataclass(frozen=True)
class Column:
    """栏目: the column of the site in which a page stands."""

    name: str
    description: str
    keywords: str
    type: str


ANNUAL_REPORTS = Column(
    name="信息公开年报",
    description="各机关依照《中华人民共和国政府信息公开条例》公布的年度报告。",
    keywords="政府信息公开,年度报告,信息公开年报",
    type="信息公开年报",
)


@dataclass(frozen=True)
class Download:
    """A file drawn at publication, which lies beside the page."""

    format: str
    filename: str
    size: int
    sha256: str

    @property
    def address(self) -> str:
        return f"report.{self.format}"

    @property
    def lasting_address(self) -> str:
        """Below the report's address: these bytes or nothing, whatever is published after them."""
        return f"files/{self.sha256}.{self.format}"

    @property
    def label(self) -> str:
        return FORMATS[self.format][0]

    @property
    def content_type(self) -> str:
        return FORMATS[self.format][1]


@dataclass(frozen=True)
class Version:
    """One published text of the report, with the reason of the correction which it is.

    ``url`` is empty where a withdrawal covers the text, ``changes_url`` also
    where there is no text before it to compare.
    """

    number: int
    published_at: datetime
    state: State
    reason: str
    url: str
    changes_url: str = ""


@dataclass(frozen=True)
class Explained:
    """A finding which was published with the reason given for it."""

    message: str
    reason: str
    author: str


@dataclass(frozen=True)
class Publication:
    """One published text with all that its page says.

    ``notice`` is the reason of the correction which this text is, or of the
    withdrawal. ``versions`` are all published texts, newest first; ``current_url``
    leads to the one in force.
    """

    sheet: Sheet
    title: str
    agency: str
    slug: str
    kind: BodyKind
    region: str
    site: Site
    number: int
    published_at: datetime
    state: State
    index_number: str
    url: str
    current_url: str
    notice: str = ""
    withdrawn_at: datetime | None = None
    documents: tuple[Download, ...] = ()
    versions: tuple[Version, ...] = ()
    explanations: tuple[Explained, ...] = ()

    @property
    def address(self) -> str:
        return self.site.address + self.url

    @property
    def canonical(self) -> str:
        """The address that always leads to the text in force."""
        return self.site.address + self.current_url

    @property
    def is_current(self) -> bool:
        return self.url == self.current_url

    @property
    def is_withdrawn(self) -> bool:
        return self.state is State.WITHDRAWN

    @property
    def is_in_force(self) -> bool:
        return self.state is State.PUBLISHED

    @property
    def in_force(self) -> Version | None:
        """The text in force, if there is one."""
        return next((each for each in self.versions if each.state is State.PUBLISHED), None)

    @property
    def version(self) -> Version:
        """This text among the others."""
        return next(each for each in self.versions if each.number == self.number)

    @property
    def first_published_at(self) -> datetime:
        return min((each.published_at for each in self.versions), default=self.published_at)

    @property
    def skips_numbers(self) -> bool:
        """Whether a number is missing among the versions: a correction that was given up."""
        return len(self.versions) < max((each.number for each in self.versions), default=0)

    @property
    def corrected(self) -> Version | None:
        """The text which this one corrected."""
        earlier = [each for each in self.versions if each.number < self.number]
        return max(earlier, key=lambda each: each.number, default=None)

    @property
    def correction(self) -> Version | None:
        """The text by which this one was corrected."""
        later = [each for each in self.versions if each.number > self.number]
        return min(later, key=lambda each: each.number, default=None)

    @property
    def words(self) -> list[str]:
        """What the report is found by."""
        words = ("政府信息公开", "年度报告", f"{self.sheet.year}年", self.agency, self.region)
        return [word for word in words if word]

    @property
    def keywords(self) -> str:
        """The words as a META tag has them."""
        return ",".join(self.words)

    @property
    def description(self) -> str:
        year = self.sheet.year
        return f"{self.agency}依法公布的{year}年度政府信息公开年度报告全文、数据和附件下载。"


class Changes(Protocol):
    """What is different between two texts: ``queries.differences.Differences``."""

    @property
    def facts(self) -> tuple[Any, ...]: ...
    @property
    def cells(self) -> tuple[Any, ...]: ...
    @property
    def paragraphs(self) -> tuple[Any, ...]: ...


@dataclass(frozen=True)
class Comparison:
    """A published text and the one before it, with what the correction changed."""

    later: Publication
    earlier: Publication
    changes: Changes


def draw_changes(comparison: Comparison) -> bytes:
    """The page of the differences between two texts, in UTF-8."""
    context = {
        "publication": comparison.later,
        "earlier": comparison.earlier,
        "changes": comparison.changes,
        "website": comparison.later.site,
        "column": ANNUAL_REPORTS,
        "linked": linked.of_changes(comparison),
    }
    return render_to_string(CHANGES_TEMPLATE, context).encode()


def draw_page(publication: Publication) -> bytes:
    """The finished page in UTF-8."""
    context: dict[str, object] = {
        "publication": publication,
        "website": publication.site,
        "column": ANNUAL_REPORTS,
        "linked": linked.of_report(publication),
    }
    if publication.is_withdrawn:
        context["lines"] = title_lines(publication.title, publication.agency)
    else:
        report = present(publication.sheet)
        top, rest = around_title(fragment(report))
        code = qr_code(publication.canonical)
        context |= {"report": report, "top": top, "rest": rest, "qr": code}
    return render_to_string(TEMPLATE, context).encode()


def around_title(report: str) -> tuple[SafeString, SafeString]:
    """The fragment in two, because 来源, 发布时间 and 字号 stand right under the title."""
    top, end, rest = report.partition("</h1>")
    return mark_safe(top + end), mark_safe(rest)


def page_files(page: bytes) -> Iterator[tuple[str, bytes]]:
    """A page by file name, also as servers hand it out compressed."""
    yield "index.html", page
    for suffix, pack in PACKED.items():
        yield f"index.html{suffix}", pack(page)

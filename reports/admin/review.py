"""The review page: the report as it will look, and all that helps to judge it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.http import content_disposition_header

from reports.actions.auditing import note_of_asker
from reports.actions.moves import last_event
from reports.checker.finding import Severity
from reports.exporters.finding_list import LIST_FORMATS
from reports.exporters.finding_list_html import STYLESHEETS, page
from reports.exporters.presentation import Mark, Marks, Presentation, mark_name, present
from reports.models import Revision, User
from reports.permissions import may_comment, moves_open_to, wrote_in
from reports.queries.comments import Thread, comment_places, threads_of
from reports.queries.continuity import forerunners_of
from reports.queries.corrections import correction_of
from reports.queries.differences import (
    Differences,
    ParagraphChange,
    beside_last_year,
    differences,
    earlier_text,
)
from reports.queries.errands import schedule_of
from reports.queries.finding_lists import GRAVITY, list_of_revision, placed
from reports.queries.findings import Noted, findings_of
from reports.queries.history import history_of
from reports.queries.queue import turn_of
from reports.queries.sheets import last_year_of, sheet_of, with_content
from reports.workflow import COMMENTED, MOVES, OPEN, REVIEWERS, Move, State

from .site import asker

if TYPE_CHECKING:
    from .revision import RevisionAdmin

CONFIRMED = frozenset({"publish", "withdraw"})  # they ask on a page of their own
COMMENT = "批注"


def revision_asked(
    request: HttpRequest, room: "RevisionAdmin", pk: int | str, *, content: bool = False
) -> Revision:
    """The revision, if it is one of those the user reviews; 404 for any other."""
    revisions: QuerySet[Revision] = room.get_queryset(request)
    if content:
        revisions = with_content(revisions)
    found = revisions.filter(pk=pk).first() if str(pk).isdecimal() else None
    if found is None:
        raise Http404("没有这份报告，或者它不属于您审核的机关。")
    return found


def review_view(request: HttpRequest, room: "RevisionAdmin", pk: int) -> HttpResponse:
    return draw(request, room, revision_asked(request, room, pk, content=True))


def draw(
    request: HttpRequest, room: "RevisionAdmin", revision: Revision, **refused: Any
) -> HttpResponse:
    """The page; after a refusal with its words and with what was typed."""
    context = {
        **page_context(request, room, revision),
        **review_of(revision),
        "commentable": may_comment(request.user, revision) and revision.state in COMMENTED,
        "may_follow": may_comment(request.user, revision) and revision.state in OPEN,
        "begun": begun_comment(request),
        **refused,
    }
    response = TemplateResponse(request, "admin/reports/revision/review.html", context)
    response.status_code = 409 if refused else 200
    return response


def begun_comment(request: HttpRequest) -> dict[str, str]:
    """What the form to comment begins with: a link named it, or it was typed and refused."""
    given = request.POST if request.method == "POST" else request.GET
    return {name: given.get(name, "") for name in ("place", "quote", "finding", "text")}


def findings_view(
    request: HttpRequest, room: "RevisionAdmin", pk: int, extension: str
) -> HttpResponse:
    """校核意见表: HTML opens for printing, the others are files."""
    revision = revision_asked(request, room, pk, content=True)
    if extension not in LIST_FORMATS:
        raise Http404
    note_of_asker("download_findings", revision, format=extension)
    found = list_of_revision(revision)
    if extension == "html":
        response = HttpResponse(page(found, stylesheets=[static(each) for each in STYLESHEETS]))
    else:
        document = LIST_FORMATS[extension](found)
        response = HttpResponse(document.content, content_type=document.content_type)
        named = content_disposition_header(True, document.filename)
        response.headers["Content-Disposition"] = named or "attachment"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def page_context(request: HttpRequest, room: "RevisionAdmin", revision: Revision) -> dict[str, Any]:
    """What every page about one revision says: facts, state, and what the user may do."""
    user = asker(request)
    moves = review_moves(user, revision)
    state = State(revision.state)
    return {
        **room.admin_site.each_context(request),
        "opts": room.opts,
        "title": title_of(revision),
        "revision": revision,
        "turn": turn_of(state, revision.scheduled_at),  # type: ignore[attr-defined]
        "schedule": schedule_of(revision),
        "moves": moves,
        "open": {move.verb for move in moves},
        "confirmed": CONFIRMED,
        "seen": last_event(revision) or 0,
        "wrote": any(
            state in move.sources and move.others_only for move in MOVES.values()
        ) and wrote_in(user, revision),
    }  # fmt: skip


def title_of(revision: Revision) -> str:
    title = f"{revision.report.agency.name}{revision.report.year}年度报告"
    return f"{title}（更正第{revision.number}版）" if revision.is_correction else title


def review_moves(user: User, revision: Revision) -> list[Move]:
    """The reviewers' moves open to the user; the authors' are made at the desk."""
    mine = [move for move in moves_open_to(user, revision) if move.roles & REVIEWERS]
    return sorted(mine, key=lambda move: move.noted)  # what takes one click first


def review_of(revision: Revision) -> dict[str, Any]:
    """The report's sheet, checked, compared and drawn."""
    sheet = sheet_of(revision)
    noted = findings_of(revision)
    earlier = earlier_text(revision)
    changes = differences(earlier.sheet, sheet) if earlier else None
    last_year = last_year_of(revision)
    plain = present(sheet)
    remarks = [remark_of(each, plain, number) for number, each in enumerate(noted, 1)]
    threads = threads_of(revision, sheet, {each.finding.fingerprint for each in noted})
    marks = dict(marks_of_changes(changes)) if changes else {}
    for name, remark in gravest(remarks).items():
        marks[name] = remark.mark(marks.get(name))
    marks |= marks_of_threads(threads, marks)
    return {
        "report": present(sheet, marks=marks),
        "remarks": remarks,
        "threads": threads,
        "open_threads": [each for each in threads if each.is_open],
        "unresolved": sum(not each.is_resolved for each in threads),
        "comment_places": comment_places(sheet.edition),
        "downloads": reverse(
            "admin:reports_revision_findings", args=[revision.pk, "json"]
        ).removesuffix("json"),
        "blocked": sum(each.blocks for each in noted),
        "earlier": earlier,
        "changes": changes,
        "correction": correction_of(revision) if revision.is_correction else None,
        "last_year": last_year,
        "warned": forerunners_of(revision.report.agency, revision.report.year).why,
        "year_parts": beside_last_year(sheet, last_year) if last_year else [],
        "history": history_of(revision),
    }


@dataclass(frozen=True)
class Remark:
    """A finding as the page lists it, with where it stands in the drawn report."""

    noted: Noted
    anchor: str
    name: str  # what a mark calls the place; empty for a whole part or the document
    where: str
    number: int

    @property
    def word(self) -> str:
        if self.noted.explanation:
            return "已说明"
        return self.noted.finding.severity.label

    @property
    def kind(self) -> str:
        """The tag's and the mark's colour: what is explained is settled."""
        return str(self.noted.finding.severity)

    @property
    def tag(self) -> str:
        return {Severity.ERROR: "error", Severity.EXPLAIN: "explain"}.get(
            self.noted.finding.severity, "info"
        )

    def mark(self, changed: Mark | None) -> Mark:
        word = f"{self.word}；{changed.word}" if changed else self.word
        return Mark(self.kind, word, self.noted.finding.message, f"finding-{self.number}")


def gravest(remarks: list[Remark]) -> dict[str, Remark]:
    """The gravest remark on each marked place."""
    found: dict[str, Remark] = {}
    for remark in sorted(remarks, key=lambda each: GRAVITY.index(each.noted.finding.severity)):
        if remark.name:
            found.setdefault(remark.name, remark)
    return found


def remark_of(noted: Noted, report: Presentation, number: int) -> Remark:
    place = placed(report, noted.finding)
    return Remark(noted, place.anchor, place.name, place.where, number)


def marks_of_changes(changes: Differences) -> Iterator[tuple[str, Mark]]:
    for cell in changes.cells:
        yield cell.name, Mark("changed", f"原为 {cell.before}", f"{cell.label}：原为 {cell.before}")
    for paragraph in changes.paragraphs:
        if paragraph.name:
            yield paragraph.name, Mark("changed", word_for(paragraph))
    for fact in changes.facts:
        yield fact.name, Mark("changed", "有改动", f"{fact.label}：原为 {fact.before}")


def marks_of_threads(threads: list[Thread], marks: Marks) -> dict[str, Mark]:
    """A word at what unresolved comments are on, beside what is said there already."""
    found: dict[str, Mark] = {}
    for thread in threads:
        name = mark_name(thread.report_anchor)
        if not name or thread.is_resolved or name in found:
            continue
        standing = marks.get(name)
        if standing:
            found[name] = replace(standing, word=f"{standing.word}；{COMMENT}")
        else:
            found[name] = Mark("comment", COMMENT, thread.comment.text, thread.comment.anchor)
    return found


def word_for(change: ParagraphChange) -> str:
    return "新增" if change.kind == "new" else "有改动"

"""What reviewers said of a text, thread by thread, and whether what they spoke of still stands."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, Q, QuerySet, Subquery

from reports.editions.grammar import Edition, Part, Place
from reports.exporters.presentation import DrawnParagraph, Presentation, anchor_of, present, shown
from reports.models import Comment, Revision
from reports.sheet import Sheet, name_of
from reports.workflow import AUTHORS, REVIEWERS, STEPS, Role, Standing, Turn

WHOLE = "整份报告"
BLANK = "空"


@dataclass(frozen=True)
class Thread:
    """A comment with its turns; ``changed`` says in a sentence what is different since."""

    comment: Comment
    turns: tuple[Comment, ...]
    standing: Standing
    part: Part | None
    where: str  # within the part
    changed: str
    report_anchor: str  # where it leads to in the drawn report

    @property
    def is_open(self) -> bool:
        return self.standing is Standing.OPEN

    @property
    def is_resolved(self) -> bool:
        return self.standing is Standing.RESOLVED

    @property
    def tag(self) -> str:
        return {"open": "explain", "handled": "info", "resolved": "ok"}[self.standing]

    @property
    def cell(self) -> str:
        """The cell's full name, empty where it is of something else."""
        return self.comment.place

    @property
    def sentence(self) -> str:
        return "" if self.comment.place else self.comment.quote

    @property
    def author_steps(self) -> list[tuple[Turn, str]]:
        return self.steps_of(AUTHORS)

    @property
    def reviewer_steps(self) -> list[tuple[Turn, str]]:
        return self.steps_of(REVIEWERS)

    def steps_of(self, roles: frozenset[Role]) -> list[tuple[Turn, str]]:
        """What may follow now, with the button's label."""
        return [
            (turn, step.label)
            for turn, step in STEPS.items()
            if step.roles & roles and self.standing in step.sources
        ]


def standing_after(turns: Iterable[Comment]) -> Standing:
    """How far a comment is, by the turns that followed it in their order."""
    standing = Standing.OPEN
    for each in turns:
        standing = STEPS[Turn(each.turn)].target or standing
    return standing


def threads_of(
    revision: Revision, sheet: Sheet, standing_findings: Collection[str] | None = None
) -> list[Thread]:
    """Every comment with what followed, by part, the oldest first; one statement.

    ``sheet`` is the text as it stands, ``standing_findings`` the fingerprints
    of its findings (None: not known, and nothing is said of them).
    """
    rows = list(Comment.objects.filter(revision=revision).select_related("by").order_by("pk"))
    if not rows:
        return []
    report = present(sheet)
    places = places_by_name(sheet.edition)
    threads = [
        thread_of(
            each,
            tuple(row for row in rows if row.parent_id == each.pk),
            report,
            places,
            standing_findings,
        )
        for each in rows
        if each.parent_id is None
    ]
    return sorted(threads, key=lambda each: each.part.number if each.part else -1)


def thread_of(
    comment: Comment,
    turns: tuple[Comment, ...],
    report: Presentation,
    places: dict[str, Place],
    standing_findings: Collection[str] | None,
) -> Thread:
    edition = report.sheet.edition
    part = edition.part(comment.part) if comment.part else None
    sentence = "" if comment.place else comment.quote
    return Thread(
        comment=comment,
        turns=turns,
        standing=standing_after(turns),
        part=part,
        where=where_of(comment, places),
        changed=change_since(comment, report, places, standing_findings),
        report_anchor=f"cell-{comment.place}"
        if comment.place
        else anchor_of(report, part.number if part else None, quote=sentence),
    )


def where_of(comment: Comment, places: dict[str, Place]) -> str:
    """In the form's words: a cell, a sentence, a finding, a part or the whole report."""
    if comment.place:
        return places[comment.place].label
    if comment.fingerprint:
        return "检查结果"
    if comment.quote:
        return "正文中的一句"
    return "整个部分" if comment.part else WHOLE


def change_since(
    comment: Comment,
    report: Presentation,
    places: dict[str, Place],
    standing_findings: Collection[str] | None,
) -> str:
    """What a reader must know before acting on an old comment; empty where all is as it was."""
    if comment.fingerprint and standing_findings is not None:
        gone = comment.fingerprint not in standing_findings
        return "之后已修改：这一条检查结果现在没有了。" if gone else ""
    if comment.place:
        now = cell_text(report.sheet, places[comment.place])
        return "" if now == comment.quote else f"之后已修改：原为 {comment.quote}，现为 {now}。"
    texts = paragraphs_of(report, comment.part) if comment.part else ()
    if comment.quote and not any(comment.quote in each.text for each in texts):
        return "之后已修改：正文里已经没有这一句，上面是原来的写法。"
    return ""


def cell_text(sheet: Sheet, place: Place) -> str:
    return shown(sheet, place) or BLANK


def paragraphs_of(report: Presentation, part: str) -> tuple[DrawnParagraph, ...]:
    """A prose part's paragraphs as they are drawn; none of a table."""
    return report.preface if part == "preface" else report.part(part).paragraphs


def places_by_name(edition: Edition) -> dict[str, Place]:
    return {name_of(place): place for place in edition.places()}


def comment_places(edition: Edition) -> list[tuple[str, list[tuple[str, str]]]]:
    """Everything a comment may be on, as groups of a list to choose from: key and label."""
    parts = [("", WHOLE), *((part.key, part.title) for part in edition.parts)]
    groups = [("部分", parts)]
    for part in edition.parts:
        cells = [
            (name_of(place), place.label)
            for place in sorted(
                (each for each in edition.places() if each.part == part.number),
                key=lambda each: column_order(edition, each),
            )
        ]
        if cells:
            groups.append((part.title, cells))
    return groups


def column_order(edition: Edition, place: Place) -> int:
    """Part three is read down its columns, the others as they are printed."""
    if place.part != edition.applications.part:
        return 0
    return [column.key for column in edition.applications.columns].index(place.column)


def unresolved_comments(revision: Revision) -> QuerySet[Comment]:
    """The comments that no reviewer has resolved."""
    return with_last_step(revision).filter(~Q(last=str(Turn.RESOLVE)) | Q(last__isnull=True))


def open_comments(revision: Revision) -> QuerySet[Comment]:
    """The comments which wait for the author."""
    return with_last_step(revision).filter(Q(last=str(Turn.REOPEN)) | Q(last__isnull=True))


def with_last_step(revision: Revision) -> QuerySet[Comment]:
    """The comments with ``last``, the newest turn that moved each, if there is one."""
    moving = [str(turn) for turn, step in STEPS.items() if step.target]
    newest = Comment.objects.filter(parent=OuterRef("pk"), turn__in=moving).order_by("-pk")
    return Comment.objects.filter(revision=revision, parent__isnull=True).annotate(
        last=Subquery(newest.values("turn")[:1])
    )

"""Moving a revision from one state to the next."""

from collections import Counter

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from reports.checker.finding import Severity
from reports.models import Event, FindingCount, Revision, ScheduledPublication, Submission, User
from reports.permissions import may_move, wrote_in
from reports.queries.comments import open_comments
from reports.queries.findings import Noted, blocking, findings_of
from reports.queries.sheets import sheet_of
from reports.sheet import to_json
from reports.workflow import MOVES, Move, State

from .auditing import attempted
from .correcting import refuse_unchanged
from .drafting import record
from .fingerprinting import keep_fingerprints
from .notifying import notify_of_move
from .publishing import publish_revision, withdraw_page
from .refusals import MoveRefused


@attempted("{verb}")
def move(
    revision: Revision, verb: str, *, by: User, note: str = "", seen: int | None = None
) -> Revision:
    """Make the move, record it, and return the revision as it now stands.

    The row is locked and read again, so of two who press one button the second
    is refused. ``seen`` is the key of the last event on the page from which the
    move was asked: if there has been another since, the page showed an older
    text and the move is refused. (Of a revision without events it is 0.)
    """
    step = MOVES[verb]
    revision = (
        Revision.objects.select_for_update(of=("self",))
        .select_related("report__agency__division")
        .get(pk=revision.pk)
    )
    refuse_unless_allowed(revision, step, by)
    noted = refuse_unless_possible(revision, step, note, seen)
    revision.state = str(step.target)
    if verb == "publish":
        publish_revision(revision, by=by, noted=noted)
    else:
        revision.save(update_fields=["state"])
    event = record(revision, verb, by=by, note=note.strip())
    notify_of_move(revision, event)
    if verb == "submit":
        Submission.objects.create(revision=revision, event=event, sheet=to_json(sheet_of(revision)))
        keep_fingerprints(revision)
    if verb == "withdraw":
        withdraw_page(revision)
    lapse_schedule(revision, step)
    return revision


def lapse_schedule(revision: Revision, step: Move) -> None:
    """A time set for publication does not outlive the approval, nor publication by hand."""
    ScheduledPublication.objects.filter(
        revision=revision, state=ScheduledPublication.State.WAITING
    ).update(
        state=ScheduledPublication.State.LAPSED,
        sentence=f"报告已{step.label}。",
        ended_at=timezone.now(),
    )


def refuse_unless_possible(
    revision: Revision, step: Move, note: str, seen: int | None
) -> list[Noted] | None:
    """Raise MoveRefused, or return what the rules said of the text; None where none were run."""
    if State(revision.state) not in step.sources:
        raise MoveRefused(f"报告现在是“{revision.get_state_display()}”，不能{step.label}。")
    refuse_if_stale(revision, seen)
    if step.noted and not note.strip() and not commented(revision, step):
        raise MoveRefused(f"{step.label}应当写明理由，请填写后再提交。")
    if step.checked and revision.is_correction:
        refuse_unchanged(revision, step)
    if not step.checked:
        return None
    findings = findings_of(revision)
    refuse_if_blocked(findings, step)
    count_findings(revision, findings)
    return findings


def commented(revision: Revision, step: Move) -> bool:
    """Whether comments that wait for the author say what a written opinion would."""
    return step.or_commented and open_comments(revision).exists()


def refuse_if_stale(revision: Revision, seen: int | None) -> None:
    if seen is not None and seen != (last_event(revision) or 0):
        raise MoveRefused("您打开页面之后，报告又有了变动。请看过最新内容后再办理。")


def refuse_unless_allowed(revision: Revision, step: Move, by: User) -> None:
    if may_move(by, step, revision):
        return
    if step.others_only and wrote_in(by, revision):
        raise MoveRefused(f"这份报告有您填写的内容，应当由其他审核人员{step.label}。")
    raise PermissionDenied


def last_event(revision: Revision) -> int | None:
    """The key of the revision's newest event: what a page has seen."""
    return (
        Event.objects.filter(revision=revision).order_by("pk").values_list("pk", flat=True).last()
    )


def newest_event() -> int:
    """The key of the site's newest event: what a page over many reports has seen."""
    return Event.objects.order_by("pk").values_list("pk", flat=True).last() or 0


def refuse_if_blocked(findings: list[Noted], step: Move) -> None:
    """Every rule has been run on what is stored now, whatever a page showed."""
    standing = blocking(findings)
    if standing:
        first = standing[0].finding.message
        raise MoveRefused(
            f"还有 {len(standing)} 项检查结果没有处理，不能{step.label}。第一项：{first}"
        )


def count_findings(revision: Revision, findings: list[Noted]) -> None:
    """Keep how many findings the text has, for the lists."""
    severities = Counter(each.finding.severity for each in findings)
    explained = sum(each.explanation is not None for each in findings)
    FindingCount.objects.update_or_create(
        revision=revision,
        defaults={
            "errors": severities[Severity.ERROR],
            "to_explain": severities[Severity.EXPLAIN] - explained,
            "explained": explained,
            "hints": severities[Severity.HINT],
        },
    )

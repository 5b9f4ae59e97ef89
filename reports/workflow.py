"""The life of a revision, as a table, and that of a comment on it. Carrying a move out is for actions.

The tables draw the admin's buttons, the desk's buttons and the tests: every
state x role x move is tried.
"""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a membership makes of a user, within the agencies it ties them to."""

    AUTHOR = "author"
    SUPERVISOR = "supervisor"
    AUTHORITY = "authority"
    SYSTEM_ADMINISTRATOR = "system_administrator"
    SECURITY_ADMINISTRATOR = "security_administrator"
    AUDITOR = "auditor"

    @property
    def label(self) -> str:
        return ROLE_LABELS[self]


ROLE_LABELS = {
    Role.AUTHOR: "填报员",
    Role.SUPERVISOR: "审核员",
    Role.AUTHORITY: "主管部门",
    Role.SYSTEM_ADMINISTRATOR: "系统管理员",
    Role.SECURITY_ADMINISTRATOR: "安全管理员",
    Role.AUDITOR: "审计员",
}
AUTHORS = frozenset({Role.AUTHOR})
AUTHORITIES = frozenset({Role.AUTHORITY})
REVIEWERS = frozenset({Role.SUPERVISOR, Role.AUTHORITY})
SITE_ROLES = frozenset({Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDITOR})


class State(StrEnum):
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        return STATE_LABELS[self]


STATE_LABELS = {
    State.DRAFT: "起草中",
    State.IN_REVIEW: "审核中",
    State.APPROVED: "已审定",
    State.PUBLISHED: "已公布",
    State.SUPERSEDED: "已更正",
    State.WITHDRAWN: "已撤回公布",
    State.DROPPED: "已放弃",
}
OPEN = frozenset({State.DRAFT, State.IN_REVIEW, State.APPROVED})
WAITING = frozenset({State.IN_REVIEW, State.APPROVED})  # for a reviewer
PUBLIC = frozenset({State.PUBLISHED, State.SUPERSEDED, State.WITHDRAWN})


@dataclass(frozen=True)
class Move:
    """One step: who may make it, from where to where, and on what conditions."""

    verb: str
    label: str  # the button, and the history
    sources: frozenset[State]
    target: State
    roles: frozenset[Role]
    checked: bool = False  # refused while a finding blocks
    noted: bool = False  # refused without a written opinion
    or_commented: bool = False  # open comments serve as the written opinion
    others_only: bool = False  # refused to those who wrote in the text
    corrections_only: bool = False  # the first text of a report has nothing to fall back on
    next_step: str = ""  # what the receipt says comes next


MOVES = {
    move.verb: move
    for move in (
        Move(
            "submit", "送审", frozenset({State.DRAFT}), State.IN_REVIEW, AUTHORS,
            checked=True, next_step="报告现在由审核员审核，退回或审定后会在这里显示。",
        ),
        Move(
            "recall", "撤回送审", frozenset({State.IN_REVIEW}), State.DRAFT, AUTHORS,
            next_step="报告回到起草状态，修改后请重新送审。",
        ),
        Move(
            "reopen", "重新修改", frozenset({State.APPROVED}), State.DRAFT, AUTHORS,
            noted=True, next_step="原审定已经失效，修改后请重新送审。",
        ),
        Move(
            "return", "退回修改", frozenset({State.IN_REVIEW, State.APPROVED}), State.DRAFT,
            REVIEWERS, noted=True, or_commented=True,
            next_step="报告已交还填报员，修改后会重新送审。",
        ),
        Move(
            "approve", "审定", frozenset({State.IN_REVIEW}), State.APPROVED, REVIEWERS,
            checked=True, others_only=True, next_step="报告可以公布了。",
        ),
        Move(
            "publish", "公布", frozenset({State.APPROVED}), State.PUBLISHED, REVIEWERS,
            checked=True, others_only=True, next_step="报告已向社会公开，任何人都可以查阅。",
        ),
        Move(
            "withdraw", "撤回公布", frozenset({State.PUBLISHED}), State.WITHDRAWN, REVIEWERS,
            noted=True, next_step="公开页面现在只显示撤回说明。",
        ),
        Move(
            "drop", "放弃更正", frozenset({State.DRAFT}), State.DROPPED, AUTHORS,
            corrections_only=True,
            next_step="公开页面没有任何变化；这份稿本仍可查看，需要时可以重新开始更正。",
        ),
    )
}  # fmt: skip

# 更正 opens a report's next text and leaves the one it starts from where it is:
# it is no move of a revision, and stands beside them.
CORRECT = Move(
    "correct", "更正", frozenset({State.PUBLISHED, State.WITHDRAWN}), State.DRAFT, AUTHORS,
    noted=True, next_step="公布之前，公开页面没有任何变化。",
)  # fmt: skip


def moves_from(state: State) -> list[Move]:
    """The moves which start from a state, in the table's order."""
    return [move for move in MOVES.values() if state in move.sources]


class Turn(StrEnum):
    """What a row of a thread of comments is: the comment itself, or what followed it."""

    COMMENT = "comment"
    ANSWER = "answer"
    HANDLE = "handle"
    RESOLVE = "resolve"
    REOPEN = "reopen"

    @property
    def label(self) -> str:
        return "批注" if self is Turn.COMMENT else STEPS[self].label


class Standing(StrEnum):
    """How far a comment is: for the author, for the reviewer to see, or done."""

    OPEN = "open"
    HANDLED = "handled"
    RESOLVED = "resolved"

    @property
    def label(self) -> str:
        return {"open": "待处理", "handled": "已处理，待确认", "resolved": "已办结"}[self]


COMMENTED = frozenset({State.IN_REVIEW, State.APPROVED})  # while a reviewer reads the text


@dataclass(frozen=True)
class Step:
    """What may follow in a thread: who may do it, and from which standings to which."""

    verb: str  # the event's; none begins as the writing of a text does
    label: str
    roles: frozenset[Role]
    sources: frozenset[Standing]
    target: Standing | None = None  # an answer alone leaves it as it was
    worded: bool = False  # refused without words


STEPS = {
    Turn.ANSWER: Step(
        "answer_comment", "答复", AUTHORS | REVIEWERS,
        frozenset({Standing.OPEN, Standing.HANDLED}), worded=True,
    ),
    Turn.HANDLE: Step(
        "handle_comment", "标为已处理", AUTHORS, frozenset({Standing.OPEN}), Standing.HANDLED
    ),
    Turn.RESOLVE: Step(
        "resolve_comment", "办结", REVIEWERS,
        frozenset({Standing.OPEN, Standing.HANDLED}), Standing.RESOLVED,
    ),
    Turn.REOPEN: Step(
        "reopen_comment", "重新提出", REVIEWERS,
        frozenset({Standing.HANDLED, Standing.RESOLVED}), Standing.OPEN, worded=True,
    ),
}  # fmt: skip

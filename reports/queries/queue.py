"""What waits for a reviewer, and what a list of revisions says of each."""

from datetime import datetime

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from reports.models import Event, Explanation, Revision, User
from reports.permissions import agencies_where, with_authorship
from reports.workflow import REVIEWERS, WAITING, State

from .errands import in_words, with_schedule

TURNS = {
    State.DRAFT: "填报员修改",
    State.IN_REVIEW: "审核员审定",
    State.APPROVED: "审核员公布",
}


def turn_of(state: State, scheduled_at: datetime | None = None) -> str:
    """Whose turn it is; nobody's once a text is public, the clock's once a time is set."""
    if scheduled_at is not None:
        return f"定于{in_words(scheduled_at)}公布"
    return TURNS.get(state, "已办结")


def listed(revisions: QuerySet[Revision], user: User) -> QuerySet[Revision]:
    """The revisions with what a list says of each, in one statement however many."""
    submissions = Event.objects.filter(revision=OuterRef("pk"), verb="submit").order_by("-pk")
    explanations = (
        Explanation.objects.filter(revision=OuterRef("pk"))
        .order_by()
        .values("revision")
        .annotate(number=Count("pk"))
    )
    known = with_schedule(with_authorship(revisions.select_related("report__agency"), user))
    return known.annotate(
        submitted_by=Subquery(submissions.values("by__display_name")[:1]),
        submitted_at=Subquery(submissions.values("at")[:1]),
        explained=Coalesce(Subquery(explanations.values("number"), output_field=IntegerField()), 0),
    )


def waiting_for(user: User) -> QuerySet[Revision]:
    """What the user, as a reviewer, may return, approve or publish; the oldest first."""
    mine = Revision.objects.filter(
        state__in=sorted(WAITING), report__agency__in=agencies_where(user, REVIEWERS)
    )
    return listed(mine, user).order_by(F("submitted_at").asc(nulls_first=True), "pk")


def waiting_counts(user: User) -> dict[State, int]:
    """How many wait in each state, the states without any included."""
    mine = Revision.objects.filter(
        state__in=sorted(WAITING), report__agency__in=agencies_where(user, REVIEWERS)
    )
    counted = dict(mine.order_by().values_list("state").annotate(Count("pk")))
    return {state: counted.get(str(state), 0) for state in (State.IN_REVIEW, State.APPROVED)}

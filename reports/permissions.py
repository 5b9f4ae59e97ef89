"""Who may do what, as questions and as querysets; actions ask here before they act.

A membership ties a user to an agency with a role: an author to that agency
alone, a supervisor or an authority also to all below it. Nothing else gives a
right: Django's own permissions and ``is_superuser`` move no report.
"""

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from reports.models import Agency, Event, Membership, Notice, Report, Revision, Upload, User
from reports.workflow import (
    AUTHORITIES,
    AUTHORS,
    REVIEWERS,
    SITE_ROLES,
    Move,
    Role,
    State,
    moves_from,
)

WRITING = "save"  # the verbs of events by which a text was written begin so
Asker = User | AnonymousUser | None


def roles_of(user: Asker) -> frozenset[Role]:
    """Every role the user has anywhere, read once per user object."""
    if not isinstance(user, User) or not user.is_active:
        return frozenset()
    read: frozenset[Role] | None = user.__dict__.get("roles_read")
    if read is None:
        held = Membership.objects.filter(user=user).values_list("role", flat=True)
        read = user.__dict__["roles_read"] = frozenset(map(Role, held))
    return read


def agencies_where(user: Asker, roles: Iterable[Role]) -> QuerySet[Agency]:
    """The agencies in which the user has one of the roles: a subtree for reviewers."""
    wanted = frozenset(roles)
    if not isinstance(user, User) or not user.is_active:
        return Agency.objects.none()
    memberships = Membership.objects.filter(user=user, role__in=wanted, agency__isnull=False)
    reach = Q(pk__in=[])
    for role, pk, path in memberships.values_list("role", "agency_id", "agency__path"):
        reach |= Q(path__startswith=path) if Role(role) in REVIEWERS else Q(pk=pk)
    return Agency.objects.filter(reach)


def revisions_written_by(user: User) -> QuerySet[Revision]:
    """The revisions in which the user wrote."""
    return Revision.objects.filter(pk__in=writings_of(user).values("revision"))


def writings_of(user: User) -> QuerySet[Event]:
    return Event.objects.filter(by=user, verb__startswith=WRITING)


def wrote_in(user: User, revision: Revision) -> bool:
    """Whether the user wrote in the report: a correction repeats what stood in the texts before."""
    return writings_of(user).filter(revision__report=revision.report_id).exists()


def revisions_readable_by(user: Asker) -> QuerySet[Revision]:
    """Authors and reviewers read those of their agencies, an auditor all."""
    if Role.AUDITOR in roles_of(user):
        return Revision.objects.all()
    mine = agencies_where(user, AUTHORS | REVIEWERS)
    return Revision.objects.filter(report__agency__in=mine)


def revisions_reviewable_by(user: Asker) -> QuerySet[Revision]:
    """What the admin shows: the reports of the subtrees the user reviews; all to an auditor."""
    if Role.AUDITOR in roles_of(user):
        return Revision.objects.all()
    return Revision.objects.filter(report__agency__in=agencies_where(user, REVIEWERS))


def agencies_summed_by(user: Asker) -> QuerySet[Agency]:
    """Whose roll-up the user may read: reviewers in their subtrees, an auditor everywhere."""
    if Role.AUDITOR in roles_of(user):
        return Agency.objects.all()
    return agencies_where(user, REVIEWERS)


def reports_writable_by(user: Asker) -> QuerySet[Report]:
    return Report.objects.filter(agency__in=agencies_where(user, AUTHORS))


def uploads_of(user: Asker) -> QuerySet[Upload]:
    """The documents which the user handed in, and those for the agencies they write for."""
    writes_for = agencies_where(user, AUTHORS)
    if not writes_for.exists():
        return Upload.objects.none()
    return Upload.objects.filter(Q(by=user) | Q(agency__in=writes_for))


def writers_in(agencies: Iterable[int], year: int) -> set[tuple[int, int]]:
    """(agency, user) of who wrote in which agency's report of the year; ``wrote_in`` for many."""
    written = Event.objects.filter(
        verb__startswith=WRITING,
        by__isnull=False,
        revision__report__year=year,
        revision__report__agency__in=set(agencies),
    )
    return set(written.order_by().values_list("revision__report__agency", "by").distinct())


def may_write(user: Asker, revision: Revision) -> bool:
    """Whether the user is an author of the revision's agency (the state is another matter)."""
    return agencies_where(user, AUTHORS).filter(pk=revision.report.agency_id).exists()


def may_comment(user: Asker, revision: Revision) -> bool:
    """Whether the user reviews the revision's agency (the state is another matter)."""
    return agencies_where(user, REVIEWERS).filter(pk=revision.report.agency_id).exists()


def may_read(user: Asker, revision: Revision) -> bool:
    return revisions_readable_by(user).filter(pk=revision.pk).exists()


def may_move(user: Asker, move: Move, revision: Revision) -> bool:
    """Whether role, agency and authorship allow the move, whatever the state."""
    if not isinstance(user, User):
        return False
    if not agencies_where(user, move.roles).filter(pk=revision.report.agency_id).exists():
        return False
    if move.corrections_only and not revision.is_correction:
        return False
    return not (move.others_only and wrote_in(user, revision))


def users_who_may(move: Move, revision: Revision) -> list[User]:
    """The other way round: everybody to whom ``may_move`` says yes."""
    asked = users_with(move.roles, revision.report.agency)
    return [user for user in asked if may_move(user, move, revision)]


def users_with(roles: Iterable[Role], agency: Agency) -> QuerySet[User]:
    """Who has one of the roles for the agency: there, or for reviewers above it."""
    wanted = frozenset(roles)
    steps = agency.path.split("/")[:-1]
    above = ["/".join(steps[:end]) + "/" for end in range(1, len(steps) + 1)]
    held = Membership.objects.filter(
        Q(role__in=wanted - REVIEWERS, agency=agency)
        | Q(role__in=wanted & REVIEWERS, agency__path__in=above)
    )
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("pk")


def notices_of(user: Asker) -> QuerySet[Notice]:
    """A notice is its addressee's alone."""
    return Notice.objects.filter(to=user) if isinstance(user, User) else Notice.objects.none()


def moves_open_to(user: Asker, revision: Revision) -> list[Move]:
    """The moves which the user could make now, for drawing buttons."""
    return [move for move in moves_from(State(revision.state)) if may_move(user, move, revision)]


def with_authorship(revisions: QuerySet[Revision], user: User) -> QuerySet[Revision]:
    """The revisions with ``written_by_me``, for lists."""
    mine = writings_of(user).filter(revision__report=OuterRef("report"))
    return revisions.annotate(written_by_me=Exists(mine))


def may_supervise(user: Asker, agency: Agency) -> bool:
    """Whether the user is the authority (主管部门) over the agency and all below it."""
    return agencies_where(user, AUTHORITIES).filter(pk=agency.pk).exists()


def reviewed_directly_by(user: Asker) -> QuerySet[Agency]:
    """The agencies in which the user holds a reviewer's role, without those below."""
    held = Membership.objects.filter(user=user if isinstance(user, User) else None)
    return Agency.objects.filter(pk__in=held.filter(role__in=REVIEWERS).values("agency"))


def agencies_overseen_by(user: Asker) -> QuerySet[Agency]:
    """Whose progress the user sees: the subtrees they review; all to an auditor."""
    if Role.AUDITOR in roles_of(user):
        return Agency.objects.all()
    return agencies_where(user, REVIEWERS)


def may_oversee(user: Asker) -> bool:
    return bool(roles_of(user) & (REVIEWERS | {Role.AUDITOR}))


def may_urge(user: Asker) -> bool:
    """Whether the user is an authority anywhere."""
    return bool(roles_of(user) & AUTHORITIES)


def may_enter_admin(user: Asker) -> bool:
    return bool(roles_of(user) & (REVIEWERS | SITE_ROLES))


def may_enter_desk(user: Asker) -> bool:
    return bool(roles_of(user) & (AUTHORS | REVIEWERS))


def is_system_administrator(user: Asker) -> bool:
    return Role.SYSTEM_ADMINISTRATOR in roles_of(user)


def is_security_administrator(user: Asker) -> bool:
    return Role.SECURITY_ADMINISTRATOR in roles_of(user)


def sees_log_ins(user: Asker) -> bool:
    """Whether the user sees whose log-in is locked, and who asked for a new second factor."""
    return bool(roles_of(user) & SITE_ROLES)


def is_auditor(user: Asker) -> bool:
    return Role.AUDITOR in roles_of(user)

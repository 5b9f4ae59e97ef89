"""Giving and taking roles: one person proposes, another, a security administrator, decides.

Nothing takes effect before that. Nobody proposes or decides about themselves,
and nobody decides what they proposed; the database holds both as well
(``models.role_request``), and that of the three roles of the site a person has one.
"""

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from reports.models import Agency, Membership, RoleRequest, User
from reports.permissions import is_security_administrator, is_system_administrator
from reports.queries.people import against_grant
from reports.workflow import SITE_ROLES, Role

from .auditing import attempted, note
from .refusals import Refused

SHORTEST_REASON = 2
Kind = RoleRequest.Kind
State = RoleRequest.State


@attempted("propose_role")
def propose_role(
    user: User,
    role: Role,
    agency: Agency | None,
    *,
    reason: str,
    by: User,
    kind: Kind = Kind.GRANT,
) -> RoleRequest:
    """Ask that the user be given a role (or lose it), in the agency or, of the site, everywhere.

    The user's row is locked, so that of two proposals at once the second sees the first.
    """
    if not may_propose(by):
        raise PermissionDenied
    user = User.objects.select_for_update().get(pk=user.pk)
    against = objection_to_proposal(user, role, agency, by=by, kind=kind)
    if against:
        raise Refused(against)
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused("请写明事由，确认的人要据此判断。")
    request = RoleRequest.objects.create(
        kind=kind, user=user, role=str(role), agency=agency, reason=reason.strip(), proposed_by=by
    )
    note("propose_role", request, by=by)
    return request


@attempted("confirm_role")
def confirm_role(request: RoleRequest, *, by: User) -> RoleRequest:
    """Let the change take effect, if nothing speaks against it by now."""
    request = waiting(request, by=by)
    user = User.objects.select_for_update().get(pk=request.user_id)
    role = Role(request.role)
    if request.kind == Kind.GRANT:
        against = objection_to(user, role, request.agency, by=by)
        if against:
            raise Refused(against)
        Membership.objects.create(user=user, role=str(role), agency=request.agency)
    else:
        held = Membership.objects.filter(user=user, role=str(role), agency=request.agency)
        if not held.delete()[0]:
            raise Refused(not_held(user, role, request.agency))
    User.objects.filter(pk=user.pk).update(rights_changed_at=timezone.now())
    decide(request, State.CONFIRMED, by=by)
    note("confirm_role", request, by=by)
    return request


@attempted("refuse_role")
def refuse_role(request: RoleRequest, answer: str, *, by: User) -> RoleRequest:
    """Do not let the change take effect, for a written reason."""
    request = waiting(request, by=by)
    if len(answer.strip()) < SHORTEST_REASON:
        raise Refused("不同意应当写明理由，请填写后再提交。")
    decide(request, State.REFUSED, by=by, answer=answer.strip())
    note("refuse_role", request, by=by)
    return request


@attempted("withdraw_role")
def withdraw_role(request: RoleRequest, *, by: User) -> RoleRequest:
    """Take one's own proposal back."""
    request = RoleRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if request.proposed_by_id != by.pk:
        raise PermissionDenied
    refuse_if_decided(request)
    decide(request, State.WITHDRAWN, by=by)
    note("withdraw_role", request, by=by)
    return request


def waiting(request: RoleRequest, *, by: User) -> RoleRequest:
    """The request locked, if it waits and this person may decide about it."""
    if not is_security_administrator(by):
        raise PermissionDenied
    request = (
        RoleRequest.objects.select_for_update(of=("self",))
        .select_related("user", "agency")
        .get(pk=request.pk)
    )
    refuse_if_decided(request)
    if by.pk == request.proposed_by_id:
        raise Refused("不能确认自己提出的变更，请由另一名安全管理员办理。")
    if by.pk == request.user_id:
        raise Refused("不能确认自己的角色变更，请由另一名安全管理员办理。")
    return request


def refuse_if_decided(request: RoleRequest) -> None:
    if request.state != State.WAITING:
        raise Refused(f"这项变更现在是“{request.get_state_display()}”，不能再办理。")


def decide(request: RoleRequest, state: State, *, by: User, answer: str = "") -> None:
    request.state, request.decided_by, request.answer = state, by, answer
    request.decided_at = timezone.now()
    request.save(update_fields=["state", "decided_by", "decided_at", "answer"])


@attempted("appoint")
def appoint_first(user: User, role: Role) -> Membership:
    """Give the first holder of a site role theirs: the operator's act, from the shell only.

    Refused once anybody holds the role; from then on roles are given in the admin.
    """
    if role not in SITE_ROLES:
        raise Refused(f"{role.label}在管理页面提出，由安全管理员确认。")
    if Membership.objects.filter(role=str(role)).exists():
        raise Refused(f"已经有{role.label}了，其他人在管理页面提出，由安全管理员确认。")
    against = objection_to(user, role, None, by=None)
    if against:
        raise Refused(against)
    membership = Membership.objects.create(user=user, role=str(role))
    note("appoint", membership)
    return membership


def may_propose(user: User) -> bool:
    return is_security_administrator(user) or is_system_administrator(user)


def objection_to_proposal(
    user: User, role: Role, agency: Agency | None, *, by: User | None, kind: Kind
) -> str:
    """Why the change may not be proposed; empty where nothing speaks against it."""
    if kind == Kind.GRANT:
        against = objection_to(user, role, agency, by=by)
    elif by is not None and user.pk == by.pk:
        against = "不能收回自己的角色，请由另一名管理员提出。"
    else:
        held = Membership.objects.filter(user=user, role=str(role), agency=agency)
        against = "" if held.exists() else not_held(user, role, agency)
    if against:
        return against
    open_requests = RoleRequest.objects.filter(user=user, role=str(role), state=State.WAITING)
    if open_requests.filter(agency=agency).exists():
        return f"{user}的这项角色变更已经提出过，正在等待确认。"
    return ""


def not_held(user: User, role: Role, agency: Agency | None) -> str:
    return f"{user}不是{agency or '全站'}的{role.label}，没有可以收回的角色。"


def objection_to(user: User, role: Role, agency: Agency | None, *, by: User | None) -> str:
    """Why the user may not be given the role; empty where nothing speaks against it."""
    if by is not None and user.pk == by.pk:
        return "不能给自己授予角色，请由另一名管理员提出。"
    held = set(Membership.objects.filter(user=user).values_list("role", "agency"))
    return against_grant(str(user), role, agency, held)

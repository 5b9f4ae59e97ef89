"""Giving and taking roles. Who holds one is decided by the security administrator alone."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from reports.models import Agency, Membership, User
from reports.permissions import is_security_administrator
from reports.workflow import SITE_ROLES, Role

from .refusals import Refused


@transaction.atomic
def grant_role(user: User, role: Role, agency: Agency | None, *, by: User) -> Membership:
    """Give the user the role, in the agency or, for a role of the site, everywhere.

    The user's row is locked, so that of two grants at once the second sees the first.
    """
    if not is_security_administrator(by):
        raise PermissionDenied
    user = User.objects.select_for_update().get(pk=user.pk)
    against = objection_to(user, role, agency, by=by)
    if against:
        raise Refused(against)
    return Membership.objects.create(user=user, role=str(role), agency=agency)


@transaction.atomic
def appoint_first(user: User, role: Role) -> Membership:
    """Give the first holder of a site role theirs: the operator's act, from the shell only.

    Refused once anybody holds the role; from then on roles are given in the admin.
    """
    if role not in SITE_ROLES:
        raise Refused(f"{role.label}由安全管理员在管理页面授予。")
    if Membership.objects.filter(role=str(role)).exists():
        raise Refused(f"已经有{role.label}了，其他人由安全管理员在管理页面授予。")
    against = objection_to(user, role, None, by=None)
    if against:
        raise Refused(against)
    return Membership.objects.create(user=user, role=str(role))


@transaction.atomic
def revoke_role(membership: Membership, *, by: User) -> None:
    """Take the role from its user."""
    if not is_security_administrator(by):
        raise PermissionDenied
    if membership.user_id == by.pk:
        raise Refused("不能收回自己的角色，请由另一名安全管理员办理。")
    membership.delete()


def objection_to(user: User, role: Role, agency: Agency | None, *, by: User | None) -> str:
    """Why the user may not be given the role; empty where nothing speaks against it."""
    if by is not None and user.pk == by.pk:
        return "不能给自己授予角色，请由另一名安全管理员办理。"
    if role in SITE_ROLES and agency is not None:
        return f"{role.label}管全站，不属于某个机关，请不要选择机关。"
    if role not in SITE_ROLES and agency is None:
        return f"{role.label}在一个机关内办事，请选择机关。"
    held = Membership.objects.filter(user=user)
    if held.filter(role=str(role), agency=agency).exists():
        return f"{user}已经是{agency or '全站'}的{role.label}。"
    others = sorted(SITE_ROLES - {role})
    other = held.filter(role__in=others).first() if role in SITE_ROLES else None
    if other is not None:
        return (
            f"{user}已经是{Role(other.role).label}，不能再担任{role.label}："
            "系统管理员、安全管理员、审计员应当由三个人分别担任。"
        )
    return ""

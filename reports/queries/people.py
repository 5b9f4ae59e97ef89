"""Changes of roles that wait and what speaks against one; accounts without a password."""

from collections.abc import Collection

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q, QuerySet

from reports.models import Agency, RoleRequest, User
from reports.workflow import SITE_ROLES, Role


def open_role_requests(user: User) -> QuerySet[RoleRequest]:
    """Those which this person may decide: neither proposed by them nor about them."""
    waiting = RoleRequest.objects.filter(state=RoleRequest.State.WAITING)
    return waiting.exclude(proposed_by=user).exclude(user=user)


def against_grant(
    person: str, role: Role, agency: Agency | None, held: Collection[tuple[str, int | None]]
) -> str:
    """Why somebody who holds those (role, key of the agency) may not be given the role; or ""."""
    if role in SITE_ROLES and agency is not None:
        return f"{role.label}管全站，不属于某个机关，请不要选择机关。"
    if role not in SITE_ROLES and agency is None:
        return f"{role.label}在一个机关内办事，请选择机关。"
    if (str(role), agency.pk if agency else None) in held:
        return f"{person}已经是{agency or '全站'}的{role.label}。"
    others = {Role(each) for each, _ in held} & (SITE_ROLES - {role})
    if role in SITE_ROLES and others:
        return (
            f"{person}已经是{min(others).label}，不能再担任{role.label}："
            "系统管理员、安全管理员、审计员应当由三个人分别担任。"
        )
    return ""


def awaiting_a_password(user: User) -> QuerySet[User]:
    """Accounts that have none yet, or one that was issued and not replaced; never one's own."""
    without = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX) | Q(password="")
    return (
        User.objects.filter(without | Q(password_issued_at__isnull=False), is_active=True)
        .exclude(pk=user.pk)
        .order_by("username")
    )

"""Changes of roles that wait."""

from django.db.models import QuerySet

from reports.models import RoleRequest, User


def open_role_requests(user: User) -> QuerySet[RoleRequest]:
    """Those which this person may decide: neither proposed by them nor about them."""
    waiting = RoleRequest.objects.filter(state=RoleRequest.State.WAITING)
    return waiting.exclude(proposed_by=user).exclude(user=user)

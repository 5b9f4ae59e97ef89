"""A role to be given or taken, which a second person has yet to confirm."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from .people import ROLE_CHOICES


class RoleRequest(models.Model):
    """A change of roles as one person proposes it; another security administrator decides."""

    class Kind(models.TextChoices):
        GRANT = "grant", "授予"
        REVOKE = "revoke", "收回"

    class State(models.TextChoices):
        WAITING = "waiting", "待确认"
        CONFIRMED = "confirmed", "已确认"
        REFUSED = "refused", "未同意"
        WITHDRAWN = "withdrawn", "已撤回"

    kind = models.CharField("事项", max_length=8, choices=Kind, default=Kind.GRANT)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="role_requests", verbose_name="用户"
    )
    role = models.CharField("角色", max_length=24, choices=ROLE_CHOICES)
    agency = models.ForeignKey(
        "Agency", models.PROTECT, related_name="role_requests", verbose_name="机关",
        null=True, blank=True,
    )  # fmt: skip
    reason = models.CharField("事由", max_length=200)
    state = models.CharField("状态", max_length=10, choices=State, default=State.WAITING)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提出人"
    )
    proposed_at = models.DateTimeField("提出时间", auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="办理人",
        null=True, blank=True,
    )  # fmt: skip
    decided_at = models.DateTimeField("办理时间", null=True, blank=True)
    answer = models.CharField("办理意见", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "角色变更"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_waiting_request_per_role",
                fields=["user", "role", "agency"],
                condition=Q(state="waiting"),
            ),
            models.UniqueConstraint(
                name="one_waiting_request_per_site_role",
                fields=["user", "role"],
                condition=Q(state="waiting", agency=None),
            ),
            models.CheckConstraint(
                name="roles_are_confirmed_by_a_second_person",
                condition=~Q(state__in=["confirmed", "refused"])
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by"))),
            ),
            models.CheckConstraint(
                name="nobody_proposes_or_decides_their_own_role",
                condition=~Q(proposed_by=F("user"))
                & (Q(decided_by=None) | ~Q(decided_by=F("user"))),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        where = self.agency or "全站"
        return f"{self.get_kind_display()}{self.user}：{where}{self.get_role_display()}"

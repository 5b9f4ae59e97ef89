"""Users, and the memberships that tie them to agencies with a role."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q

from reports.workflow import SITE_ROLES, Role

ROLE_CHOICES = [(str(role), role.label) for role in Role]


class User(AbstractUser):
    """A person who logs in. What they may do is in their memberships alone."""

    first_name = None  # type: ignore[assignment]  # a Chinese name is one name
    last_name = None  # type: ignore[assignment]
    display_name = models.CharField("姓名", max_length=60)
    # When somebody else set the password; empty once the person chose one of their own.
    password_issued_at = models.DateTimeField(
        "初始密码发放时间", null=True, blank=True, editable=False
    )
    # Empty as long as it is the one the account was made with.
    password_changed_at = models.DateTimeField(
        "密码修改时间", null=True, blank=True, editable=False
    )
    # A session begun before is asked to log in again; one keyed before gets a new key.
    sessions_from = models.DateTimeField("会话起始时间", null=True, blank=True, editable=False)
    rights_changed_at = models.DateTimeField("权限变更时间", null=True, blank=True, editable=False)
    one_session = models.BooleanField(
        "只允许一处登录", default=False, db_default=False, editable=False
    )

    REQUIRED_FIELDS = ["display_name"]

    class Meta:
        verbose_name = verbose_name_plural = "用户"

    def __str__(self) -> str:
        return self.display_name or self.username

    def get_full_name(self) -> str:
        return self.display_name

    def get_short_name(self) -> str:
        return self.display_name


class FormerPassword(models.Model):
    """A password this person has or had, as its hash, so that it is not chosen again too soon."""

    user = models.ForeignKey(User, models.CASCADE, related_name="former_passwords")
    password = models.CharField("密码摘要", max_length=128)
    at = models.DateTimeField("设置时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "用过的密码"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.user}：{self.at:%Y-%m-%d}"


class Membership(models.Model):
    """A role of a user: within an agency (and below), or for the whole site."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships", verbose_name="用户")
    agency = models.ForeignKey(
        "Agency", models.CASCADE, related_name="memberships", verbose_name="机关",
        null=True, blank=True,
    )  # fmt: skip
    role = models.CharField("角色", max_length=24, choices=ROLE_CHOICES)

    class Meta:
        verbose_name = verbose_name_plural = "成员关系"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "agency", "role"], name="one_membership_per_role"
            ),
            models.UniqueConstraint(
                fields=["user", "role"], condition=Q(agency=None),
                name="one_site_membership_per_role",
            ),
            models.UniqueConstraint(
                name="one_of_the_three_site_roles",
                fields=["user"],
                condition=Q(role__in=sorted(SITE_ROLES)),
            ),
            models.CheckConstraint(
                name="site_roles_have_no_agency_and_others_have_one",
                condition=Q(role__in=sorted(SITE_ROLES), agency=None)
                | (~Q(role__in=sorted(SITE_ROLES)) & Q(agency__isnull=False)),
                violation_error_message="系统管理员、安全管理员、审计员不属于某个机关，其他角色必须选择机关。",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        where = self.agency or "全站"
        return f"{self.user}：{where}{self.get_role_display()}"

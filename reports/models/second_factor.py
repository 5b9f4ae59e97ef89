"""A person's second factor: a secret shared with an app on their phone, and codes on paper."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class SecondFactor(models.Model):
    """``secret`` is sealed (``actions.sealing``); it counts once ``confirmed_at`` stands.

    ``last_step`` is the half minute whose code was used last: none is taken twice.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="second_factor", verbose_name="用户"
    )
    secret = models.CharField("密钥（加密）", max_length=300)
    confirmed_at = models.DateTimeField("启用时间", null=True, blank=True)
    last_step = models.BigIntegerField("最近用过的时间段", default=0)
    failures = models.PositiveSmallIntegerField("连续输错次数", default=0)
    blocked_until = models.DateTimeField("暂停到", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "第二重验证"

    def __str__(self) -> str:
        return f"{self.user}的第二重验证"


class RecoveryCode(models.Model):
    """One of ten codes for the day the phone is lost, as a keyed hash; each serves once."""

    factor = models.ForeignKey(SecondFactor, models.CASCADE, related_name="codes")
    digest = models.CharField("摘要", max_length=64)
    used_at = models.DateTimeField("使用时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "恢复码"
        constraints = [
            models.UniqueConstraint(fields=["factor", "digest"], name="one_recovery_code_each")
        ]

    def __str__(self) -> str:
        return f"{self.factor}：恢复码"


class FactorReset(models.Model):
    """A second factor to be taken away, as one administrator asks; another decides."""

    class State(models.TextChoices):
        WAITING = "waiting", "待确认"
        CONFIRMED = "confirmed", "已确认"
        REFUSED = "refused", "未同意"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="factor_resets", verbose_name="用户"
    )
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

    class Meta:
        verbose_name = verbose_name_plural = "第二重验证重置"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_waiting_reset_each", fields=["user"], condition=Q(state="waiting")
            ),
            models.CheckConstraint(
                name="resets_are_decided_by_a_second_person",
                condition=Q(state="waiting")
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by"))),
            ),
            models.CheckConstraint(
                name="nobody_resets_their_own_factor",
                condition=~Q(proposed_by=F("user"))
                & (Q(decided_by=None) | ~Q(decided_by=F("user"))),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"重置{self.user}的第二重验证"

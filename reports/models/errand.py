"""What a worker is sent to do: reports moved many at once, and publication at a set time.

The rows are the truth; a task in the queue only wakes a worker up. What a dead
worker left undone is still waiting here and is asked for again.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from .report import Revision


class Errand(models.Model):
    """One thing to be done once. It ends in the transaction that does it.

    ``sentence`` says why it was not done. ``asks`` counts how often a worker
    was asked, the last time at ``asked_at``.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "等待办理"
        DONE = "done", "已办理"
        REFUSED = "refused", "没有办成"
        CANCELLED = "cancelled", "已取消"
        LAPSED = "lapsed", "已失效"

    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.WAITING)
    sentence = models.TextField("说明", blank=True)
    ended_at = models.DateTimeField("办结时间", null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    asks = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING


class Batch(models.Model):
    """One move of many reports, begun from one confirmation page; ``token`` is that page's."""

    verb = models.CharField("动作", max_length=40)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="batches", verbose_name="办理人"
    )
    at = models.DateTimeField("时间", auto_now_add=True)
    token = models.UUIDField(unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "批量办理"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.by} {self.at:%Y-%m-%d %H:%M}"


class BatchItem(Errand):
    """One report of a batch; ``seen`` is the last event that the confirmation page had seen."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="items")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="batch_items")
    seen = models.BigIntegerField()

    class Meta:
        verbose_name = verbose_name_plural = "批量办理的报告"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "revision"], name="one_item_per_revision")
        ]
        indexes = [
            models.Index(
                name="batch_items_waiting", fields=["asked_at"], condition=Q(state="waiting")
            )
        ]

    def __str__(self) -> str:
        return f"{self.revision}：{self.get_state_display()}"


class ScheduledPublication(Errand):
    """定时公布: the approved text is published at ``due_at`` in the name of who set it.

    ``approval`` is the key of the last move before; after any other the text
    is not the one that was meant.
    """

    revision = models.ForeignKey(
        Revision, models.PROTECT, related_name="schedules", verbose_name="报告文本"
    )
    due_at = models.DateTimeField("公布时间")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="设定人"
    )
    at = models.DateTimeField("设定时间", auto_now_add=True)
    approval = models.BigIntegerField()

    class Meta:
        verbose_name = verbose_name_plural = "定时公布"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_waiting_schedule", fields=["revision"], condition=Q(state="waiting")
            )
        ]
        indexes = [
            models.Index(name="schedules_due", fields=["due_at"], condition=Q(state="waiting"))
        ]

    def __str__(self) -> str:
        return f"{self.revision}：{self.due_at:%Y-%m-%d %H:%M}"

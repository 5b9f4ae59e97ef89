"""What was done to agencies over time (机构沿革): renamed, merged, split, moved, closed."""

from django.conf import settings
from django.db import models

from .agency import Agency


class AgencyAct(models.Model):
    """One act, with its date, its reason and what it said it would do.

    ``said`` is the receipt: a list of ``[heading, [sentence, …]]``, as the page
    before the act showed it. The rows are only added.
    """

    class Kind(models.TextChoices):
        RENAME = "rename", "更名"
        MERGE = "merge", "合并"
        SPLIT = "split", "拆分"
        MOVE = "move", "划转"
        CLOSE = "close", "撤销"
        REOPEN = "reopen", "恢复"

    kind = models.CharField("事项", max_length=8, choices=Kind)
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="acts", verbose_name="机关"
    )  # whose page it was done from
    agency_name = models.CharField("当时名称", max_length=120)
    on = models.DateField("日期")
    reason = models.CharField("事由", max_length=300)
    basis = models.CharField("文号或依据", max_length=120, blank=True)
    said = models.JSONField("办理内容", default=list)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="办理人"
    )
    at = models.DateTimeField("办理时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "机构沿革"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.agency_name}"


class ActBody(models.Model):
    """A body that an act concerned, so that each one's page can list it."""

    act = models.ForeignKey(AgencyAct, models.CASCADE, related_name="bodies")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="concerned_by")

    class Meta:
        verbose_name = verbose_name_plural = "涉及的机关"
        constraints = [
            models.UniqueConstraint(fields=["act", "agency"], name="one_row_per_body_of_an_act")
        ]

    def __str__(self) -> str:
        return f"{self.act}：{self.agency}"

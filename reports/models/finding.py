"""The reasons given for findings, and how many findings a text had."""

from django.conf import settings
from django.db import models

from .report import Revision


class Explanation(models.Model):
    """说明: a written reason for one finding, kept with the report.

    It belongs to the finding's fingerprint, which changes with the figures or
    the sentence: the reason then no longer counts.
    """

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="explanations")
    fingerprint = models.CharField(max_length=32)
    code = models.CharField("检查项", max_length=8)
    message = models.TextField("检查结果")
    reason = models.TextField("说明")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="说明人"
    )
    at = models.DateTimeField("时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "说明"
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "fingerprint"], name="one_explanation_per_finding"
            )
        ]

    def __str__(self) -> str:
        return f"{self.revision}：{self.code}"


class FindingCount(models.Model):
    """How many findings a revision had when its rules were last run for a move.

    Lists and boards show it; a decision always runs the rules again.
    """

    revision = models.OneToOneField(Revision, models.CASCADE, related_name="finding_count")
    errors = models.PositiveSmallIntegerField("错误")
    to_explain = models.PositiveSmallIntegerField("待说明")
    explained = models.PositiveSmallIntegerField("已说明")
    hints = models.PositiveSmallIntegerField("提示")
    at = models.DateTimeField("检查时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "检查结果数"

    def __str__(self) -> str:
        return f"{self.revision}：{self.errors}"

"""A year's call (部署): who owes a report, by when, and what the office asks of it."""

from django.conf import settings
from django.db import models

from .agency import KIND_CHOICES, LEVEL_CHOICES, Agency


class Campaign(models.Model):
    """The call of one year's reports by an authority, for all below it.

    A body follows the call of the nearest authority above it (or its own).
    Legal dates are the law's (``editions.bodies.deadline``) and not stored.
    """

    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="campaigns", verbose_name="部署机关"
    )
    year = models.PositiveSmallIntegerField("报告年度")
    opens_on = models.DateField("开始填报")
    instructions = models.TextField("填报要求", blank=True)
    called_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="部署人"
    )
    called_at = models.DateTimeField("部署时间", auto_now_add=True)
    changed_at = models.DateTimeField("最近变动", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "年度部署"
        ordering = ["-year", "agency__path"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "year"], name="one_campaign_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.agency}{self.year}年度报告部署"


class Obligation(models.Model):
    """Bodies of one kind (and level, if named) owe a report; ``due_on`` is the inner date.

    Without an inner date only the legal one holds. A kind that no row of the
    campaign names owes nothing.
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="obligations")
    kind = models.CharField("性质", max_length=12, choices=KIND_CHOICES)
    level = models.CharField("级别", max_length=12, choices=LEVEL_CHOICES, blank=True)
    due_on = models.DateField("内部期限（送审）", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "编报范围"
        ordering = ["campaign", "kind", "level"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "kind", "level"], name="one_obligation_per_kind_and_level"
            )
        ]

    def __str__(self) -> str:
        return f"{self.campaign}：{self.get_kind_display()}{self.get_level_display()}"


class Exemption(models.Model):
    """A body (and, if so said, all below it) owes nothing in a campaign, for a reason."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="exemptions")
    agency = models.ForeignKey(
        Agency, models.CASCADE, related_name="exemptions", verbose_name="机关"
    )
    and_below = models.BooleanField("包括下级", default=False)
    reason = models.CharField("理由", max_length=200)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="办理人"
    )
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "免予编报"
        constraints = [
            models.UniqueConstraint(fields=["campaign", "agency"], name="one_exemption_per_agency")
        ]

    def __str__(self) -> str:
        return f"{self.agency}：{self.reason}"


class CampaignEvent(models.Model):
    """What was done to a call, by whom and when. Rows are only added (``models.guards``)."""

    CALL, CHANGE, EXEMPT, END = "call", "change", "exempt", "end"
    VERBS = ((CALL, "部署"), (CHANGE, "修改部署"), (EXEMPT, "免予编报"), (END, "结束免予编报"))

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="events")
    verb = models.CharField("动作", max_length=12, choices=VERBS)
    note = models.TextField("内容", blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="办理人"
    )
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "部署记录"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.campaign}：{self.get_verb_display()}"

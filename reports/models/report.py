"""A report, and the revisions through which it speaks."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from reports.editions import EDITIONS
from reports.sheet import Contact
from reports.workflow import OPEN, PUBLIC, WAITING, State

from .agency import Agency

STATE_CHOICES = [(str(state), state.label) for state in State]
EDITION_CHOICES = [(edition.key, edition.name) for edition in EDITIONS.values()]


class Report(models.Model):
    """What one agency owes for one year. It is never edited, only revised."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="reports", verbose_name="机关")
    year = models.PositiveSmallIntegerField("年度")

    class Meta:
        verbose_name = verbose_name_plural = "年度报告"
        constraints = [models.UniqueConstraint(fields=["agency", "year"], name="one_report_a_year")]
        indexes = [models.Index(name="reports_by_year", fields=["year", "agency"])]

    def __str__(self) -> str:
        return f"{self.agency}{self.year}年度报告"


class Revision(models.Model):
    """One text of a report: a draft, until it is published and cannot change.

    ``as_printed`` (照录) marks a historical report, kept with its errors.
    """

    report = models.ForeignKey(
        Report, models.PROTECT, related_name="revisions", verbose_name="年度报告"
    )
    number = models.PositiveSmallIntegerField("版次", default=1)
    edition = models.PositiveSmallIntegerField("格式", choices=EDITION_CHOICES)
    as_printed = models.BooleanField("照录", default=False)
    state = models.CharField("状态", max_length=12, choices=STATE_CHOICES, default=str(State.DRAFT))
    agency_name = models.CharField("机关名称", max_length=120)
    title = models.CharField("标题", max_length=300, blank=True)
    signed_by = models.CharField("落款", max_length=120, blank=True)
    signed_on = models.DateField("成文日期", null=True, blank=True)
    address = models.CharField("地址", max_length=200, blank=True)
    postcode = models.CharField("邮编", max_length=20, blank=True)
    telephone = models.CharField("电话", max_length=60, blank=True)
    email = models.CharField("电子邮箱", max_length=120, blank=True)
    reason = models.TextField("更正理由", blank=True)  # a withdrawal's stands in its event
    created_at = models.DateTimeField("建立时间", auto_now_add=True)
    changed_at = models.DateTimeField("最近变动", auto_now_add=True)
    published_at = models.DateTimeField("公布时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "报告文本"
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="numbered_revisions"),
            models.UniqueConstraint(
                name="one_open_revision",
                fields=["report"],
                condition=Q(state__in=sorted(OPEN)),
            ),
            models.UniqueConstraint(
                name="one_published_revision",
                fields=["report"],
                condition=Q(state=str(State.PUBLISHED)),
            ),
            models.CheckConstraint(
                name="what_was_published_has_its_time",
                condition=~Q(state__in=sorted(PUBLIC)) | Q(published_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="revisions_by_state", fields=["state", "-changed_at"]),
            models.Index(name="revisions_by_change", fields=["-changed_at", "-id"]),
            models.Index(  # a reviewer's queue, the oldest first
                name="revisions_in_turn",
                fields=["changed_at", "id"],
                condition=Q(state__in=sorted(map(str, WAITING))),
            ),
            models.Index(name="revisions_by_publication", fields=["-published_at"]),
            models.Index(  # a page of what is in force begins behind the last one's key
                name="in_force_by_publication",
                fields=["published_at", "id"],
                condition=Q(state=str(State.PUBLISHED)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}（第{self.number}版）"

    @property
    def is_draft(self) -> bool:
        return self.state == State.DRAFT

    @property
    def is_correction(self) -> bool:
        """Whether it follows a text that was published: any but a report's first does."""
        return self.number > 1

    def contact(self) -> Contact:
        return Contact(self.address, self.postcode, self.telephone, self.email)


class Event(models.Model):
    """What was done to a revision, by whom and when. Rows are only added.

    ``by`` is empty where the product itself acted. Both databases refuse to
    alter or remove a row (``models.guards``).
    """

    revision = models.ForeignKey(
        Revision, models.PROTECT, related_name="events", verbose_name="报告文本"
    )
    verb = models.CharField("动作", max_length=40)
    part = models.CharField("部分", max_length=20, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="办理人",
        null=True, blank=True,
    )  # fmt: skip
    at = models.DateTimeField("时间", auto_now_add=True)
    note = models.TextField("意见", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "办理记录"
        ordering = ["at", "pk"]
        indexes = [
            models.Index(name="events_of_a_revision", fields=["revision", "at"]),
            # What the feeds tell of beside the publications.
            models.Index(name="withdrawals", fields=["-at"], condition=Q(verb="withdraw")),
        ]

    def __str__(self) -> str:
        return f"{self.revision}：{self.verb}"

"""Documents that a person handed in to be imported, from their arrival to the report."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from .agency import Agency
from .report import EDITION_CHOICES, Revision

PATIENCE = timedelta(minutes=5)


class Upload(models.Model):
    """A document: what was read of it, what a person corrected, and what it became.

    ``reading`` is ``importers.reading.to_json``; ``corrections`` maps a box's
    name to the text typed in it, whatever it is, where that is not what was
    read. ``twin`` is the same file in the same batch. The bytes lie in private
    storage (``actions.holding``) while ``held``; the row stays, as the record
    of what was read and what was corrected.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "等待读取"
        READING = "reading", "正在读取"
        READ = "read", "已读取"
        UNREADABLE = "unreadable", "不能读取"
        KNOWN = "known", "已经导入过"
        TWIN = "twin", "同一份文件"
        STORED = "stored", "已存入"

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="uploads", verbose_name="上传人"
    )
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="+", verbose_name="机关", null=True, blank=True
    )
    filename = models.CharField("文件名", max_length=200)
    sha256 = models.CharField("文件校验值", max_length=64)
    size = models.PositiveIntegerField("字节数")
    held = models.BooleanField("文件保留着", default=False)
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.WAITING)
    error = models.TextField("不能读取的原因", blank=True)
    reading = models.JSONField("读取结果", null=True, blank=True)
    agency_name = models.CharField("读出的机关", max_length=120, blank=True)
    year = models.PositiveSmallIntegerField("年度", null=True, blank=True)
    edition = models.PositiveSmallIntegerField("格式", choices=EDITION_CHOICES, null=True)
    cells = models.PositiveSmallIntegerField("格数", default=0)
    figures = models.PositiveSmallIntegerField("读出的数字", default=0)
    doubts = models.PositiveSmallIntegerField("要看一看的格", default=0)
    findings = models.PositiveSmallIntegerField("检查结果", default=0)
    corrections = models.JSONField("更正", default=dict, blank=True)
    version = models.PositiveIntegerField("保存次数", default=0)
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    corrected_at = models.DateTimeField("更正时间", null=True)
    revision = models.ForeignKey(
        Revision, models.PROTECT, related_name="uploads", null=True, blank=True
    )
    twin = models.ForeignKey("self", models.SET_NULL, related_name="+", null=True, blank=True)
    created_at = models.DateTimeField("上传时间", auto_now_add=True)
    begun_at = models.DateTimeField("开始读取", null=True)
    read_at = models.DateTimeField("读完", null=True)
    stored_at = models.DateTimeField("存入时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "导入的文件"
        ordering = ["-pk"]
        indexes = [
            models.Index(name="uploads_of_a_person", fields=["by", "-id"]),
            models.Index(name="uploads_of_an_agency", fields=["agency", "-id"]),
            models.Index(name="uploads_by_checksum", fields=["sha256"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="what_was_read_has_its_reading",
                condition=~models.Q(state="read") | models.Q(reading__isnull=False),
            ),
            models.CheckConstraint(
                name="what_was_stored_has_its_report",
                condition=~models.Q(state="stored") | models.Q(revision__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.filename

    @property
    def is_pending(self) -> bool:
        return self.state in (self.State.WAITING, self.State.READING)

    @property
    def is_overdue(self) -> bool:
        """Whether it waits so long that its task may be gone: it can be read again."""
        since = self.begun_at or self.created_at
        return self.is_pending and timezone.now() - since > PATIENCE

    @property
    def is_read(self) -> bool:
        return self.state == self.State.READ

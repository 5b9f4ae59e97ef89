"""Lists of agencies or of people handed in as CSV, between the dry run and the import."""

from django.conf import settings
from django.db import models


class Intake(models.Model):
    """A list, what its dry run said of each row, and what became of it.

    ``rows`` are the cells as they were read (``importers.lists``), emptied when
    it is done with or given up; what was said of each row stays, as the receipt.
    ``checked`` is the checksum of the fates that the person saw.
    """

    class Kind(models.TextChoices):
        AGENCIES = "agencies", "机关"
        PEOPLE = "people", "用户"

    class State(models.TextChoices):
        CHECKED = "checked", "试运行"
        DONE = "done", "已导入"
        DROPPED = "dropped", "已放弃"

    kind = models.CharField("种类", max_length=8, choices=Kind)
    state = models.CharField("状态", max_length=8, choices=State, default=State.CHECKED)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人"
    )
    filename = models.CharField("文件名", max_length=200)
    sha256 = models.CharField("文件校验值", max_length=64)
    notes = models.JSONField("说明", default=list)
    rows = models.JSONField("各行", default=list)
    checked = models.CharField("试运行的校验值", max_length=64)
    outcome = models.JSONField("结果", default=dict)
    created_at = models.DateTimeField("上传时间", auto_now_add=True)
    done_at = models.DateTimeField("导入时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "批量导入"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.filename}"

"""What an imported document literally said."""

from django.db import models

from .report import Revision


class Verbatim(models.Model):
    """照录: the printed words of a transcribed report, beside its figures.

    ``printed`` is ``sheet.Printed`` as JSON: headings, cells and labels unlike
    the form's, and local additions. ``sha256`` names the source document.
    """

    revision = models.OneToOneField(Revision, models.CASCADE, related_name="verbatim")
    printed = models.JSONField(default=dict)
    filename = models.CharField("文件名", max_length=200)
    sha256 = models.CharField("文件校验值", max_length=64)
    notes = models.JSONField("读取说明", default=list)

    class Meta:
        verbose_name = verbose_name_plural = "原文照录"

    def __str__(self) -> str:
        return f"{self.revision}：{self.filename}"

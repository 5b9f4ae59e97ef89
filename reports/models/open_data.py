"""Bulk files of a year's published reports: what made them stale, and what was built."""

from django.db import models


class DataChange(models.Model):
    """A publication or a withdrawal which the files of its year do not show yet.

    A row is written with the act itself, so that none is forgotten and no
    publication waits for another; the build that shows it takes it away.
    """

    year = models.PositiveSmallIntegerField("年度", db_index=True)
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "待更新的年度数据"

    def __str__(self) -> str:
        return f"{self.year}：{self.at:%Y-%m-%d %H:%M}"


class DataYear(models.Model):
    """The files of a year as they were last built.

    ``files`` lists name, size and checksum of each; ``claim`` is the builder's
    at work, which says at ``claimed_at`` that it is alive.
    """

    year = models.PositiveSmallIntegerField("年度", primary_key=True)
    reports = models.PositiveIntegerField("报告", default=0)
    built_at = models.DateTimeField("生成时间", null=True, blank=True)
    files = models.JSONField("文件", default=list)
    claim = models.UUIDField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "年度数据"

    def __str__(self) -> str:
        return f"{self.year}年度数据"

"""Backups that were made, so that of many workers one makes the day's."""

from django.db import models


class Backup(models.Model):
    """A backup: begun, and ended well (``name``) or not (``failure``).

    ``day`` is set for the daily one, of which there is one however many workers ask.
    """

    day = models.DateField("日期", unique=True, null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("次数", default=1)
    begun_at = models.DateTimeField("开始时间")
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    name = models.CharField("文件名", max_length=80, blank=True)
    size = models.PositiveBigIntegerField("大小（字节）", default=0)
    checksum = models.CharField("校验值", max_length=64, blank=True)
    failure = models.CharField("失败原因", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "备份"

    def __str__(self) -> str:
        return self.name or f"{self.begun_at:%Y-%m-%d}的备份"

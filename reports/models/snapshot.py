"""What was published, kept as it was on the day."""

from django.db import models

from .report import Revision


class Snapshot(models.Model):
    """The published sheet with its findings and their explanations, as JSON.

    Rows are only added (``models.guards``).
    """

    revision = models.OneToOneField(Revision, models.PROTECT, related_name="snapshot")
    sheet = models.JSONField()
    findings = models.JSONField()
    taken_at = models.DateTimeField("公布时间")

    class Meta:
        verbose_name = verbose_name_plural = "公布快照"

    def __str__(self) -> str:
        return f"{self.revision}"


class StoredDocument(models.Model):
    """A file drawn at publication; ``path`` lies below PUBLISHED_ROOT and never changes.

    ``algorithm`` names the checksum's. Rows are only added.
    """

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="documents")
    format = models.CharField("格式", max_length=8)
    filename = models.CharField("文件名", max_length=200)
    path = models.CharField(max_length=200)
    size = models.PositiveIntegerField("大小（字节）")
    checksum = models.CharField("校验值", max_length=128)
    algorithm = models.CharField("校验算法", max_length=20, default="sha256")

    class Meta:
        verbose_name = verbose_name_plural = "公布文件"
        constraints = [
            models.UniqueConstraint(fields=["revision", "format"], name="one_document_per_format")
        ]

    def __str__(self) -> str:
        return self.filename

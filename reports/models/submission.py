"""The texts that were submitted, each as it was."""

from django.db import models

from .report import Event, Revision


class Submission(models.Model):
    """The sheet of a revision as it stood when it was submitted (送审).

    A returned draft is rewritten in its tables; this is what the supervisor
    read before, and what the next text is compared with. Rows are only added
    (``models.guards``).
    """

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="submissions")
    event = models.OneToOneField(Event, models.PROTECT, related_name="submission")
    sheet = models.JSONField()

    class Meta:
        verbose_name = verbose_name_plural = "送审文本"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.revision}：{self.event.at:%Y-%m-%d %H:%M}"

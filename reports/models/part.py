"""The parts of a revision: their prose, who saved each when, and what is being typed."""

from django.conf import settings
from django.db import models

from reports.editions.common import PARTS

from .report import Revision

PART_CHOICES = [(part.key, part.title) for part in PARTS]


class RevisionPart(models.Model):
    """One part of one revision; of a table part only its version, of a prose part the text too.

    ``version`` decides between two people in one part: a save names the
    version it began from and is refused when another came first.
    """

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="parts")
    key = models.CharField("部分", max_length=20, choices=PART_CHOICES)
    text = models.TextField("正文", blank=True)
    version = models.PositiveIntegerField("保存次数", default=0)
    saved_at = models.DateTimeField("保存时间", null=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = verbose_name_plural = "报告的部分"
        constraints = [models.UniqueConstraint(fields=["revision", "key"], name="one_row_per_part")]

    def __str__(self) -> str:
        return f"{self.revision}：{self.get_key_display()}"


class DraftInput(models.Model):
    """What a person typed in a part and has not saved, whatever it is.

    ``content`` maps the form's field names to the texts typed;
    ``base_version`` is the part's version which the person began from.
    """

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="draft_inputs")
    part = models.CharField("部分", max_length=20, choices=PART_CHOICES)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    content = models.JSONField(default=dict)
    base_version = models.PositiveIntegerField(default=0)
    typed_at = models.DateTimeField("键入时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "未保存的输入"
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "part", "user"], name="one_draft_input_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.revision}：{self.get_part_display()}（{self.user}）"

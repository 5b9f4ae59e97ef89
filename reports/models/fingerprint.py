"""By what a section is found again among ten thousand others (``checker.likeness.bands``)."""

from django.db import models

from .part import PART_CHOICES
from .report import Revision


class Fingerprint(models.Model):
    """A section of a text that was submitted or published; drafts have none.

    ``since`` is when the text came to say this: of two alike the later is told.
    """

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="fingerprints")
    section = models.CharField("部分", max_length=20, choices=PART_CHOICES)
    since = models.DateTimeField("文本形成时间")

    class Meta:
        verbose_name = verbose_name_plural = "文本指纹"
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "section"], name="one_fingerprint_per_section"
            )
        ]

    def __str__(self) -> str:
        return f"{self.revision}：{self.get_section_display()}"


class FingerprintBand(models.Model):
    """One value of a fingerprint; section and year are in the value."""

    fingerprint = models.ForeignKey(
        Fingerprint, models.CASCADE, related_name="bands", db_index=False
    )
    value = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["fingerprint", "value"], name="one_value_per_fingerprint"
            )
        ]
        indexes = [models.Index(name="bands_by_value", fields=["value", "fingerprint"])]

    def __str__(self) -> str:
        return str(self.value)

"""Sums kept ready, so that a subtree of any size answers at once."""

from django.db import models

from .agency import Agency
from .report import EDITION_CHOICES, Revision


class Tally(models.Model):
    """What the bodies below an agency published for a year, on one edition's form.

    ``sums`` maps a cell's full name to the sum of what is not blank, ``blanks``
    to the number of reports in which it is; computed cells are footed when it
    is read. The agency's own report is not in it. Kept by
    ``actions.aggregating`` in the transaction that publishes.
    """

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="tallies")
    year = models.PositiveSmallIntegerField("年度")
    edition = models.PositiveSmallIntegerField("格式", choices=EDITION_CHOICES)
    reports = models.PositiveIntegerField("报告数", default=0)
    sums = models.JSONField(default=dict)
    blanks = models.JSONField(default=dict)

    class Meta:
        verbose_name = verbose_name_plural = "汇总数"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year", "edition"], name="one_tally_per_edition"
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency}{self.year}年度汇总"


class Counted(models.Model):
    """The revision's figures stand in the tallies of the agencies above it."""

    revision = models.OneToOneField(Revision, models.CASCADE, related_name="counted")

    class Meta:
        verbose_name = verbose_name_plural = "已计入汇总"

    def __str__(self) -> str:
        return str(self.revision)

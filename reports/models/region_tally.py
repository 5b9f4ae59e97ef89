"""Sums by region kept ready, as ``Tally`` keeps those by authority."""

from django.db import models

from .agency import KIND_CHOICES, Division
from .report import EDITION_CHOICES, Revision


class RegionTally(models.Model):
    """What the bodies of a region, and of all regions in it, published for a year on one form.

    ``kind`` is a kind of body, or "" for all kinds together. ``sums`` and
    ``blanks`` are as in ``Tally``. Kept by ``actions.regional`` in the
    transaction that publishes.
    """

    division = models.ForeignKey(Division, models.CASCADE, related_name="tallies")
    year = models.PositiveSmallIntegerField("年度")
    kind = models.CharField("性质", max_length=12, choices=KIND_CHOICES, blank=True)
    edition = models.PositiveSmallIntegerField("格式", choices=EDITION_CHOICES)
    reports = models.PositiveIntegerField("报告数", default=0)
    sums = models.JSONField(default=dict)
    blanks = models.JSONField(default=dict)

    class Meta:
        verbose_name = verbose_name_plural = "地区汇总数"
        constraints = [
            models.UniqueConstraint(
                fields=["division", "year", "kind", "edition"], name="one_region_tally_per_edition"
            )
        ]

    def __str__(self) -> str:
        return f"{self.division}{self.year}年度汇总"


class RegionCounted(models.Model):
    """Where the revision's figures were counted: the body's region and kind at that time."""

    revision = models.OneToOneField(Revision, models.CASCADE, related_name="region_counted")
    division = models.ForeignKey(Division, models.CASCADE, related_name="+")
    kind = models.CharField("性质", max_length=12, choices=KIND_CHOICES)

    class Meta:
        verbose_name = verbose_name_plural = "已计入地区汇总"
        indexes = [models.Index(name="counted_by_region", fields=["division", "kind"])]

    def __str__(self) -> str:
        return str(self.revision)

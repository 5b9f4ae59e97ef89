"""Part four: administrative reconsideration and litigation (复议诉讼)."""

from django.db import models

from reports.editions import EDITIONS
from reports.editions.common import REMEDIES, RESULTS_EQUATION
from reports.editions.grammar import Kind

from .fields import Figure
from .figures import FigureRow
from .gaps import authored_figures_are_complete, authored_foots, gap
from .report import Revision

REMEDY_CHOICES = [(group.key, group.label) for group in REMEDIES.groups]
KINDS = {
    key: {result.key: Kind.COUNT for result in edition.remedies.results}
    for key, edition in EDITIONS.items()
}


class RemedyFigures(FigureRow):
    """The five results of one remedy."""

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="remedies")
    remedy = models.CharField("救济途径", max_length=40, choices=REMEDY_CHOICES)

    upheld = Figure()
    rectified = Figure()
    other_result = Figure()
    pending = Figure()
    total = Figure()

    results_gap = gap(RESULTS_EQUATION)

    class Meta:
        verbose_name = verbose_name_plural = "复议诉讼数据"
        constraints = [
            models.UniqueConstraint(fields=["revision", "remedy"], name="one_row_per_remedy"),
            authored_figures_are_complete("authored_remedies_are_complete", KINDS),
            authored_foots(RESULTS_EQUATION),
        ]

    def __str__(self) -> str:
        return f"{self.revision}：{self.get_remedy_display()}"

"""Part three: applications received, and how each was dealt with."""

from django.db import models
from django.db.models import Q

from reports.editions import EDITIONS
from reports.editions.common import APPLICANTS, BALANCE, OUTCOMES
from reports.editions.grammar import Kind

from .fields import Figure
from .figures import FigureRow
from .gaps import authored_figures_are_complete, authored_foots, gap
from .report import Revision

APPLICANT_CHOICES = [(column.key, column.label) for column in APPLICANTS]
KINDS = {
    key: {line.key: Kind.COUNT for line in edition.applications.leaves()}
    for key, edition in EDITIONS.items()
}


class ApplicationFigures(FigureRow):
    """A column of the printed table, stored as a row."""

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="applications")
    applicant = models.CharField("申请人", max_length=20, choices=APPLICANT_CHOICES)

    received = Figure()
    brought_forward = Figure()
    granted = Figure()
    granted_in_part = Figure()
    denied_state_secret = Figure()
    denied_forbidden_by_law = Figure()
    denied_security_and_stability = Figure()
    denied_third_party_rights = Figure()
    denied_internal_affairs = Figure()
    denied_process_information = Figure()
    denied_enforcement_files = Figure()
    denied_administrative_queries = Figure()
    unable_not_held = Figure()
    unable_not_compiled = Figure()
    unable_still_unclear = Figure()
    not_processed_petition = Figure()
    not_processed_repeat = Figure()
    not_processed_publication = Figure()
    not_processed_excessive = Figure()
    not_processed_reissue = Figure()
    closed_undivided = Figure()  # 2019 only
    closed_uncorrected = Figure()  # 2021 on, with the two below
    closed_unpaid = Figure()
    closed_other = Figure()
    outcomes_total = Figure()
    carried_forward = Figure()

    outcomes_gap = gap(OUTCOMES)
    balance_gap = gap(BALANCE)

    class Meta:
        verbose_name = verbose_name_plural = "依申请公开数据"
        constraints = [
            models.UniqueConstraint(fields=["revision", "applicant"], name="one_row_per_applicant"),
            authored_figures_are_complete("authored_applications_are_complete", KINDS),
            authored_foots(OUTCOMES),
            authored_foots(BALANCE),
        ]
        indexes = [
            models.Index(
                name="applications_with_a_gap",
                fields=["revision"],
                condition=Q(outcomes_gap__lt=0)
                | Q(outcomes_gap__gt=0)
                | Q(balance_gap__lt=0)
                | Q(balance_gap__gt=0),
            )
        ]

    def __str__(self) -> str:
        return f"{self.revision}：{self.get_applicant_display()}"

"""Part two: what was disclosed of one's own accord (主动公开)."""

from django.db import models

from reports.editions import EDITIONS, edition_2019, edition_2021

from .fields import Amount, Figure
from .figures import FigureRow
from .gaps import authored_figures_are_complete, authored_foots, gap
from .report import Revision

P2 = {each.name: each for each in edition_2019.EDITION.disclosure.equations}
P1 = {each.name: each for each in edition_2021.EDITION.disclosure.equations}
KINDS = {
    key: {place.key: place.kind for place in edition.disclosure.places()}
    for key, edition in EDITIONS.items()
}


class DisclosureFigures(FigureRow):
    """All figures of part two, of either edition, in one row a revision."""

    revision = models.OneToOneField(Revision, models.CASCADE, related_name="disclosure")

    rules_made = Figure()  # 2019, as all that count 新制作, 新公开 and 项目
    rules_newly_disclosed = Figure()
    rules_disclosed = Figure()
    rules_issued = Figure()  # 2021, as all that count 制发, 废止 and 现行有效
    rules_repealed = Figure()
    rules_in_force = Figure()
    normative_documents_made = Figure()
    normative_documents_newly_disclosed = Figure()
    normative_documents_disclosed = Figure()
    normative_documents_issued = Figure()
    normative_documents_repealed = Figure()
    normative_documents_in_force = Figure()
    licenses_items_last_year = Figure()
    licenses_items_change = Figure()
    licenses_decided = Figure()  # both editions
    other_services_items_last_year = Figure()
    other_services_items_change = Figure()
    other_services_decided = Figure()
    penalties_items_last_year = Figure()
    penalties_items_change = Figure()
    penalties_decided = Figure()  # both editions
    coercive_measures_items_last_year = Figure()
    coercive_measures_items_change = Figure()
    coercive_measures_decided = Figure()  # both editions
    administrative_fees_items_last_year = Figure()
    administrative_fees_items_change = Figure()
    administrative_fees_amount = Amount()  # 2021
    central_procurement_items = Figure()
    central_procurement_amount = Amount()  # 2019; the form names no unit, kept in 万元

    rules_disclosed_gap = gap(P2["rules_disclosed"])
    normative_documents_disclosed_gap = gap(P2["normative_documents_disclosed"])
    licenses_items_gap = gap(P2["licenses_items"])
    other_services_items_gap = gap(P2["other_services_items"])
    penalties_items_gap = gap(P2["penalties_items"])
    coercive_measures_items_gap = gap(P2["coercive_measures_items"])
    administrative_fees_items_gap = gap(P2["administrative_fees_items"])
    rules_in_force_gap = gap(P1["rules_in_force"])
    normative_documents_in_force_gap = gap(P1["normative_documents_in_force"])

    class Meta:
        verbose_name = verbose_name_plural = "主动公开数据"
        constraints = [
            authored_figures_are_complete("authored_disclosure_is_complete", KINDS),
            *(authored_foots(each) for each in (*P2.values(), *P1.values())),
        ]

    def __str__(self) -> str:
        return f"{self.revision}：主动公开"

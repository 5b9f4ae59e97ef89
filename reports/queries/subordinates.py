"""What the bodies below a government published: the sum from which its own report starts (S1)."""

from dataclasses import dataclass

from reports.models import Agency, Revision, Tally
from reports.sheet import Sheet

from .aggregation import covers_others, from_tally, sheet_from


@dataclass(frozen=True)
class Subordinates:
    """The published reports below as one sheet, on the form of the government's own report.

    ``reports`` are in the sum; ``apart`` were filed on another form and are not.
    """

    agency: Agency
    year: int
    sheet: Sheet
    reports: int
    apart: int = 0


def subordinates_of(revision: Revision) -> Subordinates | None:
    """None for a body that covers no other, or where nothing is published; two statements at most."""
    agency, year = revision.report.agency, revision.report.year
    if not covers_others(agency):
        return None
    tallies = {
        tally.edition: tally
        for tally in Tally.objects.filter(agency=agency, year=year, reports__gt=0)
    }
    own = tallies.pop(revision.edition, None)
    if own is None:
        return None
    return Subordinates(
        agency,
        year,
        sheet_from(from_tally(own), agency.name, year),
        own.reports,
        sum(tally.reports for tally in tallies.values()),
    )

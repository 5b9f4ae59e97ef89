"""A report's public page: from the file, from the snapshot, and what drawing it costs."""

import pytest
from django.test import Client

from reports import exporters
from reports.actions import storing
from reports.actions.moves import move
from reports.actions.publishing import draw_pages
from reports.checker import check
from reports.exporters.page import draw_page
from reports.management.demonstration import city
from reports.management.demonstration.figures import year_of
from reports.management.demonstration.plan import Planned
from reports.management.demonstration.writing import write
from reports.models import Revision
from reports.queries.publications import publication_of
from reports.queries.sheets import sheet_of
from reports.sheet import from_json, to_json
from reports.workflow import Role, State
from tests.benchmarks.timing import medians
from tests.factories import in_state, make_agency, make_revision, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def published() -> Revision:
    """A report of the invented city, some two thousand characters of prose."""
    seat = city.seat("planning")
    agency = make_agency(seat.name, slug=seat.slug)
    author, supervisor = (make_user(role, agency=agency) for role in (Role.AUTHOR, Role.SUPERVISOR))
    revision = make_revision(2024, agency)
    write(revision, Planned(seat.slug, 2024), seat, year_of(seat.slug, 2024), by=author)
    return move(in_state(revision, State.APPROVED), "publish", by=supervisor)


def test_answering_a_reports_address(published):
    client, report = Client(), published.report
    address = f"/agencies/{report.agency.slug}/{report.year}/"
    folder = storing.page_folder(report.agency.slug, report.year)

    def from_file() -> None:
        assert client.get(address).status_code == 200

    def from_database() -> None:
        hidden = folder.rename(folder.with_name("hidden"))
        try:
            assert client.get(address).status_code == 200
        finally:
            hidden.rename(folder)

    medians(
        "公开页面 a report's page",
        {"GET from the file": from_file, "GET from the snapshot": from_database},
    )


def test_what_drawing_is_made_of(published):
    report, revision = published.report, published
    publication = publication_of(report)
    assert publication is not None
    stored = revision.snapshot.sheet
    sheet = sheet_of(revision)
    medians(
        "生成页面 drawing a page",
        {
            "draw_pages (page, .gz, .br, documents)": lambda: draw_pages(report.pk),
            "publication_of (from the database)": lambda: publication_of(report),
            "draw_page (template alone)": lambda: draw_page(publication),
        },
    )
    medians(
        "一份报告的值 a sheet",
        {
            "sheet_of (from the tables)": lambda: sheet_of(Revision.objects.get(pk=revision.pk)),
            "from_json (from the snapshot)": lambda: from_json(stored),
            "to_json": lambda: to_json(sheet),
            "check": lambda: check(sheet),
            "draw csv": lambda: exporters.draw("csv", sheet),
        },
    )

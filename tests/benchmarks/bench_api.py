"""The API at 24,000 published reports: first pages, filtered ones, and pages far behind."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.utils import timezone

from reports.editions import EDITIONS
from reports.models import (
    Agency,
    ApplicationFigures,
    DisclosureFigures,
    Division,
    RemedyFigures,
    Report,
    Revision,
)
from reports.public.api.paging import cursor_behind
from reports.public.api.questions import FiguresAsked, Question, ReportsAsked
from reports.workflow import State
from tests.benchmarks.timing import spreads
from tests.factories import complete, make_agency, make_division

pytestmark = pytest.mark.django_db
BODIES, YEARS = 4_000, range(2019, 2025)
FIRST = timezone.make_aware(datetime(2020, 1, 1))
CHUNK = 2_000


def bodies_in(divisions: list[Division]) -> list[Agency]:
    top = make_agency("虚构市人民政府", kind="government")
    found = Agency.objects.bulk_create(
        Agency(
            name=f"虚构第{n}局", slug=f"bench-{n}", kind="department", parent=top,
            division=divisions[n % len(divisions)],
        )
        for n in range(BODIES)
    )  # fmt: skip
    for body in found:
        body.path = f"{top.path}{body.pk:06d}/"
    Agency.objects.bulk_update(found, ["path"], batch_size=1000)
    return found


def published(bodies: list[Agency]) -> None:
    """A text in force of each body and year, every cell of it zero."""
    reports = Report.objects.bulk_create(
        (Report(agency=body, year=year) for year in YEARS for body in bodies), batch_size=CHUNK
    )
    texts = Revision.objects.bulk_create(
        (
            Revision(
                report=report, edition=2019 if report.year < 2021 else 2021,
                agency_name=report.agency.name, title=f"{report.agency.name}{report.year}年报告",
                published_at=FIRST + timedelta(minutes=number),
            )
            for number, report in enumerate(reports)
        ),
        batch_size=CHUNK,
    )  # fmt: skip
    for edition in EDITIONS:
        complete(next(text for text in texts if text.edition == edition))
        for model in (DisclosureFigures, ApplicationFigures, RemedyFigures):
            copy_to_all(model, edition)
    Revision.objects.update(state=str(State.PUBLISHED))


def copy_to_all(model: type[Model], edition: int) -> None:
    """The one filled text's rows for every other text of the edition, by the database itself."""
    table = model._meta.db_table
    columns = [
        field.column
        for field in model._meta.local_concrete_fields
        if not field.generated and not field.primary_key and field.name != "revision"
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (revision_id, {', '.join(columns)}) "
            f"SELECT r.id, {', '.join(f'f.{name}' for name in columns)} "
            f"FROM {table} f, reports_revision r "
            "WHERE f.edition = %s AND r.edition = f.edition AND r.id <> f.revision_id",
            [edition],
        )


def test_lists_at_24_000_reports(settings):
    settings.API_REQUESTS_A_MINUTE = 0
    divisions = [make_division() for _ in range(40)]
    bodies = bodies_in(divisions)
    published(bodies)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    assert Revision.objects.filter(state=State.PUBLISHED).count() == BODIES * len(YEARS)
    client = Client()

    def get(address: str) -> None:
        assert client.get(f"/api/v1/{address}").json()["items"]

    def far(asked: Question, address: str, *key: object) -> str:
        sign = "&" if "?" in address else "?"
        return f"{address}{sign}cursor={cursor_behind(asked, key)}"

    behind = Revision.objects.order_by("published_at")[1_000]  # 23,000 newer ones before it
    cell = "line=received&column=total"
    cells = FiguresAsked(line=["received"], column=["total"])
    addresses = {
        "agencies": "agencies?limit=100",
        "reports": "reports?limit=100",
        "reports, page 230": far(
            ReportsAsked(), "reports", behind.published_at, behind.pk) + "&limit=100",
        "reports of a year": "reports?year=2019&limit=100",
        "reports of a region": f"reports?region={divisions[7].code}&limit=100",
        "reports of an agency": f"reports?agency={bodies[99].slug}",
        "figures, 1,000 of one cell": f"figures?{cell}&limit=1000",
        "the same, 23,000 behind": far(
            cells, f"figures?{cell}&limit=1000", Revision.objects.order_by("-pk")[1_000].pk, 1),
        "figures, 1,000 of all cells": "figures?limit=1000",
    }  # fmt: skip
    works = {name: lambda address=address: get(address) for name, address in addresses.items()}
    spreads(f"接口 the API, {connection.vendor}", works, rounds=40)

"""The API at 24,000 published reports: first pages, filtered ones, and pages far behind."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
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
from tests.factories import make_agency, make_division

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
    for begun in range(0, len(texts), CHUNK):
        fill(texts[begun : begun + CHUNK])
    Revision.objects.update(state=str(State.PUBLISHED))


def fill(texts: list[Revision]) -> None:
    disclosure, applications, remedies = [], [], []
    for text in texts:
        form = EDITIONS[text.edition]
        said = {"revision": text, "edition": text.edition, "as_printed": False}
        zeros = {place.key: 0 for place in form.disclosure.places()}
        disclosure.append(DisclosureFigures(**said, **zeros))
        lines = {line.key: 0 for line in form.applications.leaves()}
        applications += [
            ApplicationFigures(**said, applicant=column.key, **lines)
            for column in form.applications.columns
        ]
        results = {result.key: 0 for result in form.remedies.results}
        remedies += [
            RemedyFigures(**said, remedy=group.key, **results) for group in form.remedies.groups
        ]
    DisclosureFigures.objects.bulk_create(disclosure, batch_size=500)
    ApplicationFigures.objects.bulk_create(applications, batch_size=500)
    RemedyFigures.objects.bulk_create(remedies, batch_size=500)


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

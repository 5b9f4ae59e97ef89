"""Site maps and feeds at the size of a nation: REPORTS=2000000 agencies' years, by default 200,000."""

import os
import tracemalloc
from time import perf_counter, process_time
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from reports.models import Report
from tests.factories import make_division

REPORTS = int(os.environ.get("REPORTS", "200000"))
YEARS = 10
pytestmark = pytest.mark.django_db

FILL = """
INSERT INTO reports_agency (name, slug, kind, division_id, path, office, address, postcode, telephone, email)
SELECT '虚构机关' || n, 'body-' || n, 'department', %(division)s, '', '', '', '', '', ''
FROM generate_series(1, %(agencies)s) n;
INSERT INTO reports_report (agency_id, year)
SELECT id, 2014 + y FROM reports_agency, generate_series(1, %(years)s) y;
INSERT INTO reports_revision (report_id, number, edition, as_printed, state, agency_name, title,
    signed_by, address, postcode, telephone, email, reason, created_at, changed_at, published_at)
SELECT r.id, 1, 2021, false, 'published', 'x', '虚构报告' || r.id, '', '', '', '', '', '', now(), now(),
    timestamptz '2015-01-01' + r.id * interval '1 minute'
FROM reports_report r;
"""


@pytest.fixture
def nation():
    if connection.vendor != "postgresql":
        pytest.skip("generate_series is PostgreSQL's: make bench")
    division = make_division()
    given = {"division": division.pk, "agencies": REPORTS // YEARS, "years": YEARS}
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for statement in filter(str.strip, FILL.split(";")):
            cursor.execute(statement, given)
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("ANALYZE")
    return division


def test_what_crawlers_and_followers_ask_for(nation):
    client = Client()
    whole = Report.objects.order_by("-pk").values_list("pk", flat=True).first()
    last = -(-whole // 50_000)
    print(f"\n{REPORTS:,} 份报告")
    client.get("/healthz")  # imports are not what is measured
    client.get("/map/")
    for path in (
        "/sitemap.xml", f"/sitemap-{last // 2 + 1}.xml", "/sitemap-agencies-1.xml", "/feed.xml",
        f"/divisions/{nation.code}/feed.xml", "/agencies/body-77/feed.xml", "/",
    ):  # fmt: skip
        begun, worked = perf_counter(), process_time()
        response = client.get(path)
        size = length(response)
        taken, worked = perf_counter() - begun, process_time() - worked
        assert response.status_code == 200
        begun = perf_counter()
        again = client.get(path, headers={"if-none-match": response["ETag"]})
        known = perf_counter() - begun
        assert again.status_code == 304
        tracemalloc.start()
        length(client.get(path))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        print(
            f"  {path:<30}{taken * 1000:10.1f} ms ({worked * 1000:.1f} of them Python's)"
            f"{size / 1e6:8.2f} MB{peak / 1e6:8.1f} MB at most; 304 in {known * 1000:.1f} ms"
        )


def length(response: Any) -> int:
    return sum(map(len, response)) if response.streaming else len(response.content)

"""Trends, comparison and a region's statistics at 200,000 reports: 20,000 bodies, ten years.

Every year has its reports; figures stand behind the last one, which is as many
rows as one year's sums ever read.
"""

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from reports.actions.aggregating import count_in
from reports.actions.regional import rebuild_regions
from reports.editions.bodies import Level
from reports.models import Agency, Counted, Division, RegionTally, Report, Revision
from reports.queries.aggregation import published_below, summed_raw
from reports.queries.regions import statistics_of
from reports.queries.series import series_of, series_together
from reports.workflow import State
from tests.benchmarks.bench_rollup import YEARS, bodies_below, edition_of, published
from tests.benchmarks.timing import medians
from tests.factories import make_agency, make_division

pytestmark = pytest.mark.django_db(transaction=True)
CITIES, COUNTIES, BODIES = 10, 10, 200  # of a province, of each city, of each county
LAST = YEARS[-1]


@pytest.fixture
def province() -> Division:
    """A province with its bodies and their reports, all below one office."""
    top = make_division(Level.PROVINCE)
    office = make_agency("虚构省人民政府办公厅", division=top)
    for _ in range(CITIES):
        city = make_division(Level.PREFECTURE, parent=top)
        for _ in range(COUNTIES):
            county = make_division(Level.COUNTY, parent=city)
            bodies = bodies_below(make_agency(parent=office, division=county), BODIES)
            Agency.objects.filter(pk__in=[each.pk for each in bodies]).update(division=county)
            for year in YEARS[:-1]:
                reports_only(bodies, year)
            published(bodies, LAST)
    Counted.objects.bulk_create(
        (Counted(revision_id=pk) for pk in Revision.objects.values_list("pk", flat=True)),
        batch_size=5000,
    )
    rebuild_regions()
    return top


def reports_only(bodies: list[Agency], year: int) -> None:
    reports = Report.objects.bulk_create(Report(agency=body, year=year) for body in bodies)
    Revision.objects.bulk_create(
        Revision(
            report=report, edition=edition_of(year).key, as_printed=True, agency_name="虚构",
            state=str(State.PUBLISHED), published_at=timezone.now(),
        )
        for report in reports
    )  # fmt: skip


def test_understanding(province: Division) -> None:
    county = Division.objects.filter(level=Level.COUNTY).first()
    assert county is not None
    bodies = list(county.agencies.order_by("-pk")[:6])
    slugs = "&".join(f"agency={each.slug}" for each in bodies)
    office = Agency.objects.get(parent=None)
    client, filler = Client(), iter(range(10_000))

    def publish_one() -> None:
        body = make_agency(f"再一个虚构局{next(filler)}", parent=office, division=county)
        (revision,) = published([body], LAST)
        with transaction.atomic():
            count_in(Revision.objects.select_related("report__agency").get(pk=revision.pk))

    def page(path: str) -> None:
        assert client.get(path).status_code == 200

    print(f"\n{Revision.objects.count()} 份报告，{RegionTally.objects.count()} 份地区汇总数")
    taken = medians(
        "数据 understanding",
        {
            "a province's statistics, from the sums": lambda: statistics_of(province, LAST),
            "the same of one kind": lambda: statistics_of(province, LAST, "department"),
            "a county's statistics, from the sums": lambda: statistics_of(county, LAST),
            "a province's year from the figures": lambda: summed_raw(published_below(office, LAST)),
            "a body's series": lambda: series_of(bodies[0]),
            "six bodies' series": lambda: series_together(bodies),
            "page: a province": lambda: page(f"/statistics/{province.code}/{LAST}/"),
            "page: a county with its 200 bodies": lambda: page(
                f"/statistics/{county.code}/{LAST}/"
            ),
            "page: a body over the years": lambda: page(f"/agencies/{bodies[0].slug}/trends/"),
            "page: six bodies compared": lambda: page(f"/compare/?{slugs}"),
            "a body made, published and counted": publish_one,
        },
        rounds=7,
    )
    assert max(taken.values()) < 10_000  # what nobody would wait for

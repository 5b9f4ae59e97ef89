"""A region's statistics are the sum of its bodies' sheets, whatever moved since."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from reports.actions.agencies import create_agency
from reports.actions.aggregating import count_out, differences_from_raw, rebuild, recount_own
from reports.actions.refusals import Refused
from reports.actions.regional import move_division, recount_region
from reports.editions.bodies import BodyKind, Level
from reports.models import Agency, Division, RegionTally, Revision, Succession
from reports.queries.aggregation import Sums, restated, sums_of
from reports.queries.indicators import values_of
from reports.queries.region_bodies import bodies_in, standing_of, without_region
from reports.queries.regions import Coverage, entries, statistics_of, to_json, years_of
from reports.queries.sheets import sheet_of
from reports.workflow import State
from tests.factories import make_agency, make_division
from tests.queries.test_aggregation import publish
from tests.queries.test_series import any_sheet, put_in

pytestmark = pytest.mark.django_db
YEAR = 2024


@pytest.fixture
def country() -> dict[str, Division]:
    """A province of two cities, one of which has two counties."""
    province = make_division(Level.PROVINCE, name="虚构省")
    city = make_division(Level.PREFECTURE, name="甲市", parent=province)
    other = make_division(Level.PREFECTURE, name="乙市", parent=province)
    county = make_division(Level.COUNTY, name="甲市一县", parent=city)
    last = make_division(Level.COUNTY, name="甲市二县", parent=city)
    return {"province": province, "city": city, "other": other, "county": county, "last": last}


def received(agency: Agency, number: int, year: int = YEAR) -> Revision:
    return publish(agency, year, natural_person={"received": number, "granted": number})


def of(division: Division, kind: str = "", year: int = YEAR) -> int | float | None:
    return statistics_of(division, year, kind).values["received"].number


def test_a_region_holds_what_lies_within_it(country: dict[str, Division]) -> None:
    received(make_agency(division=country["county"]), 1)
    received(make_agency(division=country["city"]), 2)
    received(make_agency(division=country["other"]), 4)
    received(make_agency(division=country["other"]), 8, YEAR - 1)
    assert {name: of(each) for name, each in country.items()} == {
        "province": 7, "city": 3, "other": 4, "county": 1, "last": None,
    }  # fmt: skip
    said = statistics_of(country["province"], YEAR)
    assert [(row.label, row.values["received"].number) for row in said.regions] == [
        ("甲市", 3), ("乙市", 4),
    ]  # fmt: skip
    assert [(year, count) for year, count, _ in said.history] == [(YEAR - 1, 1), (YEAR, 3)]
    assert said.years == (YEAR, YEAR - 1)
    assert said.region.around == ()
    assert [name for _, name in statistics_of(country["county"], YEAR).region.around] == [
        "虚构省", "甲市",
    ]  # fmt: skip


def test_kinds_are_told_apart_and_add_up(country: dict[str, Division]) -> None:
    received(make_agency(division=country["city"]), 2)
    received(make_agency(division=country["county"], kind=str(BodyKind.UNION)), 5)
    said = statistics_of(country["province"], YEAR)
    assert [(row.key, row.values["received"].number) for row in said.kinds] == [
        ("department", 2), ("union", 5),
    ]  # fmt: skip
    assert of(country["province"], "union") == 5
    assert of(country["other"], "union") is None
    only = statistics_of(country["city"], YEAR, "union")
    assert [(row.label, row.values["received"].number) for row in only.regions] == [
        ("甲市一县", 5), ("甲市二县", None),
    ]  # fmt: skip


def test_a_government_that_covers_bodies_is_neither_added_nor_counted_as_missing(
    country: dict[str, Division],
) -> None:
    government = make_agency(
        "甲市人民政府", kind=str(BodyKind.GOVERNMENT), division=country["city"]
    )
    bureau = make_agency("甲市财政局", parent=government, division=country["city"])
    received(bureau, 3)
    received(government, 3)
    said = statistics_of(country["city"], YEAR)
    assert said.values["received"].number == 3
    assert said.coverage == Coverage(bodies=1, published=1)
    standing = standing_of(bodies_in(country["city"], YEAR), YEAR)
    assert [(each.name, each.state) for each in standing] == [
        ("甲市人民政府", "covering"), ("甲市财政局", "counted"),
    ]  # fmt: skip


def test_a_government_counts_until_there_are_bodies_below_it(country: dict[str, Division]) -> None:
    county = make_agency("县人民政府", kind=str(BodyKind.GOVERNMENT), division=country["county"])
    received(county, 4)
    assert of(country["province"]) == 4
    create_agency(name="县财政局", slug="county-finance", kind=str(BodyKind.DEPARTMENT),
                  parent=county, division=country["county"])  # fmt: skip
    assert of(country["province"]) is None
    recount_own(county)
    assert differences_from_raw() == []


def test_who_has_not_published_is_told(country: dict[str, Division]) -> None:
    received(make_agency("甲局", division=country["city"]), 1)
    make_agency("乙局", division=country["city"])
    gone = received(make_agency("丙局", division=country["city"]), 1)
    count_out(gone)
    Revision.objects.filter(pk=gone.pk).update(state=str(State.WITHDRAWN))
    make_agency("丁局", division=country["county"])
    said = statistics_of(country["city"], YEAR)
    assert (said.coverage.bodies, said.coverage.published, said.coverage.missing) == (4, 1, 3)
    assert [row.coverage for row in said.regions] == [Coverage(1, 0), Coverage(0, 0)]
    states = {each.name: each.state for each in standing_of(bodies_in(country["city"], YEAR), YEAR)}
    assert states == {"甲局": "counted", "乙局": "missing", "丙局": "withdrawn"}


def test_bodies_that_were_not_there_in_the_year_are_not_missed(
    country: dict[str, Division],
) -> None:
    old = make_agency("旧局", division=country["city"], closed_on=date(2023, 4, 1))
    new = make_agency("新局", division=country["city"])
    Succession.objects.create(predecessor=old, successor=new, on=date(2023, 4, 1))
    received(old, 1, 2023)
    known = {
        year: [each.name for each in bodies_in(country["city"], year)]
        for year in (2022, 2023, 2024)
    }
    assert known == {2022: ["旧局"], 2023: ["旧局", "新局"], 2024: ["新局"]}
    assert statistics_of(country["city"], 2023).coverage == Coverage(2, 1)
    assert statistics_of(country["city"], 2024).coverage == Coverage(1, 0)


def test_a_body_that_changes_its_region_or_kind_takes_its_figures_along(
    country: dict[str, Division],
) -> None:
    agency = make_agency(division=country["county"])
    received(agency, 3)
    received(agency, 2, YEAR - 1)
    for change, values in (
        ({"division": country["other"]}, (None, 3, None)),
        ({"kind": str(BodyKind.UNION)}, (None, 3, 3)),
        ({"division": None}, (None, None, None)),
        ({"division": country["last"]}, (3, None, 3)),
    ):
        Agency.objects.filter(pk=agency.pk).update(**change)
        agency.refresh_from_db()
        recount_region(agency)
        found = (of(country["city"]), of(country["other"]), of(country["province"], "union"))
        assert found == values, change
        assert differences_from_raw() == []


def test_a_region_that_moves_takes_its_sums_along(country: dict[str, Division]) -> None:
    received(make_agency(division=country["county"]), 3)
    received(make_agency(division=country["county"], kind=str(BodyKind.UNION)), 2)
    received(make_agency(division=country["city"]), 1)
    move_division(country["county"], country["other"])
    assert (of(country["city"]), of(country["other"]), of(country["province"])) == (1, 5, 6)
    move_division(country["other"], None)
    assert (of(country["other"]), of(country["province"])) == (5, 1)
    assert differences_from_raw() == []


def test_a_region_is_not_put_into_itself(country: dict[str, Division]) -> None:
    with pytest.raises(Refused, match="甲市一县"):
        move_division(country["city"], country["county"])


def test_a_body_without_a_region_is_in_no_statistics_and_is_told() -> None:
    received(make_agency(division=None), 3)
    assert RegionTally.objects.count() == 0
    assert without_region() == 1
    assert differences_from_raw() == []


def test_damaged_sums_are_found_and_rebuilt(country: dict[str, Division]) -> None:
    received(make_agency(division=country["county"]), 3)
    RegionTally.objects.filter(division=country["city"]).update(reports=7)
    assert len(differences_from_raw()) == 2
    rebuild()
    assert differences_from_raw() == []
    assert of(country["city"]) == 3


def test_the_way_in_lists_the_widest_regions_and_those_in_them(
    country: dict[str, Division],
) -> None:
    received(make_agency(division=country["county"]), 3)
    received(make_agency(division=country["county"]), 3, YEAR - 1)
    assert [(each.name, each.year, each.reports, each.inside) for each in entries()] == [
        ("虚构省", YEAR, 1, 0), ("甲市", YEAR, 1, 1),
    ]  # fmt: skip
    assert years_of(country["last"]) == ()


def test_the_statements_do_not_grow(
    country: dict[str, Division], django_assert_num_queries
) -> None:
    for size in (1, 3):
        for _ in range(size):
            make_division(Level.PREFECTURE, parent=country["province"])
            received(make_agency(division=country["county"]), 1)
            received(make_agency(division=country["city"]), 1, YEAR - 1)
        with django_assert_num_queries(10):
            statistics_of(country["province"], YEAR)
        with django_assert_num_queries(3):
            standing_of(bodies_in(country["county"], YEAR), YEAR)


def numbers(values: Any) -> dict[str, Any]:
    """The numbers, and why there is none."""
    return {key: (value.number, value.why) for key, value in values.items()}


QUICK = settings(
    max_examples=6, deadline=None, suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)  # fmt: skip
DRAWN = st.tuples(
    st.sampled_from([2020, 2024]), st.integers(0, 2), st.randoms(use_true_random=False)
)


@QUICK
@given(st.lists(DRAWN, min_size=1, max_size=4))
def test_a_regions_numbers_are_the_sum_of_the_sheets(drawn: list[Any]) -> None:
    top = make_division(Level.PROVINCE)
    inside = [top, *(make_division(parent=top) for _ in range(2))]
    expected: dict[tuple[int, int], Sums] = {}
    for year, where, chance in drawn:
        revision = put_in(any_sheet(year, chance), make_agency(division=inside[where]))
        sums = restated(sums_of(sheet_of(revision)))
        for key in {(year, where), (year, 0)}:
            expected[key] = expected[key].plus(sums) if key in expected else sums
    for year in (2020, 2024):
        said = statistics_of(top, year)
        assert numbers(said.values) == numbers(values_of(expected.get((year, 0))))
        for at, row in enumerate(said.regions, start=1):
            assert numbers(row.values) == numbers(values_of(expected.get((year, at))))
        of_kind = statistics_of(top, year, "department")
        assert of_kind.values == said.values
        assert to_json(said)["published"] == said.coverage.published
    assert differences_from_raw() == []

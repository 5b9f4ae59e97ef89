"""Sums over subtrees: from the figures, from the tally, and both the same."""

from dataclasses import replace
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.actions.agencies import create_agency, move_agency
from reports.actions.aggregating import count_in, differences_from_raw, rebuild
from reports.actions.publishing import publish_revision, withdraw_page
from reports.actions.transcribing import transcribe
from reports.editions import EDITIONS
from reports.editions.bodies import BodyKind
from reports.editions.common import CLOSED, CLOSED_KEYS
from reports.editions.crosswalk import COMMON, comparable, in_series
from reports.importers import Reading
from reports.models import Agency, Counted, Revision, Tally
from reports.queries.aggregation import (
    Sums,
    published_below,
    restated,
    sheet_from,
    summed_raw,
    sums_of,
    tallied,
)
from reports.queries.drilldown import bodies, sources
from reports.queries.sheets import sheet_of
from reports.sheet import Sheet, filled, foot_applications, foot_results, name_of
from reports.workflow import State
from tests.factories import complete, make_agency, make_revision

pytestmark = pytest.mark.django_db
YEAR = 2024
EDITION = EDITIONS[2021]


def publish(agency: Agency, year: int = YEAR, **columns: dict[str, int]) -> Revision:
    """Published and counted, without the documents, which take a second to draw."""
    return in_force(complete(make_revision(year, agency), columns=columns))


def in_force(revision: Revision) -> Revision:
    Revision.objects.filter(pk=revision.pk).update(
        state=str(State.PUBLISHED), published_at=timezone.now()
    )
    revision.refresh_from_db()
    count_in(revision)
    return revision


@pytest.fixture
def city() -> Agency:
    return make_agency("虚构市人民政府", kind=str(BodyKind.GOVERNMENT))


def granted(sheet: Sheet, column: str = "total") -> Any:
    return sheet.applications[column]["granted"]


def test_a_subtree_is_the_sum_of_its_bodies(city: Agency) -> None:
    bureau = make_agency(parent=city)
    publish(bureau, natural_person={"received": 3, "granted": 3})
    publish(make_agency(parent=bureau), business={"received": 2, "granted": 2})
    publish(make_agency(), natural_person={"received": 50, "granted": 50})
    (sums,) = tallied(city, YEAR).values()
    sheet = sheet_from(sums, city.name, YEAR)
    assert sums.reports == 2
    assert granted(sheet) == 5
    assert granted(sheet, "business") == 2
    assert sheet.applications["total"]["outcomes_total"] == 5
    assert tallied(bureau, YEAR)[2021].reports == 2


def test_a_government_that_covers_bodies_is_not_added_again(city: Agency) -> None:
    publish(make_agency(parent=city), natural_person={"received": 3, "granted": 3})
    publish(city, natural_person={"received": 3, "granted": 3})
    assert tallied(city, YEAR)[2021].reports == 1
    assert not Counted.objects.filter(revision__report__agency=city).exists()


def test_a_government_counts_until_there_are_bodies_below_it(city: Agency) -> None:
    county = make_agency("虚构县人民政府", kind=str(BodyKind.GOVERNMENT), parent=city)
    publish(county, natural_person={"received": 4, "granted": 4})
    assert tallied(city, YEAR)[2021].reports == 1
    bureau = create_agency(
        name="虚构县财政局", slug="county-finance", kind=str(BodyKind.DEPARTMENT), parent=county
    )
    assert tallied(city, YEAR) == {}
    move_agency(bureau, None)
    assert tallied(city, YEAR)[2021].reports == 1
    assert differences_from_raw() == []


def test_publishing_counts_and_what_is_corrected_or_withdrawn_counts_no_more(city: Agency) -> None:
    bureau = make_agency(parent=city)
    for number in (3, 7):
        second = complete(
            make_revision(YEAR, bureau),
            columns={"natural_person": {"received": number, "granted": number}},
        )
        publish_revision(second, by=None)
    assert granted(sheet_from(tallied(city, YEAR)[2021], "", YEAR)) == 7
    Revision.objects.filter(pk=second.pk).update(state=str(State.WITHDRAWN))
    withdraw_page(Revision.objects.get(pk=second.pk))
    assert tallied(city, YEAR) == {}
    assert differences_from_raw() == []


def test_what_moves_under_another_is_counted_there(city: Agency) -> None:
    other = make_agency("另一市人民政府", kind=str(BodyKind.GOVERNMENT))
    bureau = make_agency(parent=city)
    publish(bureau, natural_person={"received": 3, "granted": 3})
    publish(make_agency(parent=bureau), natural_person={"received": 1, "granted": 1})
    move_agency(bureau, other)
    assert tallied(city, YEAR) == {}
    assert tallied(other, YEAR)[2021].reports == 2
    assert differences_from_raw() == []


def transcript(sheet: Sheet, agency: Agency) -> Revision:
    reading = Reading(replace(sheet, agency=agency.name, as_printed=True), {})
    return in_force(
        transcribe(reading, agency, sheet.year, filename="照录.txt", sha256="0" * 64, by=None)
    )


def test_a_printed_total_is_never_added(city: Agency) -> None:
    sheet = filled(EDITION, "", YEAR)
    wrong = {**sheet.applications["total"], "granted": 99}
    transcript(
        replace(sheet, applications={**sheet.applications, "total": wrong}),
        make_agency(parent=city),
    )
    assert granted(sheet_from(tallied(city, YEAR)[2021], "", YEAR)) == 0


def test_a_blank_adds_nothing_and_is_told(city: Agency) -> None:
    sheet = filled(EDITION, "", YEAR)
    blank = {**sheet.applications["business"], "granted": None}
    transcript(
        replace(sheet, applications={**sheet.applications, "business": blank}),
        make_agency(parent=city),
    )
    name = "applications.business.granted"
    sums = tallied(city, YEAR)[2021]
    assert sums.blanks == {name: 1}
    assert name not in sums.numbers
    assert granted(sheet_from(sums, "", YEAR), "business") is None
    publish(make_agency(parent=city), business={"received": 2, "granted": 2})
    sums = tallied(city, YEAR)[2021]
    assert (sums.numbers[name], sums.blanks[name], sums.reports) == (2, 1, 2)
    assert differences_from_raw() == []


def test_a_line_printed_whole_counts_in_the_total(city: Agency) -> None:
    sheet = filled(EDITION, "", YEAR)
    person = {**sheet.applications["natural_person"], "closed_undivided": 5}
    person |= dict.fromkeys(CLOSED_KEYS)
    transcript(
        replace(sheet, applications={**sheet.applications, "natural_person": person}),
        make_agency(parent=city),
    )
    publish(make_agency(parent=city), natural_person={"received": 1, "closed_other": 1})
    total = sheet_from(tallied(city, YEAR)[2021], "", YEAR).applications["total"]
    assert total["outcomes_total"] == 6
    assert differences_from_raw() == []


def test_editions_are_summed_apart_and_together_where_they_say_the_same(city: Agency) -> None:
    old = filled(EDITIONS[2019], "", YEAR)
    person = {**old.applications["natural_person"], "received": 2, "closed_undivided": 2}
    transcript(
        replace(
            old,
            applications={**old.applications, "natural_person": person},
            disclosure={**old.disclosure, "licenses_decided": 10, "rules_made": 1},
        ),
        make_agency(parent=city),
    )
    revision = complete(
        make_revision(YEAR, make_agency(parent=city)),
        columns={"natural_person": {"received": 3, "closed_unpaid": 1, "closed_other": 2}},
        disclosure={"licenses_decided": 5, "rules_issued": 4, "rules_in_force": 4},
    )
    in_force(revision)
    by_edition = tallied(city, YEAR)
    assert [sums.reports for sums in by_edition.values()] == [1, 1]
    both = restated(by_edition[2019]).plus(restated(by_edition[2021]))
    sheet = sheet_from(both, "", YEAR)
    assert sheet.edition is COMMON
    assert sheet.applications["natural_person"]["closed_undivided"] == 5
    assert sheet.disclosure["licenses_decided"] == 15
    assert sheet.disclosure["rules_made"] == 1


def test_the_common_form_takes_from_each_edition_what_counts_the_same() -> None:
    later = {cell.place.key: cell.keys for cell in comparable(EDITIONS[2021])}
    assert later["natural_person.closed_undivided"] == tuple(
        f"natural_person.{key}" for key in CLOSED_KEYS
    )
    assert {key for key in later if "." not in key} == {
        "licenses_decided", "penalties_decided", "coercive_measures_decided",
    }  # fmt: skip
    assert [cell.place for cell in comparable(COMMON)] == list(COMMON.places())
    both = set(later) & {place.key for place in COMMON.places() if in_series(place)}
    assert both == set(later)


def test_a_cell_names_the_bodies_that_make_it_up(city: Agency) -> None:
    large, small, none = (make_agency(parent=city) for _ in range(3))
    publish(large, natural_person={"received": 7, "granted": 7})
    publish(small, business={"received": 2, "granted": 2})
    publish(none)
    places = {name_of(place): place for place in EDITION.places()}
    for name, numbers in (
        ("applications.total.granted", [7, 2, 0]),
        ("applications.total.outcomes_total", [7, 2, 0]),
        ("applications.business.received", [2, 0, 0]),
        ("remedies.reconsideration.total", [0, 0, 0]),
        ("disclosure.licenses_decided", [0, 0, 0]),
    ):
        found = bodies(sources(city, YEAR, EDITION, places[name]), None, 9).rows
        assert [each.number for each in found] == numbers, name
    publish(large, YEAR - 1, natural_person={"received": 90, "granted": 90})
    found = bodies(sources(city, YEAR, EDITION, places["applications.total.granted"]), None, 9).rows
    assert [each.number for each in found] == [7, 2, 0], "another year is another sum"
    first = found[0]
    assert first.agency == large


def test_the_statements_do_not_grow(city: Agency, django_assert_num_queries: Any) -> None:
    for size in (1, 3):
        for _ in range(size):
            publish(make_agency(parent=city))
        with django_assert_num_queries(2):
            tallied(city, YEAR)
        with django_assert_num_queries(4):
            summed_raw(published_below(city, YEAR))


def test_a_damaged_tally_is_found_and_rebuilt(city: Agency) -> None:
    publish(make_agency(parent=city), natural_person={"received": 3, "granted": 3})
    Tally.objects.filter(agency=city).update(sums={"applications.natural_person.received": 4})
    assert len(differences_from_raw()) == 1
    assert rebuild() == 3, "the city's, and the region's: of the kind and of all kinds"
    assert differences_from_raw() == []


def closing(*numbers: int | None, whole: int | None = None) -> Sheet:
    """A report of the 2021 form with these figures in a column's divided line."""
    sheet = filled(EDITION, "", YEAR)
    column = {**sheet.applications["business"], **dict(zip(CLOSED_KEYS, numbers, strict=True))}
    if whole is not None:
        column[CLOSED.whole] = whole
    return replace(sheet, applications={**sheet.applications, "business": column})


@pytest.mark.parametrize(
    ("sheets", "blank", "number"),
    [
        ([closing(None, 3, None)], 0, 3),
        ([closing(None, None, None)], 1, None),
        ([closing(None, None, None), closing(None, 3, 0), closing(0, 0, 0)], 1, 3),
        ([closing(None, 0, 0), closing(0, None, 0), closing(0, 0, None)], 0, 0),
        ([closing(None, None, 1), closing(1, None, None), closing(None, 1, None)], 0, 3),
        ([closing(None, None, None, whole=5), closing(None, None, None)], 1, 5),
        ([closing(None, None, None, whole=0), closing(None, None, None)], 1, 0),
    ],
)
def test_a_divided_line_is_blank_where_all_of_it_is(
    city: Agency, sheets: list[Sheet], blank: int, number: int | None
) -> None:
    """（六） is one term: blank where neither its parts nor the line printed whole say anything."""
    for sheet in sheets:
        transcript(sheet, make_agency(parent=city))
    for sums in (tallied(city, YEAR)[2021], summed_raw(published_below(city, YEAR))[2021]):
        common = restated(sums)
        name = "applications.business.closed_undivided"
        assert common.blanks.get(name, 0) == blank
        assert common.numbers.get(name) == number
    assert differences_from_raw() == []
    Revision.objects.filter(report__agency__parent=city).update(state=str(State.WITHDRAWN))
    for revision in Revision.objects.filter(report__agency__parent=city):
        withdraw_page(revision)
    assert tallied(city, YEAR) == {}


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.tuples(st.sampled_from([2019, 2021]), st.randoms()), min_size=1, max_size=4))
def test_sums_of_sheets_are_those_of_the_database(drawn: list[tuple[int, Any]]) -> None:
    root = make_agency()
    expected: dict[int, Sums] = {}
    together: dict[int, Sums] = {}
    for key, chance in drawn:
        edition = EDITIONS[key]
        empty = filled(edition, "", YEAR)

        def any_of(figures: Any) -> dict[str, int | None]:
            return {each: chance.choice([None, 0, chance.randint(0, 50)]) for each in figures}  # noqa: B023

        lines = {k: {CLOSED.whole: 0, **v} for k, v in empty.applications.items()}
        sheet = replace(
            empty,
            applications={k: any_of(v) for k, v in lines.items()},
            remedies={k: any_of(v) for k, v in empty.remedies.items()},
        )
        revision = transcript(sheet, make_agency(parent=root))
        sums = sums_of(sheet_of(revision))
        expected[key] = expected[key].plus(sums) if key in expected else sums
        together[key] = together[key].plus(restated(sums)) if key in together else restated(sums)
    assert {key: restated(sums) for key, sums in expected.items()} == together
    assert tallied(root, YEAR) == dict(sorted(expected.items()))
    assert summed_raw(published_below(root, YEAR)) == tallied(root, YEAR)
    for sums in expected.values():
        sheet = sheet_from(sums, "", YEAR)
        zeros = {k: {key: n or 0 for key, n in v.items()} for k, v in sheet.applications.items()}
        assert zeros == foot_applications(sums.edition, zeros)
        for figures in sheet.remedies.values():
            known = {key: n or 0 for key, n in figures.items()}
            assert known == foot_results(sums.edition, known)

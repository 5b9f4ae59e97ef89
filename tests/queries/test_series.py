"""Series: what the sheets say, year beside year, and what is said where they say nothing."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from reports.actions.transcribing import transcribe
from reports.editions import EDITIONS, edition_for
from reports.editions.common import CLOSED_KEYS, REMEDIES
from reports.editions.crosswalk import COMMON, DECIDED
from reports.importers import Reading
from reports.models import Agency, Revision, Succession
from reports.queries.aggregation import sums_of
from reports.queries.indicators import families, indicators, percentage, values_of
from reports.queries.series import AgencySeries, series_of, series_together, to_json
from reports.queries.sheets import sheet_of
from reports.sheet import Sheet, filled
from reports.workflow import State
from tests.factories import make_agency
from tests.queries.test_aggregation import in_force, publish

pytestmark = pytest.mark.django_db
TODAY = date(2025, 6, 1)  # 2024 is due, 2025 is not


def put_in(sheet: Sheet, agency: Agency) -> Revision:
    """A transcript in force, with whatever the sheet says."""
    reading = Reading(replace(sheet, agency=agency.name, as_printed=True), {})
    return in_force(
        transcribe(reading, agency, sheet.year, filename="照录.txt", sha256="0" * 64, by=None)
    )


def numbers(series: AgencySeries, key: str) -> list[int | float | None]:
    return [value.number for value in series.of(key)]


def any_sheet(year: int, chance: Any) -> Sheet:
    """A sheet of the year's edition with any numbers, blanks among them, and totals that lie."""
    edition = edition_for(year)
    empty = filled(edition, "", year)

    def some(figures: Any) -> dict[str, int | None]:
        return {key: chance.choice([None, 0, chance.randint(1, 40)]) for key in figures}

    return replace(
        empty,
        applications={column: some(lines) for column, lines in empty.applications.items()},
        remedies={group: some(results) for group, results in empty.remedies.items()},
        disclosure={key: chance.randint(0, 9) for key in empty.disclosure},
    )


def told(sheet: Sheet, lines: list[str]) -> int | None:
    """The sum by hand: of the columns that are typed, without the blanks."""
    columns = [each.key for each in sheet.edition.applications.typed_columns()]
    known = [
        n for key in columns for line in lines if (n := sheet.applications[key][line]) is not None
    ]
    return sum(known) if known else None


def lines_of_group(sheet: Sheet, key: str) -> list[str]:
    if key == "closed":
        whole = "closed_undivided"
        return [whole] if sheet.edition.key == 2019 else list(CLOSED_KEYS)
    return [
        leaf.key for leaf in sheet.edition.applications.leaves()
        if leaf.key == key or (leaf.key.startswith(f"{key}_") and key not in ("granted",))
    ]  # fmt: skip


@settings(
    max_examples=8, deadline=None, suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)  # fmt: skip
@given(st.randoms(use_true_random=False))
def test_every_number_is_the_sum_of_its_sheet(chance: Any) -> None:
    agency = make_agency()
    read = [any_sheet(year, chance) for year in (2020, 2022)]
    for sheet in read:
        put_in(sheet, agency)
    series = series_of(agency, TODAY)
    for sheet, at in zip(read, (0, 2), strict=True):
        assert series.of("received")[at].number == told(sheet, ["received"])
        groups = ("granted", "granted_in_part", "denied", "unable", "not_processed", "closed")
        by_group = {key: told(sheet, lines_of_group(sheet, key)) for key in groups}
        for key, number in by_group.items():
            assert series.of(key)[at].number == number, key
        known = [number for number in by_group.values() if number is not None]
        total = sum(known) if known else None
        assert series.of("outcomes")[at].number == total
        share = None
        if total and None not in (by_group["granted"], by_group["granted_in_part"]):
            share = percentage(by_group["granted"] + by_group["granted_in_part"], total)
        assert series.of("share_granted")[at].number == share
        for group in REMEDIES.groups:
            results = [r.key for r in REMEDIES.results if not r.computed]
            said = [sheet.remedies[group.key][key] for key in results]
            assert [series.of(f"{group.key}_{key}")[at].number for key in results] == said
            some = [n for n in said if n is not None]
            assert series.of(group.key)[at].number == (sum(some) if some else None)
        for key in DECIDED:
            assert series.of(key)[at].number == sheet.disclosure[key]


def test_a_blank_is_no_zero_and_is_told() -> None:
    agency = make_agency()
    sheet = filled(EDITIONS[2021], "", 2024)
    person = {**sheet.applications["natural_person"], "received": 5}
    columns = {**sheet.applications, "natural_person": person}
    columns["business"] = {**sheet.applications["business"], "received": None}
    put_in(replace(sheet, applications=columns), agency)
    series = series_of(agency, TODAY)
    (received,) = series.of("received")
    assert (received.number, received.blanks) == (5, 1)
    (business,) = series.of("received_business")
    assert (business.number, business.why) == (None, "blank")
    assert series.of("received_legal_service")[0].number == 0


def test_a_share_of_nothing_is_no_share() -> None:
    agency = make_agency()
    publish(agency, 2023)
    publish(agency, 2024, natural_person={"received": 3, "granted": 1, "denied_state_secret": 2})
    shares = series_of(agency, TODAY).of("share_granted")
    assert [(each.number, each.why) for each in shares] == [(None, "nothing_closed"), (33.3, "")]


@pytest.mark.parametrize(("part", "whole", "said"), [(1, 8, 12.5), (1, 3, 33.3), (2, 3, 66.7),
                                                    (1, 2000, 0.1), (0, 7, 0.0), (7, 7, 100.0)])  # fmt: skip
def test_a_share_is_rounded_half_upwards_to_one_decimal(part, whole, said) -> None:
    assert percentage(part, whole) == said


def test_years_without_a_report_in_force_are_gaps_with_their_state() -> None:
    agency = make_agency()
    publish(agency, 2020, natural_person={"received": 2, "granted": 2})
    withdrawn = publish(agency, 2022)
    Revision.objects.filter(pk=withdrawn.pk).update(state=str(State.WITHDRAWN))
    series = series_of(agency, TODAY)
    assert [(each.year, each.state) for each in series.years] == [
        (2020, "in_force"), (2021, "none"), (2022, "withdrawn"), (2023, "none"), (2024, "none"),
    ]  # fmt: skip
    assert series.missing == (2021, 2022, 2023, 2024)
    assert numbers(series, "received") == [2, None, None, None, None]
    assert {each.why for each in series.of("received")[1:]} == {"no_report"}


def test_a_draft_and_what_was_superseded_are_not_read() -> None:
    agency = make_agency()
    first = publish(agency, 2024, natural_person={"received": 9, "granted": 9})
    Revision.objects.filter(pk=first.pk).update(state=str(State.SUPERSEDED))
    publish(agency, 2024, natural_person={"received": 4, "granted": 4})
    assert numbers(series_of(agency, TODAY), "received") == [4]


def test_a_closed_body_is_not_waited_for() -> None:
    agency = make_agency(closed_on=date(2023, 5, 1))
    publish(agency, 2021)
    assert [each.year for each in series_of(agency, TODAY).years] == [2021, 2022]


def test_a_body_without_reports_has_no_years() -> None:
    series = series_of(make_agency(), TODAY)
    assert series.years == ()
    assert set(map(len, series.values.values())) == {0}


def test_predecessors_are_named_and_not_added() -> None:
    old, new = make_agency("虚构区旧局"), make_agency("虚构区新局")
    Succession.objects.create(predecessor=old, successor=new, on=date(2023, 3, 1))
    publish(old, 2022, natural_person={"received": 9, "granted": 9})
    publish(new, 2023, natural_person={"received": 1, "granted": 1})
    after, before = series_of(new, TODAY), series_of(old, TODAY)
    assert [(each.name, each.on.year) for each in after.predecessors] == [("虚构区旧局", 2023)]
    assert [each.name for each in before.successors] == ["虚构区新局"]
    assert numbers(after, "received") == [1, None]


def test_bodies_together_stand_over_the_same_years() -> None:
    one, two = make_agency(), make_agency()
    publish(one, 2020)
    publish(two, 2024)
    both = series_together([two, one], TODAY)
    assert [each.slug for each in both] == [two.slug, one.slug]
    assert {tuple(year.year for year in each.years) for each in both} == {tuple(range(2020, 2025))}
    assert both[0].missing == (2020, 2021, 2022, 2023)


@pytest.mark.parametrize("bodies", [1, 6])
def test_any_number_of_bodies_takes_five_statements(django_assert_num_queries, bodies) -> None:
    agencies = [make_agency() for _ in range(bodies)]
    for agency in agencies:
        publish(agency, 2023)
        publish(agency, 2024)
    with django_assert_num_queries(5):
        series_together(agencies, TODAY)


def test_the_registry_has_stable_keys_and_every_definition() -> None:
    known = indicators()
    assert {"received", "outcomes", "share_granted", "granted", "granted_in_part", "denied",
            "unable", "not_processed", "closed", "reconsideration", "litigation_direct",
            "litigation_after_reconsideration", *DECIDED} <= known.keys()  # fmt: skip
    assert len(known) == sum(len(each.indicators) for each in families())
    for each in known.values():
        assert each.definition.endswith("。")
    share = known["share_granted"]
    assert share.definition.startswith("（予以公开＋部分公开）÷ 本年度办理结果总计")
    assert known["outcomes"].terms == ((*share.whole,),)


def test_groups_and_total_follow_the_form() -> None:
    outcomes = next(each for each in families() if each.key == "outcomes")
    cells = [name for part in outcomes.parts for name in part.terms[0]]
    typed = {
        f"applications.{place.key}" for place in COMMON.applications.places() if not place.computed
    }
    left = {
        name
        for name in typed
        if name.split(".")[2] in ("received", "brought_forward", "carried_forward")
    }
    assert sorted(cells) == sorted(typed - left)


def test_sums_of_many_are_told_by_the_same_rule() -> None:
    agency = make_agency()
    revision = publish(
        agency, 2024, business={"received": 2, "granted_in_part": 1, "unable_not_held": 1}
    )
    one = sums_of(sheet_of(revision))
    both = values_of(one.plus(one))
    assert both["received"].number == 4
    assert both["share_granted"].number == 50.0


def test_a_series_is_json() -> None:
    agency = make_agency()
    publish(agency, 2024, natural_person={"received": 3, "granted": 3})
    said = json.loads(json.dumps(to_json(series_of(agency, TODAY))))
    received = next(each for each in said["indicators"] if each["key"] == "received")
    assert received["values"] == [{"number": 3, "blanks": 0, "why": ""}]
    assert said["years"][0]["edition"] == 2021
    assert {each["figures"] for each in said["not_comparable"]} > {"行政事业性收费"}

"""Series, a region's sums and search: what the queries say, put as JSON."""

from datetime import date

import pytest

from reports.actions.aggregating import count_in
from reports.queries.indicators import indicators
from tests.factories import make_agency, make_division
from tests.public.shelf import COLUMNS, put_out

from .asking import ask, walk

pytestmark = pytest.mark.django_db
RECEIVED = sum(column["received"] for column in COLUMNS.values())


def test_a_series_has_every_year_and_says_why_one_is_missing():
    agency = make_agency(closed_on=date(2025, 3, 1))
    put_out(agency, 2020, as_printed=True)
    put_out(agency, 2022)
    said = ask(f"/agencies/{agency.slug}/series?indicator=received&indicator=share_granted")
    states = {each["year"]: each["state"] for each in said["years"]}
    assert {year: states[year] for year in (2020, 2021, 2022)} == {
        2020: "in_force",
        2021: "none",
        2022: "in_force",
    }
    [received, share] = said["indicators"]
    values = {each["year"]: each for each in received["values"]}
    assert values[2020]["number"] == values[2022]["number"] == RECEIVED
    assert (values[2021]["number"], values[2021]["why"]) == (None, "no_report")
    assert share["unit"] == "%"
    assert said["not_comparable"]


def test_every_indicator_is_told_unless_some_are_asked_for():
    agency = make_agency()
    put_out(agency)
    said = ask(f"/agencies/{agency.slug}/series")
    assert [each["key"] for each in said["indicators"]] == list(indicators())
    assert "received" in ask(f"/agencies/{agency.slug}/series?indicator=best", 422)["detail"]


def test_a_region_is_summed_with_those_in_it():
    region = make_division()
    county = make_division(parent=region)
    for division in (region, county, county):
        count_in(put_out(make_agency(division=division)))
    said = ask(f"/statistics/{region.code}/2024?indicator=received")
    assert (said["bodies"], said["published"], said["years"]) == (3, 3, [2024])
    assert [(each["indicator"], each["number"]) for each in said["values"]] == [
        ("received", 3 * RECEIVED)
    ]
    [inside] = said["regions"]
    assert (inside["key"], inside["values"][0]["number"]) == (county.code, 2 * RECEIVED)
    [kind] = said["kinds"]
    assert kind["values"][0]["number"] == 3 * RECEIVED
    towns = ask(f"/statistics/{region.code}/2024?indicator=received&kind=town")
    assert (towns["published"], towns["kind"]) == (0, "town")
    ask("/statistics/999999/2024", 404)


def test_search_finds_words_and_shows_where_they_stand():
    put_out(make_agency("虚构区档案局"))
    put_out(make_agency("虚构区体育局"))
    said = ask("/search?q=档案局")
    assert [each["agency"]["name"] for each in said["items"]] == ["虚构区档案局"]
    assert [each["text"] for each in said["items"][0]["title_segments"] if each["is_hit"]] == [
        "档案局"
    ]
    assert said["total"] == 1


def test_search_is_paged_by_cursor_and_narrowed():
    for _ in range(3):
        put_out(make_agency())
    put_out(year=2020)
    whole = [each["url"] for each in walk("/search?q=虚构&order=newest")]
    assert len(whole) == 4
    assert [each["url"] for each in walk("/search?q=虚构&order=newest&limit=1")] == whole
    assert len(walk("/search?q=虚构&year=2020")) == 1
    ask("/search", 422)
    ask("/search?q=", 422)


def test_a_single_character_is_said_to_be_too_short():
    put_out()
    assert ask("/search?q=局")["too_short"] == ["局"]

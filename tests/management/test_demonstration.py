"""The invented city: its plan, its figures and words, and what loading makes of them."""

import re
from itertools import pairwise

import pytest

from reports.checker import check
from reports.checker.finding import Severity
from reports.editions import EDITIONS
from reports.editions.bodies import Body, BodyKind
from reports.management.demonstration import city, figures, people, plan, prose, texts
from reports.management.demonstration.history import TRANSCRIPTS
from reports.management.demonstration.works import WORKS
from reports.sheet import Contact, Sheet, foot_applications, foot_results
from reports.workflow import Role

YEARS = (2023, 2024, 2025)
EDITION = EDITIONS[2021]


def written(slug: str, year: int) -> Sheet:
    """The sheet of an agency's year, without a database."""
    place, numbers = city.seat(slug), figures.year_of(slug, year)
    name, known = place.name_in(year), city.contact_of(slug)
    contact = Contact(*(known[key] for key in ("address", "postcode", "telephone", "email")))
    return Sheet(
        EDITION, name, year,
        **texts.prose(texts.Writer(place, year, name, numbers), contact),
        disclosure=numbers.disclosure,
        applications=foot_applications(EDITION, numbers.applications),
        remedies={key: foot_results(EDITION, each) for key, each in numbers.remedies.items()},
        signed_by=name,
        contact=contact,
    )  # fmt: skip


def seats_in(year: int):
    return [seat for seat in city.seats() if not seat.founded or seat.founded <= year]


def test_there_are_forty_agencies_and_more_in_one_tree():
    slugs = [seat.slug for seat in city.seats()]
    assert len(slugs) == len(set(slugs)) >= 40
    known: set[str] = set()
    for seat in city.seats():
        assert seat.parent in known | {""}, "a parent stands before its children"
        known.add(seat.slug)
    kinds = {seat.kind for seat in city.seats()}
    assert kinds == {BodyKind.GOVERNMENT, BodyKind.DEPARTMENT, BodyKind.TOWN, BodyKind.UNION}
    assert all(seat.work in WORKS for seat in city.seats())


def test_everything_is_fictional():
    assert all(region.code.startswith("99") for region in city.regions())
    names = tuple(region.name for region in city.regions() if region is not city.PROVINCE)
    for seat in city.seats():
        assert seat.name.startswith(names)
        contact = city.contact_of(seat.slug)
        assert contact["telephone"].startswith("0999-555")
        assert contact["postcode"].startswith("999")
        assert contact["email"].endswith("@example.invalid")
        assert contact["address"].startswith("虚构省云泽市")


def test_one_agency_was_renamed_and_two_were_merged():
    data = city.seat("data")
    assert (data.name_in(2023), data.name_in(2024)) == ("云泽市大数据发展管理局", "云泽市数据局")
    culture = city.seat("culture")
    last = figures.last_of("culture", 2025)
    assert culture.predecessors == ("arts", "tourism")
    assert last == (figures.year_of("arts", 2024), figures.year_of("tourism", 2024))


@pytest.mark.parametrize("slug", [seat.slug for seat in city.seats()])
def test_an_agencys_years_foot_and_say_in_words_what_the_tables_say(slug):
    seat = city.seat(slug)
    for year in YEARS:
        if seat.founded > year:
            continue
        sheet = written(slug, year)
        found = check(sheet, body=Body(sheet.agency, seat.kind))
        assert {f.code for f in found if f.severity is Severity.ERROR} <= {"C14"}  # not signed yet
        numbers = figures.year_of(slug, year)
        received = numbers.sum("received")
        if received:
            assert f"新收政府信息公开申请{received}件" in sheet.overview
        for line in ("brought_forward", "carried_forward"):
            if numbers.sum(line):
                assert f"{numbers.sum(line)}件" in sheet.overview


@pytest.mark.parametrize("year", YEARS)
def test_sums_within_the_text_are_right(year):
    """「…384条，其中…27条、…236条」: what is listed makes the whole."""
    for seat in seats_in(year):
        text = written(seat.slug, year).overview
        for whole, rest in re.findall(r"(\d+)[条篇件]，其中([^；。，]+)", text):
            parts = [int(number) for number in re.findall(r"(\d+)[条篇件]", rest)]
            if len(parts) > 1:
                assert sum(parts) == int(whole), text


def test_published_texts_are_long_enough_and_no_template_is_left():
    for year in YEARS:
        for seat in seats_in(year):
            sheet = written(seat.slug, year)
            whole = sheet.preface + sheet.overview + sheet.problems + sheet.other_matters
            assert 800 <= len(whole) <= 2500
            assert not set("{}|") & set(whole)


def test_no_agency_repeats_itself_two_years_running():
    """But for the sentences that say how many, and set phrases, hardly anything comes again."""

    def sentences(sheet: Sheet) -> set[str]:
        return {
            re.sub(r"\d+", "", each)
            for each in re.split(r"[。；\n]", sheet.overview + sheet.problems)
            if len(each) > 12
        }

    for seat in city.seats():
        years = [year for year in YEARS if not seat.founded or seat.founded <= year]
        for one, other in pairwise(years):
            first, second = (sentences(written(seat.slug, year)) for year in (one, other))
            assert len(first & second) <= len(first) * 0.25, (seat.slug, other, first & second)


def test_two_agencies_do_not_say_the_same():
    said = [written(seat.slug, 2024).overview for seat in seats_in(2024)]
    assert len(set(said)) == len(said)


def test_every_slot_has_enough_to_choose_from():
    for kind in city.seats():
        for name in ("field", "files", "platform", "supervision", "shortcomings"):
            assert len(prose.slot(kind.kind, name)) >= 5


def test_the_plan_has_every_state_and_known_agencies():
    planned = [each for year in YEARS for each in plan.plan(year)]
    assert {each.state for each in planned} == {
        "draft", "returned", "in_review", "approved", "published", "superseded", "withdrawn",
    }  # fmt: skip
    keys = [(each.slug, each.year) for each in (*planned, *TRANSCRIPTS)]
    assert len(keys) == len(set(keys))
    assert {slug for slug, _ in keys} <= {seat.slug for seat in city.seats()}
    assert {each.edition.key for each in TRANSCRIPTS} == {2019, 2021}
    for each in planned:
        seat = city.seat(each.slug)
        assert seat.founded <= each.year
        assert seat.closed is None or each.year < seat.closed.year


def test_who_tries_the_whole_way_has_last_years_report_and_not_this_years():
    author = next(each for each in people.ACCOUNTS if each.username == "author")
    years = {each.year for year in YEARS for each in plan.plan(year) if each.slug == author.agency}
    assert years == {2023, 2024}
    assert {each.role for each in people.ACCOUNTS} == set(Role)
    usernames = [people.author_of(seat.slug) for seat in city.seats()]
    assert len(usernames) == len(set(usernames))

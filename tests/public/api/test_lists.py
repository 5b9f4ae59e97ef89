"""Lists of the API: filters, pages by cursor, and how many statements they cost."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reports.actions.indexing import index_agency
from reports.editions import EDITIONS
from reports.models import Agency, AgencyName, Revision
from reports.workflow import State
from tests.factories import complete, make_agency, make_division, make_revision
from tests.public.shelf import AT, COLUMNS, put_out

from .asking import ask, walk, where

pytestmark = pytest.mark.django_db
LISTS = ("/agencies", "/divisions", "/reports", "/figures?line=received")


def cost(address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert Client().get(where(address)).status_code == 200
    return len(queries)


@pytest.mark.parametrize("address", LISTS)
def test_a_list_costs_the_same_for_three_rows_as_for_one(address, settings):
    settings.API_REQUESTS_A_MINUTE = 0
    put_out()
    cost(address)
    for_one = cost(address)
    for _ in range(2):
        put_out(make_agency(parent=make_agency()))
    assert cost(address) == for_one
    assert for_one <= 8


@pytest.mark.parametrize("address", LISTS)
def test_pages_follow_one_another_without_loss_or_repetition(address):
    for number in range(5):
        put_out(make_agency(), at=AT + timedelta(days=number // 2))
    sign = "&" if "?" in address else "?"
    whole = walk(address)
    assert walk(f"{address}{sign}limit=2") == whole
    assert len(whole) >= 5


def test_what_is_published_meanwhile_moves_no_row_of_the_pages_that_follow():
    for number in range(4):
        put_out(at=AT + timedelta(days=number))
    whole = [each["url"] for each in walk("/reports")]
    first = ask("/reports?limit=2")
    put_out(at=AT + timedelta(days=9))
    second = ask(first["next"])
    assert [each["url"] for each in first["items"] + second["items"]] == whole


def test_the_next_page_stands_in_the_body_and_in_the_header():
    put_out()
    put_out()
    response = Client().get(where("/reports?limit=1&year=2024"))
    following = response.json()["next"]
    assert response["Link"] == f'<{following}>; rel="next"'
    last = Client().get(following)
    assert last.json()["next"] is None
    assert "Link" not in last


@pytest.mark.parametrize("change", ["x", "", "eyJrIjpbMV19:forged", "%00", "数"])
def test_a_cursor_of_anybodys_making_is_refused(change):
    put_out()
    put_out()
    cursor = ask("/reports?limit=1")["next"].split("cursor=")[1]
    forged = cursor[:-3] + change if change in ("x", "") else change
    said = ask(f"/reports?limit=1&cursor={forged}", 422)
    assert [each["parameter"] for each in said["errors"]] == ["cursor"]


def test_a_cursor_is_good_for_its_own_question_alone():
    put_out()
    put_out()
    cursor = ask("/reports?limit=1")["next"].split("cursor=")[1]
    said = ask(f"/reports?limit=1&year=2024&cursor={cursor}", 422)
    assert "另一组条件" in said["detail"]
    assert ask(f"/reports?limit=2&cursor={cursor}")["next"] is None


def test_drafts_superseded_and_withdrawn_texts_are_not_listed():
    shown = put_out(make_agency())
    put_out(shown.report.agency)
    put_out(state=State.WITHDRAWN)
    complete(make_revision(2024))
    listed = walk("/reports")
    assert [(each["agency"]["slug"], each["version"]) for each in listed] == [
        (shown.report.agency.slug, 2)
    ]
    assert {each["agency"] for each in walk("/figures")} == {shown.report.agency.slug}


def test_reports_are_filtered_by_each_parameter():
    region = make_division()
    county = make_division(parent=region)
    office = make_agency(division=region, kind="government")
    body = make_agency(division=county, parent=office, kind="town")
    put_out(office, 2024)
    put_out(body, 2024, as_printed=True, at=AT + timedelta(days=1))
    put_out(body, 2020)
    put_out(make_agency(), 2024)

    def found(query: str) -> set[tuple[str, int]]:
        return {(each["agency"]["slug"], each["year"]) for each in walk(f"/reports?{query}")}

    assert found(f"agency={body.slug}") == {(body.slug, 2024), (body.slug, 2020)}
    assert found(f"below={office.slug}&year=2024") == {(office.slug, 2024), (body.slug, 2024)}
    assert found(f"region={region.code}&year=2020&year=2019") == {(body.slug, 2020)}
    assert found(f"region={county.code}&edition=2021") == {(body.slug, 2024)}
    assert found("kind=government") == {(office.slug, 2024)}
    assert found("as_printed=true") == {(body.slug, 2024)}
    assert found("published_since=2025-01-21") == {(body.slug, 2024)}
    assert len(found("published_until=2025-01-20T09:05:01%2B08:00")) == 3
    assert found("published_since=2025-01-20T01:05:00Z&kind=town&as_printed=false") == {
        (body.slug, 2020)
    }


def test_the_oldest_come_first_for_whoever_follows_along():
    for number in (2, 0, 1):
        put_out(at=AT + timedelta(days=number))
    days = [each["published_at"] for each in walk("/reports?order=oldest&limit=1")]
    assert days == sorted(days)
    assert days[0] == "2025-01-20T09:05:00.000+08:00"


def test_a_figure_is_a_row_with_its_identifiers_and_its_words():
    revision = put_out()
    [row] = walk("/figures?line=received&column=natural_person")
    assert row["value"] == COLUMNS["natural_person"]["received"]
    assert row["name"] == "applications.natural_person.received"
    assert (row["agency"], row["year"], row["version"]) == (revision.report.agency.slug, 2024, 1)


def test_every_cell_of_a_report_is_a_row_in_printed_order_across_pages():
    revision = put_out()
    names = [each["name"] for each in walk("/figures?limit=37")]
    sheet = revision.snapshot.sheet
    tables = {"applications": sheet["applications"], "remedies": sheet["remedies"]}
    assert len(names) == len(EDITIONS[2021].places())
    for row in walk("/figures"):
        if row["table"] == "disclosure":
            printed = sheet["disclosure"][f"{row['line']}_{row['column']}"]
        else:
            printed = tables[row["table"]][row["column"]][row["line"]]
        assert row["value"] == printed


def test_a_line_which_only_one_edition_prints_is_found_in_its_reports():
    put_out(year=2020)
    put_out(year=2024)
    assert {each["year"] for each in walk("/figures?line=closed_undivided")} == {2020}
    assert {each["year"] for each in walk("/figures?table=applications&column=total")} == {
        2020, 2024
    }  # fmt: skip
    assert walk("/figures?table=remedies&line=received") == []


def test_a_blank_of_a_transcript_is_null_and_no_zero():
    put_out(as_printed=True, columns={"business": {"received": None}})
    [row] = walk("/figures?line=received&column=business")
    assert row["value"] is None


def test_agencies_are_found_by_any_of_their_names():
    archives = make_agency("云泽市档案局", kind="department")
    AgencyName.objects.create(agency=archives, name="档案馆", until=date(2019, 3, 1))
    other = make_agency("云泽市民政局")
    for agency in (archives, other):
        index_agency(agency)

    def found(asked: str) -> list[str]:
        return [each["slug"] for each in walk(f"/agencies?{asked}")]

    assert found("name=档案局") == found("name=档案馆") == [archives.slug]
    assert found("name=云泽市 局&limit=1") == [archives.slug, other.slug]
    assert found("name=云泽&kind=union") == found("name=教育局") == found("name=——") == []
    assert "不能少于" in ask("/agencies?name=", 422)["detail"]


def test_agencies_tell_their_names_their_succession_and_their_years():
    old, new = make_agency("虚构区旧局"), make_agency("虚构区新局")
    new.predecessions.create(predecessor=old, on="2023-05-01")
    new.names.create(name="旧称局", until="2022-01-01")
    put_out(new, 2024)
    put_out(new, 2023)
    said = ask(f"/agencies/{new.slug}")
    assert said["years"] == [2023, 2024]
    assert said["predecessors"] == [{"slug": old.slug, "name": old.name, "on": "2023-05-01"}]
    assert said["names"] == [{"name": "旧称局", "until": "2022-01-01"}]
    assert ask(f"/agencies/{old.slug}")["successors"][0]["slug"] == new.slug
    assert {each["slug"] for each in walk("/agencies")} == {
        each.slug for each in Agency.objects.all()
    }


def test_no_drafts_agency_text_or_person_is_told(settings):
    revision = complete(make_revision(2024), overview="只在草稿里的话")
    Revision.objects.filter(pk=revision.pk).update(state=str(State.IN_REVIEW))
    slug = revision.report.agency.slug
    ask(f"/reports/{slug}/2024", 404)
    ask(f"/reports/{slug}/2024/versions/1", 404)
    assert walk(f"/reports?agency={slug}") == walk(f"/figures?agency={slug}") == []

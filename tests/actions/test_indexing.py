"""What is published is found, what is withdrawn is not, and the counts say so too."""

from io import StringIO

import pytest
from django.core.management import call_command

from reports.actions.agencies import create_agency
from reports.actions.correcting import correct
from reports.actions.indexing import index_agency, index_batch, index_region, index_report
from reports.actions.moves import move
from reports.editions.bodies import BodyKind, Level
from reports.models import Agency, AgencyName, NameGram, ReportCount, SearchedName, SearchEntry
from reports.queries.listings import overview
from reports.queries.search import find
from reports.queries.search_index import wrong_counts
from reports.workflow import Role, State
from tests.factories import (
    OTHER,
    complete,
    in_state,
    make_agency,
    make_division,
    make_revision,
    make_user,
    written_by,
)
from tests.public.shelf import put_out

pytestmark = pytest.mark.django_db


def counts() -> dict[tuple[str, str], int]:
    rows = ReportCount.objects.filter(reports__gt=0)
    return {(each.dimension, each.key): each.reports for each in rows}


def command(**options) -> str:
    out = StringIO()
    call_command("index_reports", stdout=out, **options)
    return out.getvalue().strip()


def test_publication_correction_and_withdrawal_decide_what_is_found():
    province = make_division(Level.PROVINCE)
    agency = make_agency(division=make_division(parent=province))
    reviewer, author = (
        make_user(Role.SUPERVISOR, agency=agency),
        make_user(Role.AUTHOR, agency=agency),
    )
    revision = complete(make_revision(2024, agency), other_matters=OTHER + "办理了独有事项。")
    written_by(revision, author)
    revision = in_state(revision, State.APPROVED)
    assert find("独有事项").total == 0
    published = move(revision, "publish", by=reviewer)
    assert [each.revision for each in find("独有事项").results] == [published]
    assert counts() == {
        ("reports", ""): 1,
        ("agencies", ""): 1,
        ("year", "2024"): 1,
        ("kind", "department"): 1,
        ("region", agency.division.code): 1,
        ("region", province.code): 1,
    }
    correction = correct(published, reason="更正事项。", by=author)
    correction.parts.filter(key="other_matters").update(text=OTHER + "办理了别的事项。")
    corrected = move(in_state(correction, State.APPROVED), "publish", by=reviewer)
    assert find("独有事项").total == 0
    assert [each.revision for each in find("别的事项").results] == [corrected]
    assert counts()["reports", ""] == 1
    move(corrected, "withdraw", by=reviewer, note="内容有误。")
    assert find("别的事项").total == 0
    assert counts() == {}


def test_an_agency_counts_once_however_many_its_reports():
    agency = make_agency()
    first = put_out(agency, 2023)
    second = put_out(agency, 2024)
    assert (overview().reports, overview().agencies) == (2, 1)
    for revision, left in ((first, 1), (second, 0)):
        type(revision).objects.filter(pk=revision.pk).update(state=str(State.WITHDRAWN))
        index_report(revision.report)
        assert (overview().reports, overview().agencies) == (left, left)
    assert list(wrong_counts()) == []


def test_indexing_twice_changes_nothing():
    revision = put_out()
    before = counts(), list(SearchEntry.objects.values())
    index_report(revision.report)
    index_batch([revision.report_id])
    assert (counts(), list(SearchEntry.objects.values())) == before
    assert find(revision.title).total == 1


def test_the_command_makes_what_is_missing_and_says_what_is_wrong():
    first, second = put_out(), put_out()
    assert command() == ""
    assert "一致" in command(check=True)
    Agency.objects.filter(pk=first.report.agency_id).update(name="虚构区改名局", kind="union")
    SearchEntry.objects.filter(report=second.report).update(version=0)
    ReportCount.objects.filter(dimension="year").update(reports=7)
    with pytest.raises(SystemExit):
        call_command("index_reports", check=True, stderr=StringIO())
    assert command() == "已为 1 个机关、2 份报告建立索引。"
    assert "一致" in command(check=True)
    assert find("改名局", kind="union").total == 1
    assert counts()["year", "2024"] == 2
    assert command() == ""


def test_a_rebuild_makes_everything_anew_and_goes_on_after_a_number():
    revisions = [put_out() for _ in range(3)]
    SearchedName.objects.all().delete()
    SearchEntry.objects.update(head="", text="")
    before = counts()
    said = command(rebuild=True)
    assert said.endswith("已为 3 个机关、3 份报告建立索引。")
    assert counts() == before
    assert find(revisions[0].agency_name).total == 1
    assert "1 份报告" in command(after=revisions[1].report_id)


def test_a_new_agency_is_found_by_name_at_once_and_renaming_leaves_nothing_behind():
    agency = create_agency(name="虚构市测绘院", slug="survey", kind=str(BodyKind.OTHER))
    grams = NameGram.objects.count()
    AgencyName.objects.create(agency=agency, name="测绘队", until="2001-01-01")
    agency.name = "虚构市测绘局"
    agency.save(update_fields=["name"])
    index_agency(agency)
    names = SearchedName.objects.filter(agency=agency)
    assert set(names.values_list("name", flat=True)) == {"虚构市测绘局", "测绘队"}
    assert NameGram.objects.count() == grams + 3


def test_a_region_that_was_renamed_or_moved_takes_its_reports_along():
    city = make_division(Level.PREFECTURE, name="云山市")
    county = make_division(name="旧县")
    revision = put_out(make_agency(division=county))
    county.name, county.parent = "新县", city
    county.save()
    index_region(county.pk)
    assert [each.revision for each in find("新县", region=city.code).results] == [revision]
    assert find("旧县").total == 0
    assert counts()["region", city.code] == 1

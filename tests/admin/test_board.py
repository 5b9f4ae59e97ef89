"""The board: who is where, chosen and ordered by links alone, exported as shown."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html
from openpyxl import load_workbook

from reports.actions.campaigning import Owing, call_reports, exempt
from reports.actions.moves import move
from reports.editions.bodies import BodyKind
from reports.models import Revision
from reports.queries.board import COLUMNS
from reports.workflow import Role, State
from tests.factories import complete, in_state, make_agency, make_revision, make_user

from .conftest import entered

pytestmark = pytest.mark.django_db
BOARD = "/admin/board/"
YEAR = timezone.localdate().year - 1


def page(client, query=""):
    response = client.get(f"{BOARD}?year={YEAR}{query}")
    assert response.status_code == 200
    return html.fromstring(response.content.decode())


def rows(client, query=""):
    return [
        [" ".join(cell.text_content().split()) for cell in row]
        for row in page(client, query).findall(".//tbody/tr")
    ]


def names(client, query=""):
    return [row[0] for row in rows(client, query)]


def numbers(client):
    return {
        each.findtext("dt"): int(each.find("dd/a").text)
        for each in page(client).findall(".//dl[@class='waiting-counts board-numbers']/div")
    }


@pytest.fixture
def today(monkeypatch):
    """The first of February after the year: a day after the departments' legal date."""
    day = date(YEAR + 1, 2, 1)
    told = timezone.localdate
    monkeypatch.setattr(timezone, "localdate", lambda at=None: told(at) if at else day)
    return day


def published_on(agency, when):
    revision = make_revision(YEAR, agency)
    Revision.objects.filter(pk=revision.pk).update(
        state=str(State.PUBLISHED),
        published_at=timezone.make_aware(timezone.datetime(when.year, when.month, when.day)),
    )
    return revision


def test_the_numbers_and_the_lines_say_the_same(client, city, bureau, elsewhere):
    in_state(make_revision(YEAR, bureau), State.IN_REVIEW)
    make_agency("虚构市未动局", parent=city)
    make_revision(YEAR, elsewhere)
    top = f"{city.name} 其下 2 个：{city.name}"
    assert names(client) == [top, bureau.name, "虚构市未动局"]
    found = numbers(client)
    assert (found["应当编报"], found["未开始"], found["审核中"], found["起草中"]) == (3, 2, 1, 0)
    for each in page(client).findall(".//dl/div"):
        listed = client.get(BOARD + each.find("dd/a").get("href"))
        lines = html.fromstring(listed.content.decode()).findall(".//tbody/tr")
        assert len(lines) == int(each.find("dd/a").text), each.findtext("dt")


def test_a_line_says_stage_turn_dates_and_findings(client, bureau, author):
    revision = complete(make_revision(YEAR, bureau))
    move(revision, "submit", by=author)
    [row] = [each for each in rows(client) if each[0] == bureau.name]
    assert row[1].startswith("政府部门")
    assert row[2:4] == ["审核中", "审核员审定"]
    assert row[4].startswith(f"{timezone.localdate():%Y-%m-%d}")
    assert row[7] != "—"
    link = page(client).find(f".//tbody//a[@href='/admin/reports/revision/{revision.pk}/review/']")
    assert link is not None


def test_late_is_said_in_words_and_with_a_mark(client, city, bureau, today):
    published_on(bureau, today)
    [late] = [each for each in rows(client, "&timing=late") if each[0] == bureau.name]
    assert late[6] == "⚠ 逾期 1 天公布"
    assert late[5].startswith(f"{today:%Y-%m-%d}")
    in_time = make_agency(parent=city)
    published_on(in_time, today - timedelta(days=1))
    assert in_time.name not in names(client, "&timing=late")
    assert in_time.name in names(client, "&timing=in_time")


def test_narrowed_by_stage_kind_level_text_and_findings(client, city, bureau):
    union = make_agency("虚构市总工会", parent=city, kind=str(BodyKind.UNION))
    in_state(make_revision(YEAR, union), State.APPROVED)
    assert names(client, "&stage=approved") == [union.name]
    assert names(client, "&kind=union") == [union.name]
    assert names(client, "&text=总工会") == [union.name]
    assert names(client, "&level=province") == []
    assert names(client, "&found=on") == []
    assert "按现在的条件没有机关" in client.get(f"{BOARD}?level=province").content.decode()
    assert union.name in names(client, "&stage=无此阶段")


def test_sorted_by_a_column_either_way_and_equal_lines_by_the_tree(client, city, bureau):
    first, second = (make_agency(f"虚构市{name}局", parent=city) for name in "甲乙")
    in_state(make_revision(YEAR, second), State.APPROVED)
    in_order = [bureau.name, first.name, second.name]
    assert [each.split(" ")[0] for each in names(client, "&sort=stage")] == [
        city.name, *in_order,
    ]  # fmt: skip
    assert names(client, "&sort=-stage")[0] == second.name
    head = page(client, "&sort=-stage").find(".//th[@aria-sort]")
    assert head.get("aria-sort") == "descending"
    for label in page(client).findall(".//thead//a"):
        assert client.get(BOARD + label.get("href")).status_code == 200


def test_down_into_a_subtree_and_up_again(as_role, city, bureau, elsewhere):
    office = make_agency("虚构市某局某处", parent=bureau)
    client = as_role(Role.AUTHORITY)
    assert [each.split(" ")[0] for each in names(client, f"&below={bureau.pk}")] == [
        bureau.name, office.name,
    ]  # fmt: skip
    crumbs = page(client, f"&below={bureau.pk}").find(".//nav[@class='crumbs']").text_content()
    assert city.name in crumbs
    assert client.get(f"{BOARD}?below={elsewhere.pk}").status_code == 404
    assert client.get(f"{BOARD}?below=x").status_code == 404


def test_the_auditor_sees_all_and_an_administrator_nothing(as_role, bureau, elsewhere):
    seen = " ".join(names(as_role(Role.AUDITOR)))
    assert bureau.name in seen
    assert elsewhere.name in seen
    assert as_role(Role.SYSTEM_ADMINISTRATOR).get(BOARD).status_code == 403


def test_a_hundred_to_a_page_and_the_export_has_all(client, city):
    for number in range(101):
        make_agency(f"虚构市第{number:03}局", parent=city)
    assert len(rows(client)) == 100
    assert len(rows(client, "&page=2")) == 2
    last = page(client, "&page=2").findall(".//nav[@class='pages']//a")[-1]
    assert last.get("aria-current") == "page"
    assert len(exported(client)) == 102


def exported(client, query=""):
    response = client.get(f"{BOARD}board.xlsx?year={YEAR}{query}")
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    sheet = load_workbook(BytesIO(response.content)).worksheets[0]
    lines = list(sheet.iter_rows(min_row=3))
    assert [cell.value for cell in lines[0]] == list(COLUMNS)
    return lines[1:]


def test_the_export_holds_just_what_the_filter_shows(client, city, bureau):
    in_state(make_revision(YEAR, bureau), State.IN_REVIEW)
    make_agency(parent=city)
    [line] = exported(client, "&stage=in_review")
    assert [cell.value for cell in line[:5]] == [
        bureau.name, city.name, "政府部门", bureau.level.label, "审核中",
    ]  # fmt: skip


def test_no_name_is_a_formula_in_the_export(client, city):
    make_agency("=HYPERLINK(虚构)", parent=city)
    cells = [cell for line in exported(client) for cell in line]
    assert "'=HYPERLINK(虚构)" in {cell.value for cell in cells}
    assert "f" not in {cell.data_type for cell in cells}


def test_who_need_not_report_is_told_with_the_reason(client, city, bureau):
    authority = make_user(Role.AUTHORITY, agency=city)
    campaign = call_reports(
        city, YEAR, by=authority, opens_on=date(YEAR + 1, 1, 1), owing=[Owing(BodyKind.DEPARTMENT)]
    )
    exempt(campaign, bureau, "虚构的理由", by=authority)
    [row] = [each for each in rows(client, "&stage=not_owed") if each[0] == bureau.name]
    assert row[6] == "虚构的理由"


@pytest.mark.parametrize("address", [BOARD, f"{BOARD}board.xlsx"])
def test_as_many_statements_for_one_body_as_for_eight(city, address):
    authority = make_user(Role.AUTHORITY, agency=city)
    campaign = call_reports(
        city, YEAR, by=authority, opens_on=date(YEAR + 1, 1, 1), owing=[Owing(BodyKind.DEPARTMENT)]
    )
    client, asked = entered(authority), []

    def another():
        exempt(campaign, make_agency(parent=city), "虚构的理由", by=authority)
        in_state(make_revision(YEAR, make_agency(parent=city)), State.IN_REVIEW)

    another()
    client.get(f"{address}?year={YEAR}")
    for wanted in (1, 8):
        for _ in range(wanted - 1):
            another()
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{address}?year={YEAR}")
        asked.append(len(queries))
    assert asked[0] == asked[1]


# More bodies than one board bears


def test_too_wide_a_board_leads_to_its_parts(client, city, bureau, monkeypatch):
    make_agency("虚构区某局", parent=bureau)
    leaf = make_agency("虚构市无下级局", parent=city)
    monkeypatch.setattr("reports.admin.board_parts.MOST_BODIES", 2)
    shown = page(client)
    assert shown.findall(".//tbody/tr") == []
    [link] = shown.findall(".//main//ul[@class='listing']//a")
    assert link.text == bureau.name
    assert leaf.name not in shown.text_content()
    narrowed = client.get(BOARD + link.get("href"))
    assert "虚构区某局" in narrowed.content.decode()


def test_the_parts_of_an_auditors_board_begin_at_the_roots(city, bureau, monkeypatch):
    monkeypatch.setattr("reports.admin.board_parts.MOST_BODIES", 1)
    auditor = entered(make_user(Role.AUDITOR))
    assert city.name in page(auditor).text_content()

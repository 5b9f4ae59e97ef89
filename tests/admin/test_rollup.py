"""汇总 in the admin: sums with their bodies, what is missing, and the files."""

from dataclasses import replace
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document as open_word
from lxml.html import fromstring
from openpyxl import load_workbook

from reports.actions.aggregating import count_in
from reports.actions.transcribing import transcribe
from reports.editions import EDITIONS
from reports.exporters.rollup import NO_REPORT
from reports.importers import Reading
from reports.models import Agency, Revision
from reports.sheet import filled
from reports.workflow import Role, State
from tests.factories import complete, make_agency, make_revision

pytestmark = pytest.mark.django_db
YEAR = timezone.localdate().year - 1
RECEIVED = "applications.total.received"


def publish(agency: Agency, received: int) -> Revision:
    figures = {"natural_person": {"received": received, "granted": received}}
    return in_force(complete(make_revision(YEAR, agency), columns=figures))


def publish_old(agency: Agency) -> Revision:
    """On the older form, with one cell left blank."""
    sheet = filled(EDITIONS[2019], agency.name, YEAR, as_printed=True)
    person = {**sheet.applications["natural_person"], "received": 2, "granted": None}
    sheet = replace(sheet, applications={**sheet.applications, "natural_person": person})
    made = transcribe(Reading(sheet, {}), agency, YEAR, filename="旧.txt", sha256="0" * 64, by=None)
    return in_force(made)


def in_force(revision: Revision) -> Revision:
    Revision.objects.filter(pk=revision.pk).update(
        state=str(State.PUBLISHED), published_at=timezone.now()
    )
    revision.refresh_from_db()
    count_in(revision)
    return revision


@pytest.fixture
def filed(city: Agency, bureau: Agency) -> Agency:
    """The bureau and one below it have published, another has not, one used the older form."""
    publish(bureau, 3)
    publish(make_agency("虚构市某所", parent=bureau), 5)
    make_agency("虚构市没报局", parent=city)
    publish_old(make_agency("虚构市旧表局", parent=city))
    return city


def page(client: Client, **asked: object):
    return client.get(reverse("admin:reports_tally_changelist"), asked)


def cell(client: Client, agency: Agency, name: str = RECEIVED, form: str = "2021"):
    return client.get(reverse("admin:reports_tally_cell", args=[agency.pk, YEAR, form, name]))


def test_the_page_has_the_sums_who_is_missing_and_what_is_blank(client, filed):
    answer = page(client, agency=filed.pk, year=YEAR)
    said = answer.content.decode()
    assert f"{filed.name}{YEAR}年政府信息公开工作年度报告汇总表" in said
    assert NO_REPORT in said
    assert "计入已公布的报告 3 份（2019年版 1 份，2021年版 2 份）" in said
    assert "虚构市没报局" in said
    assert [(body.name, number) for body, number, _ in answer.context["blanks"]] == [
        ("虚构市旧表局", 1)
    ]
    table = answer.context["parts"][1].table
    cells = {drawn.anchor: drawn for drawn in table.figures}
    assert cells[f"cell-{RECEIVED}"].text == "8"
    assert cells[f"cell-{RECEIVED}"].link.endswith(f"/2021/{RECEIVED}/")


def test_both_editions_stand_together_as_far_as_they_can(client, filed):
    answer = page(client, agency=filed.pk, year=YEAR, form="together")
    cells = {drawn.anchor: drawn for drawn in answer.context["parts"][1].table.figures}
    assert cells[f"cell-{RECEIVED}"].text == "10"
    assert "规章、规范性文件不能合并" in answer.content.decode()
    made = cells_of_part_two = {d.anchor: d for d in answer.context["parts"][0].table.figures}
    assert made["cell-disclosure.rules_made"].link == ""
    assert cells_of_part_two["cell-disclosure.licenses_decided"].text == "0"
    assert cell(client, filed, "disclosure.rules_made", "together").status_code == 404


def test_a_cell_leads_to_its_bodies_largest_first_and_they_to_their_pages(client, filed, bureau):
    answer = cell(client, filed)
    bodies = [(each.agency.name, number, where) for each, number, where in answer.context["rows"]]
    below = Agency.objects.get(name="虚构市某所")
    assert bodies == [
        ("虚构市某所", "5", f"/agencies/{below.slug}/{YEAR}/"),
        (bureau.name, "3", f"/agencies/{bureau.slug}/{YEAR}/"),
    ]
    ((branch, number, where),) = answer.context["branches"]
    assert (branch.agency, branch.reports, number) == (bureau, 2, "8")
    assert where == reverse("admin:reports_tally_cell", args=[bureau.pk, YEAR, "2021", RECEIVED])
    assert cell(client, bureau).context["sum"] == "8"


def test_the_rows_by_branch_lead_further_down(client, filed, bureau):
    rows = page(client, agency=filed.pk, year=YEAR).context["by_branch"]["rows"]
    assert [(row["agency"], row["reports"], row["numbers"]) for row in rows] == [
        (bureau, 2, ["8", "8", "0"])
    ]
    assert f"agency={bureau.pk}" in rows[0]["leads"]


def onward(answer) -> dict[str, str]:
    """The links of the paging, by their words."""
    links = fromstring(answer.content.decode()).xpath("//nav[@class='pages']/a")
    return {link.text: link.get("href") for link in links}


@pytest.mark.parametrize("form", ["2021", "together"])
def test_the_bodies_of_a_cell_are_read_page_by_page(client, filed, bureau, monkeypatch, form):
    monkeypatch.setattr("reports.admin.rollup.ON_A_PAGE", 1)
    answer = cell(client, filed, "applications.natural_person.granted", form)
    address, names = answer.request["PATH_INFO"], []
    while "下一页" in onward(answer):
        names += [each.agency.name for each, _, _ in answer.context["rows"]]
        answer = client.get(address + onward(answer)["下一页"])
        assert answer.context["branches"] == []
        assert onward(answer)["回到开头"] == address
    names += [each.agency.name for each, _, _ in answer.context["rows"]]
    blank = ["虚构市旧表局"] if form == "together" else []
    assert names == ["虚构市某所", bureau.name, *blank]
    said = answer.content.decode()
    assert f"由 {len(names)} 份已公布的报告相加而成" in said
    assert ("其中 1 份这一格是空白" in said) == bool(blank)
    last = Agency.objects.get(name=names[-1])
    beyond = client.get(address, {"after": last.pk})
    assert "已经到了末尾" in beyond.content.decode()
    assert list(onward(beyond)) == ["回到开头"]


def test_the_rows_by_branch_are_read_page_by_page(client, filed, bureau, monkeypatch):
    monkeypatch.setattr("reports.admin.rollup.ON_A_PAGE", 1)
    first = page(client, agency=filed.pk, year=YEAR, form="together")
    address = first.request["PATH_INFO"]
    assert [row["agency"] for row in first.context["by_branch"]["rows"]] == [bureau]
    asked = f"?agency={filed.pk}&year={YEAR}&form=together"
    assert onward(first) == {"下一页": f"{asked}&after={bureau.pk}#branches"}
    second = client.get(address + onward(first)["下一页"].removesuffix("#branches"))
    ((old, numbers),) = [
        (row["agency"], row["numbers"]) for row in second.context["by_branch"]["rows"]
    ]
    assert (old.name, numbers) == ("虚构市旧表局", ["2", "0", "0"])
    assert onward(second) == {"回到开头": f"{address}{asked}#branches"}
    beyond = page(client, agency=filed.pk, year=YEAR, form="together", after=old.pk)
    assert "已经到了末尾" in beyond.content.decode()


@pytest.mark.parametrize("after", ["", "x", "0", "-1", "1e3", "9" * 18, "9" * 40, "\0", "1\0", "²"])
def test_a_key_that_is_none_gives_the_first_page(client, filed, after):
    where = reverse("admin:reports_tally_cell", args=[filed.pk, YEAR, "2021", RECEIVED])
    answer = client.get(where, {"after": after})
    assert (answer.status_code, len(answer.context["rows"])) == (200, 2)
    assert answer.context["page"].is_first
    below = page(client, agency=filed.pk, year=YEAR, after=after)
    assert (below.status_code, len(below.context["by_branch"]["rows"])) == (200, 1)


def test_the_files_hold_every_form_and_the_lists(client, filed):
    def file(extension: str) -> BytesIO:
        where = reverse("admin:reports_tally_file", args=[filed.pk, YEAR, extension])
        answer = client.get(where)
        assert answer.status_code == 200
        assert "attachment" in answer["Content-Disposition"]
        return BytesIO(answer.content)

    book = load_workbook(file("xlsx"))
    assert book.worksheets[0]["A1"].value.endswith("报告汇总表")
    assert book.worksheets[0]["A3"].value == NO_REPORT
    assert len(book.sheetnames) == 1 + 3 * 3 + 3
    numbers = [cell.value for row in book.worksheets[2].iter_rows() for cell in row]
    assert 8 in numbers
    assert book["没有公布的机关"]["A2"].value in {filed.name, "虚构市没报局"}
    assert (book["有空白格的报告"]["A2"].value, book["有空白格的报告"]["B2"].value) == (
        "虚构市旧表局", 1,
    )  # fmt: skip
    word = open_word(file("docx"))
    assert len(word.tables) == 9 + 3
    assert NO_REPORT in [paragraph.text for paragraph in word.paragraphs]
    assert (
        client.get(reverse("admin:reports_tally_file", args=[filed.pk, YEAR, "pdf"])).status_code
        == 404
    )


def test_nothing_published_is_said_and_there_is_nothing_to_download(client, city, bureau):
    said = page(client, agency=city.pk, year=YEAR).content.decode()
    assert "没有可以汇总的数" in said
    assert bureau.name in said
    where = reverse("admin:reports_tally_file", args=[city.pk, YEAR, "xlsx"])
    assert client.get(where).status_code == 404


def test_another_subtree_is_not_there_and_an_auditor_reads_all(client, elsewhere, as_role):
    assert page(client, agency=elsewhere.pk, year=YEAR).status_code == 404
    assert page(as_role(Role.AUDITOR), agency=elsewhere.pk, year=YEAR).status_code == 200
    assert page(as_role(Role.SYSTEM_ADMINISTRATOR)).status_code == 403


@pytest.mark.parametrize("asked", [{"agency": "x"}, {"year": "abc"}, {"form": "1999"}])
def test_what_is_not_there_is_not_found(client, filed, asked):
    assert page(client, **{"agency": filed.pk, "year": YEAR} | asked).status_code == 404


@pytest.mark.parametrize("key", ["x", "%7B%7B", "1e9", "99999999999999999999"])
def test_what_is_no_key_is_not_found(client, key):
    answer = client.get(f"/admin/reports/tally/{key}/change/", follow=True)
    assert answer.status_code == 404

"""The auditor reads the trail: filtered, by pages, one entry, exported."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from reports.actions.auditing import Result, note
from reports.actions.chaining import link_all
from reports.actions.drafting import save_narrative
from reports.actions.verifying import verify
from reports.models import AuditEntry
from reports.queries.audit import A_PAGE, VERBS
from reports.workflow import Role
from tests.factories import make_agency, make_revision, make_user

from .conftest import entered

pytestmark = pytest.mark.django_db
AUDIT = "/admin/reports/auditentry/"


@pytest.fixture
def auditor():
    return entered(make_user(Role.AUDITOR, name="沈审计"))


@pytest.fixture
def trail(bureau, elsewhere, author, supervisor):
    note("change_agency", elsewhere, by=supervisor)
    save_narrative(make_revision(2024, bureau), "overview", "文字", base_version=0, by=author)
    note("log_in", supervisor, result=Result.REFUSED)


def rows(response):
    page = html.fromstring(response.content.decode())
    return [
        [" ".join(cell.text_content().split()) for cell in row.iterchildren()]
        for row in page.findall(".//main//tbody/tr") or page.findall(".//tbody/tr")
    ]


def subjects(client, query):
    return [row[3] for row in rows(client.get(f"{AUDIT}?{query}"))]


def test_the_newest_comes_first_with_who_what_and_how_it_ended(auditor, trail):
    listed = rows(auditor.get(AUDIT))
    assert [row[1:5] for row in listed] == [
        ["未登录", "登录", "申审核", "被拒绝"],
        ["甄填报（" + listed[1][1].split("（")[1], "保存“总体情况”", "虚构市某局2024年度报告（第1版）", "办成"],
        ["申审核（" + listed[2][1].split("（")[1], "修改机关", "别处市人民政府", "办成"],
    ]  # fmt: skip
    assert listed[1][1].endswith("填报员")


def test_each_filter_leaves_what_it_says(auditor, trail, city, bureau, author):
    report = "虚构市某局2024年度报告（第1版）"
    assert subjects(auditor, "who=甄填报") == [report]
    assert subjects(auditor, f"who={author.username}") == [report]
    assert subjects(auditor, "verb=change_agency") == ["别处市人民政府"]
    assert subjects(auditor, "subject=某局") == [report]
    assert subjects(auditor, f"agency={city.slug}") == [report]
    assert subjects(auditor, f"agency={city.name}") == [report]
    assert subjects(auditor, f"agency=%00{city.name}") == [report], "PostgreSQL knows no such sign"
    assert subjects(auditor, "result=refused") == ["申审核"]
    today = timezone.localdate()
    assert len(subjects(auditor, f"since={today}&until={today}")) == 3
    assert subjects(auditor, f"since={today + timedelta(days=1)}") == []
    assert "没有记录" in auditor.get(f"{AUDIT}?who=没有这个人").content.decode()


def test_of_agencies_of_one_name_the_auditor_is_asked_which(auditor, trail, city):
    make_agency(city.name)
    page = auditor.get(f"{AUDIT}?agency={city.name}").content.decode()
    assert "不止一个，请改写它的网址标识" in page
    assert "请写全称" in auditor.get(f"{AUDIT}?agency=没有这个机关").content.decode()


def test_what_is_typed_wrongly_is_said_and_left_out(auditor, trail):
    response = auditor.get(f"{AUDIT}?since=昨天&agency=x&verb=x&before=x")
    assert response.status_code == 200
    assert len(rows(response)) == 3
    assert "field-error" in response.content.decode()


def test_pages_follow_keys_both_ways_and_count_nothing(auditor, bureau):
    for number in range(2 * A_PAGE + 5):
        note("change_agency", f"第{number}个")
    seen, address = [], AUDIT
    while address:
        with CaptureQueriesContext(connection) as asked:
            response = auditor.get(address)
        assert not [q for q in asked if "COUNT(" in q["sql"] and "auditentry" in q["sql"]]
        seen += [row[3] for row in rows(response)]
        page = html.fromstring(response.content.decode())
        older = [a.get("href") for a in page.iter("a") if a.text_content() == "较早的"]
        address = f"{AUDIT}{older[0]}" if older else ""
    assert seen == [f"第{number}个" for number in reversed(range(2 * A_PAGE + 5))]
    [newer] = [a.get("href") for a in page.iter("a") if a.text_content() == "较新的"]
    assert [row[3] for row in rows(auditor.get(f"{AUDIT}{newer}"))] == seen[A_PAGE : 2 * A_PAGE]


def test_an_entry_leads_to_its_report_and_shows_its_link(auditor, trail):
    link_all()
    entry = AuditEntry.objects.get(verb="save_overview")
    said = auditor.get(f"{AUDIT}{entry.pk}/change/").content.decode()
    assert f"/admin/reports/revision/{entry.subject_key}/review/" in said
    assert f"链号 {entry.link.sequence}" in said
    assert entry.link.hash in said


def test_the_chains_state_is_shown(auditor, trail):
    assert "还没有核验过" in auditor.get(AUDIT).content.decode()
    assert list(verify()) == []
    said = auditor.get(AUDIT).content.decode()
    assert "完整" in said
    assert "sha256" in said


def test_the_export_is_whole_harmless_and_itself_in_the_trail(auditor, trail, supervisor):
    note("change_agency", "=HYPERLINK(1)", by=supervisor)
    response = auditor.get(f"{AUDIT}export.csv?verb=change_agency")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    listed = list(csv.DictReader(StringIO(text)))
    assert [row["对象"] for row in listed] == ["别处市人民政府", "'=HYPERLINK(1)"]
    noted = AuditEntry.objects.get(verb="export_audit")
    assert (noted.display_name, noted.detail) == ("沈审计", {"asked": {"verb": "change_agency"}})


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.AUDITOR, Role.AUTHOR}))
def test_nobody_else_reads_the_trail(as_role, trail, role):
    client, entry = as_role(role), AuditEntry.objects.first()
    for rest in ("", "export.csv", f"{entry.pk}/change/", f"{entry.pk}/history/"):
        assert client.get(f"{AUDIT}{rest}").status_code == 403


def test_every_verb_has_words():
    assert all(VERBS.values())

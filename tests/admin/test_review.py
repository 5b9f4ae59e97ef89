"""The review page: the report as it will look, findings, differences, last year, history."""

import pytest
from lxml import html

from reports.actions.correcting import correct
from reports.actions.drafting import save_narrative
from reports.actions.explaining import explain
from reports.actions.moves import move
from reports.models import Revision
from reports.queries.findings import findings_of
from reports.workflow import State
from tests.factories import complete, in_state, make_revision, written_by

pytestmark = pytest.mark.django_db
LAST = {"natural_person": {"received": 4, "granted": 3, "carried_forward": 1}}
THIS = {"natural_person": {"received": 5, "brought_forward": 2, "granted": 7}}


def page_of(client, revision):
    response = client.get(f"/admin/reports/revision/{revision.pk}/review/")
    assert response.status_code == 200
    return html.fromstring(response.content.decode())


def section(page, name):
    return " ".join(page.get_element_by_id(name).text_content().split())


def publish(revision, author, supervisor):
    for verb, by in (("submit", author), ("approve", supervisor), ("publish", supervisor)):
        move(Revision.objects.get(pk=revision.pk), verb, by=by)


@pytest.fixture
def returned(bureau, author, supervisor):
    """Explained, submitted, returned, rewritten and submitted again; with a last year."""
    publish(complete(make_revision(2023, bureau), columns=LAST), author, supervisor)
    revision = complete(make_revision(2024, bureau), columns=THIS)
    for noted in findings_of(revision):
        if noted.blocks:
            explain(revision, noted.finding.fingerprint, "交接时核实为两件。", by=author)
    move(revision, "submit", by=author)
    move(revision, "return", by=supervisor, note="请补充监督保障的情况。")
    part = revision.parts.get(key="overview")
    text = part.text.replace("业务培训", "两次业务培训") + "\n同时开展了抽查。"
    save_narrative(revision, "overview", text, base_version=part.version, by=author)
    move(revision, "submit", by=author)
    return Revision.objects.get(pk=revision.pk)


def test_findings_stand_with_their_severity_reason_author_and_place(client, returned):
    page = page_of(client, returned)
    said = section(page, "findings")
    assert "上一年度报告“四、结转下年度”（1）" in said
    assert "已说明" in said
    assert "说明：交接时核实为两件。（甄填报，" in said
    links = [a.get("href") for a in page.get_element_by_id("findings").iter("a")]
    anchors = [each for each in links if each.startswith("#")]
    assert anchors[0] == "#cell-applications.natural_person.brought_forward"
    assert all(page.get_element_by_id(anchor[1:]) is not None for anchor in anchors)


def test_the_report_is_drawn_with_marks_at_findings_and_changes(client, returned):
    page = page_of(client, returned)
    cell = page.get_element_by_id("cell-applications.natural_person.brought_forward")
    assert "mark-explain" in cell.get("class")
    added = page.get_element_by_id("report").find_class("mark-changed")
    assert ["新增" in each.text_content() for each in added] == [False, True]


def test_the_differences_are_those_from_the_last_submission(client, returned):
    page = page_of(client, returned)
    changes = page.get_element_by_id("changes")
    assert [each.text for each in changes.iter("ins")] == ["两次", "同时开展了抽查。"]
    assert list(changes.iter("del")) == []


def test_a_first_submission_says_that_there_is_nothing_to_compare(client, bureau, author):
    revision = complete(make_revision(2024, bureau))
    move(revision, "submit", by=author)
    assert "这是第一次送审的文本" in section(page_of(client, revision), "changes")


def test_last_year_stands_beside(client, returned, bureau):
    page = page_of(client, returned)
    cells = [
        [" ".join(cell.text_content().split()) for cell in row]
        for row in page.get_element_by_id("last-year").iter("tr")
    ]
    assert ["“自然人”列“一、本年新收政府信息公开申请数量”", "4", "5", "+1"] in cells
    assert ["“自然人”列“四、结转下年度继续办理”", "1", "0", "−1"] in cells


def test_without_a_last_year_the_page_says_so(client, bureau):
    revision = in_state(complete(make_revision(2024, bureau)), State.IN_REVIEW)
    assert "没有本机关上一年度公布的报告" in section(page_of(client, revision), "last-year")


def test_the_history_tells_who_did_what_in_chinese_the_newest_first(client, returned):
    entries = [
        " ".join(each.text_content().split()[2:])
        for each in page_of(client, returned).get_element_by_id("history").iter("li")
    ]
    assert entries == [
        "甄填报 送审",
        "甄填报 保存“总体情况”",
        "申审核 退回修改 请补充监督保障的情况。",
        "甄填报 送审",
        "甄填报 说明检查结果 交接时核实为两件。",
        "甄填报 说明检查结果 交接时核实为两件。",
    ]


def test_repeated_saves_are_one_line(client, bureau, author):
    revision = complete(make_revision(2024, bureau))
    for _ in range(3):
        written_by(revision, author)
    assert "保存“总体情况”（3 次）" in section(page_of(client, revision), "history")


def buttons(page):
    panel = page.find(".//section[@class='panel']")
    drawn = (each for each in panel.iter("button", "a") if "button" in each.get("class", ""))
    return [each.text_content().strip() for each in drawn]


@pytest.mark.parametrize(
    ("state", "shown"),
    [
        (State.DRAFT, []),
        (State.IN_REVIEW, ["审定", "退回修改"]),
        (State.APPROVED, ["公布…", "退回修改"]),
    ],
)
def test_the_buttons_are_what_may_be_done_now(client, bureau, state, shown):
    revision = in_state(complete(make_revision(2024, bureau)), state)
    assert buttons(page_of(client, revision)) == shown


def test_who_wrote_is_told_why_there_is_no_button(client, bureau, supervisor):
    revision = in_state(complete(make_revision(2024, bureau)), State.IN_REVIEW)
    written_by(revision, supervisor)
    page = page_of(client, revision)
    assert buttons(page) == ["退回修改"]
    assert "您在这份报告中填写过内容" in page.text_content()


def test_every_form_is_a_post_with_a_token_and_what_was_seen(client, returned):
    forms = page_of(client, returned).find(".//section[@class='panel']").iter("form")
    seen = str(returned.events.order_by("pk").last().pk)
    for form in forms:
        fields = {each.get("name"): each.get("value") for each in form.iter("input")}
        assert form.get("method") == "post"
        assert fields["csrfmiddlewaretoken"]
        assert fields["seen"] == seen


def test_a_correction_is_judged_beside_the_published_text(client, bureau, author, supervisor):
    """Its reason, its number and what it changes, once."""
    published = complete(make_revision(2023, bureau), columns=LAST)
    publish(published, author, supervisor)
    correction = correct(published, "第五部分漏写一项。", by=author)
    text = correction.parts.get(key="problems").text + "\n另有一项没有写明。"
    save_narrative(correction, "problems", text, base_version=1, by=author)
    move(correction, "submit", by=author)
    page = page_of(client, correction)
    assert "更正第2版：与公布的第1版的差异" in section(page, "correction")
    assert "第五部分漏写一项。" in section(page, "correction")
    added = [each.text for each in page.get_element_by_id("correction").iter("ins")]
    assert added == ["另有一项没有写明。"]
    assert page.find(".//section[@id='changes']") is None

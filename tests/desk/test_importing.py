"""导入: documents handed in at the shelf, corrected cell by cell, and stored."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from reports.actions.importing import receive_one
from reports.editions import EDITIONS
from reports.models import Agency, DraftInput, Revision, Upload
from reports.queries.sheets import sheet_of
from reports.sheet import filled
from reports.workflow import Role
from tests.factories import make_agency, make_user
from tests.importers.documents import as_lines, parts_of, refigured, tables_of
from tests.public.sent import as_text, broken, sound, with_figures

from .conftest import YEAR, Desk

pytestmark = pytest.mark.django_db
TOTAL = "applications.natural_person.outcomes_total"
ALL_TOTAL = "applications.total.outcomes_total"


def named(sheet, agency: Agency, year: int = 0):
    """The sheet as the agency's."""
    year = year or sheet.year
    texts = {
        key: getattr(sheet, key).replace(sheet.agency, agency.name)
        for key in ("title", "preface", "overview", "problems", "other_matters", "signed_by")
    }
    return replace(sheet, agency=agency.name, year=year, **texts)


def filled_2019(sheet):
    return replace(filled(EDITIONS[2019], sheet.agency, sheet.year), title=sheet.title)


def send(client: Client, *contents: bytes | tuple[str, bytes], follow: bool = True):
    files = [
        SimpleUploadedFile(*(each if isinstance(each, tuple) else (f"报告{n}.txt", each)))
        for n, each in enumerate(contents, 1)
    ]
    return client.post(reverse("desk:import_new"), {"documents": files}, follow=follow)


def words(response) -> str:
    return " ".join("".join(html.fromstring(response.content).find(".//main").itertext()).split())


def read_one(desk: Desk, content: bytes, name: str = "报告.txt") -> Upload:
    send(desk.client, (name, content))
    return Upload.objects.latest("pk")


def url(upload: Upload, name: str = "import_one") -> str:
    return reverse(f"desk:{name}", args=[upload.pk])


def boxes(client: Client, upload: Upload) -> dict[str, str]:
    """Everything that the form of a document's page would send."""
    page = html.fromstring(client.get(url(upload)).content)
    form = page.find(".//form[@data-corrections]")
    return {name: value or "" for name, value in form.form_values()}


def press(client: Client, upload: Upload, store: str = "", **typed: str):
    sent = boxes(client, upload) | {name.replace("__", "."): text for name, text in typed.items()}
    return client.post(url(upload), sent | ({"store": store} if store else {}), follow=True)


def doubtful(desk: Desk) -> bytes:
    """A document of the desk's agency in which two cells are not simply numbers."""
    sheet = named(sound(YEAR), desk.agency)
    tables = tables_of(sheet)
    turn = iter(["减3", "/"])
    odd = refigured(tables["applications"], lambda text: next(turn, text))
    return as_lines(parts_of(sheet, {**tables, "applications": odd}))


# handing in


def test_each_document_has_its_line(desk: Desk):
    good, bad = as_text(named(broken(), desk.agency)), b"\x89PNG\r\n\x1a\n"
    page = words(send(desk.client, ("好.txt", good), ("坏.png", bad), ("好的副本.txt", good)))
    assert "好.txt" in page
    assert f"{desk.agency.name}，2024年度，2021年版；200 格中读出数字 200 格" in page
    assert "检查结果" in page
    assert "这是图片，不能读取文字" in page
    assert "好.txt是同一份文件，只读一次" in page
    assert "3 份都已处理" in page


def test_what_was_imported_already_is_linked(desk: Desk):
    content = as_text(named(broken(), desk.agency, 2020))
    press(desk.client, read_one(desk, content), "transcript", year="2020")
    page = send(desk.client, content)
    assert "这份文件已经导入过" in words(page)
    revision = Revision.objects.get(report__year=2020)
    assert reverse("desk:hub", args=[revision.pk]) in page.text


def test_nothing_chosen_is_said(desk: Desk):
    response = desk.client.post(reverse("desk:import_new"))
    assert response.status_code == 422
    assert "还没有选择文件" in words(response)


def test_too_many_are_refused_in_words(desk: Desk):
    response = send(desk.client, *[b"x"] * 101)
    assert response.status_code == 422
    assert "一次最多 100 份" in words(response)
    assert not Upload.objects.exists()


def test_a_document_that_still_waits_says_so(desk: Desk):
    receive_one(SimpleUploadedFile("等.txt", as_text(sound())), by=desk.author)
    page = words(desk.client.get(reverse("desk:imports")))
    assert "还有 1 份在读取或者等待读取" in page
    assert "刷新" in page


def test_one_whose_worker_died_can_be_read_again(desk: Desk):
    upload = receive_one(SimpleUploadedFile("等.txt", as_text(sound())), by=desk.author)
    Upload.objects.update(state="reading", begun_at="2020-01-01T00:00Z")
    assert "再读一次" in words(desk.client.get(reverse("desk:imports")))
    desk.client.post(url(upload, "import_again"))
    upload.refresh_from_db()
    assert upload.state == "read"


def test_the_list_asks_as_much_for_many_as_for_one(desk: Desk):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            desk.client.get(reverse("desk:imports"))
        return len(queries)

    send(desk.client, as_text(named(sound(2014), desk.agency)))
    for_one = asked()
    send(desk.client, *[as_text(named(sound(year), desk.agency)) for year in range(2015, 2024)])
    assert Upload.objects.count() == 10
    assert asked() == for_one


# one document


def test_what_is_not_simply_a_number_is_told_below_its_row_and_named_by_its_box(desk: Desk):
    upload = read_one(desk, doubtful(desk))
    assert upload.doubts == 2
    page = html.fromstring(desk.client.get(url(upload)).content)
    told = [p for p in page.iterfind(".//p") if "told" in (p.get("class") or "")]
    said = ["".join(p.itertext()) for p in told]
    assert len(said) == 2
    assert "自然人，第2张表第4行第2格" in said[0]
    assert "印作“减3”" in said[0]
    assert "印作“/”" in said[1]
    for p in told:
        box = page.find(f".//input[@aria-describedby='{p.get('id')}']")
        assert box is not None
        assert box.get("aria-label")


def test_every_cell_of_the_form_is_a_box(desk: Desk):
    upload = read_one(desk, as_text(named(broken(), desk.agency)))
    sent = boxes(desk.client, upload)
    assert sum("." in name for name in sent) == upload.cells == 200
    assert sent[TOTAL] == "1"
    assert sent["agency"] == str(desk.agency.pk)
    assert sent["year"] == "2024"
    assert sent["signed_on"] == "2025年1月20日"


def test_nothing_changed_is_no_correction(desk: Desk):
    upload = read_one(desk, as_text(named(broken(), desk.agency)))
    press(desk.client, upload)
    upload.refresh_from_db()
    assert set(upload.corrections) == {"agency", "year"}


def test_what_is_no_number_is_refused_in_words_and_kept(desk: Desk):
    upload = read_one(desk, as_text(named(sound(), desk.agency)))
    page = press(desk.client, upload, applications__natural_person__received="3件")
    assert page.status_code == 422
    assert "填的是“3件”：这里只填数字，请改为 3。" in words(page)
    assert boxes(desk.client, upload)["applications.natural_person.received"] == "3件"
    assert "这里只填数字" in words(desk.client.get(url(upload)))


def test_a_correction_is_shown_beside_what_was_read(desk: Desk):
    upload = read_one(desk, as_text(named(broken(), desk.agency)))
    page = words(press(desk.client, upload, applications__natural_person__outcomes_total="2"))
    assert "印作“1”；机器读作 1，您改为 2。" in page
    assert "自然人，第2张表第" in page


def test_the_second_of_two_is_shown_both(desk: Desk, colleague):
    upload = read_one(desk, as_text(named(broken(), desk.agency)))
    mine = boxes(desk.client, upload) | {TOTAL: "5"}
    press(desk.client_of(colleague), upload, applications__natural_person__outcomes_total="2")
    page = desk.client.post(url(upload), mine)
    assert page.status_code == 409
    assert "贾同事保存过" in words(page)
    assert "您的“5”，已保存的“2”" in words(page)
    upload.refresh_from_db()
    assert upload.corrections[TOTAL] == "2"
    form = html.fromstring(page.content).find(".//form[@data-corrections]")
    assert dict(form.form_values())[TOTAL] == "5"
    desk.client.post(url(upload), dict(form.form_values()))
    upload.refresh_from_db()
    assert upload.corrections[TOTAL] == "5"


def test_a_log_out_in_between_loses_nothing(desk: Desk):
    upload = read_one(desk, as_text(named(broken(), desk.agency)))
    mine = boxes(desk.client, upload) | {TOTAL: "2"}
    desk.client.logout()
    assert desk.client.post(url(upload), mine).url.startswith("/accounts/login/")
    desk.client.force_login(desk.author)
    assert desk.client.get(url(upload), follow=True).status_code == 200
    upload.refresh_from_db()
    assert upload.corrections[TOTAL] == "2"


def test_figures_of_another_edition_are_shown_and_keep_it_from_being_a_draft(desk: Desk):
    desk.revision.report.revisions.all().delete()
    sheet = named(sound(YEAR), desk.agency)
    mixed = {**tables_of(sheet), "applications": tables_of(filled_2019(sheet))["applications"]}
    upload = read_one(desk, as_lines(parts_of(sheet, mixed)))
    assert "这一版格式没有的数字格" in words(desk.client.get(url(upload)))
    refused = press(desk.client, upload, "draft")
    assert refused.status_code in (409, 422)
    assert not Revision.objects.filter(report__year=YEAR).exists()


# storing


def test_this_years_document_with_a_misread_cell_becomes_the_draft(desk: Desk):
    desk.revision.report.revisions.all().delete()
    document = with_figures(
        named(sound(YEAR), desk.agency),
        brought_forward=1, received=1, granted=2, outcomes_total=2, carried_forward=7,
    )  # fmt: skip
    upload = read_one(desk, as_text(document))
    refused = press(desk.client, upload, "draft")
    assert refused.status_code == 422
    assert "数字不相符，没有存为草稿" in words(refused)
    summary = html.fromstring(refused.content).get_element_by_id("error-summary")
    jumps = {a.get("href")[1:] for a in summary.iter("a")}
    ids = {each.get("id") for each in html.fromstring(refused.content).iterfind(".//*[@id]")}
    assert jumps
    assert jumps <= ids
    right = {f"applications__{who}__carried_forward": "0" for who in ("natural_person", "total")}
    done = press(desk.client, upload, "draft", **right)
    assert "已存为草稿" in words(done)
    draft = Revision.objects.get(report__agency=desk.agency, report__year=YEAR)
    assert not draft.as_printed
    assert sheet_of(draft).applications["natural_person"]["carried_forward"] == 0


def test_a_historical_report_is_stored_with_its_errors_and_waits_for_another(desk: Desk):
    upload = read_one(desk, as_text(named(broken(), desk.agency, 2020)))
    done = press(desk.client, upload, "transcript", year="2020")
    assert "已按原样照录" in words(done)
    assert "现在轮到审核员公布" in words(done)
    stored = Revision.objects.get(report__agency=desk.agency, report__year=2020)
    assert stored.as_printed
    assert sheet_of(stored).applications["natural_person"]["outcomes_total"] == 1


def test_without_agency_or_year_it_is_asked_for(desk: Desk):
    upload = read_one(desk, as_text(named(sound(), desk.agency)))
    page = press(desk.client, upload, "transcript", agency="", year="")
    assert page.status_code == 422
    assert "请选择是哪个机关的报告" in words(page)
    assert "请填写报告年度" in words(page)


def test_another_agency_than_ones_own_cannot_be_chosen(desk: Desk):
    other = make_agency()
    upload = read_one(desk, as_text(named(sound(), desk.agency)))
    page = press(desk.client, upload, "transcript", agency=str(other.pk))
    assert page.status_code == 422
    assert "不在您填报的机关之内" in words(page)
    assert not Revision.objects.filter(report__agency=other).exists()


def test_a_year_with_a_draft_is_said_and_its_parts_can_be_filled(desk: Desk):
    upload = read_one(desk, as_text(named(sound(YEAR), desk.agency)))
    page = desk.client.get(url(upload))
    assert f"{YEAR}年度已有一份文本" in words(page)
    assert 'value="transcript"' not in page.text
    refused = press(desk.client, upload, "transcript")
    assert "没有再导入" in words(refused)
    done = desk.client.post(
        url(upload, "import_into"), {"part": ["remedies", "overview"]}, follow=True
    )
    assert "已填入，尚未保存" in words(done)
    kept = {each.part: each.content for each in DraftInput.objects.filter(user=desk.author)}
    assert set(kept) == {"remedies", "overview"}
    assert kept["overview"]["text"] == sound(YEAR).overview
    assert kept["remedies"]["reconsideration.upheld"] == "0"
    again = desk.client.post(url(upload, "import_into"), {"part": ["overview"]}, follow=True)
    assert "您在那里有未保存的内容" in words(again)


def test_what_is_given_up_is_asked_first(desk: Desk):
    upload = read_one(desk, as_text(named(sound(), desk.agency)))
    assert "不能恢复" in words(desk.client.get(url(upload, "import_discard")))
    assert Upload.objects.exists()
    desk.client.post(url(upload, "import_discard"))
    assert not Upload.objects.exists()


# many


def test_all_without_trouble_are_stored_after_each_is_named(desk: Desk):
    contents = [as_text(named(sound(year), desk.agency)) for year in (2019 + 2, 2022)]
    send(desk.client, *contents, ("疑.txt", doubtful(desk)), ("别.txt", as_text(sound())))
    page = desk.client.get(reverse("desk:import_store"))
    for year in (2021, 2022):
        assert f"{desk.agency.name}{year}年度报告（" in words(page)
    assert "没有认出是您填报的哪个机关" in words(page)
    assert not Revision.objects.filter(report__year__in=[2021, 2022]).exists()
    form = html.fromstring(page.content).find(".//main//form")
    chosen = [value for name, value in form.form_values() if name == "upload"]
    done = words(desk.client.post(reverse("desk:import_store"), {"upload": chosen}))
    for year in (2021, 2022):
        assert f"已照录为{desk.agency.name}{year}年度报告。" in done
    assert Upload.objects.filter(state="stored").count() == 2


def test_what_is_not_without_trouble_cannot_be_slipped_in(desk: Desk):
    upload = read_one(desk, as_text(named(sound(YEAR), desk.agency)))
    done = desk.client.post(reverse("desk:import_store"), {"upload": [upload.pk]})
    assert "没有选择任何一份" in words(done)


def test_a_reviewer_publishes_what_others_put_in(desk: Desk, supervisor):
    press(
        desk.client, read_one(desk, as_text(named(broken(), desk.agency, 2021))),
        "transcript", year="2021",
    )  # fmt: skip
    client = desk.client_of(supervisor)
    assert "公布照录的历史报告 1" in words(client.get(reverse("desk:shelf")))
    page = client.get(reverse("desk:import_publish"))
    assert f"{desk.agency.name}2021年度报告" in words(page)
    revision = Revision.objects.get(report__year=2021)
    done = client.post(reverse("desk:import_publish"), {"revision": [revision.pk]})
    assert "已公布。" in words(done)
    revision.refresh_from_db()
    assert revision.state == "published"


def test_whoever_put_it_in_is_not_offered_to_publish_it(desk: Desk):
    both = make_user(Role.AUTHOR, Role.SUPERVISOR, agency=desk.agency)
    client = desk.client_of(both)
    send(client, as_text(named(broken(), desk.agency, 2021)))
    press(client, Upload.objects.latest("pk"), "transcript", year="2021")
    assert "没有等待您公布的历史报告" in words(client.get(reverse("desk:import_publish")))
    revision = Revision.objects.get(report__year=2021)
    client.post(reverse("desk:import_publish"), {"revision": [revision.pk]})
    revision.refresh_from_db()
    assert revision.state == "draft"

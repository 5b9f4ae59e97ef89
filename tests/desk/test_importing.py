"""导入: documents handed in at the shelf, and corrected cell by cell."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from reports.actions.importing import receive_one
from reports.models import Revision, Upload
from tests.importers.documents import as_lines, parts_of, tables_of
from tests.public.sent import as_text, broken, sound

from .conftest import YEAR, Desk
from .handed_in import boxes, doubtful, filled_2019, named, press, read_one, send, url, words

pytestmark = pytest.mark.django_db
TOTAL = "applications.natural_person.outcomes_total"


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


def test_a_long_list_is_read_by_key_to_the_oldest_and_back(desk: Desk, monkeypatch):
    monkeypatch.setattr("reports.desk.importing.A_PAGE", 2)
    for n in range(5):
        receive_one(SimpleUploadedFile(f"等{n}.txt", as_text(sound(2014 + n))), by=desk.author)

    def read(query: str = "") -> tuple[list[str], dict[str, str]]:
        response = desk.client.get(reverse("desk:imports") + query)
        links = html.fromstring(response.content).xpath("//nav[@class='pages']/a[@rel]")
        onward = {each.get("rel"): each.get("href") for each in links}
        return [upload.filename for upload in response.context["page"].rows], onward

    first, onward = read()
    assert (first, onward.keys()) == (["等4.txt", "等3.txt"], {"next"})
    second, onward = read(onward["next"])
    assert (second, onward.keys()) == (["等2.txt", "等1.txt"], {"prev", "next"})
    last, back = read(onward["next"])
    assert (last, back.keys()) == (["等0.txt"], {"prev"})
    assert read(back["prev"])[0] == second
    for nonsense in ("?page=3", "?after=abc", "?before=-1", f"?after={'9' * 40}", "?after=%00"):
        assert read(nonsense)[0] == first


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

"""校核: what a reader is shown of a document of their own, and that nothing of it stays."""

import logging
from dataclasses import replace
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from lxml import html

from reports.importers.opening import LARGEST_FILE
from reports.models import ListedWord, WordList
from reports.public import limits

from .sent import AGENCY, BROKEN, as_text, broken, sound, with_figures

pytestmark = pytest.mark.django_db
UNREADABLE = b"\x89PNG\r\n\x1a\n and no text"


@pytest.fixture(autouse=True)
def _nobody_has_asked_yet():
    caches["counts"].clear()


def send(client, content: bytes | None, *, name: str = "报告.txt", last: bytes = b"", **typed):
    files = {}
    if content is not None:
        files["document"] = SimpleUploadedFile(name, content)
    if last:
        files["last_year"] = SimpleUploadedFile("去年.txt", last)
    return client.post("/check/", {**files, **typed})


def shown(response):
    return html.fromstring(response.content)


def words(element) -> str:
    return " ".join("".join(element.itertext()).split())


def summary(response) -> str:
    return words(shown(response).get_element_by_id("error-summary"))


# what is shown


def test_word_lists_for_everybody_are_used_and_no_others(client):
    for name, in_public in (("公开的词表", True), ("内部的词表", False)):
        word_list = WordList.objects.create(name=name, kind="sensitive", in_public=in_public)
        ListedWord.objects.create(word_list=word_list, word=f"{name[:2]}代号", severity="error")
    sheet = replace(sound(), problems="公开代号、内部代号。")
    said = words(shown(send(client, as_text(sheet))))
    assert "有敏感词“公开代号”" in said
    assert "有敏感词“内部代号”" not in said


def test_a_finding_is_shown_message_first_and_its_cell_is_marked(client):
    response = send(client, as_text(broken()))
    assert response.status_code == 200
    page = shown(response)
    finding = next(
        each for each in page.findall(".//li[@class='finding']") if BROKEN in words(each)
    )
    assert words(finding).startswith(BROKEN)
    assert "应当改正" in words(finding)
    assert words(finding).endswith("C01")
    anchor = finding.find(".//a").get("href")[1:]
    assert anchor == "cell-applications.natural_person.outcomes_total"
    assert "mark-error" in page.get_element_by_id(anchor).get("class")
    assert "应当改正" in words(page.get_element_by_id(anchor))


def test_what_was_read_is_said(client):
    page = shown(send(client, as_text(broken()), name="我的报告.txt"))
    said = words(page.find(".//aside"))
    for expected in (
        AGENCY,
        "2024年度",
        "2021年版",
        "我的报告.txt",
        "格式共 200 格，读出数字 200 格",
    ):
        assert expected in said


def test_findings_are_counted_by_severity(client):
    page = shown(send(client, as_text(broken())))
    errors = sum("应当改正" in words(each) for each in page.findall(".//li[@class='finding']"))
    assert f"应当改正 {errors} 项" in words(page.find(".//p[@class='lead']"))


def test_a_sound_report_is_told_so_in_a_sentence(client):
    page = shown(send(client, as_text(sound())))
    assert "没有发现问题" in words(page.find(".//div[@class='notice notice-ok']"))
    assert page.findall(".//li[@class='finding']") == []
    assert page.find(".//article") is not None


@pytest.mark.parametrize(
    "text",
    [
        as_text(broken()),
        as_text(broken()).replace("虚构区第一局编制".encode(), b"", 1),
        "虚构区第一局2024年政府信息公开工作年度报告\n一、总体情况\n2023年，公开信息三条。\n".encode(),
        "年度报告\n二、主动公开政府信息情况\n没有表格。\n2023年1月1日\n".encode(),
    ],
    ids=["whole", "changed", "one part", "no body and no year"],
)
def test_every_jump_leads_somewhere_and_every_id_is_one(client, text):
    page = shown(send(client, text))
    ids = [each.get("id") for each in page.iterfind(".//*[@id]")]
    jumps = [each.get("href")[1:] for each in page.iterfind(".//li[@class='finding']//a")]
    assert jumps
    assert set(jumps) <= set(ids)
    assert len(ids) == len(set(ids))


def test_the_signature_has_a_place_of_its_own(client):
    text = as_text(sound()).replace("2025年1月20日".encode(), "2025年6月20日".encode())
    page = shown(send(client, text))
    assert page.find(".//li[@class='finding']//a").get("href") == "#report-signature"
    assert "mark-explain" in page.get_element_by_id("report-signature").get("class")


def test_last_years_document_is_compared(client):
    last = with_figures(sound(2023), received=1, carried_forward=1)
    said = words(shown(send(client, as_text(sound()), last=as_text(last))))
    assert "C10" in said
    assert "跨年核对的结果可能不成立" not in said


def test_another_document_than_last_years_is_remarked_upon(client):
    page = shown(send(client, as_text(sound()), last=as_text(sound(2022))))
    assert "读出的年度是2022年，不是2023年" in words(page.find(".//ul[@class='check-notes']"))


def test_what_the_file_does_not_tell_can_be_typed(client):
    text = as_text(sound()).replace(sound().title.encode(), "年度报告".encode())
    text = text.replace(b"2024", b"").replace(b"2025", b"").replace(AGENCY.encode(), b"")
    first = words(shown(send(client, text)))
    assert "没有读出机关名称和报告年度" in first
    second = shown(send(client, text, agency="虚构区第二局", year="2024年"))
    assert "虚构区第二局，2024年度" in words(second.find(".//p[@class='check-of']"))


@pytest.mark.parametrize("answer", ["docx", "xlsx", "html", "json"])
def test_the_same_form_answers_with_a_file(client, answer):
    response = send(client, as_text(broken()), answer=answer)
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    assert f".{answer}" in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]
    assert response.content.startswith(b"PK") == (answer in ("docx", "xlsx"))


def test_a_format_which_is_not_offered_is_refused_in_words(client):
    response = send(client, as_text(broken()), answer="exe")
    assert response.status_code == 422
    assert "没有这种结果的格式" in summary(response)


# what is refused


def test_an_unreadable_document_is_refused_in_its_sentence_and_the_form_stays(client):
    response = send(client, UNREADABLE, name="照片.txt", agency=AGENCY, year="2024")
    assert response.status_code == 422
    assert "“照片.txt”：这是图片，不能读取文字" in summary(response)
    page = shown(response)
    box = page.get_element_by_id("error-summary")
    assert "autofocus" in box.attrib
    assert page.get_element_by_id(box.find(".//a").get("href")[1:]).get("aria-invalid") == "true"
    assert page.get_element_by_id("id_agency").get("value") == AGENCY
    assert page.get_element_by_id("id_year").get("value") == "2024"


def test_an_unreadable_document_of_last_year_is_refused_at_its_own_field(client):
    response = send(client, as_text(sound()), last=UNREADABLE)
    assert response.status_code == 422
    assert shown(response).get_element_by_id("id_last_year").get("aria-invalid") == "true"


@pytest.mark.parametrize(
    ("sent", "typed", "expected"),
    [
        (None, {}, "还没有选择文件"),
        (b"", {}, "这个文件是空的"),
        (b"x", {"year": "24"}, "报告年度填的是“24”：请填四位数字的年份"),
    ],
)
def test_a_form_not_filled_in_is_refused_in_words(client, sent, typed, expected):
    response = send(client, sent, **typed)
    assert response.status_code == 422
    assert expected in summary(response)


def test_a_file_too_large_is_refused_and_no_more_of_it_is_kept(client):
    response = send(client, b"x" * (LARGEST_FILE + 2**20), name="大.docx")
    assert response.status_code == 422
    assert "“大.docx”超过 20 MB" in summary(response)
    file = response.wsgi_request.FILES["document"]
    assert LARGEST_FILE < file.size <= LARGEST_FILE + 2**17


def test_an_address_may_send_so_many_and_then_has_to_wait(client, monkeypatch):
    monkeypatch.setattr(limits, "DOCUMENTS", 2)
    text = as_text(sound())
    assert send(client, text, last=text).status_code == 200
    refused = send(client, text, agency=AGENCY)
    assert refused.status_code == 429
    assert refused["Retry-After"] == "600"
    assert "请过 10 分钟再来" in summary(refused)
    assert shown(refused).get_element_by_id("id_agency").get("value") == AGENCY
    assert send(Client(REMOTE_ADDR="198.51.100.7"), text).status_code == 200


@pytest.mark.parametrize(("behind", "expected"), [(True, "203.0.113.9"), (False, "198.51.100.1")])
def test_a_proxys_word_counts_only_where_there_is_one(settings, behind, expected):
    settings.BEHIND_PROXY = behind
    request = RequestFactory().post(
        "/check/", REMOTE_ADDR="198.51.100.1", HTTP_X_FORWARDED_FOR="192.0.2.1, 203.0.113.9"
    )
    assert limits.address_of(request) == expected


def test_a_network_of_version_6_counts_as_one_address():
    near, far = (
        limits.address_of(RequestFactory().get("/", REMOTE_ADDR=each))
        for each in ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9")
    )
    assert near == far
    mapped = RequestFactory().get("/", REMOTE_ADDR="::ffff:192.0.2.1")
    assert limits.address_of(mapped) == "192.0.2.1"


def test_a_form_from_elsewhere_is_refused():
    client = Client(enforce_csrf_checks=True)
    assert send(client, as_text(sound())).status_code == 403
    token = shown(client.get("/check/")).find(".//input[@name='csrfmiddlewaretoken']").get("value")
    assert send(client, as_text(sound()), csrfmiddlewaretoken=token).status_code == 200


# what stays


def files_below(*folders: Path) -> set[Path]:
    return {path for folder in folders for path in folder.rglob("*") if path.is_file()}


def test_nothing_of_a_document_stays_on_disk_in_the_log_or_in_a_session(
    client, settings, tmp_path, published_root, caplog
):
    settings.DATA_DIR = data = tmp_path / "data"
    settings.FILE_UPLOAD_TEMP_DIR = temporary = tmp_path / "temporary"
    for folder in (data, temporary, published_root):
        folder.mkdir(parents=True)
    large = as_text(broken()) + b"\n" * settings.FILE_UPLOAD_MAX_MEMORY_SIZE
    with caplog.at_level(logging.DEBUG):
        for text in (as_text(broken()), large, UNREADABLE):
            send(client, text, name="秘密.txt")  # the client has closed the response by now
    assert files_below(tmp_path) == set()
    assert not any(word in caplog.text for word in (AGENCY, "秘密", "127.0.0.1"))
    assert Session.objects.count() == 0
    assert set(client.cookies) == {"csrftoken"}


@pytest.mark.parametrize("sent", [as_text(sound()), UNREADABLE])
def test_no_page_is_kept_by_a_cache(client, sent):
    for response in (client.get("/check/"), send(client, sent)):
        assert "no-store" in response["Cache-Control"]


def test_the_cookie_is_set_on_this_page_only(client):
    client.get("/")
    client.get("/map/")
    assert set(client.cookies) == set()


def test_only_settings_and_word_lists_are_asked_for_and_documents_counted(client):
    text = as_text(broken())
    with CaptureQueriesContext(connection) as asked:
        assert send(client, text, last=as_text(sound(2023))).status_code == 200
    said = [each["sql"] for each in asked if "SAVEPOINT" not in each["sql"]]
    assert len([each for each in said if "shared_counts" not in each]) <= 2
    assert not any(AGENCY in each for each in said)


@pytest.mark.parametrize("path", ["/", "/map/", "/agencies/"])
def test_the_page_is_linked(client, path):
    links = [each.get("href") for each in shown(client.get(path)).iter("a")]
    assert "/check/" in links

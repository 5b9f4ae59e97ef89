"""The site's own word lists in the admin: kept, imported with a trial first, and used."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import html

from reports.models import AuditEntry, ListedWord, WordList
from reports.workflow import Role
from tests.factories import make_user

from .conftest import entered

pytestmark = pytest.mark.django_db
FILE = "词语,程度,应当写作\n青松,,\n旧局,提示,新局\n松,,\n青松,,\n".encode()


@pytest.fixture
def administrator():
    return make_user(Role.SYSTEM_ADMINISTRATOR, name="管理员甲")


@pytest.fixture
def room(administrator):
    return entered(administrator)


@pytest.fixture
def word_list():
    return WordList.objects.create(name="虚构词表", kind="sensitive")


def words(response) -> str:
    return " ".join(
        html.fromstring(response.content.decode()).find(".//main").text_content().split()
    )


def trial(room, word_list, content=FILE, name="词.csv"):
    return room.post(
        f"/admin/reports/wordlist/{word_list.pk}/import/",
        {"file": SimpleUploadedFile(name, content)},
    )


def test_a_list_and_a_word_are_made_with_who_made_them(room, administrator):
    room.post("/admin/reports/wordlist/add/", {"name": "新词表", "kind": "body", "is_on": "on"})
    made = WordList.objects.get()
    assert (made.kind, made.is_on, made.in_public, made.changed_by) == (
        "body",
        True,
        False,
        administrator,
    )
    row = {"word_list": made.pk, "word": "旧局", "severity": "error", "replacement": "新局",
           "parts": ["overview", "title"], "is_on": "on"}  # fmt: skip
    room.post("/admin/reports/listedword/add/", row)
    word = ListedWord.objects.get()
    assert (word.parts, word.changed_by, word.replacement) == (
        "overview title",
        administrator,
        "新局",
    )
    page = room.get(f"/admin/reports/listedword/{word.pk}/change/")
    ticked = html.fromstring(page.content).xpath("//input[@name='parts' and @checked]/@value")
    assert sorted(ticked) == ["overview", "title"]


def test_a_word_of_one_character_and_a_word_twice_are_refused(room, word_list):
    row = {"word_list": word_list.pk, "severity": "error", "is_on": "on"}
    said = words(room.post("/admin/reports/listedword/add/", row | {"word": "松"}))
    assert "一个字的词会处处误报" in said
    ListedWord.objects.create(word_list=word_list, word="青松", severity="error")
    said = words(room.post("/admin/reports/listedword/add/", row | {"word": "青松"}))
    assert "已经有这个词语" in said or "已存在" in said
    assert ListedWord.objects.count() == 1


def test_a_word_is_taken_away(room, word_list):
    word = ListedWord.objects.create(word_list=word_list, word="青松", severity="error")
    room.post(f"/admin/reports/listedword/{word.pk}/delete/", {"post": "yes"})
    assert not ListedWord.objects.exists()


def test_the_trial_says_what_each_row_would_do_and_stores_nothing(room, word_list):
    page = trial(room, word_list)
    said = words(page)
    assert page.status_code == 200
    assert not ListedWord.objects.exists()
    rows = html.fromstring(page.content.decode()).xpath("//tbody/tr")
    assert [[cell.text for cell in row] for row in rows] == [
        ["4", "松", "不能导入", "词语要有 2 到 60 个字，这里是 1 个字。"],
        ["2", "青松", "新增", None],
        ["3", "旧局", "新增", None],
        ["5", "青松", "重复", "与第 2 行相同。"],
    ]
    assert "导入 2 个词语" in said


def test_what_was_tried_is_imported_when_confirmed(room, word_list, administrator):
    form = html.fromstring(trial(room, word_list).content.decode()).xpath("//main//form")[0]
    response = room.post(
        f"/admin/reports/wordlist/{word_list.pk}/import/",
        {"text": form.fields["text"], "confirmed": "1"},
        follow=True,
    )
    assert "已导入“虚构词表”：新增 2 行，重复 1 行，不能导入 1 行。" in response.content.decode()
    stored = ListedWord.objects.values_list("word", "severity", "replacement", "changed_by")
    assert sorted(stored) == [
        ("旧局", "hint", "新局", administrator.pk),
        ("青松", "error", "", administrator.pk),
    ]
    noted = AuditEntry.objects.get(verb="import_words")
    assert noted.detail == {"rows": {"新增": 2, "重复": 1, "不能导入": 1}}


def test_words_are_pasted_too(room, word_list):
    page = room.post(
        f"/admin/reports/wordlist/{word_list.pk}/import/", {"text": "青松\r\n白杨\r\n"}
    )
    assert "新增 2 行" in words(page)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "还没有词语"),
        ({"text": "  \n"}, "还没有词语"),
        ({"file": SimpleUploadedFile("空.txt", b"")}, "这个文件是空的"),
        ({"file": SimpleUploadedFile("坏.xlsx", b"PK\x03\x04 broken")}, "文件已损坏"),
        ({"file": SimpleUploadedFile("图.png", b"\x89PNG\r\n\x1a\n\xff\xff\xff")}, "不能识别"),
        ({"file": SimpleUploadedFile("大.txt", "青松\n".encode() * 400_000)}, "超过 2 MB"),
    ],
)
def test_what_cannot_be_read_is_said(room, word_list, sent, said):
    for file in sent.values():
        if not isinstance(file, str):
            file.seek(0)
    page = room.post(f"/admin/reports/wordlist/{word_list.pk}/import/", sent)
    assert page.status_code == 422
    assert said in words(page)


def test_an_auditor_reads_and_imports_nothing(word_list):
    room = entered(make_user(Role.AUDITOR))
    assert room.get(f"/admin/reports/wordlist/{word_list.pk}/change/").status_code == 200
    sent = {"text": "青松", "confirmed": "1"}
    path = f"/admin/reports/wordlist/{word_list.pk}/import/"
    assert room.post(path, sent).status_code == 403
    assert not ListedWord.objects.exists()

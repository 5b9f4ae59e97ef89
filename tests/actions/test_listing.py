"""Keeping word lists: who may, and what an import does to each row."""

import pytest
from django.core.exceptions import PermissionDenied

from reports.actions.listing import import_words, remove_word, save_list, save_word
from reports.importers.word_lists import words_in_text
from reports.models import ListedWord, WordList
from reports.queries.words import Outcome, fates
from reports.workflow import Role
from tests.factories import make_agency, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return make_user(Role.SYSTEM_ADMINISTRATOR)


@pytest.fixture
def word_list():
    return WordList.objects.create(name="虚构词表", kind="body")


def told(word_list, text):
    return [(str(each.outcome), each.why) for each in fates(word_list, words_in_text(text).rows)]


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SYSTEM_ADMINISTRATOR}))
def test_nobody_else_keeps_a_list(word_list, role):
    user = make_user(role, agency=make_agency())
    word = ListedWord(word_list=word_list, word="青松", severity="error")
    rows = words_in_text("青松").rows
    for act in (
        lambda: save_list(word_list, by=user),
        lambda: save_word(word, by=user),
        lambda: import_words(word_list, rows, by=user),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert not ListedWord.objects.exists()


def test_an_import_adds_and_changes_and_takes_nothing_away(word_list, administrator):
    for word, replacement in (("旧局", "新局"), ("老局", "新局"), ("别局", "")):
        ListedWord.objects.create(
            word_list=word_list, word=word, severity="error", replacement=replacement
        )
    rows = words_in_text("词语\t应当写作\n旧局\t更新的局\n老局\t新局\n某局\t").rows
    done = import_words(word_list, rows, by=administrator)
    assert [each.outcome for each in done] == [Outcome.CHANGED, Outcome.SAME, Outcome.ADDED]
    stored = ListedWord.objects.values_list("word", "replacement", "changed_by")
    assert sorted(stored) == [
        ("别局", "", None),
        ("旧局", "更新的局", administrator.pk),
        ("某局", "", administrator.pk),
        ("老局", "新局", None),
    ]
    assert WordList.objects.get().changed_by == administrator


def test_each_row_is_told_why(word_list):
    ListedWord.objects.create(word_list=word_list, word="旧局", severity="error")
    text = f"旧局,提示\n老局,严重\n某局,,,,第九部分\n{'长' * 61}\n一局,,{'长' * 121}"
    assert told(word_list, text) == [
        ("更新", "程度有变化。"),
        ("不能导入", "程度写的是“严重”，请写“应当改正”、“需要说明”、“提示”之一，或者留空。"),
        ("不能导入", "适用的部分写的是“第九部分”，没有认出“第九部分”。"),
        ("不能导入", "词语要有 2 到 60 个字，这里是 61 个字。"),
        ("不能导入", "处理意见最多 120 个字，请缩短。"),
    ]


@pytest.mark.parametrize(
    ("said", "stored"),
    [
        ("", ""),
        ("总体情况", "overview"),
        ("六、其他需要报告的事项；标题和署名", "title other_matters"),
        ("政府信息公开行政复议、行政诉讼情况、总体情况", "overview remedies"),
        ("overview problems", "overview problems"),
    ],
)
def test_parts_are_named_by_their_titles(word_list, said, stored):
    (fate,) = fates(word_list, words_in_text(f"旧局\t\t\t\t{said}").rows)
    assert fate.values["parts"] == stored


def test_a_word_switched_off_stays_off(word_list):
    ListedWord.objects.create(word_list=word_list, word="旧局", severity="error", is_on=False)
    import_words(word_list, words_in_text("旧局,提示").rows, by=None)
    word = ListedWord.objects.get()
    assert (word.severity, word.is_on) == ("hint", False)


def test_a_word_removed_leaves_its_trace_on_the_list(word_list, administrator):
    word = ListedWord.objects.create(word_list=word_list, word="旧局", severity="error")
    remove_word(word, by=administrator)
    assert WordList.objects.get().changed_by == administrator

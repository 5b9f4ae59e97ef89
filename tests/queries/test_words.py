"""The site's own words, as the checker takes them."""

import pytest

from reports.actions.listing import import_words, remove_word, save_list, save_word
from reports.checker.finding import Severity, SiteWord, WordKind
from reports.importers.word_lists import words_in_text
from reports.models import ListedWord, WordList
from reports.queries.findings import findings_of
from reports.queries.words import site_words
from reports.workflow import Role
from tests.factories import complete, make_revision, make_user

pytestmark = pytest.mark.django_db


def listed(
    word="青松", kind="sensitive", name="词表", *, on=True, list_on=True, in_public=False, **row
):
    word_list, _ = WordList.objects.update_or_create(
        name=name, defaults={"kind": kind, "is_on": list_on, "in_public": in_public}
    )
    return ListedWord.objects.create(
        word_list=word_list, word=word, is_on=on, **{"severity": "error"} | row
    )


def test_a_word_comes_as_plain_values(django_assert_num_queries):
    listed(parts="overview title", replacement="松", advice="改写", severity="hint", kind="wording")
    with django_assert_num_queries(2):
        assert site_words().words == (
            SiteWord("青松", WordKind.WORDING, Severity.HINT, "改写", "松", ("overview", "title")),
        )
    known = site_words()
    with django_assert_num_queries(1):
        assert site_words() is known


def test_words_are_read_again_after_every_change():
    administrator = make_user(Role.SYSTEM_ADMINISTRATOR)
    word = listed()
    word_list, other = word.word_list, WordList.objects.create(name="另一词表", kind="person")

    def words():
        return [(each.word, str(each.kind)) for each in site_words().words]

    assert words() == [("青松", "sensitive")]
    import_words(word_list, words_in_text("白杨").rows, by=administrator)
    assert words() == [("青松", "sensitive"), ("白杨", "sensitive")]
    word.word = "青竹"
    save_word(word, by=administrator)
    assert words() == [("青竹", "sensitive"), ("白杨", "sensitive")]
    word.word_list = other
    save_word(word, by=administrator)
    assert words() == [("青竹", "person"), ("白杨", "sensitive")]
    remove_word(word, by=administrator)
    assert words() == [("白杨", "sensitive")]
    word_list.is_on = False
    save_list(word_list, by=administrator)
    assert words() == []


def test_what_is_switched_off_is_not_used():
    listed("一词", on=False)
    listed("二词", name="停用的词表", list_on=False)
    listed("三词", name="启用的词表")
    assert [each.word for each in site_words().words] == ["三词"]


def test_a_list_is_used_in_public_only_where_it_says_so():
    listed("一词", name="内部")
    listed("二词", name="公开", in_public=True)
    assert [each.word for each in site_words(in_public=True).words] == ["二词"]


def test_a_listed_word_is_a_finding_of_a_report():
    listed()
    revision = complete(make_revision(), other_matters="收取信息处理费共0件，0元。代号青松。")
    (found,) = [each for each in findings_of(revision) if each.finding.code == "C23"]
    assert found.blocks
    assert (found.finding.part, found.finding.quote) == (6, "代号青松。")

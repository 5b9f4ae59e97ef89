"""The site's own words, as the checker takes them."""

import pytest

from reports.checker.finding import Severity, SiteWord, WordKind
from reports.models import ListedWord, WordList
from reports.queries.findings import findings_of
from reports.queries.words import site_words
from tests.factories import complete, make_revision

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
    with django_assert_num_queries(1):
        assert site_words() == (
            SiteWord("青松", WordKind.WORDING, Severity.HINT, "改写", "松", ("overview", "title")),
        )


def test_what_is_switched_off_is_not_used():
    listed("一词", on=False)
    listed("二词", name="停用的词表", list_on=False)
    listed("三词", name="启用的词表")
    assert [each.word for each in site_words()] == ["三词"]


def test_a_list_is_used_in_public_only_where_it_says_so():
    listed("一词", name="内部")
    listed("二词", name="公开", in_public=True)
    assert [each.word for each in site_words(in_public=True)] == ["二词"]


def test_a_listed_word_is_a_finding_of_a_report():
    listed()
    revision = complete(make_revision(), other_matters="收取信息处理费共0件，0元。代号青松。")
    (found,) = [each for each in findings_of(revision) if each.finding.code == "C23"]
    assert found.blocks
    assert (found.finding.part, found.finding.quote) == (6, "代号青松。")

"""C11, C22, C23, C24: words of the site's own lists."""

import pytest

from reports.checker.finding import Severity, SiteWord, Vocabulary, WordKind
from reports.checker.site_words import check_site_words

from .sheets import clean, found, only


def said(text, *words, **changes):
    return found(check_site_words, clean(problems=text, **changes), words=Vocabulary(tuple(words)))


@pytest.mark.parametrize(
    ("kind", "code", "message"),
    [
        ("sensitive", "C23", "有敏感词“青松”。请核对后改写。"),
        ("body", "C11", "有停用或者误用的名称“青松”。请核对后改写。"),
        ("wording", "C24", "有不用或者慎用的词语“青松”。请核对后改写。"),
    ],
)
def test_each_kind_of_list_has_its_code(kind, code, message):
    word = SiteWord("青松", WordKind(kind), Severity.EXPLAIN)
    finding = only(
        check_site_words, clean(problems="前文。代号青松的事项。"), words=Vocabulary((word,))
    )
    assert (finding.code, finding.severity, finding.part) == (code, Severity.EXPLAIN, 5)
    assert finding.message.endswith(message)
    assert finding.quote == "代号青松的事项。"


def test_a_persons_name_is_not_repeated():
    finding = only(
        check_site_words,
        clean(problems="申请人甄虚构来信。"),
        words=Vocabulary((SiteWord("甄虚构", WordKind.PERSON),)),
    )
    assert finding.code == "C22"
    assert "甄虚构" not in str(finding.to_json())
    assert "甄**" in finding.message


def test_the_replacement_and_the_advice_are_said():
    word = SiteWord(
        "虚构区工商局", WordKind.BODY, replacement="虚构区市场监管局", advice="已于2019年改名。"
    )
    finding = only(
        check_site_words, clean(problems="虚构区工商局来函。"), words=Vocabulary((word,))
    )
    assert finding.message.endswith("“虚构区工商局”，应当写“虚构区市场监管局”。已于2019年改名。")
    assert finding.right == "虚构区市场监管局"


def test_a_word_is_plain_and_no_pattern():
    assert said("任何字符", SiteWord("任.字")) == []
    assert [
        each.left for each in said("代号任.字（甲）", SiteWord("任.字"), SiteWord("（甲）"))
    ] == [
        "任.字",
        "（甲）",
    ]


def test_width_and_capitals_make_no_difference():
    assert [each.left for each in said("系统ＡＢＣ上线", SiteWord("abc"))] == ["abc"]


def test_the_longer_of_two_words_counts():
    words = (SiteWord("青松"), SiteWord("青松行动"))
    assert [each.left for each in said("开展青松行动", *words)] == ["青松行动"]
    assert [each.left for each in said("开展青松活动", *words)] == ["青松"]


def test_a_word_stands_once_for_each_part():
    sheet = clean(problems="青松，青松。", overview="青松。")
    assert [
        each.part for each in found(check_site_words, sheet, words=Vocabulary((SiteWord("青松"),)))
    ] == [
        1,
        5,
    ]


def test_a_word_is_looked_for_in_its_parts_only():
    word = SiteWord("青松", parts=("overview", "title"))
    sheet = clean(problems="青松。", overview="青松。", signed_by="青松局")
    assert [each.part for each in found(check_site_words, sheet, words=Vocabulary((word,)))] == [
        None,
        1,
    ]


def test_the_same_word_of_two_lists_is_said_twice():
    words = (SiteWord("青松"), SiteWord("青松", WordKind.WORDING, Severity.HINT))
    assert [each.code for each in said("青松。", *words)] == ["C23", "C24"]
    assert said("青松。", SiteWord("")) == []

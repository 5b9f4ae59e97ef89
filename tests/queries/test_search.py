"""Finding reports: which words find which, in what order, and that nothing raises."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.actions.indexing import index_agency, index_report
from reports.editions.bodies import BodyKind, Level
from reports.models import AgencyName, Report, Revision
from reports.queries import candidates
from reports.queries.names import agencies_named, distance, nearest
from reports.queries.search import Found, find
from reports.queries.terms import fold, read, terms
from reports.workflow import State
from tests.factories import complete, make_agency, make_division, make_revision
from tests.public.shelf import put_out

pytestmark = pytest.mark.django_db


def said(found: Found) -> list[Revision]:
    return [each.revision for each in found.results]


def with_text(overview: str, year: int = 2024, **agency) -> Revision:
    """A report in force whose first part says something of its own."""
    revision = complete(make_revision(year, make_agency(**agency)), overview=overview)
    Revision.objects.filter(pk=revision.pk).update(
        state=str(State.PUBLISHED), published_at="2025-01-20T09:00:00+08:00"
    )
    index_report(revision.report)
    return revision


def test_words_of_two_characters_and_up_are_found_in_the_text():
    revision = with_text("建成智慧政务大厅，推行“一网通办”。")
    with_text("办理了公开申请。")
    for words in ("智慧", "政务大厅", "智慧政务大厅", "大厅 一网通办", "一网通办"):
        assert said(find(words)) == [revision], words
        assert said(find(words, order="year")) == [revision], words
    for words in ("智慧大厅", "厅，推", "慧智", "智慧 税务"):
        assert said(find(words)) == [], words


def test_a_phrase_is_exactly_what_was_asked_though_its_bigrams_stand_elsewhere():
    with_text("公开年度计划，召开年报会议。")
    revision = with_text("公开年报。")
    assert said(find("公开年报")) == [revision]


def test_a_quoted_phrase_keeps_its_spaces():
    revision = with_text("采用 Open Data 标准。")
    with_text("Data 与 Open。")
    assert said(find('"open data"')) == [revision]
    assert said(find("“open data”")) == [revision]
    assert len(said(find("open data"))) == 2


def test_width_and_capitals_make_no_difference():
    revision = with_text("依托ＡＰＰ和12345热线。")
    for words in ("app", "ＡＰＰ", "１２３４５", "12345热线"):
        assert said(find(words)) == [revision], words
    assert said(find("1234")) == []


def test_a_single_character_finds_no_text_and_is_told_apart():
    with_text("税收优惠。")
    found = find("税")
    assert (said(found), found.question.short) == ([], ("税",))
    assert said(find("税 优惠")) != []
    assert said(find("盐 优惠")) == []


def test_names_come_before_texts_and_the_whole_name_first():
    speaking = with_text("与虚构市档案局联合检查。", 2024)
    longer = with_text("无。", 2024, name="虚构市档案局分局")
    named = with_text("无。", 2020, name="虚构市档案局")
    assert said(find("虚构市档案局")) == [named, longer, speaking]
    assert said(find("虚构市档案局", order="year")) == [longer, speaking, named]


def test_what_says_it_most_comes_first_and_the_newer_of_equals():
    once = with_text("开展普法宣传。", 2022)
    newer = with_text("开展普法宣传。", 2023)
    often = with_text("普法。普法。普法。", 2020)
    assert said(find("普法")) == [often, newer, once]


def test_former_and_short_names_find_a_report_and_are_shown():
    agency = make_agency("虚构市卫生健康委员会")
    AgencyName.objects.create(agency=agency, name="虚构市计划生育委员会", until="2018-12-31")
    index_agency(agency)
    revision = put_out(agency)
    (result,) = find("计划生育").results
    assert result.revision == revision
    assert result.extracts[0].label == "曾用名"
    assert [each.text for each in result.extracts[0].segments if each.is_hit] == ["计划生育"]


def test_an_extract_shows_each_word_once_in_segments_that_make_up_the_text():
    with_text("甲。" * 60 + "建成数字档案室，<b>共享</b>目录。" + "乙。" * 60 + "培训二十人次。")
    (result,) = find("数字档案 培训").results
    hits = [each.text for extract in result.extracts for each in extract.segments if each.is_hit]
    assert hits == ["数字档案", "培训"]
    whole = "".join(each.text for each in result.extracts[0].segments)
    assert "建成数字档案室，<b>共享</b>目录。" in whole
    assert len(whole) < 110


def test_filters_narrow_what_is_found_and_count_it():
    province = make_division(Level.PROVINCE)
    county = make_division(parent=province)
    first = with_text("志愿服务。", 2024, division=county, kind=str(BodyKind.UNION))
    second = with_text("志愿服务。", 2023, division=county)
    with_text("志愿服务。", 2023)
    for filters, wanted in (
        ({"year": 2024}, [first]),
        ({"kind": "union"}, [first]),
        ({"region": province.code}, [first, second]),
        ({"region": county.code, "year": 2023}, [second]),
        ({"region": "999999999999"}, []),
    ):
        for order in ("relevance", "year"):
            for words in ("志愿", "志愿服务") + (("",) if order == "year" else ()):
                assert said(find(words, order=order, **filters)) == wanted, (filters, words)
    found = find("志愿服务")
    assert found.total == 3
    assert found.counts["year"] == {"2024": 1, "2023": 2}
    assert found.counts["region"][province.code] == 2


@pytest.mark.parametrize("order", ["relevance", "year"])
@pytest.mark.parametrize("words", ["", "公开", "依申请公开"])
def test_pages_by_key_show_everything_once(order, words):
    for n in range(7):
        put_out(make_agency(), 2020 + n % 3)
    whole = said(find(words, order=order, limit=50))
    pages, after = [], ""
    while True:
        found = find(words, order=order, limit=3, after=after)
        pages += said(found)
        after = found.next
        if not after:
            break
    assert pages == whole
    assert len(whole) == 7
    assert [each.report.year for each in whole] == sorted(
        (each.report.year for each in whole), reverse=True
    )


def test_a_withdrawn_or_superseded_text_is_not_found():
    agency = make_agency()
    first = with_text("旧的说法。")
    Revision.objects.filter(pk=first.pk).update(state=str(State.WITHDRAWN))
    index_report(first.report)
    assert find("旧的说法").total == 0
    assert find("").total == 0
    older = put_out(agency)
    newer = put_out(agency)
    assert said(find("")) == [newer]
    assert older not in said(find(agency.name))


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.text(max_size=130)
    | st.text(alphabet="公开政府\"“”*()^:+-%_'\\ \x00{}~&|!NEAR", max_size=60),
    st.text(max_size=20),
)
def test_no_question_raises(words, after):
    for order in ("relevance", "year"):
        assert find(words, order=order, after=after, year=2024).total in (0, None)
    agencies_named(words)
    nearest(words)


def test_a_question_is_bounded():
    question = read(" ".join(f"词{n}语" for n in range(50)))
    assert (len(question.words), question.left_out) == (8, True)
    assert len(read("长" * 5000).words[0]) == 100


def test_folding_keeps_every_place():
    text = "İ①ＡＢ　㎡ﬁ公開"
    assert len(fold(text)) == len(text)
    assert terms("信息公开2024年") == {"信息", "息公", "公开", "2024"}


def test_a_mistyped_name_is_guessed():
    for name in ("虚构市卫生健康局", "虚构市民政局", "虚构市财政局", "虚构市人民政府"):
        make_agency(name)
    assert nearest("虚构市卫生健抗局") == ["虚构市卫生健康局"]  # a wrong character
    assert nearest("卫健生康局") == ["虚构市卫生健康局"]  # two changed about
    assert nearest("卫生健局") == ["虚构市卫生健康局"]  # one missing
    assert nearest("民正局")[0] == "虚构市民政局"  # short, the middle one wrong
    assert nearest("人民政俯") == ["虚构市人民政府"]
    assert nearest("虚构市卫生健康局") == []  # it is there
    assert nearest("毫不相干的话") == []


def test_a_distance_is_that_to_the_nearest_part_of_a_name():
    assert distance("档案局", "虚构市档案局") == 0
    assert distance("档按局", "虚构市档案局") == 1
    assert distance("案档局", "虚构市档案局") == 1
    assert distance("abc", "") == 3


def test_agencies_are_named_by_any_name_and_by_how_they_begin():
    agency = make_agency("虚构市总工会")
    AgencyName.objects.create(agency=agency, name="市工人联合会", until="2001-01-01")
    index_agency(agency)
    for words in ("总工会", "虚构 工会", "总工会 2024", "虚", "工人联合", "市"):
        assert [each.agency for each in agencies_named(words)] == [agency], words
    assert agencies_named("工人联合")[0].is_other
    assert not agencies_named("虚构市")[0].is_other
    for words in ("会", "工会总", "2024", ""):
        assert agencies_named(words) == [], words


def test_a_closed_or_moved_agency_is_found_as_it_now_is():
    agency = make_agency("虚构区旧局")
    revision = put_out(agency)
    agency.name = "虚构区新局"
    agency.save(update_fields=["name"])
    index_agency(agency)
    assert said(find("新局")) == [revision]
    assert agencies_named("旧局") == []
    assert Report.objects.filter(search_entry__head__contains="新局").count() == 1


@pytest.mark.skipif(connection.vendor != "postgresql", reason="a plan of PostgreSQL")
@pytest.mark.parametrize("order", ["relevance", "year"])
def test_a_rare_word_is_found_by_the_index_of_terms_and_no_walk_through_all(order, monkeypatch):
    monkeypatch.setattr(candidates, "WINDOW", 1)  # one report is then not all there are
    with_text("无。")
    with CaptureQueriesContext(connection) as asked:
        find("龘靐", order=order, year=2024)
    statements = [each["sql"] for each in asked if "@>" in each["sql"]]
    assert statements
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # few rows would be read as they lie
        for statement in statements:
            cursor.execute(f"EXPLAIN {statement}")
            plan = "\n".join(row[0] for row in cursor.fetchall())
            assert "entries_by_term" in plan, plan
            assert "place_key" not in plan, plan


@pytest.mark.parametrize("order", ["relevance", "year"])
def test_what_lies_behind_the_first_window_is_found_of_a_year_too(order, monkeypatch):
    monkeypatch.setattr(candidates, "WINDOW", 1)
    rare = with_text("建成智慧政务大厅。")
    with_text("无。")
    assert said(find("智慧政务", order=order)) == [rare]
    assert said(find("智慧政务", order=order, year=2024)) == [rare]
    assert said(find("智慧政务", order=order, year=2023)) == []

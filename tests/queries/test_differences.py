"""Two texts of a report beside each other."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from reports.actions.drafting import save_narrative
from reports.actions.moves import move
from reports.queries.differences import (
    GONE,
    NEW,
    SAME,
    beside_last_year,
    differences,
    earlier_text,
    pieces,
)
from reports.sheet import Contact
from reports.workflow import Role
from tests.factories import OVERVIEW, complete, make_agency, make_revision, make_user, sheet_with


def test_equal_texts_have_no_differences():
    assert len(differences(sheet_with(), sheet_with())) == 0


def test_a_figure_is_named_with_both_its_values():
    before, after = sheet_with(), sheet_with()
    after.applications["natural_person"]["granted"] = 3
    after.disclosure["administrative_fees_amount"] = Decimal("1.50")
    before.remedies["reconsideration"]["upheld"] = None
    assert [(each.name, each.before, each.after) for each in differences(before, after).cells] == [
        ("disclosure.administrative_fees_amount", "0", "1.5"),
        ("applications.natural_person.granted", "0", "3"),
        ("remedies.reconsideration.upheld", "空", "0"),
    ]


def test_paragraphs_are_counted_in_the_later_text():
    before = sheet_with(overview="甲段。\n乙段文字。\n丙段。")
    after = sheet_with(overview="甲段。\n乙段的文字。\n丁段完全不同。\n丙段。")
    [changed, added] = differences(before, after).paragraphs
    assert (changed.name, changed.kind) == ("overview.2", "changed")
    assert [(each.kind, each.text) for each in changed.pieces] == [
        (SAME, "乙段"), (NEW, "的"), (SAME, "文字。"),
    ]  # fmt: skip
    assert (added.name, added.kind) == ("overview.3", NEW)


def test_a_paragraph_that_is_gone_has_no_place_any_more():
    before, after = sheet_with(problems="甲段。\n乙段。"), sheet_with(problems="甲段。")
    [gone] = differences(before, after).paragraphs
    assert (gone.name, gone.kind) == ("", GONE)


def test_a_number_is_replaced_as_a_whole():
    assert [(each.kind, each.text) for each in pieces("决定113件", "决定125件")] == [
        (SAME, "决定"), (GONE, "113"), (NEW, "125"), (SAME, "件"),
    ]  # fmt: skip


def test_unlike_paragraphs_are_shown_whole():
    kinds = [each.kind for each in pieces("本机关没有收到申请。", "举办了三期业务培训班")]
    assert kinds == [GONE, NEW]


def test_a_common_character_in_a_long_text_is_not_thrown_away():
    """Without autojunk=False a character frequent in 200 or more is no longer matched."""
    long = "公开信息，" * 60
    assert [each.kind for each in pieces(long, long + "完")] == [SAME, NEW]


def test_the_title_the_signature_and_the_contact_count_too():
    before = sheet_with(signed_on=date(2025, 1, 20), contact=Contact(telephone="0999-1"))
    after = replace(before, signed_on=date(2025, 1, 21), contact=Contact(telephone="0999-2"))
    assert [(each.name, each.before, each.after) for each in differences(before, after).facts] == [
        ("signed_on", "2025年1月20日", "2025年1月21日"),
        ("telephone", "0999-1", "0999-2"),
    ]


def test_beside_last_year_stands_what_either_year_has():
    last, this = sheet_with(year=2023), sheet_with()
    last.applications["business"]["received"] = 2
    this.applications["business"]["granted"] = 5
    two, three, four = beside_last_year(this, last)
    assert (two.pairs, four.pairs) == ((), ())
    assert [(each.name, each.last, each.this, each.change) for each in three.pairs] == [
        ("applications.business.received", "2", "0", "−2"),
        ("applications.business.granted", "0", "5", "+5"),
    ]


def test_a_report_of_the_other_edition_leaves_what_it_does_not_have_blank():
    last = sheet_with(2019, 2020)
    last.disclosure["normative_documents_made"] = 3
    this = sheet_with()
    this.disclosure["normative_documents_issued"] = 4
    [pair] = beside_last_year(this, last)[0].pairs
    assert (pair.last, pair.this, pair.change) == ("空", "4", "")


@pytest.mark.django_db
def test_a_text_is_compared_with_the_one_submitted_before_it():
    agency = make_agency()
    author = make_user(Role.AUTHOR, agency=agency)
    supervisor = make_user(Role.SUPERVISOR, agency=agency)
    first, second = f"{OVERVIEW}\n第一稿。", f"{OVERVIEW}\n第二稿。"
    revision = complete(make_revision(2024, agency), overview=first)
    assert earlier_text(revision) is None
    revision = move(revision, "submit", by=author)
    assert earlier_text(revision) is None
    revision = move(revision, "return", by=supervisor, note="请补充")
    assert earlier_text(revision).sheet.overview == first
    version = revision.parts.get(key="overview").version
    save_narrative(revision, "overview", second, base_version=version, by=author)
    revision = move(revision, "submit", by=author)
    assert earlier_text(revision).sheet.overview == first
    revision = move(revision, "return", by=supervisor, note="再补充")
    assert earlier_text(revision).sheet.overview == second

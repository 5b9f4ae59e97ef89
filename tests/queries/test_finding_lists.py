"""Every finding leads to a place which stands in the drawn report, whatever its code."""

from dataclasses import replace
from datetime import date

import pytest
from lxml import html

from reports.checker import Finding, Severity, check
from reports.editions import EDITIONS
from reports.exporters.html import fragment
from reports.exporters.presentation import present
from reports.queries.finding_lists import placed
from reports.sheet import Addition, Printed
from tests.factories import OVERVIEW, sheet_with
from tests.public.sent import broken, sound, with_figures

DEFECTS = """2023年，我县公开信息53条，其中文件2条、通知1条、公告44条、简报2条、其他2条。
未收到申请。行政复议均获维持。收到自然人申请9件。公开量从10条增长到30条，增长50%。
张某某XX单位[bookmark: _GoBack]，联系手机13812345678，身份证11010519491231002X。
绝密★内部资料。1、县县领导。(一)网址http://192.168.1.1/zfxxgk。"""


def reports():
    """Reports with as many different defects as there are rules."""
    last = with_figures(sound(2023), received=8, carried_forward=8)
    yield broken(), last
    yield replace(broken(), overview=DEFECTS, problems="无", other_matters="无"), last
    yield sheet_with(2019, 2024), None
    yield sheet_with(signed_by="", signed_on=None, preface="", title=""), last
    yield replace(sound(), signed_by="另一机关局", signed_on=date(2024, 12, 1)), last
    name = "applications.natural_person.received"
    additions = (
        Addition(part="disclosure", heading="补充", text=DEFECTS, rows=(("项目", ""), ("甲", ""))),
    )
    printed = Printed(cells={name: "3件"}, additions=additions)
    yield replace(sound(), printed=printed), last
    yield replace(sound(2024), overview=OVERVIEW * 3), replace(sound(2023), overview=OVERVIEW * 3)


def ids_in(sheet) -> list[str]:
    page = html.fromstring(fragment(present(sheet)))
    return [each.get("id") for each in page.iterfind(".//*[@id]")]


def test_each_finding_of_a_report_leads_somewhere():
    codes = set()
    for sheet, last in reports():
        ids = ids_in(sheet)
        for finding in check(sheet, last, today=date(2025, 9, 1)):
            codes.add(finding.code)
            place = placed(present(sheet), finding)
            assert place.anchor in ids, finding
            assert place.where
    assert len(codes) >= 18, sorted(codes)


@pytest.mark.parametrize("edition", EDITIONS.values(), ids=str)
def test_each_place_a_finding_can_name_leads_somewhere(edition):
    sheet = sheet_with(edition.key, 2020 if edition.key == 2019 else 2024)
    ids = set(ids_in(sheet))
    report = present(sheet)
    named = {(place.part, place.line, place.column) for place in edition.places()}
    named |= {(part, line, "") for part, line, _ in named}
    named |= {(part, "", column) for part, _, column in named}
    named |= {(part.number, "", "") for part in edition.parts} | {(None, "", "")}
    for part, line, column in named:
        finding = Finding("C01", Severity.ERROR, "某处。", part=part, line=line, column=column)
        assert placed(report, finding).anchor in ids


def test_a_sentence_quoted_leads_to_its_paragraph_and_the_words_say_the_part():
    text = "第一段。\n2023年公开信息三条。"
    sheet = replace(sound(), overview=text)
    finding = Finding("C12", Severity.ERROR, "年度不对。", part=1, quote="2023年公开信息三条")
    place = placed(present(sheet), finding)
    assert (place.anchor, place.name) == ("p-overview-2", "overview.2")
    assert place.where == sheet.edition.part("overview").title


def test_quotation_marks_within_quotation_marks_are_the_inner_ones():
    finding = Finding("C01", Severity.ERROR, "“涉及“三安全”的”列不对。")
    assert finding.message == "“涉及‘三安全’的”列不对。"
    for edition in EDITIONS.values():
        assert not any("““" in place.label or "””" in place.label for place in edition.places())

"""C21: figures that can hardly be meant."""

from decimal import Decimal

import pytest

from reports.checker.finding import Severity
from reports.checker.plausibility import check_plausibility
from reports.editions.bodies import Body, BodyKind, Level

from .sheets import clean, found, only, with_applications, with_disclosure

RULES = {"rules_issued": 1, "rules_in_force": 3}


# --- P3, P4 -------------------------------------------------------------------------


def test_a_body_that_cannot_make_rules_has_none():
    finding = only(check_plausibility, with_disclosure(clean(), **RULES))
    assert (finding.code, finding.severity, finding.rule) == ("C21", Severity.EXPLAIN, "P3")
    assert (finding.part, finding.line, finding.column) == (2, "rules", "issued")
    assert "“规章”填了本年制发件数 1、现行有效件数 3" in finding.message


@pytest.mark.parametrize(
    "agency",
    [
        "四平市铁西区人民政府", "新丰县人民政府", "龙田镇人民政府", "余姚市水利局",
        "四平市铁西区教育局", "吉林省教育厅",
    ],
)  # fmt: skip
def test_local_departments_and_county_governments_cannot_make_rules(agency):
    sheet = with_disclosure(clean(agency=agency), **RULES)
    assert only(check_plausibility, sheet).rule == "P3"


@pytest.mark.parametrize(
    "agency",
    [
        "上海市人民政府", "吉林省人民政府", "广西壮族自治区人民政府", "四平市人民政府",
        "国家市场监督管理总局", "国家发展和改革委员会", "海关总署", "某某大学",
    ],
)  # fmt: skip
def test_a_body_that_may_or_might_make_rules_is_not_doubted(agency):
    assert found(check_plausibility, with_disclosure(clean(agency=agency), **RULES)) == []


def test_what_is_known_of_the_body_comes_before_its_name():
    sheet = with_disclosure(clean(agency="四平市人民政府"), **RULES)
    city = Body("四平市人民政府", BodyKind.GOVERNMENT, Level.PREFECTURE)
    county = Body("四平市人民政府", BodyKind.GOVERNMENT, Level.COUNTY)
    assert found(check_plausibility, sheet, body=city) == []
    assert only(check_plausibility, sheet, body=county).rule == "P3"


def test_a_union_with_administrative_powers_is_doubted_line_by_line():
    figures = {"normative_documents_issued": 1, "normative_documents_in_force": 1}
    sheet = with_disclosure(clean(agency="柳州市柳江区总工会"), licenses_decided=2, **figures)
    documents, licenses = found(check_plausibility, sheet)
    assert (documents.rule, documents.line, documents.left) == ("P4", "normative_documents", "1、1")
    assert (licenses.rule, licenses.line) == ("P4", "licenses")


def test_a_unions_rules_are_said_once():
    sheet = with_disclosure(clean(agency="柳州市柳江区总工会"), **RULES)
    assert [each.rule for each in found(check_plausibility, sheet)] == ["P4"]


@pytest.mark.parametrize("agency", ["共青团某市委员会", "某县妇女联合会", "某市科学技术协会"])
def test_other_mass_organizations_are_like_unions(agency):
    assert only(check_plausibility, with_disclosure(clean(agency=agency), penalties_decided=1))


def test_a_union_may_buy_and_a_department_may_license():
    union = with_disclosure(clean(2019, agency="余姚市总工会"), central_procurement_items=3)
    assert found(check_plausibility, union) == []
    assert found(check_plausibility, with_disclosure(clean(), licenses_decided=900)) == []


# --- year on year --------------------------------------------------------------------


@pytest.mark.parametrize(("last", "now"), [(10, 51), (100, 19), (20, 0)])
def test_more_than_five_times_or_less_than_a_fifth_is_doubted(last, now):
    last_year = with_disclosure(clean(2021, 2021), licenses_decided=last)
    sheet = with_disclosure(clean(2021, 2022), licenses_decided=now)
    finding = only(check_plausibility, sheet, last_year=last_year)
    assert (finding.line, finding.left, finding.right) == ("licenses", str(now), str(last))
    assert f"本年 {now}，上一年度 {last}" in finding.message


@pytest.mark.parametrize(("last", "now"), [(10, 50), (100, 20), (9, 900), (0, 900), (None, 900)])
def test_less_than_that_or_from_a_small_base_is_not(last, now):
    last_year = with_disclosure(clean(2021, 2021), licenses_decided=last)
    sheet = with_disclosure(clean(2021, 2022), licenses_decided=now)
    assert found(check_plausibility, sheet, last_year=last_year) == []


def test_applications_are_compared_in_total_and_not_by_line():
    last_year = with_applications(clean(2021, 2021), received=10, granted=10)
    sheet = with_applications(clean(2021, 2022), received=60, granted=60)
    findings = found(check_plausibility, sheet, last_year=last_year)
    assert [(each.line, each.column) for each in findings] == [
        ("received", "total"), ("outcomes_total", "total"),
    ]  # fmt: skip
    assert "6 倍" in findings[0].message


def test_what_is_carried_over_from_last_year_is_not_compared_twice():
    last_year = with_applications(clean(2021, 2021), brought_forward=40)
    assert found(check_plausibility, clean(2021, 2022), last_year=last_year) == []
    last_year = with_disclosure(clean(2019, 2019), licenses_items_last_year=40)
    assert found(check_plausibility, clean(2019, 2020), last_year=last_year) == []


def test_figures_which_both_editions_know_are_compared_across_them():
    last_year = with_disclosure(clean(2019, 2020), licenses_decided=100)
    sheet = with_disclosure(clean(2021, 2021), licenses_decided=1)
    assert only(check_plausibility, sheet, last_year=last_year).line == "licenses"


# --- 元 in a cell of 万元 --------------------------------------------------------------


def test_a_fee_that_looks_like_yuan_is_doubted_with_what_it_would_be():
    sheet = with_disclosure(clean(), administrative_fees_amount=Decimal(251000))
    finding = only(check_plausibility, sheet)
    assert "填了 251000 万元，像是把元当作万元填了：251000 元应填 25.1。" in finding.message
    assert (finding.line, finding.right) == ("administrative_fees", "25.1")


@pytest.mark.parametrize(
    ("agency", "amount", "doubted"),
    [
        ("四平市铁西区教育局", 9999, False),
        ("四平市铁西区教育局", 10000, True),
        ("四平市教育局", 10000, False),
        ("四平市教育局", 100000, True),
        ("四平市人民政府", 100000, False),
        ("广西壮族自治区教育厅", 10000, False),
    ],
)
def test_how_much_is_too_much_depends_on_the_body(agency, amount, doubted):
    sheet = with_disclosure(clean(agency=agency), administrative_fees_amount=Decimal(amount))
    assert bool(found(check_plausibility, sheet)) is doubted


def test_a_thousand_times_last_year_is_doubted_whatever_the_body():
    agency = {"agency": "四平市人民政府"}
    last_year = with_disclosure(
        clean(2021, 2021, **agency), administrative_fees_amount=Decimal("12.5")
    )
    sheet = with_disclosure(clean(2021, 2022, **agency), administrative_fees_amount=Decimal(125000))
    finding = only(check_plausibility, sheet, last_year=last_year)
    assert "（上一年度 12.5 万元）" in finding.message
    assert "像是把元当作万元" in finding.message


# --- items and cases ------------------------------------------------------------------


def test_cases_that_are_items_plus_change_are_doubted():
    figures = {"items_last_year": 20534, "items_change": -6052, "decided": 14482}
    sheet = with_disclosure(
        clean(2019, 2020), **{f"other_services_{key}": n for key, n in figures.items()}
    )
    finding = only(check_plausibility, sheet)
    assert (finding.line, finding.column) == ("other_services", "decided")
    assert "20534" in finding.message
    assert "-6052" in finding.message


@pytest.mark.parametrize(
    ("items", "change", "decided"), [(5, 0, 5), (5, 1, 7), (5, None, 5), (None, 1, 1)]
)
def test_cases_that_only_happen_to_be_as_many_are_not(items, change, decided):
    sheet = with_disclosure(
        clean(2019), licenses_items_last_year=items, licenses_items_change=change,
        licenses_decided=decided,
    )  # fmt: skip
    assert found(check_plausibility, sheet) == []

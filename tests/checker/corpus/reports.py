"""Five reports without fault, of bodies which do not exist, as rich as real ones are.

The prose is full of true figures, of other years, other bodies, other scopes
and other applications than those of the tables: what a careless rule trips over.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from reports.editions import EDITIONS
from reports.editions.bodies import Body, BodyKind, Level
from reports.editions.grammar import Number
from reports.editions.wording import title_of
from reports.sheet import Contact, Sheet, filled, foot_applications, foot_results

from ..sheets import printed
from . import prose, prose_2019

Counts = Mapping[str, Number]


@dataclass(frozen=True)
class Correct:
    """A report without fault, what is known of its body, and last year's report."""

    sheet: Sheet
    body: Body
    last_year: Sheet | None = None


def report(
    edition: int, agency: str, year: int, texts: Mapping[str, str], contact: Contact, signed: date,
    disclosure: Counts, applications: Mapping[str, Counts], remedies: Mapping[str, Counts],
) -> Sheet:  # fmt: skip
    sheet = filled(
        EDITIONS[edition], agency, year,
        title=title_of(agency, year), signed_by=agency, signed_on=signed, contact=contact, **texts,
    )  # fmt: skip
    columns = {
        key: {**each, **applications.get(key, {})} for key, each in sheet.applications.items()
    }
    groups = {
        key: foot_results(sheet.edition, {**each, **remedies.get(key, {})})
        for key, each in sheet.remedies.items()
    }
    return printed(
        replace(
            sheet,
            disclosure={**sheet.disclosure, **disclosure},
            applications=foot_applications(sheet.edition, columns),
            remedies=groups,
        )
    )


BUREAU_CONTACT = Contact(
    "澜溪市望湖大道100号", "000100", "0999-8800100", "lcj@lanxi.example.gov.cn"
)
BUREAU_2022 = report(
    2021, "澜溪市林业和草原局", 2022,
    {"preface": prose.BUREAU_BEFORE, "overview": prose.BUREAU_BEFORE, "problems": prose.BUREAU_BEFORE,
     "other_matters": "没有收取信息处理费。"},
    BUREAU_CONTACT, date(2023, 1, 12),
    {"normative_documents_in_force": 29, "licenses_decided": 1102, "penalties_decided": 81,
     "coercive_measures_decided": 4, "administrative_fees_amount": Decimal("118.2")},
    {"natural_person": {"received": 31, "brought_forward": 4, "granted": 32, "carried_forward": 3},
     "legal_service": {"received": 5, "brought_forward": 1, "granted": 5, "carried_forward": 1}},
    {"reconsideration": {"upheld": 2}},
)  # fmt: skip
BUREAU = report(
    2021, "澜溪市林业和草原局", 2023,
    {"preface": prose.BUREAU_PREFACE, "overview": prose.BUREAU_OVERVIEW,
     "problems": prose.BUREAU_PROBLEMS, "other_matters": prose.BUREAU_OTHER},
    BUREAU_CONTACT, date(2024, 1, 12),
    {"normative_documents_issued": 4, "normative_documents_repealed": 2,
     "normative_documents_in_force": 31, "licenses_decided": 1286, "penalties_decided": 73,
     "coercive_measures_decided": 5, "administrative_fees_amount": Decimal("125.5")},
    {"natural_person": {
        "received": 38, "brought_forward": 3, "granted": 20, "granted_in_part": 4,
        "denied_third_party_rights": 2, "denied_process_information": 1, "unable_not_held": 6,
        "unable_still_unclear": 1, "not_processed_repeat": 1, "closed_uncorrected": 2,
        "closed_other": 1, "carried_forward": 3},
     "business": {"received": 5, "granted": 3, "denied_internal_affairs": 1, "unable_not_held": 1},
     "legal_service": {"received": 2, "brought_forward": 1, "granted": 1, "unable_not_held": 1,
                       "carried_forward": 1}},
    {"reconsideration": {"upheld": 3, "rectified": 1, "pending": 1},
     "litigation_direct": {"upheld": 1},
     "litigation_after_reconsideration": {"upheld": 1, "pending": 1}},
)  # fmt: skip
COUNTY = report(
    2021, "青岚县人民政府", 2022,
    {"preface": prose.COUNTY_PREFACE, "overview": prose.COUNTY_OVERVIEW,
     "problems": prose.COUNTY_PROBLEMS, "other_matters": prose.COUNTY_OTHER},
    Contact("青岚县云台路1号", "000200", "0998-6600200"), date(2023, 3, 20),
    {"normative_documents_issued": 6, "normative_documents_repealed": 3,
     "normative_documents_in_force": 58, "licenses_decided": 20418, "penalties_decided": 3127,
     "coercive_measures_decided": 214, "administrative_fees_amount": Decimal("8613.027")},
    {"natural_person": {
        "received": 96, "brought_forward": 7, "granted": 61, "granted_in_part": 5,
        "denied_state_secret": 1, "denied_enforcement_files": 4, "unable_not_held": 18,
        "not_processed_petition": 3, "closed_uncorrected": 2, "carried_forward": 9},
     "business": {"received": 14, "granted": 10, "unable_not_compiled": 2, "carried_forward": 2}},
    {"reconsideration": {"upheld": 4, "other_result": 1},
     "litigation_after_reconsideration": {"upheld": 2}},
)  # fmt: skip
UNION = report(
    2021, "澜溪市云门区总工会", 2021,
    {"preface": prose.UNION_PREFACE, "overview": prose.UNION_OVERVIEW,
     "problems": prose.UNION_PROBLEMS, "other_matters": prose.UNION_OTHER},
    Contact("澜溪市云门区工人路8号", "000101", "0999-8800108"), date(2022, 1, 18), {}, {}, {},
)  # fmt: skip
TOWN = report(
    2019, "青岚县白鹭镇人民政府", 2020,
    {"preface": prose_2019.TOWN_PREFACE, "overview": prose_2019.TOWN_OVERVIEW,
     "problems": prose_2019.TOWN_PROBLEMS, "other_matters": prose_2019.TOWN_OTHER},
    Contact("青岚县白鹭镇渡口街3号", "000203", "0998-6600303"), date(2021, 1, 20),
    {"normative_documents_made": 1, "normative_documents_newly_disclosed": 1,
     "normative_documents_disclosed": 5, "licenses_items_last_year": 12, "licenses_items_change": -2,
     "licenses_decided": 163, "penalties_items_last_year": 9, "penalties_items_change": 1,
     "penalties_decided": 7},
    {"natural_person": {"received": 3, "granted": 2, "unable_not_held": 1}}, {},
)  # fmt: skip
SCHOOLS = report(
    2019, "澜溪市云门区教育局", 2019,
    {"preface": prose_2019.SCHOOLS_PREFACE, "overview": prose_2019.SCHOOLS_OVERVIEW,
     "problems": prose_2019.SCHOOLS_PROBLEMS, "other_matters": prose_2019.SCHOOLS_OTHER},
    Contact("澜溪市云门区书院路20号", "000102", "0999-8800120"), date(2020, 1, 16),
    {"licenses_items_last_year": 6, "licenses_decided": 41, "penalties_items_last_year": 4,
     "penalties_decided": 2},
    {"natural_person": {"received": 12, "brought_forward": 1, "granted": 9, "granted_in_part": 1,
                        "denied_process_information": 1, "carried_forward": 2}},
     {"reconsideration": {"upheld": 1}},
)  # fmt: skip

REPORTS = {
    "bureau": Correct(
        BUREAU, Body(BUREAU.agency, BodyKind.DEPARTMENT, Level.PREFECTURE), BUREAU_2022
    ),
    "county": Correct(COUNTY, Body(COUNTY.agency, BodyKind.GOVERNMENT, Level.COUNTY)),
    "union": Correct(UNION, Body(UNION.agency, BodyKind.UNION, Level.COUNTY)),
    "town": Correct(TOWN, Body(TOWN.agency, BodyKind.GOVERNMENT, Level.TOWN)),
    "schools": Correct(SCHOOLS, Body(SCHOOLS.agency, BodyKind.DEPARTMENT, Level.COUNTY)),
}

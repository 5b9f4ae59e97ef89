"""Plantings in the three tables: equations, blanks, labels, editions, years, units."""

from dataclasses import replace
from decimal import Decimal

from reports.editions import EDITIONS
from reports.sheet import Sheet, name_of

from .planting import Planting, cell, printed, then

P = Planting


def unread(name: str, text: str):
    return then(cell(name, None), printed(cells={name: text}))


def without_line(part: int, line: str = "", column: str = ""):
    """A row or a column which the document does not have."""

    def spoil(sheet: Sheet) -> Sheet:
        gone = [
            p for p in sheet.edition.places()
            if p.part == part and line in ("", p.line) and column in ("", p.column)
        ]  # fmt: skip
        for place in gone:
            sheet = cell(name_of(place), None)(sheet)
        return printed(missing=tuple(map(name_of, gone)))(sheet)

    return spoil


def filed_on(edition: int):
    """The whole report on the other edition's form, zeros in its tables."""

    def spoil(sheet: Sheet) -> Sheet:
        form = EDITIONS[edition]
        applications = {
            column: {line.key: figures.get(line.key, 0) for line in form.applications.leaves()}
            for column, figures in sheet.applications.items()
        }
        disclosure = {p.key: sheet.disclosure.get(p.key, 0) for p in form.disclosure.places()}
        return replace(sheet, edition=form, applications=applications, disclosure=disclosure)

    return spoil


EQUATIONS = (
    P("C01", "schools", "one result too many, nothing footed", cell("applications.natural_person.granted", 10), 3, "outcomes_total", "natural_person"),
    P("C01", "county", "a column's carried forward", cell("applications.business.carried_forward", 1), 3, "carried_forward", "business"),
    P("C01", "bureau", "a line's total", cell("applications.total.unable_not_held", 7), 3, "unable_not_held", "total", also=("C06",)),
    P("C01", "bureau", "a remedy's total", cell("remedies.reconsideration.total", 6), 4, "total", "reconsideration", also=("C06",)),
    P("C01", "county", "a remedy's result", cell("remedies.litigation_after_reconsideration.pending", 1), 4, "total", "litigation_after_reconsideration", also=("C09",)),
    P("C01", "county", "in force less than made", cell("disclosure.normative_documents_in_force", 2), 2, "normative_documents", "in_force", also=("C06",)),
    P("C01", "town", "more repealed than there were", cell("disclosure.licenses_items_change", -13), 2, "licenses"),
    P("C01", "town", "newly disclosed more than in all", cell("disclosure.normative_documents_newly_disclosed", 6), 2, "normative_documents"),
    P("C01", "union", "a count below zero", cell("disclosure.penalties_decided", -1), 2, "penalties", also=("C21",)),
    P("C01", "bureau", "half a case", cell("disclosure.coercive_measures_decided", Decimal("5.5")), 2, "coercive_measures", also=("C06",)),
)  # fmt: skip
BLANKS = (
    P("C02", "union", "blank", cell("applications.business.granted", None), 3, "granted"),
    P("C02", "bureau", "a slash", unread("disclosure.rules_issued", "/"), 2, "rules"),
    P("C02", "county", "a dash", unread("remedies.litigation_direct.upheld", "—"), 4, "", "litigation_direct"),
    P("C02", "town", "无", unread("applications.legal_service.received", "无"), 3, "received"),
    P("C02", "schools", "a hyphen", unread("disclosure.central_procurement_amount", "-"), 2, "central_procurement"),
    P("C02", "union", "a whole remedy blank", then(*(cell(f"remedies.litigation_direct.{k}", None) for k in ("upheld", "rectified", "other_result", "pending", "total"))), 4, "", "litigation_direct"),
)  # fmt: skip
LAYOUT = (
    P("C03", "union", "国家机密", printed(labels={"applications.denied_state_secret": "1.属于国家机密"}), 3, "denied_state_secret"),
    P("C03", "bureau", "a column renamed", printed(labels={"disclosure.in_force": "现有件数"}), 2),
    P("C03", "county", "a label lost", printed(labels={"applications.granted": ""}), 3, "granted"),
    P("C03", "town", "对外公开数量", printed(labels={"disclosure.disclosed": "对外公开数量"}), 2),
    P("C03", "union", "a row missing", without_line(3, "closed_unpaid"), 3, "closed_unpaid"),
    P("C03", "union", "a column missing", without_line(3, column="legal_service"), 3, "", "legal_service"),
    P("C03", "schools", "a row of part two missing", without_line(2, "central_procurement"), 2, "central_procurement"),
    P("C03", "union", "a result missing", without_line(4, column="litigation_direct"), 4, "", "litigation_direct"),
    P("C03", "bureau", "rows out of order", printed(order=("applications.granted_in_part", "applications.granted")), 3, "granted"),
    P("C03", "union", "columns out of order", printed(order=("applications.research_institute", "applications.business")), 3, "", "business"),
)  # fmt: skip
EDITIONS_MIXED = (
    P("C04", "union", "the old form", filed_on(2019), None),
    P("C04", "schools", "the new form", filed_on(2021), None, also=("C19",)),
    P("C04", "town", "the new form in 2020", then(filed_on(2021), cell("disclosure.normative_documents_in_force", 1), cell("disclosure.normative_documents_issued", 1)), None, also=("C19",)),
    P("C04", "bureau", "the old form with figures", filed_on(2019), None, also=("C01", "C06", "C10", "C21")),
    P("C04", "county", "the old form of a government", filed_on(2019), None, also=("C01", "C06")),
)  # fmt: skip
YEARS = (
    P("C10", "bureau", "brought forward is not what was carried", lambda s: replace(s, applications={**s.applications, "legal_service": {**s.applications["legal_service"], "brought_forward": 2, "received": 1}}), 3, "brought_forward", "legal_service", also=("C01", "C06")),
    P("C10", "bureau", "a person's case lost", then(cell("applications.natural_person.brought_forward", 2), cell("applications.natural_person.received", 39)), 3, "brought_forward", "natural_person", also=("C01", "C06")),
    P("C10", "bureau", "a business's appeared", then(cell("applications.business.brought_forward", 1), cell("applications.business.received", 4)), 3, "brought_forward", "business", also=("C01", "C06")),
    P("C10", "bureau", "documents in force", cell("disclosure.normative_documents_in_force", 30), 2, "normative_documents", "in_force", also=("C06",)),
    P("C10", "bureau", "rules in force from nowhere", cell("disclosure.rules_in_force", 1), 2, "rules", also=("C21",)),
)  # fmt: skip


def worded(name: str, text: str):
    return printed(cells={name: text})


NUMERALS = (
    P("C20", "bureau", "a unit", worded("disclosure.administrative_fees_amount", "125.5万"), 2, "administrative_fees"),
    P("C20", "county", "a comma", worded("disclosure.licenses_decided", "20,418"), 2, "licenses"),
    P("C20", "town", "减2", worded("disclosure.licenses_items_change", "减2"), 2, "licenses"),
    P("C20", "bureau", "a remark", worded("disclosure.normative_documents_issued", "4（其中修订1件）"), 2, "normative_documents"),
    P("C20", "schools", "full-width", worded("applications.natural_person.received", "１２"), 3, "received", "natural_person"),
    P("C20", "union", "a decimal", worded("remedies.reconsideration.upheld", "0.0"), 4, "upheld", "reconsideration"),
)  # fmt: skip
PLAUSIBLE = (
    P("C21", "union", "a union's licences", cell("disclosure.licenses_decided", 3), 2, "licenses"),
    P("C21", "union", "a union's documents", then(cell("disclosure.normative_documents_issued", 1), cell("disclosure.normative_documents_in_force", 1)), 2, "normative_documents"),
    P("C21", "town", "a town's rules", then(cell("disclosure.rules_made", 2), cell("disclosure.rules_newly_disclosed", 2), cell("disclosure.rules_disclosed", 2)), 2, "rules"),
    P("C21", "bureau", "元 for 万元", then(cell("disclosure.administrative_fees_amount", 1255000), lambda s: replace(s, overview=s.overview.replace("，收取行政事业性收费125.5万元", ""))), 2, "administrative_fees"),
    P("C21", "bureau", "ten times last year's", then(cell("disclosure.penalties_decided", 730), lambda s: replace(s, overview=s.overview.replace("行政处罚73件", "行政处罚730件"))), 2, "penalties"),
    P("C21", "schools", "items for cases", then(cell("disclosure.licenses_items_change", 35)), 2, "licenses"),
)  # fmt: skip
IN_TABLES = (*EQUATIONS, *BLANKS, *LAYOUT, *EDITIONS_MIXED, *YEARS, *NUMERALS, *PLAUSIBLE)

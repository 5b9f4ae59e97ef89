"""C19: part six says how much 信息处理费 was collected, even where it was none.

国办函〔2020〕109号; asked of every report for a year whose form asks it, on
whichever edition it was filed. An empty part six is C05's.
"""

import re
from collections.abc import Iterator

from reports.editions import NoEdition, edition_for
from reports.sheet import Sheet

from .finding import Context, Finding, Severity

FEE = re.compile(
    r"处理费|收费|(?:收取|征收|收缴|缴纳|产生|发生|涉及)[^。；;\n]{0,24}?费"
    r"|费用?[^。；;，,\n]{0,12}(?:[0０零]|未|无|没有)"
)

STATED = re.compile(r"处理费|收取[^。；;\n]{0,24}?费")  # in part one, where it is not asked


def check_fees(sheet: Sheet, context: Context) -> Iterator[Finding]:
    part = sheet.edition.part("other_matters")
    text = sheet.text(part.key)
    if not text.strip() or not fee_is_asked(sheet.year) or mentions_fee(text):
        return
    elsewhere = STATED.search(re.sub(r"\s", "", sheet.overview))
    where = "只在其他部分写了收费情况" if elsewhere else "没有写信息处理费的收取情况"
    yield Finding(
        "C19",
        Severity.EXPLAIN,
        f"“{part.title}”{where}。请在这一部分写明收取信息处理费的件数和金额（元），没有收取的也要写明。",
        part=part.number,
    )


def fee_is_asked(year: int) -> bool:
    try:
        return edition_for(year).fee_reported
    except NoEdition:
        return False


def mentions_fee(text: str) -> bool:
    return bool(FEE.search(re.sub(r"\s", "", text)))

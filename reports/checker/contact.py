"""C26: whom a reader may ask: address, six-digit postcode, area code and number.

The preface is customary, not prescribed: a report without one is not asked.
What the preface says counts as much as the fields. All are hints.
"""

import re
from collections.abc import Iterator

from reports.sheet import Sheet

from .finding import Context, Finding, Severity
from .sentences import DIGITS

ADDRESS = re.compile(r"地址|地点|位于")
POSTCODE = re.compile(r"(?<![0-9])[0-9]{6}(?![0-9])")
STATED_POSTCODE = re.compile(r"(?:邮编|邮政编码)\s*[为是]?\s*[:：]?\s*([0-9 ]{1,10})")
TELEPHONE = re.compile(
    r"(?<![0-9])(?:\(?0[0-9]{2,3}\)?\s*[-—－–‐─]*\s*[0-9]{7,8}|400-?[0-9]{3,4}-?[0-9]{3,4}|1[3-9][0-9]{9})(?![0-9])"
)
LOCAL_NUMBER = re.compile(r"(?<![0-9])[1-9][0-9]{6,7}(?![0-9])")
BRACKETS = str.maketrans("（）", "()")


def check_contact(sheet: Sheet, context: Context) -> Iterator[Finding]:
    preface = sheet.preface.translate(DIGITS).translate(BRACKETS)
    if not preface.strip():
        return
    contact = sheet.contact
    postcode = contact.postcode.translate(DIGITS).strip() or stated_postcode(preface)
    telephone = contact.telephone.translate(DIGITS).translate(BRACKETS).strip()
    lacking = [
        what
        for what, there in (
            ("地址", contact.address.strip() or ADDRESS.search(preface)),
            ("邮政编码", postcode),
            ("电话", telephone or TELEPHONE.search(preface) or LOCAL_NUMBER.search(preface)),
        )
        if not there
    ]
    if lacking:
        yield hint(
            f"前言的联系方式没有{'、'.join(lacking)}。请补上，方便公众查询。", "、".join(lacking)
        )
    if postcode and not POSTCODE.fullmatch(postcode):
        digits = len(re.sub(r"\D", "", postcode))
        yield hint(f"邮政编码“{postcode}”有 {digits} 位数字，应为 6 位。请核对。", postcode)
    whole = telephone or next(iter(LOCAL_NUMBER.findall(preface)), "")
    if whole and not TELEPHONE.search(whole) and not TELEPHONE.search(preface):
        yield hint(f"电话“{whole}”没有区号或者位数不对。请写明区号和号码。", whole)


def stated_postcode(preface: str) -> str:
    found = STATED_POSTCODE.search(preface)
    return found[1].strip() if found else ""


def hint(message: str, left: str) -> Finding:
    return Finding("C26", Severity.HINT, message, part=0, left=left)

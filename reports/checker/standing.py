"""What sort of body reports, judged by its name where nothing more is known.

Only what a name leaves beyond doubt: a body that is not recognized is not
accused of anything.
"""

import re
from dataclasses import replace

from reports.editions.bodies import Body, BodyKind, Level, kind_by_name
from reports.sheet import Sheet

from .finding import Context

MASS_ORGANIZATION = re.compile(
    r"共青团|(?:工会|妇女联合会|妇联|科学技术协会|科协|工商业联合会|工商联"
    r"|文学艺术界联合会|文联|归国华侨联合会|侨联|社会科学界联合会|社科联)$"
)
NATIONAL = re.compile(r"^(?:国家|国务院|中华人民共和国|中国|全国|海关总署|审计署)")
LOCAL = re.compile(r"^.{2,}?(?:省|市|县|区|州|盟|旗|镇|乡)")
BELOW_PREFECTURE = re.compile(
    r"^(?!.{2,8}自治区(?!.*[县旗市区])).{2,}?(?:县|(?<!自治)(?<!地)区|旗|镇|乡|街道)"
)
COUNTY_GOVERNMENT = re.compile(r"(?:县|旗|镇|乡|(?<!自治)区)人民政府$")


def body_of(sheet: Sheet, context: Context) -> Body:
    """The reporting body, its kind read from its name where it is not given."""
    body = context.body or Body(sheet.agency)
    return body if body.kind else replace(body, kind=kind_of(body.name))


def kind_of(name: str) -> BodyKind | None:
    if MASS_ORGANIZATION.search(name):
        return BodyKind.UNION if name.endswith("工会") else BodyKind.OTHER
    return kind_by_name(name)


def is_mass_organization(body: Body) -> bool:
    """工会 and the other 群团, which have no administrative powers (P4)."""
    if body.kind is BodyKind.UNION:
        return True
    return body.kind in (None, BodyKind.OTHER) and bool(MASS_ORGANIZATION.search(body.name))


def cannot_make_rules(body: Body) -> bool:
    """Whether the body surely has no power to make 规章 (P3)."""
    if body.may_make_rules is not None:
        return not body.may_make_rules
    if body.kind is BodyKind.DEPARTMENT:
        return bool(LOCAL.match(body.name)) and not NATIONAL.match(body.name)
    return body.kind is BodyKind.GOVERNMENT and bool(COUNTY_GOVERNMENT.search(body.name))


def is_below_prefecture(body: Body) -> bool:
    """Whether the body surely belongs to a county or a town."""
    if body.level is not None:
        return body.level in (Level.COUNTY, Level.TOWN)
    return not NATIONAL.match(body.name) and bool(BELOW_PREFECTURE.match(body.name))

"""What a part begins with before anybody has saved it.

Carried over is what is right to carry: the contact, and last year's 结转下年度
as this year's 上年结转. Last year's text is never offered; the outline is. A
government's tables begin with the sums of the bodies below it (S1).
"""

from reports.editions import EDITIONS
from reports.editions.bodies import BodyKind
from reports.editions.common import GOVERNMENT_TOPICS, PROBLEM_HALVES, TOPICS
from reports.editions.grammar import Number, Place
from reports.editions.numbering import NUMERALS
from reports.editions.wording import period_text
from reports.models import Revision
from reports.sheet import Sheet


def starting_text(revision: Revision, part: str) -> str:
    """The outline of a prose part, or the customary preface with its facts filled in."""
    if part == "preface":
        return preface_of(revision)
    if part == "overview":
        topics = [outline(number, topic) for number, topic in enumerate(TOPICS)]
        if revision.report.agency.kind == BodyKind.GOVERNMENT:
            topics[-1] += "\n" + "、".join(GOVERNMENT_TOPICS) + "："
        return "\n".join(topics)
    if part == "problems":
        return "\n".join(outline(number, half) for number, half in enumerate(PROBLEM_HALVES))
    return ""


def outline(number: int, topic: str) -> str:
    return f"（{NUMERALS[number]}）{topic}"


def preface_of(revision: Revision) -> str:
    """Legal basis, the six parts, the period and whom to ask, for the author to check."""
    agency, year = revision.agency_name, revision.report.year
    edition = EDITIONS[revision.edition]
    headings = "、".join(part.heading for part in edition.parts if part.number)
    contact = revision.contact()
    asked = [
        f"{label}：{value}"
        for label, value in (
            ("地址", contact.address),
            ("邮编", contact.postcode),
            ("电话", contact.telephone),
            ("电子邮箱", contact.email),
        )
        if value
    ]
    return (
        f"根据《中华人民共和国政府信息公开条例》第五十条规定，{agency}编制了本报告。"
        f"报告由{headings}六个部分组成。"
        f"所列数据的统计期限为{period_text(year)}。"
        f"如对本报告有疑问，请与{agency}联系（{'，'.join(asked)}）。"
    )


def starting_number(
    place: Place, last_year: Sheet | None, subordinates: Sheet | None
) -> Number | None:
    """The sum of the bodies below; else zero, 上年结转 being last year's 结转下年度."""
    if subordinates is not None:
        return subordinates.figure(place) or 0
    if place.line == "brought_forward" and last_year is not None:
        return last_year.applications.get(place.column, {}).get("carried_forward") or 0
    return 0

"""What a part begins with before anybody has saved it.

Carried over is what is right to carry: the contact, and last year's 结转下年度
as this year's 上年结转. Last year's text is never offered; the outline is.
"""

from collections.abc import Mapping

from reports.editions import EDITIONS
from reports.editions.bodies import BodyKind
from reports.editions.common import GOVERNMENT_TOPICS, PROBLEM_HALVES, TOPICS
from reports.editions.grammar import Number
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


def starting_applications(
    revision: Revision, last_year: Sheet | None
) -> Mapping[str, Mapping[str, Number | None]]:
    """Part three at zero, with 上年结转 taken from last year's 结转下年度."""
    table = EDITIONS[revision.edition].applications
    carried = last_year.applications if last_year else {}
    return {
        column.key: {line.key: 0 for line in table.leaves() if not line.computed}
        | {"brought_forward": carried.get(column.key, {}).get("carried_forward") or 0}
        for column in table.typed_columns()
    }

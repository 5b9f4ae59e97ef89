"""The form's labels as vocabularies, and how people retype them.

A label is looked up by what it says: exactly, then among known retypings, then
as a beginning or a near spelling of one label only. Everything but an exact
match is told to the person.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property

from reports.editions import EDITIONS
from reports.editions.grammar import Column, Line

from .normal import bare, mark_of, said_in, without_remark

SIMILAR = 0.8
PLAUSIBLE = 0.5  # enough only where position or number say the same
LONGEST = 80
SHORTEST_BEGINNING = 4
MOST_REMEMBERED = 5000  # texts of earlier documents

# 错写: what was found in real reports in place of the form's wording
RETYPINGS: Mapping[str, tuple[str, ...]] = {
    "denied_state_secret": ("属于国家机密", "涉及国家秘密", "国家秘密", "涉密"),
    "denied_forbidden_by_law": ("法律行政法规禁止公开", "其他法律法规禁止公开"),
    "denied_security_and_stability": ("危及三安全一稳定的", "三安全一稳定"),
    "denied_third_party_rights": ("涉及第三方合法权益", "侵害第三方合法权益"),
    "denied_internal_affairs": ("三类内部事务信息", "属于内部事务信息"),
    "denied_process_information": ("四类过程性信息", "属于过程性信息"),
    "denied_enforcement_files": ("行政执法案卷",),
    "denied_administrative_queries": ("行政查询事项",),
    "unable_not_held": ("不掌握相关政府信息", "本机关未掌握相关政府信息"),
    "unable_not_compiled": ("没有现成信息需另行制作", "需要另行制作"),
    "unable_still_unclear": ("补正后仍不明确", "补正后申请内容不明确"),
    "not_processed_petition": ("信访投诉举报类申请", "信访举报投诉类"),
    "not_processed_excessive": ("无正当理由反复大量申请",),
    "not_processed_reissue": ("要求行政机关确认或重新出具", "要求确认或重新出具已获取信息"),
    "closed_uncorrected": ("逾期不补正", "申请人无正当理由逾期不补正"),
    "closed_unpaid": ("逾期未缴费", "申请人逾期未按收费通知要求缴纳费用"),
    "received": ("本年新收申请数量", "本年新收"),
    "brought_forward": ("上年结转申请数量", "上年结转"),
    "carried_forward": ("结转下年继续办理", "结转下年度"),
    "outcomes_total": ("合计",),
    "total": ("合计", "总数"),
    "natural_person": ("公民", "公民个人", "个人"),
    "public_welfare": ("公益组织", "社会公益"),
    "legal_service": ("法律服务",),
    "business": ("企业",),
    "research_institute": ("科研院所",),
    "upheld": ("维持",),
    "rectified": ("纠正",),
    "other_result": ("其他",),
    "pending": ("未审结",),
    "disclosed": ("对外公开数量", "对外公开总数"),
    "made": ("本年新制作数", "本年制作数量"),
    "newly_disclosed": ("本年新公开数",),
    "issued": ("本年制发数", "制发件数"),
    "repealed": ("本年废止数", "废止件数"),
    "in_force": ("现行有效数", "有效件数"),
    "items_change": ("本年增减", "增减", "本年增加减少"),
    "items_last_year": ("上年项目数量",),
    "decided": ("办理数量", "处理决定数"),
    "amount": ("采购金额", "收费金额", "本年收费金额"),
    "items": ("采购数量", "项目数量"),
    "other_services": ("其他对外管理服务", "对外管理服务事项"),
    "litigation_direct": ("直接起诉", "未经复议起诉"),
    "litigation_after_reconsideration": ("经复议后起诉", "复议后诉讼"),
}


@dataclass(frozen=True)
class Match:
    """The key a label stands for, the form's wording, and whether it says the same."""

    key: str
    label: str
    exact: bool


@dataclass
class Vocabulary:
    """Labels of one sort: (label, key) pairs, several labels may share a key."""

    entries: tuple[tuple[str, str], ...]
    found: dict[str, Match | None] = field(default_factory=dict)

    @cached_property
    def by_text(self) -> dict[str, Match]:
        """Exact wordings, and the retypings which are not somebody's exact wording."""
        exact = {bare(label): Match(key, label, True) for label, key in reversed(self.entries)}
        retyped = {
            bare(text): Match(key, label, False)
            for label, key in reversed(self.entries)
            for text in RETYPINGS.get(key, ())
        }
        return {**retyped, **exact}

    def look_up(self, text: str) -> Match | None:
        """The one label that a text stands for, or None."""
        said = bare(text)
        if not said or len(said) > LONGEST:
            return None
        if len(self.found) > MOST_REMEMBERED:
            self.found.clear()
        if said not in self.found:
            self.found[said] = self.search(said, without_remark(text))
        return self.found[said]

    def search(self, said: str, short: str) -> Match | None:
        if said in self.by_text:
            return self.by_text[said]
        for candidate in (short, said):
            if candidate in self.by_text:
                return self.loosely(self.by_text[candidate])
        return self.beginning(said) or self.nearest(said, SIMILAR)

    def beginning(self, said: str) -> Match | None:
        """A label cut short, or one that goes on: 「（二）部分公开」."""
        keys = {
            match.key: match
            for text, match in self.by_text.items()
            if min(len(text), len(said)) >= SHORTEST_BEGINNING
            and (text.startswith(said) or said.startswith(text))
        }
        return self.loosely(next(iter(keys.values()))) if len(keys) == 1 else None

    def nearest(self, said: str, least: float) -> Match | None:
        rated = sorted(
            ((likeness(text, said), match.key) for text, match in self.by_text.items()),
            reverse=True,
        )
        best, key = rated[0] if rated else (0.0, "")
        if best < least:
            return None
        return next(self.loosely(match) for match in self.by_text.values() if match.key == key)

    def likeness_to(self, text: str, key: str) -> float:
        """How much a text resembles the wordings of one key."""
        return max(
            (likeness(bare(text), bare(label)) for label, k in self.entries if k == key),
            default=0.0,
        )

    def plausible(self, text: str, key: str) -> bool:
        """Whether a text may be a key's label where its position says so.

        A lost label may be anything; a bare number may have stayed of it.
        """
        said = bare(text)
        if not said:
            return True
        marks = {mark_of(label) for label, k in self.entries if k == key}
        likely = self.likeness_to(text, key)
        return likely >= SIMILAR or (likely >= PLAUSIBLE and mark_of(text) in marks | {""})

    @staticmethod
    def loosely(match: Match) -> Match:
        return Match(match.key, match.label, False)

    def label_of(self, key: str) -> str:
        return next(label for label, k in self.entries if k == key)


def likeness(one: str, other: str) -> float:
    """difflib's ratio; 0 where it cannot be even plausible."""
    least = PLAUSIBLE * (len(one) + len(other)) / 2  # characters in common
    if min(len(one), len(other)) < least or sum(c in other for c in one) < least:
        return 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def vocabulary(pairs: Iterable[tuple[str, str]]) -> Vocabulary:
    return Vocabulary(tuple(dict.fromkeys(pairs)))


NEWEST_FIRST = tuple(reversed(EDITIONS.values()))


def groups_in(lines: Iterable[Line]) -> Iterable[Line]:
    for line in lines:
        if line.children:
            yield line
            yield from groups_in(line.children)


def wordings(columns: Iterable[Column]) -> Iterable[tuple[str, str]]:
    return ((column.label, column.key) for column in columns)


# part two
ROWS = vocabulary(
    (row.label, row.key)
    for edition in NEWEST_FIRST
    for block in edition.disclosure.blocks
    for row in block.rows
)
FIGURES = vocabulary(
    pair
    for edition in NEWEST_FIRST
    for block in edition.disclosure.blocks
    for pair in wordings(block.columns)
)
# part three
LINES = vocabulary(
    (leaf.label, leaf.key) for edition in NEWEST_FIRST for leaf in edition.applications.leaves()
)
GROUPS = vocabulary(
    (group.label, group.key)
    for edition in NEWEST_FIRST
    for group in groups_in(edition.applications.lines)
)
APPLICANTS = vocabulary(
    pair for edition in NEWEST_FIRST for pair in wordings(edition.applications.columns)
)
ORGANIZATIONS = vocabulary(
    (column.under, "organizations")
    for edition in NEWEST_FIRST
    for column in edition.applications.columns
    if column.under
)
APPLICANTS_HEADING = vocabulary(
    pair
    for edition in NEWEST_FIRST
    for pair in (
        (edition.applications.columns_heading, "heading"),
        (edition.applications.corner, "corner"),
    )
)
# part four
REMEDIES = vocabulary(
    pair for edition in NEWEST_FIRST for pair in wordings(edition.remedies.groups)
)
LITIGATION = vocabulary(
    (group.under, "litigation")
    for edition in NEWEST_FIRST
    for group in edition.remedies.groups
    if group.under
)
RESULTS = vocabulary(
    pair for edition in NEWEST_FIRST for pair in wordings(edition.remedies.results)
)


def same_wording(text: str, label: str) -> bool:
    """Equal but for spaces, widths, punctuation, numbering marks, and a unit told besides."""
    return bare(label) in (bare(text), bare(UNIT.sub("", said_in(text))))


UNIT = re.compile(r"\((?:单位:?)?(?:万元|件|条|项|个|次)\)$")

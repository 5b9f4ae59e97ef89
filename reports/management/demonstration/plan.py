"""Which report of the city stands where, and what is said about it."""

from collections.abc import Iterator
from dataclasses import dataclass

from reports.editions.covering import COVERING
from reports.workflow import State

from .city import seat

EARLIEST, LATEST = 2019, 2025
RETURNED = "returned"  # a draft which a reviewer has sent back


@dataclass(frozen=True)
class Planned:
    """A report to be written and brought to a state; ``note`` is what is said on the way.

    ``parts`` are those that an unfinished draft has; ``signed`` is month and
    day where it is not a day of January. ``mistake`` is a figure of part two
    and by how much it was too small in the text that was corrected.
    """

    slug: str
    year: int
    state: str = State.PUBLISHED
    note: str = ""
    parts: tuple[str, ...] = ()
    signed: tuple[int, int] | None = None
    mistake: tuple[str, int] | None = None


PUBLISHED = {
    2023: (
        "city", "education", "labor", "market", "planning", "data", "union", "lakeside", "isle",
        "bridge-civil-affairs", "lakeside-union",
    ),
    2024: (
        "city", "education", "police", "finance", "labor", "planning", "housing", "health",
        "market", "data", "arts", "tourism", "union", "lakeside", "lakeside-reed-bay", "bridge",
        "bridge-union", "isle", "lakeside-union",
    ),
    2025: ("finance", "labor", "data", "culture", "union", "isle", "lakeside-union"),
}  # fmt: skip
OTHERS = (
    Planned(
        "bridge", 2023, State.SUPERSEDED, mistake=("normative_documents_in_force", 1),
        note="第二部分行政规范性文件的现行有效件数漏计一件，正文同一数字一并更正，其他内容没有变动。",
    ),
    Planned(
        "isle-market", 2023, State.WITHDRAWN,
        note="报告正文误附了一份当事人名单，涉及个人信息，已撤回公布，核对后重新发布。",
    ),
    Planned("bridge-housing", 2024, signed=(2, 14)),
    Planned(
        "environment", 2024, State.SUPERSEDED, mistake=("penalties_decided", 12),
        note="第二部分行政处罚的本年处理决定数量漏计十二件，正文同一数字一并更正，其他内容没有变动。",
    ),
    Planned("planning", LATEST, State.DRAFT, parts=("preface", "overview", "disclosure")),
    Planned("housing", LATEST, State.DRAFT, parts=("preface",)),
    Planned(
        "bridge-union", LATEST, RETURNED,
        note="第五部分写了问题，但改进措施没有写完成时限；第一部分主动公开的条数请与网站后台再核对一次。",
    ),
    Planned(
        "bridge-education", LATEST, RETURNED,
        note="请补充监督保障中培训和自查的情况，并核对成文日期。",
    ),
    Planned("health", LATEST, State.IN_REVIEW),
    Planned("police", LATEST, State.IN_REVIEW),
    Planned("lakeside", LATEST, State.IN_REVIEW),
    Planned("isle-tea-hill", LATEST, State.IN_REVIEW),
    Planned("environment", LATEST, State.APPROVED),
    Planned("city", LATEST, State.APPROVED),
    Planned("lakeside-willow-bank", LATEST, State.APPROVED),
)  # fmt: skip

# Reasons by code, rule and agency, given where the checker asks for one.
COVERED = "本报告还包括政府办公室的数和没有在本站公布年度报告的机关的数，各机关的数已逐一核对。"
REASONS = {
    **{("S1", "S1", slug): COVERED for slug in ("city", "lakeside", "bridge", "isle")},
    ("C10", "Y1", "city"): (
        "市自然资源和规划局有2件上年结转的申请随职责移交承接机关办理，不再列入全市结转数。"
    ),
    ("C10", "Y2", "city"): (
        "市人力资源和社会保障局有3件文件有效期届满自动失效，不属于发文废止，没有计入本年废止件数。"
    ),
    ("C10", "Y1", "market"): (
        "上一年度报告为旧系统导出件，自然人列结转数误多列一件；经核对收件登记，实际结转数以本报告为准。"
    ),
    ("C10", "Y1", "planning"): (
        "因机构职责调整，2件上年结转的申请随职责移交承接机关办理，已书面告知申请人，不再列入本机关结转数。"
    ),
    ("C10", "Y2", "labor"): (
        "本年开展文件清理，3件文件有效期届满自动失效，不属于发文废止，因此没有计入本年废止件数。"
    ),
    ("C14", "", "bridge-housing"): (
        "年初内设机构调整，行政执法数据重新核对，经政务公开主管部门同意延期半个月报送。"
    ),
    ("C21", "P4", "lakeside-union"): (
        "该件由本会参与起草并与行政机关联合署名，由行政机关编号公布，按联合发文的统计口径列入。"
    ),
    ("C21", "", "labor"): (
        "本年开展工资支付专项执法行动，立案和处罚数量较往年大幅增加，数据已与执法平台核对一致。"
    ),
}


def plan(year: int) -> Iterator[Planned]:
    """The authored reports for a year, in the order in which they are written.

    Governments come last, the lowest first: they are measured by what is published below them.
    """
    listed = [Planned(slug, year) for slug in PUBLISHED.get(year, ())]
    listed += [planned for planned in OTHERS if planned.year == year]
    yield from (each for each in listed if seat(each.slug).kind not in COVERING)
    governments = [each for each in listed if seat(each.slug).kind in COVERING]
    yield from sorted(governments, key=lambda each: not seat(each.slug).parent)

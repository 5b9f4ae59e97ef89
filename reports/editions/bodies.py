"""What the law says of kinds of bodies: what they may make, and by when they report."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class BodyKind(StrEnum):
    """机关性质. A union is not a 行政机关, but reports in the same form."""

    GOVERNMENT = "government"
    DEPARTMENT = "department"
    TOWN = "town"
    UNION = "union"
    OTHER = "other"

    @property
    def label(self) -> str:
        return KIND_LABELS[self]


KIND_LABELS = {
    BodyKind.GOVERNMENT: "人民政府",
    BodyKind.DEPARTMENT: "政府部门",
    BodyKind.TOWN: "乡镇街道",
    BodyKind.UNION: "工会",
    BodyKind.OTHER: "其他单位",
}


class Level(StrEnum):
    """行政区划的级别."""

    NATION = "nation"
    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"
    TOWN = "town"

    @property
    def label(self) -> str:
        return LEVEL_LABELS[self]


LEVEL_LABELS = {
    Level.NATION: "国家级",
    Level.PROVINCE: "省级",
    Level.PREFECTURE: "市级",
    Level.COUNTY: "县级",
    Level.TOWN: "乡级",
}

RULE_MAKERS = {  # 《立法法》: who can make 规章 (format.md, P3)
    (BodyKind.DEPARTMENT, Level.NATION),
    (BodyKind.GOVERNMENT, Level.PROVINCE),
    (BodyKind.GOVERNMENT, Level.PREFECTURE),
}
RULES = "rules"  # the line of part two which they alone may fill
# P4: the lines which a trade union has no power to fill
ADMINISTRATIVE_POWERS = (
    "rules",
    "normative_documents",
    "licenses",
    "penalties",
    "coercive_measures",
    "administrative_fees",
)


@dataclass(frozen=True)
class Body:
    """The reporting body as plain values, as far as it is known."""

    name: str
    kind: BodyKind | None = None
    level: Level | None = None
    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)

    @property
    def may_make_rules(self) -> bool | None:
        """None where too little is known of the body to tell."""
        if self.kind is None or (self.level is None and self.kind not in NEVER_RULE_MAKERS):
            return None
        return (self.kind, self.level) in RULE_MAKERS


NEVER_RULE_MAKERS = {BodyKind.TOWN, BodyKind.UNION, BodyKind.OTHER}


def deadline(kind: BodyKind | None, year: int) -> date:
    """Article 49: 31 January after the report year; a government's own, 31 March."""
    if kind is BodyKind.GOVERNMENT:
        return date(year + 1, 3, 31)
    return date(year + 1, 1, 31)


def kind_by_name(name: str) -> BodyKind | None:
    """The kind where a name leaves no doubt, for documents of unknown bodies."""
    if name.endswith(("总工会", "工会")):
        return BodyKind.UNION
    if name.endswith("人民政府"):
        return BodyKind.GOVERNMENT
    if name.endswith(("局", "委员会", "厅")):
        return BodyKind.DEPARTMENT
    return None

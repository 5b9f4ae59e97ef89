"""What importing a list of agencies would do to each row; two statements, however many rows."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from reports.editions.bodies import KIND_LABELS
from reports.importers.lists import AGENCY_COLUMNS, RawRow
from reports.models import Agency, Division
from reports.models.agency import DEEPEST

from .intake import Fate, Outcome, Unfit, refuse_formulas, refuse_too_long, refused

HEADERS = {name: header for header, name in AGENCY_COLUMNS.items()}
PLAIN = ("office", "address", "postcode", "telephone", "email")
LONGEST = {
    "name": 120, "slug": 80, "office": 80, "address": 120, "postcode": 6, "telephone": 40,
    "email": 254,
}  # fmt: skip
SLUG = re.compile(r"[-a-zA-Z0-9_]+")
KINDS = {str(kind): str(kind) for kind in KIND_LABELS} | {
    label: str(kind) for kind, label in KIND_LABELS.items()
}


@dataclass
class Known:
    """What stands in the database, and what the file has said so far."""

    agencies: Mapping[str, Agency]
    divisions: Mapping[str, Division]
    in_file: Mapping[str, int]  # slug: the first line that has it
    names: Mapping[str, str]  # name of a standing body or of an earlier row: its slug


def fates_of_agencies(rows: Iterable[RawRow]) -> list[Fate]:
    """The fate of each row, in the file's order."""
    listed = list(rows)
    agencies = {each.slug: each for each in Agency.objects.select_related("division", "parent")}
    first: dict[str, int] = {}
    for row in listed:
        first.setdefault(row["slug"], row.line)
    names = {each.name: slug for slug, each in agencies.items() if each.closed_on is None}
    for row in listed:
        names.setdefault(row["name"], row["slug"])
    divisions = {each.code: each for each in Division.objects.all()}
    known = Known(agencies, divisions, first, names)
    return placed([fate_of(row, known) for row in listed], known)


def fate_of(row: RawRow, known: Known) -> Fate:
    try:
        refuse_what_is_written(row, known)
        standing = known.agencies.get(row["slug"])
        values = values_of(row, known)
        return fate_of_standing(row, standing, values) if standing else fate_of_new(row, values)
    except Unfit as problem:
        return refused(row, row["name"] or row["slug"], str(problem))


def refuse_what_is_written(row: RawRow, known: Known) -> None:
    refuse_formulas(row, HEADERS)
    refuse_too_long(row, HEADERS, LONGEST)
    slug = row["slug"]
    if not slug:
        raise Unfit("“网址标识”没有填写。请填写英文字母、数字或连字符组成的标识。")
    if not SLUG.fullmatch(slug):
        raise Unfit(f"“网址标识”写的是“{slug}”，只能用英文字母、数字、连字符和下划线。")
    if known.in_file[slug] != row.line:
        raise Unfit(
            f"“网址标识”{slug}与第 {known.in_file[slug]} 行相同。请去掉一行，或者另取标识。"
        )
    owner = known.names.get(row["name"]) if row["name"] else slug
    if owner is not None and owner != slug:
        raise Unfit(f"“名称”{row['name']}与标识为 {owner} 的机关相同。请核对是不是同一个机关。")


def values_of(row: RawRow, known: Known) -> dict[str, Any]:
    """What the row says, in the model's terms; an empty cell says nothing."""
    values: dict[str, Any] = {name: row[name] for name in ("name", *PLAIN) if row[name]}
    if row["kind"]:
        if row["kind"] not in KINDS:
            labels = "、".join(KIND_LABELS.values())
            raise Unfit(f"“性质”写的是“{row['kind']}”，请写{labels}之一。")
        values["kind"] = KINDS[row["kind"]]
    if row["division"]:
        if row["division"] not in known.divisions:
            raise Unfit(
                f"“区划代码”{row['division']}没有登记。请核对，或者先在“区划”中新增这个区划。"
            )
        values["division"] = known.divisions[row["division"]]
    if row["parent"]:
        values["parent"] = row["parent"]
        if row["parent"] == row["slug"]:
            raise Unfit("“上级标识”就是它自己的标识。请改为上级机关的标识，最上层的留空。")
        if row["parent"] not in known.agencies and row["parent"] not in known.in_file:
            raise Unfit(f"“上级标识”{row['parent']}没有这个机关，文件里也没有。请核对标识。")
        above = known.agencies.get(row["parent"])
        if above is not None and above.closed_on is not None:
            raise Unfit(f"“上级标识”{row['parent']}是“{above}”，已经撤销。请改为现在的上级。")
    if row["email"]:
        try:
            validate_email(row["email"])
        except ValidationError:
            raise Unfit(f"“电子邮箱”写的是“{row['email']}”，不是邮箱地址，请核对。") from None
    return values


def fate_of_new(row: RawRow, values: Mapping[str, Any]) -> Fate:
    for name in ("name", "kind"):
        if name not in values:
            raise Unfit(f"“{HEADERS[name]}”没有填写。新增机关必须填写。")
    under = f"上级标识 {values['parent']}" if "parent" in values else "在最上层"
    return Fate(row, row["name"], Outcome.NEW, under, {**values, "slug": row["slug"]})


def fate_of_standing(row: RawRow, standing: Agency, values: Mapping[str, Any]) -> Fate:
    if standing.closed_on is not None:
        raise Unfit(f"“{standing}”已经撤销，没有导入。撤销有误的请先在机关页面恢复。")
    if values.get("name", standing.name) != standing.name:
        raise Unfit(
            f"“名称”与现有的“{standing}”不同。更名请在机关页面办理，以便保留曾用名；"
            "不更名的请把名称改回或者留空。"
        )
    now = {name: getattr(standing, name) for name in values if name != "parent"}
    now["parent"] = standing.parent.slug if standing.parent else ""
    changed = {name: value for name, value in values.items() if now[name] != value}
    if not changed:
        return Fate(row, standing.name, Outcome.SAME)
    said = "；".join(
        f"{HEADERS[name]}：{shown(name, now[name])} 改为 {shown(name, value)}"
        for name, value in changed.items()
    )
    return Fate(row, standing.name, Outcome.CHANGED, said, changed)


def shown(name: str, value: Any) -> str:
    if name == "division":
        return value.code if value else "（空）"
    if name == "kind":
        return KIND_LABELS[value]
    return str(value) if value else "（空）"


def placed(fates: list[Fate], known: Known) -> list[Fate]:
    """The same without the rows that hang on a refused one, in the air, in a ring or too deep."""
    while True:
        parents = parents_after(fates, known)
        new = {each.row["slug"] for each in fates if each.outcome is Outcome.NEW}
        fallen = dict(fallen_of(fates, parents, new, known))
        if not fallen:
            return fates
        fates = [
            refused(each.row, each.named, fallen[each.row.line])
            if each.row.line in fallen and each.outcome is not Outcome.REFUSED
            else each
            for each in fates
        ]


def parents_after(fates: Iterable[Fate], known: Known) -> dict[str, str]:
    """The slugs of all parents as they would be: "" on top."""
    parents = {
        slug: each.parent.slug if each.parent else "" for slug, each in known.agencies.items()
    }
    for each in fates:
        if each.outcome is not Outcome.REFUSED and "parent" in each.values:
            parents[each.row["slug"]] = each.values["parent"]
        elif each.outcome is Outcome.NEW:
            parents[each.row["slug"]] = ""
    return parents


def fallen_of(
    fates: Iterable[Fate], parents: Mapping[str, str], new: set[str], known: Known
) -> Iterator[tuple[int, str]]:
    """(line, why) of the rows that cannot stand where they would."""
    depths: dict[str, int] = {}
    for each in fates:
        if each.outcome in (Outcome.REFUSED, Outcome.SAME):
            continue
        slug, parent = each.row["slug"], each.values.get("parent", "")
        if parent and parent not in known.agencies and parent not in new:
            yield (
                each.row.line,
                f"的上级（标识 {parent}）不能导入，所以它也不能导入。请先改正那一行。",
            )
            continue
        ring = ring_from(slug, parents)
        if ring:
            named = " → ".join(ring)
            yield each.row.line, f"“上级标识”互为上下级（{named}）。请改正其中一个的上级。"
        elif depth_of(slug, parents, depths) > DEEPEST:
            yield each.row.line, f"的层级超过 {DEEPEST} 层。请放在较高的上级之下。"


def ring_from(slug: str, parents: Mapping[str, str]) -> list[str]:
    """The slugs of the ring that the upward way from a slug leads back to itself by; or none."""
    way, at = [slug], parents.get(slug, "")
    while at and at not in way and len(way) <= len(parents):
        way.append(at)
        at = parents.get(at, "")
    return [*way, slug] if at == slug else []


def depth_of(slug: str, parents: Mapping[str, str], known: dict[str, int]) -> int:
    """Steps from the top; a way that runs into a ring elsewhere ends after the longest way."""
    way: list[str] = []
    at = slug
    while at and at not in known and len(way) <= DEEPEST + 1:
        way.append(at)
        at = parents.get(at, "")
    depth = known.get(at, 0)
    for each in reversed(way):
        depth += 1
        known[each] = depth
    return known[slug]

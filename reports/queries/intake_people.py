"""What importing a list of people would do to each row; five statements, however many rows.

An account is stored at once, without a password; a role is only proposed. A
person with several roles stands in several rows.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from reports.importers.lists import PEOPLE_COLUMNS, RawRow
from reports.models import Agency, Membership, RoleRequest, User
from reports.workflow import ROLE_LABELS, Role

from .intake import Fate, Outcome, Unfit, refuse_formulas, refuse_too_long, refused
from .people import against_grant

HEADERS = {name: header for header, name in PEOPLE_COLUMNS.items()}
LONGEST = {"username": 150, "display_name": 60, "email": 254}
ROLES = {str(role): role for role in Role} | {label: role for role, label in ROLE_LABELS.items()}
Grant = tuple[str, int | None]  # a role, and the key of the agency it is held in


@dataclass
class Known:
    """What stands in the database, and what the file's rows so far would add to it."""

    asked_by: int
    users: Mapping[str, User]
    agencies: Mapping[str, Agency]
    waiting: Mapping[int, set[Grant]]
    held: dict[str, set[Grant]] = field(default_factory=lambda: defaultdict(set))
    first: dict[str, RawRow] = field(default_factory=dict)  # by user name
    asked: dict[tuple[str, Grant], int] = field(default_factory=dict)


def fates_of_people(rows: Iterable[RawRow], asked_by: User) -> list[Fate]:
    """The fate of each row, in the file's order."""
    users = {each.username.casefold(): each for each in User.objects.all()}
    names = {each.pk: name for name, each in users.items()}
    agencies = {each.slug: each for each in Agency.objects.only("name", "slug", "closed_on")}
    waiting: dict[int, set[Grant]] = defaultdict(set)
    open_requests = RoleRequest.objects.filter(state="waiting", kind="grant")
    for user, role, agency in open_requests.values_list("user", "role", "agency"):
        waiting[user].add((role, agency))
    known = Known(asked_by.pk, users, agencies, waiting)
    for user, role, agency in Membership.objects.values_list("user", "role", "agency"):
        known.held[names[user]].add((role, agency))
    return [fate_of(row, known) for row in rows]


def fate_of(row: RawRow, known: Known) -> Fate:
    try:
        refuse_what_is_written(row)
        standing = standing_of(row, known)
        changes = changes_of(row, standing, known)
        role, agency = grant_of(row, known)
        asks, said = asking(row, standing, role, agency, known)
    except Unfit as problem:
        return refused(row, row["username"], str(problem))
    first = row["username"] not in known.first
    known.first.setdefault(row["username"], row)
    values = {"changes": changes, "role": role if asks else None, "agency": agency}
    if standing is None and first:
        return Fate(
            row, row["username"], Outcome.NEW, f"新账号“{row['display_name']}”{said}", values
        )
    changed = [f"{HEADERS[name]}改为“{value}”" for name, value in changes.items() if standing]
    if not changed and not asks:
        return Fate(row, row["username"], Outcome.SAME, said.removeprefix("；"))
    told = "；".join(filter(None, [*changed, said.removeprefix("；")]))
    return Fate(row, row["username"], Outcome.CHANGED, told, values)


def refuse_what_is_written(row: RawRow) -> None:
    refuse_formulas(row, HEADERS)
    refuse_too_long(row, HEADERS, LONGEST)
    if not row["username"]:
        raise Unfit("“用户名”没有填写。")
    try:
        UnicodeUsernameValidator()(row["username"])
    except ValidationError:
        raise Unfit(
            f"“用户名”写的是“{row['username']}”，只能用文字、数字和 @ . + - _，不能有空格。"
        ) from None
    if row["email"]:
        try:
            validate_email(row["email"])
        except ValidationError:
            raise Unfit(f"“电子邮箱”写的是“{row['email']}”，不是邮箱地址，请核对。") from None


def standing_of(row: RawRow, known: Known) -> User | None:
    standing = known.users.get(row["username"].casefold())
    if standing is None:
        return None
    if standing.username != row["username"]:
        raise Unfit(f"“用户名”与已有的 {standing.username} 只差大小写。请改用它，或者另取用户名。")
    if not standing.is_active:
        raise Unfit(f"“用户名”{standing.username}的账号已经停用。请先在用户页面恢复登录。")
    return standing


def changes_of(row: RawRow, standing: User | None, known: Known) -> dict[str, str]:
    """What the row says of the person that is not so yet; rows of one person must agree."""
    said = {name: row[name] for name in ("display_name", "email") if row[name]}
    before = known.first.get(row["username"])
    for name, value in said.items():
        if before is not None and before[name] and before[name] != value:
            raise Unfit(f"“{HEADERS[name]}”与第 {before.line} 行同一用户的不同。请改成一样。")
    if before is not None:
        return {}
    if standing is None:
        if not row["display_name"]:
            raise Unfit("“姓名”没有填写。新增账号必须填写姓名。")
        return said
    return {name: value for name, value in said.items() if getattr(standing, name) != value}


def grant_of(row: RawRow, known: Known) -> tuple[Role | None, Agency | None]:
    agency = known.agencies.get(row["agency"]) if row["agency"] else None
    if row["agency"] and agency is None:
        raise Unfit(f"“机关标识”{row['agency']}没有这个机关。请核对标识，或者先导入机关。")
    if agency is not None and agency.closed_on is not None:
        raise Unfit(f"“机关标识”{row['agency']}是“{agency}”，已经撤销。请改为承继的机关。")
    if not row["role"]:
        if agency is not None:
            raise Unfit("写了“机关标识”而没有写“角色”。请写角色，或者两格都留空。")
        return None, None
    if row["role"] not in ROLES:
        raise Unfit(f"“角色”写的是“{row['role']}”，请写{'、'.join(ROLE_LABELS.values())}之一。")
    return ROLES[row["role"]], agency


def asking(
    row: RawRow, standing: User | None, role: Role | None, agency: Agency | None, known: Known
) -> tuple[bool, str]:
    """Whether the row proposes a role, and what is said of it."""
    if role is None:
        return False, ""
    grant: Grant = (str(role), agency.pk if agency else None)
    words = f"{agency or '全站'}{role.label}"
    line = known.asked.get((row["username"], grant))
    if line is not None:
        raise Unfit(f"与第 {line} 行相同（{words}）。请去掉一行。")
    name = row["username"].casefold()
    if grant in known.held[name]:
        return False, f"；已经是{words}"
    if standing is not None and grant in known.waiting.get(standing.pk, ()):
        return False, f"；{words}已经提出，等待确认"
    if standing is not None and standing.pk == known.asked_by:
        raise Unfit("是您自己的账号：不能给自己提出角色，请由另一名管理员提出。")
    against = against_grant(row["display_name"] or row["username"], role, agency, known.held[name])
    if against:
        raise Unfit(f"“角色”不能提出：{against}")
    known.asked[row["username"], grant] = row.line
    known.held[name].add(grant)
    return True, f"；提出授予{words}"

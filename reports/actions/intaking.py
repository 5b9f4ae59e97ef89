"""Lists of agencies and of people from a file: a dry run first, then all of it or nothing.

The rows that the dry run refused are left out; all others are stored in one
transaction. It stores what the person saw: where the database has changed so
that a row would have another fate, nothing is stored and the fates are shown
anew. Handed in twice, a list changes nothing the second time.
"""

from collections.abc import Sequence
from hashlib import sha256

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from reports.importers.lists import AGENCY_COLUMNS, PEOPLE_COLUMNS, RawRow, read_list
from reports.models import Agency, Intake, RoleRequest, User
from reports.permissions import is_system_administrator
from reports.queries.intake import Fate, Outcome, counts_of, seal_of
from reports.queries.intake_agencies import fates_of_agencies
from reports.queries.intake_people import fates_of_people

from .agencies import create_agencies, hold_the_tree, move_agency
from .aggregating import recount_own
from .auditing import attempted, note
from .indexing import index_agency
from .refusals import Refused
from .regional import recount_region

COLUMNS = {Intake.Kind.AGENCIES: AGENCY_COLUMNS, Intake.Kind.PEOPLE: PEOPLE_COLUMNS}


class FatesChanged(Refused):
    """The database is no longer what the page was about."""

    def __init__(self) -> None:
        super().__init__(
            "在您查看之后数据库有了变化，有的行结果不同了，什么都没有导入。请核对下面重新试运行的结果。"
        )


def refuse_others(by: User) -> None:
    if not is_system_administrator(by):
        raise PermissionDenied


@attempted("check_intake")
def check_list(kind: Intake.Kind, filename: str, data: bytes, *, by: User) -> Intake:
    """Read the file and keep its rows for the dry run; UnreadableDocument where it is none."""
    refuse_others(by)
    table = read_list(data, COLUMNS[kind])
    intake = Intake(
        kind=kind,
        by=by,
        filename=filename[:200],
        sha256=sha256(data).hexdigest(),
        notes=list(table.notes),
        rows=[[row.line, dict(row.cells)] for row in table.rows],
    )
    intake.checked = seal_of(fates_of(intake, by=by))
    intake.save()
    note("check_intake", intake, by=by, rows=len(table.rows), sha256=intake.sha256)
    return intake


def fates_of(intake: Intake, *, by: User) -> list[Fate]:
    """What importing the list would do to each row now."""
    rows = [RawRow(line, cells) for line, cells in intake.rows]
    if intake.kind == Intake.Kind.AGENCIES:
        return fates_of_agencies(rows)
    return fates_of_people(rows, by)


@attempted("import_{intake.kind}")
def take_in(intake: Intake, *, seen: str, by: User) -> Intake:
    """Store what the page with the seal ``seen`` showed.

    Raises FatesChanged where that is no longer what would be stored, Refused
    where the list was stored or dropped already, or nothing of it can be.
    """
    refuse_others(by)
    hold_the_tree()
    intake = waiting(intake)
    fates = fates_of(intake, by=by)
    if seal_of(fates) != seen:
        raise FatesChanged
    going = [each for each in fates if each.outcome in (Outcome.NEW, Outcome.CHANGED)]
    if not going:
        raise Refused("没有可以导入的行：每一行的原因见下表。")
    kind = Intake.Kind(intake.kind)
    store = {Intake.Kind.AGENCIES: store_agencies, Intake.Kind.PEOPLE: store_people}[kind]
    store(going, intake, by)
    intake.outcome = {
        "counts": counts_of(fates),
        "rows": [[each.row.line, each.named, str(each.outcome), each.said] for each in fates],
    }
    intake.rows, intake.state, intake.done_at = [], Intake.State.DONE, timezone.now()
    intake.save(update_fields=["rows", "state", "done_at", "outcome"])
    note(
        f"import_{kind}", intake, by=by, counts=counts_of(fates), sha256=intake.sha256,
        done=[told_of(each, kind) for each in going],
    )  # fmt: skip
    return intake


def told_of(fate: Fate, kind: Intake.Kind) -> str:
    """A row in the audit trail: of a person who and which role, not how to reach them."""
    if kind == Intake.Kind.AGENCIES:
        return f"{fate.row['slug']}：{fate.outcome}，{fate.said}"
    role, agency = fate.values["role"], fate.values["agency"]
    return f"{fate.named}：{fate.outcome}" + (f"，{agency or '全站'}{role.label}" if role else "")


@attempted("drop_intake")
def drop(intake: Intake, *, by: User) -> None:
    """Give the list up; its rows are forgotten."""
    refuse_others(by)
    intake = waiting(intake)
    intake.rows, intake.state = [], Intake.State.DROPPED
    intake.save(update_fields=["rows", "state"])
    note("drop_intake", intake, by=by)


def waiting(intake: Intake) -> Intake:
    intake = Intake.objects.select_for_update(of=("self",)).get(pk=intake.pk)
    if intake.state != Intake.State.CHECKED:
        raise Refused(f"这份文件现在是“{intake.get_state_display()}”，不能再办理。请重新上传。")
    return intake


def store_agencies(going: Sequence[Fate], intake: Intake, by: User) -> None:
    """New ones a level at a time, changes together, and each move as a move."""
    create_agencies(
        [
            ({name: value for name, value in each.values.items() if name != "parent"},
             each.values.get("parent", ""))
            for each in going
            if each.outcome is Outcome.NEW
        ]
    )  # fmt: skip
    changed = {each.row["slug"]: each.values for each in going if each.outcome is Outcome.CHANGED}
    standing = {each.slug: each for each in Agency.objects.filter(slug__in=changed)}
    fields: set[str] = set()
    for slug, values in changed.items():
        for name in values.keys() - {"parent"}:
            setattr(standing[slug], name, values[name])
            fields.add(name)
    if fields:
        Agency.objects.bulk_update(standing.values(), sorted(fields), batch_size=500)
    for slug, values in changed.items():
        if "kind" in values:
            recount_own(Agency.objects.get(slug=slug))
        if {"kind", "division"} & values.keys():
            recount_region(Agency.objects.get(slug=slug))
            index_agency(Agency.objects.get(slug=slug))
    move_all({slug: values["parent"] for slug, values in changed.items() if "parent" in values}, by)


def move_all(wanted: dict[str, str], by: User) -> None:
    """Moves that hang together (a body under what was under it) are done in an order that can be."""
    left = dict(wanted)
    while left:
        moved = False
        for slug, parent in list(left.items()):
            agency, above = Agency.objects.get(slug=slug), Agency.objects.get(slug=parent)
            if not above.path.startswith(agency.path):
                move_agency(agency, above, by=by)
                del left[slug]
                moved = True
        if not moved:
            raise Refused(f"“上级标识”互为上下级（{'、'.join(left)}），没有导入。请改正后再试。")


def store_people(going: Sequence[Fate], intake: Intake, by: User) -> None:
    """Accounts without a password, changes of names, and the roles as proposals."""
    made = User.objects.bulk_create(
        [account_of(each) for each in going if each.outcome is Outcome.NEW], batch_size=500
    )
    known = {each.username: each for each in made}
    names = {each.row["username"] for each in going} - known.keys()
    known |= {each.username: each for each in User.objects.filter(username__in=names)}
    changed = [each for each in going if each.outcome is Outcome.CHANGED and each.values["changes"]]
    for each in changed:
        for name, value in each.values["changes"].items():
            setattr(known[each.row["username"]], name, value)
    User.objects.bulk_update(
        [known[each.row["username"]] for each in changed], ["display_name", "email"], batch_size=500
    )
    RoleRequest.objects.bulk_create(
        [
            RoleRequest(
                user=known[each.row["username"]],
                role=str(each.values["role"]),
                agency=each.values["agency"],
                reason=f"批量导入“{intake.filename[:120]}”第 {each.row.line} 行",
                proposed_by=by,
            )
            for each in going
            if each.values["role"]
        ],
        batch_size=500,
    )


def account_of(fate: Fate) -> User:
    user = User(username=fate.row["username"], **fate.values["changes"])
    user.set_unusable_password()
    return user

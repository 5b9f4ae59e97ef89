"""Agencies over time: renaming, merging, splitting, moving, closing and reopening them.

Each act is planned (``queries.reshaping_effects``), shown, and done as it was
shown or not at all. Nothing is ever removed: a closed body keeps its page, its
reports, its drafts and its people, who may finish what it still owes. What it
owes is the law's: the report on a year at whose end it was there
(``queries.calls.absence``). Its people get no role elsewhere by the act itself,
for a role is given by two persons; a merger may propose the roles for them.
"""

from django.core.exceptions import PermissionDenied

from reports.editions.wording import title_of
from reports.models import (
    ActBody,
    Agency,
    AgencyAct,
    AgencyName,
    Membership,
    Revision,
    RoleRequest,
    Succession,
    User,
)
from reports.permissions import is_system_administrator
from reports.queries.reshaping import Kind, NewBody, Plan, Proposal
from reports.queries.reshaping_effects import planned, takes_new_name
from reports.workflow import Role, State

from .agencies import close, create_agency, hold_the_tree, relocate
from .auditing import attempted, note
from .drafting import record
from .indexing import index_agency
from .people import objection_to_proposal, propose_role
from .refusals import Refused


class PlanChanged(Refused):
    """Others have changed what the act would do; ``plan`` is how it would be now."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        super().__init__(
            "在您查看之后，有关的机关、报告或者人员有了变化，没有办理。请重新核对下面的内容。"
        )


@attempted("{proposal.kind}_agency")
def reshape(agency: Agency, proposal: Proposal, *, seen: str, by: User) -> AgencyAct:
    """Do the act whose plan was ``seen`` (``Plan.seal``).

    Raises PlanChanged where it would do something else by now, Refused where
    something speaks against it.
    """
    if not is_system_administrator(by):
        raise PermissionDenied
    hold_the_tree()
    keys = [each.pk for each in proposal.concerned]
    list(Agency.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))
    plan = planned(proposal)
    if plan.objections:
        raise Refused("".join(plan.objections))
    if plan.seal != seen:
        raise PlanChanged(plan)
    asked = plan.proposal
    act = AgencyAct.objects.create(
        kind=asked.kind,
        agency=asked.agency,
        agency_name=asked.agency.name,
        on=asked.on,
        reason=asked.reason.strip(),
        basis=asked.basis.strip(),
        said=[[title, list(words)] for title, words in plan.sections],
        by=by,
    )
    bodies = [*asked.concerned, *DOING[asked.kind](asked, plan, act)]
    ActBody.objects.bulk_create(
        ActBody(act=act, agency_id=pk) for pk in dict.fromkeys(each.pk for each in bodies)
    )
    note(
        f"{asked.kind}_agency", asked.agency, by=by, act=act.pk, on=asked.on, reason=act.reason,
        basis=act.basis, bodies=[each.slug for each in bodies], name=asked.name,
    )  # fmt: skip
    return act


def rename(asked: Proposal, plan: Plan, act: AgencyAct) -> list[Agency]:
    agency, old = asked.agency, asked.agency.name
    drafts = [
        each
        for each in Revision.objects.filter(
            report__agency=agency, state=str(State.DRAFT)
        ).select_related("report__agency")
        if takes_new_name(each)
    ]
    agency.names.filter(name=asked.name).delete()  # a former or short name is the full one again
    if not asked.mistyped:
        AgencyName.objects.update_or_create(agency=agency, name=old, defaults={"until": asked.on})
    Agency.objects.filter(pk=agency.pk).update(name=asked.name)
    for draft in drafts:
        Revision.objects.filter(pk=draft.pk).update(
            agency_name=asked.name,
            title=title_of(asked.name, draft.report.year),
            signed_by=asked.name,
        )
        record(draft, "rename_agency", by=act.by, note=f"{old}更名为{asked.name}")
    index_agency(agency)
    return []


def merge(asked: Proposal, plan: Plan, act: AgencyAct) -> list[Agency]:
    into = asked.into or found(asked, asked.founded[0], act.by)
    for child in plan.moved:
        child.refresh_from_db()
        relocate(child, Agency.objects.get(pk=into.pk))
    for each in asked.predecessors:
        close(each, asked.on)
        succeed(each, into, asked, whole=True)
    if asked.with_roles:
        propose_roles(asked, into, act.by)
    return [into, *plan.moved]


def propose_roles(asked: Proposal, into: Agency, by: User) -> None:
    """For each person of the merged bodies the same role in the successor, where nothing stands
    against it (who holds it already, or who does the act, gets no proposal)."""
    held = Membership.objects.filter(agency__in=asked.predecessors).select_related("user")
    reason = f"{asked.agency}等机关合并：{asked.reason.strip()}"[:200]
    for each in held.order_by("pk"):
        role = Role(each.role)
        kind = RoleRequest.Kind.GRANT
        if not objection_to_proposal(each.user, role, into, by=by, kind=kind):
            propose_role(each.user, role, into, reason=reason, by=by)


def split(asked: Proposal, plan: Plan, act: AgencyAct) -> list[Agency]:
    made = [found(asked, each, act.by) for each in asked.founded]
    for heir in (*asked.others, *made):
        succeed(asked.agency, heir, asked, whole=heir.slug == asked.heir)
    if not asked.goes_on:
        close(asked.agency, asked.on)
    return made


def move(asked: Proposal, plan: Plan, act: AgencyAct) -> list[Agency]:
    relocate(asked.agency, asked.parent)
    return []


def end(asked: Proposal, plan: Plan, act: AgencyAct) -> list[Agency]:
    close(asked.agency, asked.on)
    return []


def reopen(asked: Proposal, plan: Plan, act: AgencyAct) -> list[Agency]:
    """The succession by which it had ended falls with the closing; the act keeps who it was."""
    heirs = [row.successor for row in asked.agency.successions.select_related("successor")]
    asked.agency.successions.all().delete()
    Agency.objects.filter(pk=asked.agency.pk).update(closed_on=None)
    return heirs


def found(asked: Proposal, body: NewBody, by: User) -> Agency:
    origin = asked.agency
    return create_agency(
        name=body.name,
        slug=body.slug,
        kind=origin.kind,
        division=origin.division,
        parent=origin.parent,
        founded_on=asked.on,
        by=by,
    )


def succeed(before: Agency, after: Agency, asked: Proposal, *, whole: bool) -> None:
    Succession.objects.update_or_create(
        predecessor=before, successor=after, defaults={"on": asked.on, "whole": whole}
    )


DOING = {
    Kind.RENAME: rename,
    Kind.MERGE: merge,
    Kind.SPLIT: split,
    Kind.MOVE: move,
    Kind.CLOSE: end,
    Kind.REOPEN: reopen,
}

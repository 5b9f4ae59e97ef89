"""What an act on agencies would do, told before it is done.

A ``Proposal`` is what a person asks for, ``planned`` says what it would do in
sentences, under headings, and what speaks against it. The page shows the plan,
the act makes it again and is refused if it has become another (``Plan.seal``);
the receipt is the plan as it was carried out.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from json import dumps

from django.db.models import QuerySet

from reports.models import Agency, AgencyAct

Kind = AgencyAct.Kind
MOST_NAMED = 30
Section = tuple[str, tuple[str, ...]]


@dataclass(frozen=True)
class NewBody:
    """A body that the act founds; kind and region are those of the body it comes from."""

    name: str
    slug: str


@dataclass(frozen=True)
class Proposal:
    """An act as it is asked for.

    ``others`` are the bodies merged together with ``agency``, or those standing
    ones that take over a part of it; ``into`` is the standing body merged into;
    ``founded`` the new ones. ``heir`` is the slug of the one successor of a
    split whose last year is stated to be the whole predecessor's; a body that
    ``goes_on`` after a split has its own.
    """

    kind: Kind
    agency: Agency
    on: date
    reason: str
    basis: str = ""
    name: str = ""
    mistyped: bool = False
    others: tuple[Agency, ...] = ()
    into: Agency | None = None
    founded: tuple[NewBody, ...] = ()
    parent: Agency | None = None
    heir: str = ""
    goes_on: bool = False
    with_roles: bool = False

    @property
    def predecessors(self) -> tuple[Agency, ...]:
        """The bodies of a merger that end by it."""
        both = {each.pk: each for each in (self.agency, *self.others)}
        return tuple(each for each in both.values() if each != self.into)

    @property
    def ending(self) -> tuple[Agency, ...]:
        """The bodies that are closed by the act."""
        if self.kind == Kind.MERGE:
            return self.predecessors
        if self.kind == Kind.CLOSE or (self.kind == Kind.SPLIT and not self.goes_on):
            return (self.agency,)
        return ()

    @property
    def concerned(self) -> tuple[Agency, ...]:
        """Every standing body that the act names."""
        named = (self.agency, *self.others, self.into, self.parent)
        return tuple({each.pk: each for each in named if each is not None}.values())

    def afresh(self) -> "Proposal":
        """The same with its agencies as they stand now; one statement."""
        now = {
            each.pk: each
            for each in Agency.objects.select_related("parent", "division").filter(
                pk__in=[each.pk for each in self.concerned]
            )
        }
        return replace(
            self,
            agency=now[self.agency.pk],
            others=tuple(now[each.pk] for each in self.others),
            into=now[self.into.pk] if self.into else None,
            parent=now[self.parent.pk] if self.parent else None,
        )


@dataclass(frozen=True)
class Plan:
    """What the act does, and what speaks against it (then it is not done)."""

    proposal: Proposal
    sections: tuple[Section, ...] = ()
    objections: tuple[str, ...] = ()
    moved: tuple[Agency, ...] = field(default=(), compare=False)  # with all below them

    @property
    def seal(self) -> str:
        """Names the act with all it does: another state of things is another seal."""
        asked = self.proposal
        names = [
            str(asked.kind), str(asked.on), asked.reason, asked.basis, asked.name, asked.heir,
            asked.mistyped, asked.goes_on, asked.with_roles,
            [each.pk for each in asked.concerned], [(n.name, n.slug) for n in asked.founded],
        ]  # fmt: skip
        said = dumps([names, self.sections], ensure_ascii=False)
        return sha256(said.encode()).hexdigest()


def affected(asked: Proposal) -> list[Agency]:
    """The standing bodies whose reports and people the act touches."""
    return list(asked.ending) or [asked.agency]


def quoted(bodies: Iterable[object]) -> str:
    return listed([f"“{each}”" for each in bodies])


def listed(words: list[str]) -> str:
    more = len(words) - MOST_NAMED
    return "、".join(words[:MOST_NAMED]) + (f"等 {len(words)} 个" if more > 0 else "")


def acts_of(agency: Agency) -> QuerySet[AgencyAct]:
    """The acts that concerned the agency, the newest first; one statement."""
    return AgencyAct.objects.filter(bodies__agency=agency).select_related("by").order_by("-pk")

"""Whose duty to report an act on agencies changes: closed bodies, and bodies under other calls."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from django.utils import timezone

from reports.editions.wording import date_text
from reports.models import Agency, Revision
from reports.workflow import State

from .calls import Call, Due, Reckoning, calls_of
from .filing import Filer, filers
from .reshaping import Kind, Proposal, affected, quoted


def duties(asked: Proposal, moved: list[Agency]) -> Iterator[str]:
    """Who owes what for last year and this one, where the act changes it."""
    if asked.kind == Kind.RENAME:
        return
    touched = {
        each.pk: each
        for each in filers(Agency.objects.filter(pk__in=[a.pk for a in affected(asked)]))
    }
    for top in moved:
        below = filers(Agency.objects.filter(path__startswith=top.path))
        touched |= {each.pk: each for each in below}
    ending = {each.pk for each in asked.ending}
    filed = set(
        Revision.objects.filter(report__agency__in=ending, state=str(State.PUBLISHED)).values_list(
            "report__agency", "report__year"
        )
    )
    today = timezone.localdate()
    for year in (today.year - 1, today.year):
        calls = calls_of(year)
        shift = new_paths(asked, moved)
        before = Reckoning(year, calls)
        after = Reckoning(year, [moved_call(each, shift) for each in calls])
        changed: dict[str, list[str]] = defaultdict(list)
        for body in touched.values():
            later = body._replace(
                path=shifted(body.path, shift), closed_on=closing(body, asked, ending)
            )
            due = after.due(later)
            words = change_of(before.due(body), due)
            if not words and body.pk in ending and due.owed and (body.pk, year) not in filed:
                words = f"虽然撤销，这一年度已经过完，仍应编报，{asked_by(due)}"
            if words:
                changed[words].append(body.name)
        for words, names in changed.items():
            yield f"{year}年度：{quoted(names)}{words}。"


def closing(body: Filer, asked: Proposal, ending: set[int]) -> date | None:
    if body.pk in ending:
        return asked.on
    return None if asked.kind == Kind.REOPEN else body.closed_on


def new_paths(asked: Proposal, moved: list[Agency]) -> dict[str, str]:
    """The new beginnings of the paths of what moves; a body yet to be founded has a path as if."""
    if asked.kind == Kind.MOVE:
        above = asked.parent.path if asked.parent else ""
    elif asked.into is not None:
        above = asked.into.path
    else:
        above = (asked.agency.parent.path if asked.agency.parent else "") + "new/"
    return {each.path: f"{above}{each.path.rstrip('/').rsplit('/', 1)[-1]}/" for each in moved}


def shifted(path: str, shift: Mapping[str, str]) -> str:
    for old, new in shift.items():
        if path.startswith(old):
            return new + path[len(old) :]
    return path


def moved_call(call: Call, shift: Mapping[str, str]) -> Call:
    return replace(
        call,
        path=shifted(call.path, shift),
        exempt={shifted(path, shift): why for path, why in call.exempt.items()},
        exempt_below={shifted(path, shift): why for path, why in call.exempt_below.items()},
    )


def change_of(before: Due, after: Due) -> str:
    """How the duty changes; empty where it does not."""
    if before.owed and not after.owed:
        return f"不再需要编报（{after.reason}）"
    if after.owed and not before.owed:
        return f"应当编报，{asked_by(after)}"
    if after.owed and (before.campaign != after.campaign or before.next != after.next):
        return f"改为{asked_by(after)}"
    return ""


def asked_by(due: Due) -> str:
    caller = f"按“{due.campaign.agency}”的部署" if due.campaign else "按法定期限"
    step = "送审" if due.inner else "公布"
    return f"{caller}，{date_text(due.next)}前{step}"

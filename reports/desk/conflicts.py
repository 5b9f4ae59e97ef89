"""Two people in one part: the second sees what changed and chooses."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reports.editions import EDITIONS
from reports.forms.cells import normal
from reports.forms.tables import TableForm
from reports.models import Revision
from reports.queries.sheets import last_year_of

from .filling import form_for, stored_texts
from .revisions import frame, revision_of

PICK = "pick:"


@dataclass(frozen=True)
class Difference:
    """A box in which the two texts differ; ``pieces`` compare prose by paragraph."""

    name: str
    label: str
    mine: str
    theirs: str
    pieces: tuple[tuple[str, str], ...] = ()


def differences(
    form: Any, mine: Mapping[str, str], theirs: Mapping[str, str]
) -> Iterator[Difference]:
    for name, label in ((name, form.fields[name].label) for name in form.typed_names()):
        one, other = mine.get(name, "").strip(), theirs.get(name, "").strip()
        same = normal(one) == normal(other) if isinstance(form, TableForm) else one == other
        if not same:
            pieces = tuple(compared(other, one)) if name == "text" else ()
            yield Difference(name, label, one, other, pieces)


def compared(before: str, after: str) -> Iterator[tuple[str, str]]:
    """Paragraphs as (``same`` | ``removed`` | ``added``, text)."""
    old, new = before.splitlines(), after.splitlines()
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            yield from (("same", line) for line in old[i1:i2])
        else:
            yield from (("removed", line) for line in old[i1:i2])
            yield from (("added", line) for line in new[j1:j2])


def conflict_page(
    request: HttpRequest,
    revision: Revision,
    key: str,
    mine: Mapping[str, str],
    *,
    status: int = 409,
) -> HttpResponse:
    """What I typed beside what another has saved since; nothing is written yet."""
    revision = revision_of(request, revision.pk)
    stored = revision.parts.select_related("saved_by").get(key=key)
    theirs = stored_texts(revision, stored, last_year_of(revision))
    form = form_for(revision, key)
    found = list(differences(form, mine, theirs))
    context = frame(
        request,
        revision,
        part=EDITIONS[revision.edition].part(key),
        stored=stored,
        mine=[(name, mine.get(name, "")) for name in form.typed_names()],
        differences=found,
        choices=[each for each in found if not each.pieces],
        by_myself=stored.saved_by == request.user,
    )
    return render(request, "desk/conflict.html", context, status=status)


def resolved(data: Mapping[str, str], revision: Revision, key: str) -> Mapping[str, str] | None:
    """What to save after a choice; None where all of it is the other's.

    ``choice`` is ``mine``, ``theirs`` or ``each``; with ``each`` every differing
    box has a ``pick:<name>``.
    """
    choice = data.get("choice")
    if choice == "theirs":
        return None
    if choice != "each":
        return data
    stored = revision.parts.get(key=key)
    theirs = stored_texts(revision, stored, last_year_of(revision))
    form = form_for(revision, key)
    picked = {
        name: theirs.get(name, "")
        for name in form.typed_names()
        if data.get(PICK + name) == "theirs"
    }
    return {**{name: data[name] for name in data}, **picked}

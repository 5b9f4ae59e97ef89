"""Which revision a page is about: found among those its user may read, or not at all."""

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from reports.editions import EDITIONS
from reports.models import Revision, User
from reports.permissions import (
    may_enter_admin,
    may_write,
    moves_open_to,
    revisions_readable_by,
)
from reports.queries.sheets import with_content
from reports.workflow import AUTHORS, State


def user_of(request: HttpRequest) -> User:
    """The person who asks; every view of the desk has let only those in who logged in."""
    assert isinstance(request.user, User)
    return request.user


def revision_of(request: HttpRequest, pk: int) -> Revision:
    """The revision with its content; 404 for another agency's, which is not said to exist."""
    readable = with_content(revisions_readable_by(request.user))
    return get_object_or_404(readable, pk=pk)


def part_of(revision: Revision, key: str) -> Any:
    edition = EDITIONS[revision.edition]
    if key not in {part.key for part in edition.parts}:
        raise Http404
    return edition.part(key)


def frame(request: HttpRequest, revision: Revision, **more: Any) -> dict[str, Any]:
    """What every page about a revision shows: who may do what with it now."""
    writes = may_write(request.user, revision)
    moves = moves_open_to(request.user, revision)
    return {
        "revision": revision,
        "report": revision.report,
        "agency": revision.report.agency,
        "parts": EDITIONS[revision.edition].parts,
        "may_write": writes and revision.state == State.DRAFT,
        "writes": writes,
        "enters_admin": may_enter_admin(request.user),
        "moves": [move for move in moves if move.roles & AUTHORS],
        **more,
    }

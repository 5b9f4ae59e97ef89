"""Every state x role x move x place x authorship, drawn from the table of moves.

The expected outcome is worked out here from the table's own columns by a plain
rule, not by the product's permissions.
"""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from reports.actions.moves import last_event, move
from reports.actions.refusals import MoveRefused
from reports.models import Event, Revision, User
from reports.workflow import MOVES, PUBLIC, SITE_ROLES, Role, State
from tests.factories import complete, make_agency, make_revision, make_user, written_by

pytestmark = pytest.mark.django_db
PLACES = ("own", "above", "below", "sister")
REACHING = {Role.SUPERVISOR, Role.AUTHORITY}  # their membership reaches down the tree
Case = tuple[Role, str, bool]  # who, from which place, and whether they wrote in the report


@pytest.fixture
def agencies():
    return made_agencies()


@pytest.fixture(scope="module")
def everybody(shared_site) -> tuple[int, dict[Case, User]]:
    """A report's key, and a person of every role in every place, with and without a hand in it."""
    agencies = made_agencies()
    revision = complete(make_revision(2024, agencies["own"]))
    users = {
        (role, place, wrote): make_user(role, agency=agencies[place])
        for role in Role
        for place in PLACES
        for wrote in (False, True)
    }
    for (_, _, wrote), user in users.items():
        if wrote:
            written_by(revision, user)
    return revision.pk, users


def made_agencies():
    city = make_agency()
    bureau = make_agency(parent=city)
    return {
        "own": bureau,
        "above": city,
        "below": make_agency(parent=bureau),
        "sister": make_agency(parent=city),
    }


def put_into(revision, state):
    published = {"published_at": timezone.now()} if state in PUBLIC else {}
    Revision.objects.filter(pk=revision.pk).update(state=str(state), **published)
    return Revision.objects.get(pk=revision.pk)


def expected(state, role, step, place, wrote):
    """What the table says: "moved", "forbidden" or "refused"."""
    reached = place == "own" or (place == "above" and role in REACHING)
    if role not in step.roles or role in SITE_ROLES or not reached or step.corrections_only:
        return "refused" if wrote and step.others_only else "forbidden"
    if step.others_only and wrote:
        return "refused"
    return "moved" if state in step.sources else "refused"


def outcome(revision, verb, user):
    """What came of it, seen from outside, and everything put back as it was."""
    before = (revision.state, Event.objects.count())
    result = "moved"
    with transaction.atomic():
        try:
            with transaction.atomic():
                move(revision, verb, by=user, note="理由", seen=last_event(revision))
        except PermissionDenied:
            result = "forbidden"
        except MoveRefused:
            result = "refused"
        state = Revision.objects.values_list("state", flat=True).get(pk=revision.pk)
        events = Event.objects.order_by("pk")
        if result == "moved":
            assert (state, events.count()) == (str(MOVES[verb].target), before[1] + 1)
            last = events.last()
            assert (last.revision, last.verb, last.by, last.note) == (revision, verb, user, "理由")
        else:
            assert (state, events.count()) == before
        transaction.set_rollback(True)
    return result


@pytest.mark.parametrize("verb", MOVES)
@pytest.mark.parametrize("state", State)
def test_every_role_in_every_place_moves_what_the_table_allows_and_nothing_else(
    state, verb, everybody
):
    key, users = everybody
    revision = put_into(Revision.objects.get(pk=key), state)
    came = {case: outcome(revision, verb, user) for case, user in users.items()}
    assert came == {
        (role, place, wrote): expected(state, role, MOVES[verb], place, wrote)
        for role, place, wrote in users
    }


def test_the_table_leaves_no_state_without_a_role_to_leave_it_but_the_last_ones():
    left = {state for step in MOVES.values() for state in step.sources}
    assert set(State) - left == {State.SUPERSEDED, State.WITHDRAWN, State.DROPPED}


@pytest.mark.parametrize("verb", MOVES)
def test_nobody_without_membership_and_nobody_deactivated_moves_anything(verb, agencies):
    step = MOVES[verb]
    revision = complete(make_revision(2024, agencies["own"]))
    stranger = make_user()
    stranger.is_superuser = stranger.is_staff = True
    stranger.save()
    gone = make_user(min(step.roles), agency=agencies["own"])
    gone.is_active = False
    gone.save()
    revision = put_into(revision, min(step.sources))
    assert [outcome(revision, verb, user) for user in (stranger, gone)] == ["forbidden"] * 2

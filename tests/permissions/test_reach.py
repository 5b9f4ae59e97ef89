"""How far a membership reaches: an author's own agency, a reviewer's whole subtree."""

import pytest
from django.contrib.auth.models import AnonymousUser

from reports.models import User
from reports.permissions import (
    agencies_where,
    may_enter_admin,
    may_enter_desk,
    may_read,
    may_write,
    moves_open_to,
    revisions_readable_by,
    revisions_reviewable_by,
    roles_of,
    with_authorship,
)
from reports.workflow import MOVES, REVIEWERS, SITE_ROLES, Role, State
from tests.factories import in_state, make_agency, make_revision, make_user, written_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    """city > district > bureau, and another city."""
    city = make_agency()
    district = make_agency(parent=city)
    return {
        "city": city,
        "district": district,
        "bureau": make_agency(parent=district),
        "elsewhere": make_agency(),
    }


def reached(user, roles, tree):
    found = set(agencies_where(user, roles))
    return {name for name, agency in tree.items() if agency in found}


@pytest.mark.parametrize(
    ("role", "names"),
    [
        (Role.AUTHOR, {"district"}),
        (Role.SUPERVISOR, {"district", "bureau"}),
        (Role.AUTHORITY, {"district", "bureau"}),
    ],
)
def test_a_membership_reaches_down_for_reviewers_only_and_never_up_or_aside(role, names, tree):
    user = make_user(role, agency=tree["district"])
    assert reached(user, {role}, tree) == names
    assert reached(user, set(Role) - {role}, tree) == set()


@pytest.mark.parametrize("role", sorted(SITE_ROLES))
def test_a_role_of_the_site_reaches_no_agency(role, tree):
    assert reached(make_user(role), set(Role), tree) == set()


def test_paths_are_compared_by_whole_steps():
    """Agency 1 is not above agency 12: the path's steps have a fixed width and an end."""
    agencies = [make_agency() for _ in range(12)]
    user = make_user(Role.SUPERVISOR, agency=agencies[0])
    assert list(agencies_where(user, REVIEWERS)) == [agencies[0]]


@pytest.mark.parametrize("role", Role)
def test_who_reviews_what(role, tree):
    here, aside = (make_revision(2024, tree[name]) for name in ("bureau", "elsewhere"))
    user = make_user(role, agency=tree["city"])
    seen = set(revisions_reviewable_by(user))
    assert seen == (
        {here, aside} if role is Role.AUDITOR else {here} if role in REVIEWERS else set()
    )
    assert may_read(user, aside) == (role is Role.AUDITOR)


def test_an_author_reads_and_writes_their_own_agencys_and_no_other(tree):
    own, below = (make_revision(2024, tree[name]) for name in ("district", "bureau"))
    author = make_user(Role.AUTHOR, agency=tree["district"])
    assert set(revisions_readable_by(author)) == {own}
    assert (may_write(author, own), may_write(author, below)) == (True, False)


@pytest.mark.parametrize("role", Role)
def test_which_doors_open(role, tree):
    user = make_user(role, agency=tree["city"])
    assert may_enter_admin(user) == (role in REVIEWERS | SITE_ROLES)
    assert may_enter_desk(user) == (role in REVIEWERS | {Role.AUTHOR})


@pytest.mark.parametrize("nobody", [None, AnonymousUser(), User(username="x", is_active=False)])
def test_nobody_has_no_role_and_no_door(nobody, tree):
    revision = make_revision(2024, tree["city"])
    assert roles_of(nobody) == frozenset()
    assert not may_enter_admin(nobody)
    assert not may_enter_desk(nobody)
    assert moves_open_to(nobody, revision) == []
    assert list(revisions_reviewable_by(nobody)) == []


def test_a_superuser_without_membership_is_nobody(tree):
    user = make_user()
    user.is_superuser = user.is_staff = True
    user.save()
    assert not may_enter_admin(user)
    assert list(revisions_readable_by(user)) == []


@pytest.mark.parametrize("state", State)
def test_the_buttons_are_the_moves_of_the_table(state, tree):
    revision = make_revision(2024, tree["bureau"])
    revision.state = str(state)
    supervisor = make_user(Role.SUPERVISOR, agency=tree["city"])
    assert moves_open_to(supervisor, revision) == [
        move for move in MOVES.values() if state in move.sources and Role.SUPERVISOR in move.roles
    ]


def test_ones_own_text_is_known_in_lists_and_has_no_button_for_it(tree):
    revision = in_state(make_revision(2024, tree["bureau"]), State.IN_REVIEW)
    supervisor = make_user(Role.SUPERVISOR, agency=tree["city"])
    written_by(revision, supervisor)
    other = make_user(Role.SUPERVISOR, agency=tree["city"])
    listed = revisions_reviewable_by(supervisor)
    assert [each.written_by_me for each in with_authorship(listed, supervisor)] == [True]
    assert [each.written_by_me for each in with_authorship(listed, other)] == [False]
    assert [move.verb for move in moves_open_to(supervisor, revision)] == ["return"]

"""Lists in any order, page by page from a key: with NULLs first or last, and by related rows."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import F

from reports.models import Agency, Membership, User
from reports.queries.orderings import page_of
from reports.queries.queue import waiting_for
from reports.workflow import Role, State
from tests.factories import complete, in_state, make_agency, make_revision, make_user

pytestmark = pytest.mark.django_db
NOON = datetime(2025, 1, 31, 12, tzinfo=UTC)


def read(rows, size=2):
    """The keys of every page, forwards and, from the last, backwards."""
    page = page_of(rows, rows, size)
    forwards, backwards = [page], []
    while page.after is not None:
        page = page_of(rows, rows, size, after=page.after)
        forwards.append(page)
    while page.before is not None:
        page = page_of(rows, rows, size, before=page.before)
        backwards.append(page)
    return [[[row.pk for row in each.rows] for each in way] for way in (forwards, backwards)]


def holds(rows):
    """Whether the pages are the list as the database sorts it, each way."""
    wanted = [row.pk for row in rows]
    forwards, backwards = read(rows)
    assert len(wanted) > 4
    assert [key for page in forwards for key in page] == wanted
    assert backwards == forwards[-2::-1]


@pytest.fixture
def people():
    """Seven: two never came, two came at the same time."""
    made = [make_user() for _ in range(7)]
    for n, each in enumerate(made[:5]):
        each.last_login = NOON - timedelta(days=n // 2)
        each.save()
    return made


@pytest.mark.parametrize(
    "first",
    [
        "last_login",
        "-last_login",
        F("last_login"),
        F("last_login").desc(),
        F("last_login").asc(nulls_first=True),
        F("last_login").asc(nulls_last=True),
        F("last_login").desc(nulls_first=True),
        F("last_login").desc(nulls_last=True),
    ],
    ids=str,
)
@pytest.mark.parametrize("second", ["pk", "-pk"])
def test_missing_values_stand_where_the_database_puts_them(people, first, second):
    holds(User.objects.order_by(first, second))


def test_a_column_named_twice_decides_once(people):
    holds(User.objects.order_by("is_active", "-is_active", "last_login", "-last_login", "username"))


@pytest.mark.parametrize("word", ["agency", "user", "agency__division", "agency_id", "agency__pk"])
@pytest.mark.parametrize("sign", ["", "-"])
def test_a_related_row_stands_for_its_own_order(word, sign):
    """Of an agency its path, of a region its code, of a user the key."""
    top = make_agency("虚构市人民政府")
    agencies = [make_agency(parent=top), make_agency("别处市人民政府"), top]
    Agency.objects.filter(pk=agencies[1].pk).update(division=None)
    for each in [*agencies, *agencies]:
        make_user(Role.AUTHOR, agency=each)
    make_user(Role.AUDITOR)
    holds(Membership.objects.order_by(f"{sign}{word}", "pk"))


def test_an_annotation_with_an_order_of_its_own():
    city = make_agency("虚构市人民政府")
    reviewer = make_user(Role.SUPERVISOR, agency=city)
    for n in range(5):
        revision = complete(make_revision(2024, make_agency(parent=city)))
        if n % 2:
            revision.events.create(verb="submit", by=reviewer)
        in_state(revision, State.IN_REVIEW)
    holds(waiting_for(reviewer))


def test_a_key_is_looked_up_among_the_rows_that_are_known(people):
    rows, known = User.objects.order_by("pk"), User.objects.filter(pk__in=[people[0].pk])
    assert page_of(rows, known, 2, after=people[0].pk).rows == people[1:3]
    assert page_of(rows, known, 2, after=people[3].pk).rows == people[0:2]
    assert page_of(rows, known, 2, before=people[3].pk).rows == people[0:2]
    assert page_of(rows.none(), known, 2, after=people[0].pk).rows == []

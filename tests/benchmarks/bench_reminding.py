"""Reminding 5,000 bodies: a day on which everybody is told, one on which all have been, 催办 of all."""

from datetime import date

import pytest
from django.utils import timezone

from reports.actions.campaigning import Owing, call_reports
from reports.actions.reminding import remind_due
from reports.actions.urging import asked_for
from reports.editions.bodies import BodyKind
from reports.models import Agency, Membership, Notice, RemindedDay, User
from reports.workflow import Role
from tests.benchmarks.bench_board import BODIES, OFFICES, bodies_below, filed
from tests.benchmarks.timing import medians
from tests.factories import make_agency, make_division, make_user

pytestmark = pytest.mark.django_db
YEAR = 2024
SEVENTH_BEFORE = date(2025, 1, 13)


def people_of(bodies: list[Agency], role: Role) -> None:
    """One active person with an address in each body, written at once."""
    users = User.objects.bulk_create(
        User(username=f"{role}-{body.pk}", display_name="某", email=f"{body.pk}@example.invalid")
        for body in bodies
    )
    Membership.objects.bulk_create(
        Membership(user=user, agency=body, role=str(role))
        for user, body in zip(users, bodies, strict=True)
    )


@pytest.fixture
def top() -> Agency:
    office = make_agency("虚构市政务公开办公室")
    authority = make_user(Role.AUTHORITY, agency=office)
    division = make_division()
    for _ in range(OFFICES):
        below = make_agency(parent=office, division=division)
        bodies = bodies_below(below, BODIES // OFFICES - 1, division)
        filed(bodies, authority)
        for role in (Role.AUTHOR, Role.SUPERVISOR):
            people_of([below, *bodies], role)
    call_reports(
        office, YEAR, by=authority, opens_on=date(2025, 1, 2),
        owing=[Owing(BodyKind.DEPARTMENT, None, date(2025, 1, 20))],
    )  # fmt: skip
    return office


def test_reminding_a_city(top: Agency) -> None:
    authority = User.objects.get(memberships__agency=top)
    below = Agency.objects.filter(path__startswith=top.path)

    def everybody() -> None:
        Notice.objects.all().delete()
        RemindedDay.objects.all().delete()
        assert remind_due(SEVENTH_BEFORE) > BODIES // 2

    works = {
        "a day on which they are told": everybody,
        "the same day again": lambda: remind_due(SEVENTH_BEFORE),
        "whom to urge, of 5,000": lambda: asked_for(below, YEAR, by=authority),
    }
    taken = medians("提醒 reminding", works, rounds=3)
    print(f"{Notice.objects.count()} 条提醒，{timezone.localdate()}")
    assert max(taken.values()) < 60_000  # what nobody would wait for

"""Two clicks at once make one move: real threads, real transactions, the real address."""

import threading

import pytest
from django.db import connection, connections
from django.test import Client

from reports.actions.moves import last_event
from reports.models import Event, Revision
from reports.workflow import MOVES, Role, State
from tests.factories import complete, in_state, make_agency, make_revision, make_user, written_by

CLICKS = 4


def needs_real_threads():
    if connection.vendor != "postgresql":
        pytest.skip(
            "SQLite in tests is one connection in memory, which threads cannot share; "
            "test_moves_conditions clicks twice there"
        )


def click_at_once(clients, address, posted):
    """Each client posts from a thread of its own, all from one starting line."""
    line = threading.Barrier(len(clients))
    codes = []

    def click(client):
        try:
            line.wait(timeout=20)
            codes.append(client.post(address, posted).status_code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=click, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return sorted(codes)


def entered(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("people", [1, 2])
@pytest.mark.parametrize(
    ("state", "verb"),
    [
        (State.IN_REVIEW, "approve"),
        (State.IN_REVIEW, "return"),
        (State.APPROVED, "publish"),
    ],
)
def test_clicks_at_once_make_one_move_and_one_event(state, verb, people):
    needs_real_threads()
    agency = make_agency()
    revision = complete(make_revision(2024, agency))
    written_by(revision, make_user())
    revision = in_state(revision, state)
    supervisors = [make_user(Role.SUPERVISOR, agency=agency) for _ in range(people)]
    clients = [entered(supervisors[number % people]) for number in range(CLICKS)]
    codes = click_at_once(
        clients,
        f"/admin/reports/revision/{revision.pk}/move/{verb}/",
        {"seen": last_event(revision), "note": "请补充第一部分"},
    )
    assert codes == [302, *[409] * (CLICKS - 1)]
    assert Revision.objects.get(pk=revision.pk).state == MOVES[verb].target
    assert Event.objects.filter(revision=revision, verb=verb).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_approving_and_returning_at_once_one_happens():
    needs_real_threads()
    agency = make_agency()
    revision = complete(make_revision(2024, agency))
    written_by(revision, make_user())
    revision = in_state(revision, State.IN_REVIEW)
    seen = last_event(revision)
    line = threading.Barrier(2)
    codes = {}

    def click(verb, client):
        try:
            line.wait(timeout=20)
            address = f"/admin/reports/revision/{revision.pk}/move/{verb}/"
            codes[verb] = client.post(address, {"seen": seen, "note": "请补充"}).status_code
        finally:
            connections.close_all()

    threads = [
        threading.Thread(
            target=click, args=(verb, entered(make_user(Role.SUPERVISOR, agency=agency)))
        )
        for verb in ("approve", "return")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(codes.values()) == [302, 409]
    [moved] = [verb for verb, code in codes.items() if code == 302]
    assert Revision.objects.get(pk=revision.pk).state == MOVES[moved].target
    assert Event.objects.filter(revision=revision, verb__in=["approve", "return"]).count() == 1

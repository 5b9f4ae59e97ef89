"""Publishing fifty reports by one and by two workers, while the site is asked for pages and writes.

Real processes on the test's own PostgreSQL (``deploy/postgresql.sh``), or on
the file named by DATABASE_URL; real documents in every format.
"""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from time import perf_counter, sleep
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from reports.actions import batching
from reports.actions.drafting import keep_input
from reports.actions.moves import last_event
from reports.models import Agency, BatchItem, Revision
from reports.queries.findings import findings_of
from reports.workflow import Role, State
from tests.actions.workers import wait_until, worker
from tests.factories import complete, in_state, make_agency, make_revision, make_user, written_by

pytestmark = pytest.mark.django_db(transaction=True)
REPORTS = 50


def approved(city: Agency) -> list[Revision]:
    found = []
    for _ in range(REPORTS):
        made = complete(make_revision(2024, make_agency(parent=city)))
        written_by(made, make_user())
        found.append(in_state(made, State.APPROVED))
    return found


def taken(work: Callable[[], object]) -> float:
    begun = perf_counter()
    work()
    return (perf_counter() - begun) * 1000


def told(name: str, times: list[float]) -> None:
    print(f"  {name:<32}{median(times):9.1f} ms median {max(times):9.1f} ms longest")


@pytest.mark.parametrize("workers", [1, 2])
def test_fifty_reports(tmp_path: Path, workers: int) -> None:
    if connection.vendor == "sqlite" and ":memory:" in str(connection.settings_dict["NAME"]):
        pytest.skip("a database in memory has no second process: name a file in DATABASE_URL")
    city = make_agency("虚构市人民政府")
    supervisor = make_user(Role.SUPERVISOR, agency=city)
    revisions = approved(city)
    bureau = make_agency(parent=city)
    author, draft = make_user(Role.AUTHOR, agency=bureau), make_revision(2024, bureau)
    seen = {each.pk: last_event(each) or 0 for each in revisions}
    client = Client()
    client.force_login(supervisor)
    ways: dict[str, Callable[[], object]] = {
        "the queue": lambda: client.get("/admin/reports/revision/?state=all"),
        "the public home page": lambda: client.get("/"),
        "what is typed is kept": lambda: keep_input(
            draft, "overview", {"text": "字"}, base_version=0, by=author
        ),
    }
    checking = [taken(lambda each=each: findings_of(each)) for each in revisions]  # type: ignore[misc]
    quiet = {name: [taken(work) for _ in range(10)] for name, work in ways.items()}
    with ExitStack() as stack:
        for _ in range(workers):
            stack.enter_context(worker(tmp_path))
        sleep(8)  # they have started
        batch = batching.begin("publish", seen, by=supervisor, token=uuid4())
        done = BatchItem.objects.filter(batch=batch, state="done")
        wait_until(done.exists)
        begun, before = perf_counter(), done.count()
        busy: dict[str, list[float]] = {name: [] for name in ways}
        while done.count() < REPORTS:
            for name, work in ways.items():
                busy[name].append(taken(work))
            sleep(0.2)
        seconds = perf_counter() - begun
    print(
        f"\n{connection.vendor}, {workers} worker(s): {(REPORTS - before) / seconds:.2f} reports/s"
    )
    told("every rule on one report", checking)
    for name in ways:
        told(f"{name}, quiet", quiet[name])
        told(f"{name}, while publishing", busy[name])

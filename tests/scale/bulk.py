"""Ten thousand reports published from one list: how many a second, what becomes of a killed worker, and how
long the site takes to answer meanwhile.

Real worker processes on the database of DATABASE_URL. The reports are complete and
their texts differ, so every rule is run as in January; ``formats`` names what is
drawn of each (all of them, or JSON alone to see what the database bears).
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter, sleep
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from reports.actions import batching
from reports.actions.agencies import segment
from reports.actions.moves import newest_event
from reports.jobs.publishing import work_off
from reports.models import (
    Agency,
    ApplicationFigures,
    Batch,
    DisclosureFigures,
    Division,
    Event,
    Membership,
    RemedyFigures,
    Report,
    Revision,
    RevisionPart,
    Snapshot,
    User,
)  # fmt: skip
from reports.workflow import Role, State
from tests.factories import complete, make_agency, make_revision

from .patterns import text

ROOT = Path(__file__).resolve().parents[2]
COPIED = (ApplicationFigures, DisclosureFigures, RemedyFigures, RevisionPart)


def approved(city: Agency, number: int) -> None:
    """Bodies of a city with a complete report each that is approved: one report, told anew."""
    year = timezone.localdate().year - 1
    sample = make_agency(
        "虚构样本局", parent=city, division=city.division, slug=f"bulk-{city.pk}-sample"
    )
    model = complete(make_revision(year, sample))
    author = User.objects.create(username=f"bulk-author-{city.pk}", password="!")
    bodies = Agency.objects.bulk_create(
        [Agency(name=f"虚构{city.pk}第{n}局", slug=f"bulk-{city.pk}-{n}", kind="department",
                division=city.division, parent=city) for n in range(number)], 2000,
    )  # fmt: skip
    for body in bodies:
        body.path = city.path + segment(body.pk)
    Agency.objects.bulk_update(bodies, ["path"], 2000)
    reports = Report.objects.bulk_create([Report(agency=body, year=year) for body in bodies], 2000)
    revisions = Revision.objects.bulk_create(
        [Revision(report=report, edition=model.edition, agency_name=report.agency.name,
                  title=model.title.replace(model.agency_name, report.agency.name),
                  signed_by=report.agency.name, signed_on=model.signed_on, address=model.address,
                  postcode=model.postcode, telephone=model.telephone, email=model.email,
                  state=str(State.APPROVED)) for report in reports], 2000,
    )  # fmt: skip
    Event.objects.bulk_create(
        [Event(revision=each, verb="save_overview", by=author) for each in revisions], 2000
    )
    for kind in COPIED:
        rows = list(kind._default_manager.filter(revision=model))
        fields = [
            field.attname for field in kind._meta.concrete_fields
            if field.attname not in ("id", "revision_id") and not field.generated
        ]  # fmt: skip
        kind._default_manager.bulk_create(
            [kind(revision=each, **own(kind, row, fields, each, model)) for each in revisions
             for row in rows], 2000,
        )  # fmt: skip


def own(
    kind: type[Any], row: Any, fields: list[str], revision: Revision, model: Revision
) -> dict[str, Any]:
    """A row's values for another report; prose names its own agency and has sentences of its own."""
    values = {name: getattr(row, name) for name in fields}
    if kind is RevisionPart and values["text"]:
        said = values["text"].replace(model.agency_name, revision.agency_name)
        if row.key in ("overview", "problems"):
            said = "\n".join(
                f"{line}{text(revision.pk * 20 + n, row.key)}" if line.endswith("。") else line
                for n, line in enumerate(said.split("\n"))
            )
        values["text"] = said
    return values


@contextmanager
def worker(data: Path, formats: str) -> Iterator["subprocess.Popen[bytes]"]:
    fonts = data / "fonts"
    if not fonts.exists() and settings.FONT_ROOT.is_dir():
        fonts.symlink_to(settings.FONT_ROOT)
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.scale.worker_settings",
        "DATA_DIR": str(data), "FORMATS": formats, "LOG_LEVEL": "ERROR",
    }  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.scale.worker", "--queue-name", "*", "--no-reload",
         "--interval", "0.1", "--no-startup-delay", "--patience", "20"],
        cwd=ROOT, env=environment,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(timeout=120)


def done(batch: Batch) -> int:
    return batch.items.filter(state="done").count()


def publish(number: int, workers: int, formats: str, seconds: float) -> dict[str, Any]:
    """The figures of one batch, watched for some seconds or to its end."""
    now = f"{timezone.localtime():%m%d%H%M%S}"
    county = Division.objects.order_by("-code").first()
    city = make_agency(f"虚构批量市{now}", division=county, slug=f"bulk-{now}")
    supervisor = User.objects.create(username=f"bulk-{now}", password="!")
    Membership.objects.create(user=supervisor, agency=city, role=str(Role.SUPERVISOR))
    approved(city, number)
    own_list = Revision.objects.filter(report__agency__path__startswith=city.path)
    client = Client()
    client.force_login(supervisor)
    ways: dict[str, Callable[[], Any]] = {
        "queue": lambda: client.get("/admin/reports/revision/"),
        "home": lambda: client.get("/"),
        "an agency": lambda: client.get("/agencies/scale-1/"),
    }
    begun = perf_counter()
    batch = batching.begin_all(
        "publish", own_list, seen=newest_event(), by=supervisor, token=uuid4()
    )
    ways["progress page"] = lambda: client.get(f"/admin/reports/revision/batches/{batch.pk}/")
    work_off(batch)
    told: dict[str, Any] = {
        "reports": batch.items.count(), "workers": workers, "formats": formats or "all",
        "begun in s": round(perf_counter() - begun, 1), "load": round(os.getloadavg()[0], 1),
    }  # fmt: skip
    quiet = {name: [taken(way) for _ in range(7)] for name, way in ways.items()}
    with TemporaryDirectory() as folder, ExitStack() as stack:
        for _ in range(workers):
            stack.enter_context(worker(Path(folder), formats))
        stack.enter_context(killed_early := killable(Path(folder), formats))
        told |= watch(batch, ways, seconds, killed_early.process)
    told["quiet"] = {name: spread(times) for name, times in quiet.items()}
    told |= whole(batch)
    connection.close()
    return told


class killable:
    """One more worker, which is killed in the middle of its work."""

    def __init__(self, data: Path, formats: str) -> None:
        self.context = worker(data, formats)

    def __enter__(self) -> "killable":
        self.process = self.context.__enter__()
        return self

    def __exit__(self, *args: Any) -> None:
        self.context.__exit__(*args)


def watch(
    batch: Batch, ways: dict[str, Callable[[], Any]], seconds: float, victim: Any
) -> dict[str, Any]:
    deadline = perf_counter() + 120
    while done(batch) < 5:
        if perf_counter() > deadline:
            raise SystemExit("The workers did not begin in two minutes.")
        sleep(0.2)
    victim.kill()  # -9, while it publishes: what it had begun is undone, and taken up by others
    begun, before = perf_counter(), done(batch)
    busy: dict[str, list[float]] = {name: [] for name in ways}
    while perf_counter() - begun < seconds and batch.items.filter(state="waiting").exists():
        for name, way in ways.items():
            busy[name].append(taken(way))
        sleep(5)  # five pages a look: oftener, and the watcher takes a worker's processor
    lasted = perf_counter() - begun
    return {
        "published": done(batch), "seconds": round(lasted),
        "a second": round((done(batch) - before) / lasted, 2),
        "meanwhile": {name: spread(times) for name, times in busy.items()},
    }  # fmt: skip


def whole(batch: Batch) -> dict[str, Any]:
    """After it all: nothing half, nothing twice."""
    published = Revision.objects.filter(batch_items__batch=batch, state=State.PUBLISHED)
    snapshots = Snapshot.objects.filter(revision__batch_items__batch=batch).count()
    twice = Event.objects.filter(revision__batch_items__batch=batch, verb="publish").count()
    refused = batch.items.filter(state="refused")
    said = refused.values_list("sentence", flat=True).first()
    assert published.count() == snapshots == twice == done(batch)
    return {"refused": refused.count(), "why": said or ""}


def taken(work: Callable[[], Any]) -> float:
    begun = perf_counter()
    response = work()
    assert response.status_code == 200
    return (perf_counter() - begun) * 1000


def spread(times: list[float]) -> list[float]:
    p99 = quantiles(times, n=100, method="inclusive")[98] if len(times) > 1 else times[0]
    return [round(median(times), 1), round(p99, 1)]

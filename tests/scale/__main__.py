"""The command: ``python -m tests.scale fill|measure|publish|draw`` (see ``make scale``).

``fill`` makes the site in the empty, migrated PostgreSQL database of DATABASE_URL;
``measure`` adds what each work takes there to FIGURES; ``publish`` publishes a list of
``--number`` reports by ``--workers`` workers; ``draw`` makes ``docs/scale.svg`` and the tables
of ``docs/scale.md`` of all that was measured.
"""

import json
import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.actions.worker_settings")
os.environ.setdefault("LOG_LEVEL", "ERROR")
django.setup()

from statistics import median, quantiles  # noqa: E402

from django.db import connection  # noqa: E402

from reports.actions import aggregating  # noqa: E402
from reports.models import Revision  # noqa: E402

from .bulk import publish  # noqa: E402
from .filling import Size, fill, sizes  # noqa: E402
from .loading import run  # noqa: E402
from .plotting import draw, tell  # noqa: E402
from .watching import watched  # noqa: E402
from .works import Work, today, works  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
FIGURES, PLOT, PAGE = (ROOT / "docs" / f"scale.{each}" for each in ("json", "svg", "md"))


def main() -> None:
    parser = ArgumentParser(prog="python -m tests.scale", description=__doc__)
    parser.add_argument("steps", nargs="+", choices=["fill", "measure", "publish", "draw"])
    parser.add_argument("--agencies", type=int, default=10_000)
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--seconds", type=float, default=20, help="the longest for one work")
    parser.add_argument(
        "--only", default="", help="works whose names hold one of these, with commas"
    )
    parser.add_argument("--tallies", action="store_true", help="check and rebuild them as well")
    parser.add_argument("--figures", type=Path, default=FIGURES)
    parser.add_argument("--number", type=int, default=10_000, help="reports to publish in bulk")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--formats", default="", help='what is drawn, as "json"; all without')
    asked = parser.parse_args()
    size = Size(asked.agencies, asked.years)
    if "fill" in asked.steps:
        begun = perf_counter()
        fill(size)
        print(f"{size.reports} reports in {perf_counter() - begun:.0f} s")
    if "measure" in asked.steps:
        measure(size, asked)
    if "publish" in asked.steps:
        told = publish(asked.number, asked.workers, asked.formats, asked.seconds)
        figures = read(asked.figures)
        figures.setdefault("bulk", []).append({"at": today()} | told)
        asked.figures.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n")
        print(json.dumps(told, ensure_ascii=False, indent=1))
    if "draw" in asked.steps:
        draw(read(asked.figures), PLOT)
        tell(read(asked.figures), PAGE)


def read(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text()) if path.exists() else {}


def measure(size: Size, asked: Namespace) -> None:
    figures = read(asked.figures)
    told = figures.setdefault(str(size.reports), {"works": {}, "slow": {}})
    told |= {"at": today(), "load": os.getloadavg()[0], "reports": Revision.objects.count()}
    told["tables"] = sizes()
    print(f"{size.reports} reports, load {told['load']:.1f}")
    run("SET max_parallel_workers_per_gather = 0")  # what is not of one's own process is not seen
    for name, work in works(size).items():
        if any(each in name for each in asked.only.split(",")):
            one(told, name, work, asked)
            asked.figures.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n")
    if asked.tallies:
        whole(told)
    asked.figures.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n")


def one(told: dict[str, Any], name: str, work: Work, asked: Namespace) -> None:
    """Median and p99 by the clock, and the processor's time of this process and of PostgreSQL's.

    On a machine that others use as well the clock tells of them; the processor's time does not.
    The first round only warms up.
    """
    times: list[float] = []
    work()
    with watched() as watch:
        began, used, spent = perf_counter(), process_time(), database_time()
        while not times or (len(times) < asked.rounds and perf_counter() - began < asked.seconds):
            begun = perf_counter()
            work()
            times.append((perf_counter() - begun) * 1000)
        own = (process_time() - used) * 1000 / len(times)
        theirs = (database_time() - spent) * 1000 / len(times)
    p99 = quantiles(times, n=100, method="inclusive")[98] if len(times) > 1 else times[0]
    numbers = (median(times), p99, own, theirs, watch.statements / len(times))
    told["works"][name] = [round(each, 1) for each in numbers]
    told["slow"].pop(name, None)
    if watch.slow:
        told["slow"][name] = [
            [round(taken), sql[:2000], plan[:2000]] for sql, (taken, plan) in watch.slow.items()
        ]
    print(f"  {name:<40}" + "".join(f"{each:10.1f}" for each in numbers), flush=True)


def database_time() -> float:
    """Seconds that the connection's own PostgreSQL process has run; on this machine, on Linux."""
    connection.ensure_connection()
    pid = connection.connection.info.backend_pid
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9


def whole(told: dict[str, Any]) -> None:
    """What is done to all tallies together, once."""
    for name, work in (
        ("tallies: all checked", aggregating.differences_from_raw),
        ("tallies: all made anew", aggregating.rebuild),
    ):
        begun, used, spent = perf_counter(), process_time(), database_time()
        result = work()
        taken = (perf_counter() - begun, process_time() - used, database_time() - spent)
        clock, own, theirs = (round(each * 1000) for each in taken)
        told["works"][name] = [clock, clock, own, theirs, 0]
        print(f"  {name:<44}{told['works'][name][0]:10.0f} ms", flush=True)
        assert name.endswith("anew") or result == [], result


if __name__ == "__main__":
    main()
    sys.exit()

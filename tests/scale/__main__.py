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

from reports.actions import aggregating  # noqa: E402
from reports.models import Revision  # noqa: E402

from .bulk import publish  # noqa: E402
from .filling import Size, fill, sizes  # noqa: E402
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
    parser.add_argument("--only", default="", help="works whose name holds this")
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
    for name, work in works(size).items():
        if asked.only in name:
            one(told, name, work, asked)
    if asked.tallies:
        whole(told)
    asked.figures.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n")


def one(told: dict[str, Any], name: str, work: Work, asked: Namespace) -> None:
    """Median, p99 and least of a work, and what of it was slow: the first round only warms up.

    On a machine that others use as well the least is nearest to what the work itself takes.
    """
    times: list[float] = []
    own: list[float] = []  # processor time of this process, without the database's
    work()
    with watched() as watch:
        began = perf_counter()
        while len(times) < asked.rounds and (
            perf_counter() - began < asked.seconds or len(times) < 2
        ):
            begun, used = perf_counter(), process_time()
            work()
            times.append((perf_counter() - begun) * 1000)
            own.append((process_time() - used) * 1000)
    statements = watch.statements / len(times)
    p99 = quantiles(times, n=100, method="inclusive")[98]
    told["works"][name] = [round(each, 1) for each in (median(times), p99, min(times), statements, median(own))]
    told["slow"].pop(name, None)
    if watch.slow:
        told["slow"][name] = [
            [round(taken), sql[:2000], plan[:2000]] for sql, (taken, plan) in watch.slow.items()
        ]
    worst = max((taken for taken, _ in watch.slow.values()), default=0)
    print(f"  {name:<44}{median(times):10.1f}{p99:10.1f}{min(times):10.1f}{median(own):10.1f} ms{statements:5.0f} statements"
          + (f"   slowest {worst:.0f} ms" if worst else ""), flush=True)  # fmt: skip


def whole(told: dict[str, Any]) -> None:
    """What is done to all tallies together, once."""
    for name, work in (
        ("tallies: all checked", aggregating.differences_from_raw),
        ("tallies: all made anew", aggregating.rebuild),
    ):
        begun = perf_counter()
        result = work()
        told["works"][name] = [round((perf_counter() - begun) * 1000)] * 3 + [0, 0]
        print(f"  {name:<44}{told['works'][name][0]:10.0f} ms", flush=True)
        assert name.endswith("anew") or result == [], result


if __name__ == "__main__":
    main()
    sys.exit()

"""The command: ``python -m tests.scale fill|measure|draw`` (see ``make scale``).

``fill`` makes the site in the empty, migrated PostgreSQL database of DATABASE_URL;
``measure`` adds what each work takes there to FIGURES; ``draw`` makes
``docs/scale.svg`` of all that was measured.
"""

import json
import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from time import perf_counter
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
os.environ.setdefault("LOG_LEVEL", "ERROR")
django.setup()

from statistics import median, quantiles  # noqa: E402

from reports.actions import aggregating  # noqa: E402
from reports.models import Revision  # noqa: E402

from .filling import Size, fill, sizes  # noqa: E402
from .plotting import draw  # noqa: E402
from .watching import watched  # noqa: E402
from .works import Work, today, works  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
FIGURES, PLOT = ROOT / "docs" / "scale.json", ROOT / "docs" / "scale.svg"


def main() -> None:
    parser = ArgumentParser(prog="python -m tests.scale", description=__doc__)
    parser.add_argument("steps", nargs="+", choices=["fill", "measure", "draw"])
    parser.add_argument("--agencies", type=int, default=10_000)
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--seconds", type=float, default=20, help="the longest for one work")
    parser.add_argument("--only", default="", help="works whose name holds this")
    parser.add_argument("--figures", type=Path, default=FIGURES)
    asked = parser.parse_args()
    size = Size(asked.agencies, asked.years)
    if "fill" in asked.steps:
        begun = perf_counter()
        fill(size)
        print(f"{size.reports} reports in {perf_counter() - begun:.0f} s")
    if "measure" in asked.steps:
        measure(size, asked)
    if "draw" in asked.steps:
        draw(read(asked.figures), PLOT)


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
    if asked.only in "tallies":
        whole(told)
    asked.figures.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n")


def one(told: dict[str, Any], name: str, work: Work, asked: Namespace) -> None:
    """The median and p99 of a work, and what of it was slow: the first round only warms up."""
    times: list[float] = []
    work()
    with watched() as watch:
        began = perf_counter()
        while len(times) < asked.rounds and (
            perf_counter() - began < asked.seconds or len(times) < 3
        ):
            begun = perf_counter()
            work()
            times.append((perf_counter() - begun) * 1000)
    statements = watch.statements / len(times)
    p99 = quantiles(times, n=100, method="inclusive")[98]
    told["works"][name] = [round(median(times), 1), round(p99, 1), round(statements)]
    told["slow"].pop(name, None)
    if watch.slow:
        told["slow"][name] = [
            [round(taken), sql[:2000], plan[:2000]] for sql, (taken, plan) in watch.slow.items()
        ]
    worst = max((taken for taken, _ in watch.slow.values()), default=0)
    print(f"  {name:<44}{median(times):10.1f}{p99:10.1f} ms{statements:5.0f} statements"
          + (f"   slowest {worst:.0f} ms" if worst else ""), flush=True)  # fmt: skip


def whole(told: dict[str, Any]) -> None:
    """What is done to all tallies together, once."""
    for name, work in (
        ("tallies: all checked", aggregating.differences_from_raw),
        ("tallies: all made anew", aggregating.rebuild),
    ):
        begun = perf_counter()
        result = work()
        told["works"][name] = [round((perf_counter() - begun) * 1000)] * 2 + [0]
        print(f"  {name:<44}{told['works'][name][0]:10.0f} ms", flush=True)
        assert name.endswith("anew") or result == [], result


if __name__ == "__main__":
    main()
    sys.exit()

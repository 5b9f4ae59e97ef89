"""``make faults``: break the site while people work, count what was lost, print the table.

    python -m tests.faults [--engine postgresql|sqlite] [--rounds 2] [--seed 1] [--away 60]
                           [--only WORDS] [--smoke] [--light] [--sizes '{"batch_publish": 30}']

Exit code 1 where anything confirmed was lost, anything happened twice, or anything did
not come back by itself. Logs of what failed are kept in var/faults.
"""

import argparse
import json
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.e2e.conftest import ROOT
from tests.faults import light
from tests.faults.client import Client
from tests.faults.cluster import Cluster
from tests.faults.crowd import SHANGHAI, Crowd, Journal
from tests.faults.scenarios import ON_BOTH, ON_POSTGRESQL, Fault, Trial
from tests.faults.site import Site
from tests.faults.twenty import MANY, Twenty

SETTLING = 420  # seconds until the workers must have done everything that was asked of them
KEPT = ROOT / "var" / "faults"
SMALL = {"draft": 2, "submit": 2, "approve": 1, "publish": 1, "batch_approve": 0,
         "batch_publish": 2, "schedule": 1, "import": 1}  # fmt: skip
TWENTY = f"{MANY} people at one report"


@dataclass
class Outcome:
    """A row of the table."""

    rounds: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    kinds: dict[str, Counter[str]] = field(default_factory=dict)
    recovered: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)

    def add(self, counts: dict[str, dict[str, int]]) -> None:
        for kind, count in counts.items():
            self.kinds.setdefault(kind, Counter()).update(count)
            self.counts.update(count)


class Run:
    def __init__(self, options: argparse.Namespace, folder: Path) -> None:
        self.options, self.folder = options, folder
        self.chance = random.Random(options.seed)
        self.is_postgresql = options.engine == "postgresql"
        self.cluster = Cluster(folder / "postgresql") if self.is_postgresql else None
        url = self.cluster.url if self.cluster else f"sqlite:///{folder}/database.sqlite3"
        self.site = Site(folder, url)
        self.number = 0
        self.outcomes: dict[str, Outcome] = {}

    def seeded(self, *arguments: str) -> dict[str, Any]:
        self.number += 1
        said = self.site.run("tests.faults.seed", str(self.number), *arguments).stdout
        return json.loads(said.splitlines()[-1])

    def round(self, name: str, fault: Fault) -> None:
        outcome = self.outcomes.setdefault(name, Outcome())
        sizes = SMALL | self.options.sizes if self.options.smoke else self.options.sizes
        plan, site = self.seeded(json.dumps(sizes)), self.site
        crowd = Crowd(
            site.address, plan, random.Random(self.chance.random()),
            now=lambda: datetime.now(SHANGHAI) + site.ahead(),
        )  # fmt: skip
        crowd.begin(patience=SETTLING)
        time.sleep(self.chance.uniform(1, 4 if self.options.smoke else 9))
        trial = Trial(site, self.cluster, self.chance, self.options.away, [], [])
        try:
            fault(trial)
        except BaseException:
            crowd.give_up()
            raise
        struck = time.monotonic()
        time.sleep(self.chance.uniform(2, 5))
        print(f"  {time.monotonic() - struck:.0f} s: ending", flush=True)
        crowd.end()
        self.settle(outcome, struck)
        outcome.rounds += 1
        outcome.wrong += trial.wrong + [f"ended by itself: {each}" for each in site.ended()]
        outcome.seen += trial.seen
        if crowd.journal.full:
            outcome.seen.append(f"{crowd.journal.full} answers said that the disk is full")
        self.judge(outcome, crowd.journal)
        mails = Counter(site.mail.ids)
        outcome.wrong += [f"mail sent {n} times: {key}" for key, n in mails.items() if n > 1]
        site.mail.ids.clear()

    def settle(self, outcome: Outcome, struck: float) -> None:
        """Wait until the workers have nothing left to do."""
        deadline = time.monotonic() + SETTLING
        while (left := self.site.run("tests.faults.check", "waiting").stdout.split()[-1]) != "0":
            if time.monotonic() > deadline:
                outcome.wrong.append(f"{left} things were never done")
                return
            time.sleep(1)
        print("  settled", flush=True)
        outcome.recovered.append(time.monotonic() - struck)

    def judge(self, outcome: Outcome, journal: Journal) -> None:
        path = self.folder / "journal.json"
        path.write_text(json.dumps(journal.as_json()))
        said = json.loads(self.site.run("tests.faults.check", str(path)).stdout.splitlines()[-1])
        outcome.add(said["counts"])
        outcome.wrong += said["troubles"] + self.unread(said["published"])
        for command in (["verify_audit"], ["check_tally"]):
            done = self.site.manage(*command, check=False)
            if done.returncode:
                outcome.wrong.append(f"{command[0]}: {done.stderr[-500:]}")
        statuses = Counter(each.status for each in journal.attempts)
        print(f"  {dict(outcome.counts)} answers {dict(statuses)} {outcome.seen[-2:]}", flush=True)
        for each in outcome.wrong:
            print(f"  WRONG {each}", flush=True)

    def unread(self, published: list[list[Any]]) -> list[str]:
        """Every published report's page and files are answered, from disk or drawn."""
        client, said = Client(self.site.address), []
        for slug, year in published:
            for name in (
                ("", "report.json") if self.options.light else ("", "report.json", "report.pdf")
            ):
                path = f"/agencies/{slug}/{year}/{name}"
                status = client.get(path).status
                if status != 200:
                    said.append(f"{path} answers {status}")
        return said

    def twenty(self) -> None:
        outcome = self.outcomes.setdefault(TWENTY, Outcome())
        outcome.rounds += 1
        people = Twenty(self.site.address, self.seeded("one", str(MANY)), saves=5)
        struck = time.monotonic()
        people.write()
        self.settle(outcome, struck)
        self.judge(outcome, people.journal)
        people.journal.attempts.clear()
        # The texts of the trial are no report: sound ones are written before they are submitted.
        self.site.run("tests.faults.seed", str(people.plan["revision"]), "sound")
        people.submit()
        people.press("approve")
        people.press("publish")
        self.judge(outcome, people.journal)

    def all(self) -> None:
        faults = ON_BOTH | (ON_POSTGRESQL if self.is_postgresql else {})
        if not self.site.is_mounted:
            print("no disk of its own could be mounted: a full disk is not tried")
            faults.pop("full disk")
        if self.options.smoke:
            faults = {name: faults[name] for name in list(faults)[:1]}
        for number in range(self.options.rounds):
            for name, fault in faults.items():
                if re.search(self.options.only, name):
                    print(f"{datetime.now():%H:%M:%S} round {number + 1}: {name}", flush=True)
                    self.round(name, fault)
            if re.search(self.options.only, TWENTY) and not self.options.smoke:
                print(f"{datetime.now():%H:%M:%S} round {number + 1}: {TWENTY}", flush=True)
                self.twenty()


def table(outcomes: dict[str, Outcome]) -> str:
    lines = [
        "| fault | rounds | tried | confirmed | lost | doubled | all done after (s) | else |",
        "|---|--:|--:|--:|--:|--:|--:|---|",
    ]
    for name, each in outcomes.items():
        count, last = each.counts, f"{max(each.recovered, default=0):.0f}"
        else_ = "; ".join(sorted(set(each.wrong))) or "whole"
        lines.append(
            f"| {name} | {each.rounds} | {count['tried']} | {count['confirmed']} | "
            f"{count['lost']} | {count['doubled']} | {last} | {else_[:200]} |"
        )
    lines += ["", "| what people did | tried | confirmed | told why not | lost | doubled |",
              "|---|--:|--:|--:|--:|--:|"]  # fmt: skip
    kinds: dict[str, Counter[str]] = {}
    for each in outcomes.values():
        for kind, count in each.kinds.items():
            kinds.setdefault(kind, Counter()).update(count)
    for kind, count in kinds.items():
        lines.append(
            f"| {kind} | {count['tried']} | {count['confirmed']} | {count['told']} | "
            f"{count['lost']} | {count['doubled']} |"
        )
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.faults")
    parser.add_argument("--engine", choices=["postgresql", "sqlite"], default="postgresql")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--away", type=float, default=60)
    parser.add_argument("--only", default="")
    parser.add_argument("--smoke", action="store_true")
    parser.add_argument("--sizes", type=json.loads, default={}, help='as {"publish": 2}')
    parser.add_argument("--light", action="store_true", help="keep the JSON of a report alone")
    options = parser.parse_args()
    if options.light:
        os.environ[light.WORD] = "1"
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    folder = Path(tempfile.mkdtemp(prefix="faults."))
    folder.chmod(0o755)
    run = Run(options, folder)
    try:
        run.site.start()
        run.all()
    finally:
        print(f"\n{options.engine}, seed {options.seed}\n\n{table(run.outcomes)}", flush=True)
        run.site.stop()
        if run.cluster:
            run.cluster.stop()
        if (folder / "log").exists():
            KEPT.mkdir(parents=True, exist_ok=True)
            shutil.copy(folder / "log", KEPT / f"log-{options.engine}")
        shutil.rmtree(folder, ignore_errors=True)
    sound = all(not (each.wrong or each.counts["lost"] or each.counts["doubled"])
                for each in run.outcomes.values())  # fmt: skip
    return 0 if sound and run.outcomes else 1


if __name__ == "__main__":
    sys.exit(main())

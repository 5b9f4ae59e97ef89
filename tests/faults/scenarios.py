"""What is broken while people work, and how it comes back: nobody but the service's own watch
(which starts again what has ended) lends a hand.
"""

import random
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from tests.faults.client import Client
from tests.faults.cluster import Cluster, send
from tests.faults.site import Site

RESTART = 2  # seconds after which the service's watch starts again what has ended


@dataclass
class Trial:
    """One round: the site, its database (none where that is SQLite), and what was seen."""

    site: Site
    cluster: Cluster | None
    chance: random.Random
    away: float
    seen: list[str]
    wrong: list[str]

    @property
    def database(self) -> Cluster:
        assert self.cluster is not None
        return self.cluster

    def statuses(self, seconds: float) -> dict[int, int]:
        """What a reader and a probe are answered meanwhile."""
        counted: dict[int, int] = {}
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            answer = Client(self.site.address).get("/accounts/login/")
            counted[answer.status] = counted.get(answer.status, 0) + 1
            if answer.status == 503 and "数据库正忙" not in answer.text:
                self.wrong.append("a 503 that does not say why")
            time.sleep(1)
        return counted


def web_process(trial: Trial) -> None:
    for _ in range(3):
        trial.site.kill_one_web(trial.chance)
        time.sleep(trial.chance.random() * 3)


def all_web_processes(trial: Trial) -> None:
    trial.site.kill_all_web()


def worker(trial: Trial) -> None:
    trial.site.kill_worker(0)
    time.sleep(RESTART)
    trial.site.start_worker()


def both_workers(trial: Trial) -> None:
    trial.site.kill_worker(1)
    trial.site.kill_worker(0)
    time.sleep(RESTART)
    trial.site.start_worker()
    trial.site.start_worker()


def database(trial: Trial) -> None:
    trial.database.kill()
    time.sleep(RESTART)
    trial.database.start()


def database_backend(trial: Trial) -> None:
    """One of its processes: PostgreSQL ends all others and recovers by itself."""
    own = trial.database.processes()[1:]
    busy = [each for each in own if is_backend(each)]
    send(trial.chance.choice(busy or own), signal.SIGKILL)


def is_backend(process: int) -> bool:
    return b"127.0.0.1" in Path(f"/proc/{process}/cmdline").read_bytes()


def everything(trial: Trial) -> None:
    """The machine loses its power."""
    trial.database.kill()
    trial.site.kill_worker(1)
    trial.site.kill_worker(0)
    trial.database.start()
    trial.site.kill_all_web()
    trial.site.start_worker()
    trial.site.start_worker()


def database_away(trial: Trial) -> None:
    trial.database.stop()
    counted = trial.statuses(trial.away)
    trial.database.start()
    trial.seen.append(f"answers meanwhile: {counted}")
    if not counted.get(503):
        trial.wrong.append("nobody was told that the database is away")


def database_frozen(trial: Trial) -> None:
    frozen = trial.database.freeze()
    try:
        time.sleep(trial.away)
    finally:
        for process in frozen:
            send(process, signal.SIGCONT)


def disk_full(trial: Trial) -> None:
    """Not a byte is left where the site writes; then somebody clears up."""
    filler = trial.site.data / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * 65536)
        except OSError:
            pass
        ready = Client(trial.site.address).get("/readyz")
        trial.seen.append(f"/readyz {ready.status}")
        backup = trial.site.manage("backup", check=False)
        left = [each.name for each in (trial.site.data / "backups").glob("*")]
        if backup.returncode == 0 or left:
            trial.wrong.append(f"a backup on a full disk: {backup.returncode}, left {left}")
        time.sleep(10 + trial.chance.random() * 5)
    filler.unlink()
    backup = trial.site.manage("backup", "--verify", check=False)
    trial.seen.append(f"backup with room again: {backup.returncode}")
    if backup.returncode:
        trial.wrong.append(f"no backup with room again: {backup.stderr[-500:]}")


def clock_forward(trial: Trial) -> None:
    jump(trial, timedelta(days=1))


def clock_back(trial: Trial) -> None:
    """And right again after a while: what was to come at a set time has waited for that time."""
    jump(trial, -timedelta(hours=1))
    time.sleep(20 + trial.chance.random() * 10)
    jump(trial, timedelta(hours=1))


def jump(trial: Trial, by: timedelta) -> None:
    trial.site.turn(trial.site.ahead() + by)


Fault = Callable[[Trial], None]
ON_BOTH: dict[str, Fault] = {
    "kill -9 of a web process, three times": web_process,
    "kill -9 of all web processes": all_web_processes,
    "kill -9 of a worker": worker,
    "kill -9 of both workers": both_workers,
    "full disk": disk_full,
    "clock a day forward": clock_forward,
    "clock an hour back, then right again": clock_back,
}
ON_POSTGRESQL: dict[str, Fault] = {
    "kill -9 of PostgreSQL": database,
    "kill -9 of one of PostgreSQL's processes": database_backend,
    "kill -9 of everything at once": everything,
    "database stopped for a while": database_away,
    "database frozen for a while": database_frozen,
}

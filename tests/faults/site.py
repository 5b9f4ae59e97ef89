"""The site under trial: gunicorn with four processes, two workers, folders of their own."""

import os
import random
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

from tests.e2e.clock import FILE
from tests.e2e.conftest import ROOT, free_port
from tests.faults.client import Client
from tests.faults.cluster import children_of, send
from tests.faults.mail import MailServer

WEB, WORKERS = 4, 2
PATIENCE = "15"  # seconds until an errand is asked for again, or a silent worker is gone
SIZE = "600m"
STARTING = 300  # seconds, on a machine that is busy


class Site:
    """Started as the service starts it; every process is ended by its id."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder, self.data = folder, folder / "data"
        self.data.mkdir()
        self.is_mounted = os.geteuid() == 0 and self.mount()
        (self.data / "fonts").symlink_to(ROOT / "var" / "fonts")
        self.mail = MailServer()
        self.clock = folder / "clock"
        self.turn(timedelta(0))
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings.development",
            "DATA_DIR": str(self.data), "DATABASE_URL": database, "PYTHONPATH": str(ROOT),
            "EMAIL_URL": self.mail.url, "BACKUP_DAILY": "false",
            "LOG_LEVEL": "WARNING", FILE: str(self.clock), "WEB_CONCURRENCY": str(WEB),
        }  # fmt: skip
        self.address = f"http://127.0.0.1:{(port := free_port())}"
        self.bind = f"127.0.0.1:{port}"
        self.web: subprocess.Popen[bytes] | None = None
        self.workers: list[subprocess.Popen[bytes]] = []

    def mount(self) -> bool:
        """A small disk, which can be filled; False where the machine does not let us."""
        asked = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(self.data)]
        return subprocess.run(asked, capture_output=True, check=False).returncode == 0

    def ahead(self) -> timedelta:
        return timedelta(seconds=float(self.clock.read_text()))

    def turn(self, ahead: timedelta) -> None:
        """Let every process of the site tell another time from now on."""
        beside = self.clock.with_suffix(".new")
        beside.write_text(str(ahead.total_seconds()))
        beside.replace(self.clock)

    def run(self, *module: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", *module],
            cwd=ROOT, env=self.environment, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        if check and done.returncode:
            raise RuntimeError(f"{' '.join(module)}: {done.stderr[-3000:]}")
        return done

    def manage(self, *command: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        return self.run("tests.faults.process", *command, check=check)

    def begin(self, *module: str) -> "subprocess.Popen[bytes]":
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", *module],
                cwd=ROOT, env=self.environment, stdout=log, stderr=log,
            )  # fmt: skip

    def start(self) -> None:
        self.manage("migrate", "--verbosity", "0")
        self.manage("collectstatic", "--no-input", "--verbosity", "0")
        self.start_web()
        for _ in range(WORKERS):
            self.start_worker()

    def start_web(self) -> None:
        self.web = self.begin(
            "gunicorn", "tests.faults.process:application", "--bind", self.bind,
            "--workers", str(WEB), "--worker-class", "sync", "--timeout", "60",
            "--log-level", "warning",
        )  # fmt: skip
        self.await_answer()

    def await_answer(self) -> None:
        deadline = time.monotonic() + STARTING
        while Client(self.address).get("/healthz").status != 200:
            if time.monotonic() > deadline:
                raise TimeoutError(f"no answer from {self.address} in {STARTING} seconds")
            time.sleep(0.2)

    def start_worker(self) -> None:
        self.workers.append(
            self.begin(
                "tests.faults.process",
                "worker",
                "--queue-name",
                "*",
                "--no-reload",
                "--interval",
                "0.2",
                "--patience",
                PATIENCE,
                "--silence",
                PATIENCE,
            )
        )

    def kill_one_web(self, chance: random.Random) -> None:
        assert self.web is not None
        if children := children_of(self.web.pid):
            send(chance.choice(children), signal.SIGKILL)

    def kill_all_web(self) -> None:
        """With their master, which whatever watches over the service starts again."""
        assert self.web is not None
        for process in [self.web.pid, *children_of(self.web.pid)]:
            send(process, signal.SIGKILL)
        self.web.wait()
        time.sleep(1)
        self.start_web()

    def kill_worker(self, number: int) -> None:
        process = self.workers.pop(number)
        process.kill()
        process.wait()

    def ended(self) -> list[str]:
        """Who ended without having been told to: nobody should."""
        assert self.web is not None
        named = [("web", self.web), *(("worker", each) for each in self.workers)]
        return [f"{name} {each.pid}" for name, each in named if each.poll() is not None]

    def stop(self) -> None:
        running = [each for each in [self.web, *self.workers] if each and each.poll() is None]
        for process in running:
            process.terminate()
        for process in running:
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
        if self.is_mounted:
            subprocess.run(["umount", "--lazy", str(self.data)], check=False)

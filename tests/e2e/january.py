"""The site of the January walk: a city of sixty, a clock to turn, a worker, and its people."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from playwright.sync_api import Browser

from tests.e2e.clock import FILE, Clock
from tests.e2e.conftest import ROOT, Site, await_answer, environment_in, free_port
from tests.e2e.people import Person, page_name, somebody

YEAR = 2025
BODIES = 60  # the city's government and its bureaus
SEED = "tests.e2e.seed_january"
PATIENCE = 300  # seconds in which anything must have happened, on a machine that is busy


@dataclass
class City:
    """The running site, its people's names, and what can be done to it from outside."""

    site: Site
    clock: Clock
    people: dict[str, str]

    def run(self, *module: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", *module],
            cwd=ROOT, env=self.site.environment, check=True, capture_output=True, text=True,
        )  # fmt: skip
        return done.stdout

    def manage(self, *command: str) -> str:
        return self.run("tests.e2e.clockwork", *command)

    def file(self, numbers: list[int]) -> None:
        """The authors of these bureaus write and submit, by the product's own actions."""
        self.run(SEED, "file", *map(str, numbers))


@contextmanager
def city_in(data: Path, bare: Path, sound: dict[str, str], begins: datetime) -> Iterator[City]:
    """A site of its own, with its server and worker, which are ended by their ids."""
    shutil.copytree(bare, data, symlinks=True, dirs_exist_ok=True)
    clock = Clock(data / "clock")
    clock.turn_to(begins)
    environment = environment_in(data) | sound | {FILE: str(clock.file)}
    seeded = subprocess.run(
        [sys.executable, "-m", SEED, "begin"],
        cwd=ROOT, env=environment, check=True, capture_output=True, text=True,
    )  # fmt: skip
    people = json.loads(seeded.stdout.splitlines()[-1])
    port = free_port()
    commands = (
        ["gunicorn", "tests.e2e.clockwork:application", "--bind", f"127.0.0.1:{port}",
         "--workers", "2", "--preload", "--timeout", "120", "--log-level", "warning"],
        ["tests.e2e.clockwork", "worker", "--queue-name", "*", "--no-reload", "--interval", "0.1",
         "--no-startup-delay"],
    )  # fmt: skip
    processes = [
        subprocess.Popen([sys.executable, "-m", *command], cwd=ROOT, env=environment,
                         stdout=subprocess.DEVNULL)
        for command in commands
    ]  # fmt: skip
    try:
        address = f"http://127.0.0.1:{port}"
        await_answer(address, processes[0])
        site = Site(
            address=address, year=YEAR, password=people["password"],
            supervisor=people["supervisor"], authority=people["authority"], bodies=BODIES,
            agencies=[], submitted=[], environment=environment,
        )  # fmt: skip
        yield City(site, clock, people)
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(timeout=30)


@dataclass
class Walker(Person):
    """A person whose pages are looked at closely the first time each kind of page is met."""

    met: set[str] = field(default_factory=set)

    def look(self) -> None:
        kind = page_name(self.page.url)
        if kind not in self.met:
            self.met.add(kind)
            super().look()
        assert self.complaints == [], f"{self.page.url}: {self.complaints}"

    def enter(self, username: str, path: str) -> None:
        """Go there; log in first, where the log-in has run out since the clock was turned."""
        self.page.goto(self.site.url(path))
        if "/accounts/login/" in self.page.url:
            self.log_in(username)
            self.page.goto(self.site.url(path))
        self.look()

    def await_words(self, path: str, words: str) -> None:
        """Ask for the page again until it says so: what the worker does shows there."""
        deadline = time.monotonic() + PATIENCE
        self.page.goto(self.site.url(path))
        while not self.says(words):
            assert time.monotonic() < deadline, f"{path} did not say {words} in time"
            self.page.wait_for_timeout(200)
            self.page.reload()
        self.look()


@contextmanager
def walker(browser: Browser, city: City, met: set[str]) -> Iterator[Walker]:
    with somebody(browser, city.site) as person:
        person.page.set_default_timeout(PATIENCE * 1000)  # every rule is run on sixty reports
        yield Walker(person.page, person.site, complaints=person.complaints, met=met)

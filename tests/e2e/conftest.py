"""A real site for the browser: its own database file, server processes, published files.

Nothing is mocked and nothing is shared with the test's own process: the site
is started as ``make run`` starts it, on a free port, and stopped by its id.
"""

import fcntl
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds until the server must answer
EMPTY, KNOWN = "empty.sqlite3", "known.json"  # beside a site's data
SOUND = "SOUND_PAGES"  # the environment's word for the folder of what every process found sound


@dataclass(frozen=True)
class Site:
    """Where the site answers, and what ``seed.py`` put there."""

    address: str
    year: int
    password: str
    supervisor: str
    authority: str
    bodies: int  # bureaus, each with last year's report published when the tests begin
    agencies: list[dict[str, str]]  # name, slug, author, colleague
    submitted: list[dict[str, str]]  # the same with the key of this year's report, in review
    environment: dict[str, str]

    def url(self, path: str) -> str:
        return f"{self.address}{path}"


LONGEST = ("test_january.py", "test_idle_end.py", "test_hostile.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest walks first, so that the others are walked meanwhile (--no-loadscope-reorder)."""
    items.sort(key=lambda each: LONGEST.index(each.path.name) if each.path.name in LONGEST else 9)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def await_answer(address: str, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        assert server.poll() is None, "the server ended before it answered"
        try:
            urlopen(f"{address}/healthz", timeout=2).close()
        except (URLError, OSError):
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(f"no answer from {address} in {PATIENCE} seconds")


def environment_in(data: Path) -> dict[str, str]:
    """The site's own settings, on SQLite, with everything it writes in one folder."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.development",
        "DATA_DIR": str(data),
        "DATABASE_URL": f"sqlite:///{data}/db.sqlite3",
        "PYTHONPATH": str(ROOT),
        "LOG_LEVEL": "WARNING",
    }


def make_site(data: Path) -> None:
    """Static files, an empty database (``EMPTY``), and the seeded one with what is known of it."""
    if (ROOT / "var" / "fonts").is_dir():
        (data / "fonts").symlink_to(ROOT / "var" / "fonts")

    def run(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT, env=environment_in(data), check=True, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        return done.stdout

    run("manage.py", "migrate", "--verbosity", "0")
    run("manage.py", "collectstatic", "--no-input", "--verbosity", "0")
    with (
        closing(sqlite3.connect(data / "db.sqlite3")) as made,
        closing(sqlite3.connect(data / EMPTY)) as copy,
    ):
        made.backup(copy)
    (data / KNOWN).write_text(run("-m", "tests.e2e.seed").splitlines()[-1])


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A seeded site's folder, to be copied: made once, by whichever process of xdist is first."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder = shared / "template"
    with (shared / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            folder.mkdir()
            make_site(folder)
    assert (folder / KNOWN).exists(), "the site could not be seeded: see the first failure"
    return folder


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory, template: Path) -> dict[str, str]:
    data = tmp_path_factory.mktemp("site") / "data"
    shutil.copytree(template, data, symlinks=True)
    sound = template.with_name("sound")
    sound.mkdir(exist_ok=True)
    return environment_in(data) | {SOUND: str(sound)}


@pytest.fixture(scope="session")
def empty(template: Path) -> Path:
    """A database with its tables and nothing in them, to be copied."""
    return template / EMPTY


@pytest.fixture(scope="session")
def site(environment: dict[str, str]) -> Iterator[Site]:
    port = free_port()
    server = subprocess.Popen(
        [
            sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}",
            "--workers", "2", "--log-level", "warning",
        ],
        cwd=ROOT, env=environment,
    )  # fmt: skip
    try:
        address = f"http://127.0.0.1:{port}"
        await_answer(address, server)
        known = json.loads((Path(environment["DATA_DIR"]) / KNOWN).read_text())
        yield Site(address=address, environment=environment, **known)
    finally:
        server.terminate()
        server.wait(timeout=60)

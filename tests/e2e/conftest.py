"""A real site for the browser: its own database file, server processes, published files.

Nothing is mocked and nothing is shared with the test's own process: the site
is started as ``make run`` starts it, on a free port, and stopped by its id.
"""

import fcntl
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds until the server must answer
KNOWN, MADE = "known.json", "made"  # beside a site's data: of the seed, and that it is whole
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


LONGEST = ("test_january.py", "test_hostile.py", "test_idle_end.py")  # the first two need no seed


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


def run(data: Path, *arguments: str) -> str:
    """What a command of the site whose folder this is printed."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT, env=environment_in(data), check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    return done.stdout


def make_bare(data: Path) -> None:
    """Static files and, made meanwhile, a database with its tables and nothing in them."""
    if (ROOT / "var" / "fonts").is_dir():
        (data / "fonts").symlink_to(ROOT / "var" / "fonts")
    with ThreadPoolExecutor() as both:
        tables = both.submit(run, data, "manage.py", "migrate", "--verbosity", "0")
        run(data, "manage.py", "collectstatic", "--no-input", "--verbosity", "0")
        tables.result()


def made_once(shared: Path, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that whichever process of xdist is first makes, and the others wait for."""
    folder = shared / name
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / MADE).exists():
            folder.mkdir()  # of a first try that failed it is there: the others fail as well
            make(folder)
            (folder / MADE).touch()
    return folder


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that all processes of this run see."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def bare(shared: Path) -> Path:
    """The folder of a site with its static files and tables and nobody in it, to be copied."""
    return made_once(shared, "bare", make_bare)


@pytest.fixture(scope="session")
def template(shared: Path, bare: Path) -> Path:
    """The folder of a seeded site, to be copied."""

    def make_seeded(data: Path) -> None:
        shutil.copytree(bare, data, symlinks=True, dirs_exist_ok=True)
        (data / MADE).unlink()
        (data / KNOWN).write_text(run(data, "-m", "tests.e2e.seed").splitlines()[-1])

    return made_once(shared, "template", make_seeded)


@pytest.fixture(scope="session")
def sound(shared: Path) -> dict[str, str]:
    """Where the processes tell each other which pages they found sound, for their environment."""
    folder = shared / "sound"
    folder.mkdir(exist_ok=True)
    return {SOUND: str(folder)}


@pytest.fixture(scope="session")
def environment(
    tmp_path_factory: pytest.TempPathFactory, template: Path, sound: dict[str, str]
) -> dict[str, str]:
    data = tmp_path_factory.mktemp("site") / "data"
    shutil.copytree(template, data, symlinks=True)
    return environment_in(data) | sound


@pytest.fixture(scope="session")
def site(environment: dict[str, str]) -> Iterator[Site]:
    port = free_port()
    server = subprocess.Popen(
        [
            sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}",
            "--workers", "2", "--preload", "--log-level", "warning",
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

"""Requests a second and p99 of a published page: nginx (the limit), its file, drawn when asked for.

The application runs as ``make run`` runs it, two synchronous gunicorn workers
on a database file; wrk asks over the loopback address, in turns, so that a
noisy machine is noisy to all alike.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import pytest

from tests import nginx
from tests.e2e.conftest import ROOT, await_answer, free_port

WRK = shutil.which("wrk")
SECONDS = int(os.environ.get("SECONDS_EACH", "4"))
ROUNDS = 3
SEED = """
import django; django.setup()
from reports.actions import publishing, storing
from reports.actions.moves import move
from reports.workflow import Role, State
from tests.factories import complete, in_state, make_agency, make_revision, make_user
publishing.KEPT_FORMATS = ("csv", "json")
for slug in ("kept", "drawn"):
    agency = make_agency(slug=slug)
    approved = in_state(complete(make_revision(2024, agency)), State.APPROVED)
    move(approved, "publish", by=make_user(Role.SUPERVISOR, agency=agency))
storing.erase_pages("drawn", 2024)
"""

pytestmark = pytest.mark.skipif(
    not (WRK and nginx.NGINX), reason="wrk and nginx are needed: apt-get install wrk nginx-light"
)


@pytest.fixture(scope="module")
def environment(tmp_path_factory) -> dict[str, str]:
    data = tmp_path_factory.mktemp("site")
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.development",
        "DATA_DIR": str(data),
        "DATABASE_URL": f"sqlite:///{data}/db.sqlite3",
        "PYTHONPATH": str(ROOT),
        "LOG_LEVEL": "WARNING",
    }


@contextmanager
def gunicorn(environment: dict[str, str]) -> Iterator[str]:
    port = free_port()
    bound = ("--bind", f"127.0.0.1:{port}", "--workers", "2", "--log-level", "warning")
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", *bound]
    server = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        await_answer(f"http://127.0.0.1:{port}", server)
        yield f"127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def ask(url: str, encoding: str) -> tuple[float, float]:
    """Requests a second and the 99th percentile in milliseconds, as wrk measures them."""
    assert WRK
    command = [
        WRK,
        "-t2",
        "-c16",
        f"-d{SECONDS}s",
        "--latency",
        "-H",
        f"Accept-Encoding: {encoding}",
    ]
    said = subprocess.run([*command, url], check=True, capture_output=True, text=True).stdout
    assert "Non-2xx" not in said, said
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    slowest = re.search(r"99%\s+([\d.]+)(us|ms|s)", said)
    assert rate, said
    assert slowest, said
    unit = {"us": 0.001, "ms": 1, "s": 1000}[slowest[2]]
    return float(rate[1]), float(slowest[1]) * unit


def test_a_published_page(environment, tmp_path):
    for arguments in (
        ("manage.py", "migrate", "--verbosity", "0"),
        ("manage.py", "collectstatic", "--no-input", "--verbosity", "0"),
        ("-c", SEED),
    ):
        subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment, check=True)
    data = Path(environment["DATA_DIR"])
    with (
        gunicorn(environment) as web,
        nginx.serving(tmp_path, web, data / "published", data / "static", workers=2) as front,
    ):
        page, document = "/agencies/kept/2024/", "/agencies/kept/2024/report.json"
        works = {
            "nginx, page": (f"{front}{page}", "gzip"),
            "nginx, report.json": (f"{front}{document}", "gzip"),
            "application, page from its file": (f"http://{web}{page}", "br, gzip"),
            "application, report.json from its file": (f"http://{web}{document}", "br, gzip"),
            "application, page drawn when asked for": (f"http://{web}/agencies/drawn/2024/", ""),
            "application, home page": (f"http://{web}/", ""),
            "application, agency's page": (f"http://{web}/agencies/kept/", ""),
        }
        measured: dict[str, list[tuple[float, float]]] = {name: [] for name in works}
        for _ in range(ROUNDS):
            for name, (url, encoding) in works.items():
                measured[name].append(ask(url, encoding))
    rates = {name: median(rate for rate, _ in each) for name, each in measured.items()}
    limit = rates["nginx, page"]
    print(
        f"\n{'公开页面 a published page':<46}{'requests/s':>12}{'p99 ms':>10}{'of the limit':>14}"
    )
    for name, each in measured.items():
        slowest = median(p99 for _, p99 in each)
        ratio = f"{limit / rates[name]:12.0f} x" if rates[name] else "   none in time"
        print(f"  {name:<44}{rates[name]:12,.0f}{slowest:10.1f}{ratio}")
    assert (
        rates["application, page from its file"] > rates["application, page drawn when asked for"]
    )

"""Real worker processes on the test's own database, and waiting for what they do."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120  # seconds until something must have happened


def environment(data: Path) -> dict[str, str]:
    """A settings module of its own, on the test's PostgreSQL, publishing below ``data``."""
    if not (data / "fonts").exists() and settings.FONT_ROOT.is_dir():
        (data / "fonts").symlink_to(settings.FONT_ROOT)
    where = connection.settings_dict
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.actions.worker_settings",
        "DATA_DIR": str(data),
        "DATABASE_URL": f"postgres://{where['USER']}@{where['HOST']}:{where['PORT']}/{where['NAME']}",
        "LOG_LEVEL": "ERROR",
    }


@contextmanager
def worker(data: Path, *options: str) -> Iterator["subprocess.Popen[bytes]"]:
    """``manage.py worker`` as it runs on a server; ended by its own id."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", "worker", "--queue-name", "*", "--no-reload",
         "--interval", "0.1", "--no-startup-delay", *options],
        cwd=ROOT, env=environment(data),
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(timeout=60)


def wait_until(happened: Callable[[], bool], seconds: float = PATIENCE) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)

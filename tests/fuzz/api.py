"""Schemathesis against a running site: COUNT requests at least, made from the OpenAPI document.

A site of its own on SQLite with demonstration data, or the one at URL (without
a limit: API_REQUESTS_A_MINUTE=0). Every answer is held to the document by all
of Schemathesis's checks; the first line of its summary says how many were made.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
COUNT = int(os.environ.get("COUNT", "5000"))
SEED = os.environ.get("SEED", "1")
PORT = os.environ.get("FUZZ_PORT", "8917")
OPERATIONS = 13  # fewer examples than are allowed are made of a simple one
PREPARATIONS = (
    ["migrate", "--verbosity", "0"],
    ["collectstatic", "--no-input", "--verbosity", "0"],
    ["load_demonstration"],
)
BINARIES = Path(sys.executable).parent


@contextmanager
def own_site() -> Iterator[str]:
    with TemporaryDirectory() as folder:
        environment = os.environ | {
            "DATA_DIR": folder,
            "DATABASE_URL": f"sqlite:///{folder}/fuzz.sqlite3",
            "DJANGO_SETTINGS_MODULE": "config.settings.development",
            "API_REQUESTS_A_MINUTE": "0",
        }
        fonts = Path(folder) / "fonts"
        fonts.symlink_to(ROOT / "var" / "fonts", target_is_directory=True)
        for command in PREPARATIONS:
            subprocess.run(
                [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True
            )
        bound = f"127.0.0.1:{PORT}"
        server = subprocess.Popen(
            [
                BINARIES / "gunicorn",
                "config.wsgi",
                "--bind",
                bound,
                "--threads",
                "4",
                "--limit-request-line",
                "0",
            ],  # its own refusal is not the API's
            cwd=ROOT,
            env=environment,
        )
        try:
            yield f"http://{bound}"
        finally:
            server.terminate()
            server.wait()


def fuzz(site: str) -> int:
    examples = ceil(COUNT / OPERATIONS)
    command = [
        BINARIES / "schemathesis", "run", f"{site}/api/v1/openapi.json", "--checks", "all",
        "--phases", "examples,coverage,fuzzing", "--max-examples", str(examples), "--seed", SEED,
        "--continue-on-failure", "--wait-for-schema", "60", "--generation-database", "none",
        "--no-color",
    ]  # fmt: skip
    hooks = {"SCHEMATHESIS_HOOKS": "tests.fuzz.sound_cursors", "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=ROOT, env=os.environ | hooks, check=False).returncode


if __name__ == "__main__":
    if given := os.environ.get("URL"):
        sys.exit(fuzz(given.rstrip("/")))
    with own_site() as site:
        sys.exit(fuzz(site))

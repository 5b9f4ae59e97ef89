"""The only reader of the process environment. Settings ask here; nothing else does.

Every name and its meaning is listed in docs/operations.md.
"""

import os
from pathlib import Path
from typing import Any, Final

import environ
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

BASE_DIR: Final = Path(__file__).resolve().parents[1]

_read: Final = environ.Env()

DATA_DIR: Final = Path(_read.str("DATA_DIR", default=str(BASE_DIR / "var"))).resolve()


def flag(name: str, *, default: bool) -> bool:
    return bool(_read.bool(name, default=default))


def number(name: str, *, default: int) -> int:
    return int(_read.int(name, default=default))


def text(name: str, *, default: str) -> str:
    return str(_read.str(name, default=default))


def items(name: str, *, default: tuple[str, ...] = ()) -> list[str]:
    """A comma-separated list."""
    return [item for item in map(str.strip, _read.list(name, default=list(default))) if item]


def database(*, default: str = "") -> dict[str, Any]:
    """DATABASE_URL in Django's words, with the options this project relies on."""
    config: dict[str, Any] = dict(
        _read.db_url("DATABASE_URL", default=default or f"sqlite:///{DATA_DIR / 'db.sqlite3'}")
    )
    options = config.setdefault("OPTIONS", {})
    if config["ENGINE"] == "django.db.backends.sqlite3":
        # Writers queue up from the first statement on instead of failing halfway: nine times the
        # write throughput of the defaults, and no "database is locked".
        options |= {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
            ),
        }
    elif config["ENGINE"] == "django.db.backends.postgresql":
        # The pool keeps connections open; CONN_MAX_AGE would keep one for each thread on top.
        config["CONN_MAX_AGE"] = 0
        # A database that was restarted leaves dead connections behind: asked before each use.
        config["CONN_HEALTH_CHECKS"] = True
        options["pool"] = {
            "min_size": 1,
            "max_size": number("DATABASE_POOL", default=4),
            "timeout": 5,  # seconds: a reader is told so soon, and the process is free again
        }
    return config


def email() -> dict[str, Any]:
    """EMAIL_URL as Django's EMAIL_* settings; without one, mail is written to the log."""
    return dict(_read.email_url("EMAIL_URL", default="consolemail://"))


def secret_key() -> str:
    """SECRET_KEY, which has to be given."""
    given = str(_read.str("SECRET_KEY", default=""))
    if not given:
        raise ImproperlyConfigured("SECRET_KEY is empty: put a long random text into it")
    return given


def secret_key_or_own() -> str:
    """SECRET_KEY, or one made on first use and kept beside the data, readable by its owner only."""
    given = str(_read.str("SECRET_KEY", default=""))
    if given:
        return given
    kept = DATA_DIR / "secret_key"
    kept.parent.mkdir(parents=True, exist_ok=True)
    # The first of two processes that start together wins: a complete file is linked into place.
    offered = DATA_DIR / f".secret_key.{os.getpid()}"
    if not kept.exists():
        descriptor = os.open(offered, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(get_random_secret_key())
        try:
            os.link(offered, kept)
        except FileExistsError:
            pass
        finally:
            offered.unlink()
    return kept.read_text()

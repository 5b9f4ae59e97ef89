"""One at a time, however many are started."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zlib import crc32

from django.conf import settings
from django.db import connection


@contextmanager
def one_at_a_time(what: str) -> Iterator[None]:
    """Wait for whoever does the same thing now; a process that dies lets go.

    A file keeps apart the processes of one machine, PostgreSQL those of many.
    """
    folder = Path(settings.PUBLISHED_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f".{what}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if connection.vendor != "postgresql":
            yield
            return
        key = crc32(what.encode())
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [key])
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key])

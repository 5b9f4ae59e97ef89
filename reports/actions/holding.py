"""Bytes of documents to be imported, below UPLOAD_ROOT: nothing serves them, nobody else reads them."""

import time
from collections.abc import Collection
from pathlib import Path

from django.conf import settings

from . import storing

PRIVATE = 0o600
SETTLED = 3600  # seconds after which a file has its upload or will never have one


def path_of(pk: int) -> Path:
    return Path(settings.UPLOAD_ROOT) / str(pk)


def hold(pk: int, content: bytes) -> None:
    storing.write(path_of(pk), content, PRIVATE)


def let_go(pk: int) -> None:
    path_of(pk).unlink(missing_ok=True)


def let_go_of_all_but(held: Collection[int]) -> int:
    """Remove what no upload holds, as a process that died may leave it; returns how many.

    What has just been written may belong to an upload which is not committed yet.
    """
    folder = Path(settings.UPLOAD_ROOT)
    if not folder.is_dir():
        return 0
    kept = {str(pk) for pk in held}
    settled = time.time() - SETTLED
    strays = [
        path
        for path in folder.iterdir()
        if path.is_file() and path.name not in kept and path.stat().st_mtime < settled
    ]
    for path in strays:
        path.unlink(missing_ok=True)
    return len(strays)

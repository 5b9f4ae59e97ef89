"""Files of what is published, below PUBLISHED_ROOT.

``files/`` holds each document once under its checksum and is never altered;
``pages/`` holds the addresses that the public asks for, drawn from the
database and drawn again whenever it changes.
"""

import errno
import os
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings

from .refusals import NoRoom

FULL = {errno.ENOSPC, errno.EDQUOT}
# Disks without hard links, or the store and the pages on two disks.
UNLINKABLE = {errno.EXDEV, errno.EPERM, errno.ENOTSUP, errno.EMLINK}


def root() -> Path:
    return Path(settings.PUBLISHED_ROOT)


def keep(content: bytes, suffix: str) -> str:
    """Keep a document's bytes; returns its path below PUBLISHED_ROOT."""
    digest = sha256(content).hexdigest()
    path = Path("files") / digest[:2] / f"{digest}.{suffix}"
    if not (root() / path).exists():
        write(root() / path, content)
    return str(path)


def write(path: Path, content: bytes, mode: int = 0o644) -> None:
    """The whole file or none of it: a reader never sees half. NoRoom where the disk is full."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, delete=False) as draft:
            try:
                draft.write(content)
                draft.flush()
                os.fsync(draft.fileno())
                os.chmod(draft.name, mode)
                os.replace(draft.name, path)
            except BaseException:
                Path(draft.name).unlink(missing_ok=True)
                raise
    except OSError as error:
        if error.errno in FULL:
            raise NoRoom from error
        raise


def place(kept: str, path: Path) -> None:
    """A kept document at another address too: the same bytes, not a copy of them, where disks can.

    A link keeps the file's time, so that what a server says of its age stays true when pages are
    drawn again.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    try:
        os.link(root() / kept, path)
    except FileExistsError:  # another drawing was quicker
        return
    except OSError as error:
        if error.errno not in UNLINKABLE:
            raise
        write(path, (root() / kept).read_bytes())


def page_folder(slug: str, year: int) -> Path:
    return root() / "pages" / "agencies" / slug / str(year)


def erase_pages(slug: str, year: int) -> None:
    """Until they are drawn again the address is answered from the database.

    OSError where a file cannot be taken away: nothing withdrawn may stay readable.
    """
    folder = page_folder(slug, year)
    files = [path for path in folder.rglob("*") if path.is_file()]
    for path in sorted(files, key=lambda each: not each.name.startswith("index.html")):
        path.unlink(missing_ok=True)  # another drawing may have been quicker

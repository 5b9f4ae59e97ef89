"""Files of what is published, below PUBLISHED_ROOT.

``files/`` holds each document once under its checksum and is never altered;
``pages/`` holds the addresses that the public asks for, drawn from the
database and drawn again whenever it changes.
"""

import os
import shutil
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings


def root() -> Path:
    return Path(settings.PUBLISHED_ROOT)


def keep(content: bytes, suffix: str) -> str:
    """Keep a document's bytes; returns its path below PUBLISHED_ROOT."""
    digest = sha256(content).hexdigest()
    path = Path("files") / digest[:2] / f"{digest}.{suffix}"
    if not (root() / path).exists():
        write(root() / path, content)
    return str(path)


def write(path: Path, content: bytes) -> None:
    """The whole file or none of it: a reader never sees half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, delete=False) as draft:
        draft.write(content)
        draft.flush()
        os.fsync(draft.fileno())
    os.chmod(draft.name, 0o644)
    os.replace(draft.name, path)


def page_folder(slug: str, year: int) -> Path:
    return root() / "pages" / "agencies" / slug / str(year)


def erase_pages(slug: str, year: int) -> None:
    """Until they are drawn again the address is answered from the database."""
    folder = page_folder(slug, year)
    for page in folder.glob("**/index.html*"):  # first the pages, at once unreadable
        page.unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)

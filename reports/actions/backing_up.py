"""备份: database and files into one archive, while people work; and which of them are kept.

The database comes first: a document is on disk before the row that names it, and never altered or
removed, so that every file the dump names is there when the files are read.
"""

import os
import shutil
import tarfile
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from reports.models import Backup
from reports.queries.chain import tip

from . import storing
from .archiving import CHUNK, Manifest, add, add_manifest
from .auditing import note
from .dumping import NAMES, dump

PREFIX, SUFFIX = "backup-", ".tar"
DAILY, WEEKLY, MONTHLY = 7, 5, 12  # how many of each are kept
MOST_ATTEMPTS = 3
LONGEST = timedelta(hours=6)  # after which whoever began is taken for dead, heard or not
DRAFT = ".backup-"  # begins the name of a folder in which an archive is made


def back_up(target: Path | None = None) -> Path:
    """Write an archive, by default into BACKUP_ROOT under its time, with its SHA-256 beside it.

    Whole or absent. OSError where the disk is full, Refused where the database's own program fails.
    """
    now = timezone.localtime()
    target = target or Path(settings.BACKUP_ROOT) / f"{PREFIX}{now:%Y%m%d-%H%M%S}{SUFFIX}"
    target.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=target.parent, prefix=DRAFT) as name:
        folder = Path(name)
        draft = folder / "archive"
        write_archive(draft, folder)
        os.chmod(draft, 0o600)
        digest = checksum_of(draft)
        os.replace(draft, target)
    storing.write(sidecar(target), f"{digest}  {target.name}\n".encode(), 0o600)
    note("back_up", target.name, size=target.stat().st_size, checksum=digest)
    return target


def write_archive(path: Path, folder: Path) -> None:
    database = folder / NAMES[connection.vendor]
    made_at = timezone.now().isoformat()
    trail = asdict(tip())
    rows = dump(database)
    with tarfile.open(path, "w:", format=tarfile.PAX_FORMAT) as archive:
        members = {database.name: add(archive, database.name, database)}
        for name, source in files():
            members[name] = add(archive, name, source)
        manifest = Manifest(made_at, connection.vendor, latest_migrations(), rows, members, trail)
        add_manifest(archive, manifest, folder)
    with path.open("rb") as file:
        os.fsync(file.fileno())


def files() -> Iterable[tuple[str, Path]]:
    """Name in the archive and place on disk of everything beside the database."""
    secret = Path(settings.DATA_DIR) / "secret_key"
    if secret.is_file():
        yield "secret_key", secret
    for path in sorted((storing.root() / "files").glob("??/*")):
        if len(path.stem) == 64 and path.suffix:  # not what another process is writing now
            yield f"files/{path.parent.name}/{path.name}", path
    for path in sorted(Path(settings.UPLOAD_ROOT).glob("*")):
        if path.name.isdigit():
            yield f"uploads/{path.name}", path


def latest_migrations() -> dict[str, str]:
    """Of each app the last one applied, by which a restore knows what is missing."""
    return dict(sorted(MigrationRecorder(connection).applied_migrations()))


def checksum_of(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def sidecar(archive: Path) -> Path:
    return archive.with_name(f"{archive.name}.sha256")


def back_up_daily(*, left_behind: bool = False) -> Backup | None:
    """The day's backup, unless it is made or being made; then what the rule does not keep goes.

    ``left_behind``: whoever was at it is gone.
    """
    own = begin(timezone.localdate(), left_behind=left_behind)
    if own is None:
        return None
    try:
        path = back_up()
    except Exception as error:
        end(own, failure=str(error)[:300] or type(error).__name__)
        raise
    end(own, name=path.name, size=path.stat().st_size, checksum=checksum_of(path))
    prune(timezone.localdate())
    return own


@transaction.atomic
def begin(day: date, *, left_behind: bool = False) -> Backup | None:
    now = timezone.now()
    own, is_new = Backup.objects.select_for_update().get_or_create(
        day=day, defaults={"begun_at": now}
    )
    if is_new:
        return own
    if not may_begin(own, now, left_behind=left_behind):
        return None
    own.begun_at, own.ended_at, own.failure = now, None, ""
    own.attempts += 1
    own.save()
    return own


def may_begin(own: Backup, now: datetime, *, left_behind: bool = False) -> bool:
    """Not while it is made or once it is; one that failed or was cut off is tried three times."""
    at_work = own.ended_at is None and own.begun_at > now - LONGEST and not left_behind
    return not (own.name or at_work or own.attempts >= MOST_ATTEMPTS)


def end(own: Backup, **said: object) -> None:
    Backup.objects.filter(pk=own.pk).update(ended_at=timezone.now(), **said)
    own.refresh_from_db()


def prune(today: date) -> list[str]:
    """Remove the archives that the rule does not keep; returns their names."""
    folder = Path(settings.BACKUP_ROOT)
    archives = {path.name: path for path in folder.glob(f"{PREFIX}*{SUFFIX}")}
    gone = sorted(archives.keys() - kept(archives, today))
    for name in gone:
        archives[name].unlink()
        sidecar(archives[name]).unlink(missing_ok=True)
    remove_drafts(folder)
    if gone:
        note("prune_backups", "、".join(gone))
    return gone


def remove_drafts(folder: Path) -> None:
    """Halves of archives whose maker was killed, as large as the site; none that is being made."""
    oldest = (timezone.now() - LONGEST).timestamp()
    for path in folder.glob(f"{DRAFT}*"):
        if path.is_dir() and path.stat().st_mtime < oldest:
            shutil.rmtree(path)


def kept(names: Iterable[str], today: date) -> set[str]:
    """Of the last seven days that have one, five weeks and twelve months: each one's newest.

    Names which are not a backup's own are kept: they are somebody's.
    """
    dated: dict[str, date] = {}
    others: set[str] = set()
    for name in names:
        digits = name.removeprefix(PREFIX)[:8]
        try:
            dated[name] = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
        except ValueError:
            others.add(name)
    newest_first = sorted(dated, reverse=True)
    keep = {name for name in newest_first if dated[name] >= today}
    rules = ((DAILY, "%Y%m%d"), (WEEKLY, "%G%V"), (MONTHLY, "%Y%m"))
    for most, unit in rules:
        periods: dict[str, str] = {}
        for name in newest_first:
            periods.setdefault(dated[name].strftime(unit), name)
        keep |= set(list(periods.values())[:most])
    return keep | others

"""恢复: an archive into an empty site, tried whole before anything is written."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import connection

from reports.models import StoredDocument

from . import archiving, dumping, storing
from .archiving import Manifest, extract, read_manifest
from .backing_up import checksum_of
from .dumping import NAMES, is_empty
from .refusals import Refused


def verify(path: Path) -> Manifest:
    """Read an archive to its end: members, checksums, the database in it, its documents.

    Touches nothing; Refused with the first thing that is wrong.
    """
    manifest = read_manifest(path)
    name = NAMES[manifest.engine]
    with TemporaryDirectory() as folder, archiving.opened(path) as archive:
        dumped = Path(folder) / name
        extract(archive, archive.getmember(name), dumped, 0o600)
        with dumping.opened(dumped, manifest.engine) as documents:
            refuse_missing(documents, manifest)
    return manifest


def refuse_missing(documents: Mapping[str, str], manifest: Manifest) -> None:
    """Every document the database names is in the archive, with the checksum it was published with."""
    for path, checksum in documents.items():
        member = manifest.members.get(path)
        if member is None:
            raise Refused(f"备份缺少已公布的文件“{path}”。请换一份备份。")
        if member["sha256"] != checksum:
            raise Refused(f"备份中已公布的文件“{path}”与公布时的校验值不一致。请换一份备份。")


def restore(path: Path) -> Manifest:
    """Put a verified archive into this site, whose database is empty.

    Files first: the database makes them public, and comes in whole or not at all, so
    that a restore which was cut off is simply begun again.
    """
    manifest = verify(path)
    if manifest.engine != connection.vendor:
        raise Refused(
            f"备份的数据库是 {manifest.engine}，这里的是 {connection.vendor}。"
            "请用 DATABASE_URL 指定同一种空数据库。"
        )
    if not is_empty():
        raise Refused("数据库里已经有表。请换一个空的数据库再恢复，原来的数据不会被覆盖。")
    database = NAMES[manifest.engine]
    data = Path(settings.DATA_DIR)
    data.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=data) as folder, archiving.opened(path) as archive:
        dumped = Path(folder) / database
        for member in archive:
            if member.name == database:
                extract(archive, member, dumped, 0o600)
            elif member.name != archiving.MANIFEST:
                place(archive, member)
        dumping.load(dumped)
    return manifest


def place(archive: archiving.tarfile.TarFile, member: archiving.tarfile.TarInfo) -> None:
    top, _, rest = member.name.partition("/")
    if top == "files":
        extract(archive, member, storing.root() / member.name, 0o644)
    elif top == "uploads":
        extract(archive, member, Path(settings.UPLOAD_ROOT) / rest, 0o600)
    elif not (Path(settings.DATA_DIR) / top).exists():  # the secret key: one that is there stays
        extract(archive, member, Path(settings.DATA_DIR) / top, 0o600)


def compare(manifest: Manifest) -> list[str]:
    """What differs, in sentences, between the restored site and the manifest; [] where all is equal."""
    said = []
    with connection.cursor() as cursor:
        for table, expected in manifest.rows.items():
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
            (found,) = cursor.fetchone()
            if found != expected:
                said.append(f"表 {table} 备份时有 {expected} 行，恢复后有 {found} 行。")
    for document in StoredDocument.objects.only("path", "checksum").iterator():
        path = storing.root() / document.path
        if not path.is_file() or checksum_of(path) != document.checksum:
            said.append(f"已公布的文件“{document.path}”与公布时的校验值不一致。")
    return said

"""A backup as one file: a plain tar whose last member names every other with size and SHA-256.

    database.sqlite3.gz | database.dump    one moment of the database
    secret_key                             where the installation made its own
    files/…                                every document ever published, under its checksum
    uploads/…                              documents that wait to be read
    manifest.json

Pages are not in it: they are drawn again from these.
"""

import json
import os
import re
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from .refusals import Refused

MANIFEST = "manifest.json"
FORMAT = 1
CHUNK = 1 << 20
# What may be unpacked, and so can never lead out of its folder.
MEMBER = re.compile(
    r"database\.(sqlite3\.gz|dump)|secret_key|uploads/\d+|files/[0-9a-f]{2}/[0-9a-f]{64}\.[a-z0-9]{1,8}"
)


@dataclass(frozen=True)
class Manifest:
    """What an archive holds. ``members``: name to size and SHA-256; ``rows``: table to number."""

    made_at: str
    engine: str
    migrations: Mapping[str, str]
    rows: Mapping[str, int]
    members: Mapping[str, Mapping[str, Any]]
    audit_trail: Mapping[str, Any] = field(default_factory=dict)
    format: int = FORMAT


class Hashing:
    """A file that is hashed while it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.digest, self.size = file, sha256(), 0

    def read(self, size: int = -1) -> bytes:
        chunk = self.file.read(size)
        self.digest.update(chunk)
        self.size += len(chunk)
        return chunk

    def told(self) -> dict[str, Any]:
        return {"size": self.size, "sha256": self.digest.hexdigest()}


def add(archive: tarfile.TarFile, name: str, path: Path) -> dict[str, Any]:
    """Put a file in; returns its size and checksum as they are in the archive."""
    with path.open("rb") as file:
        info = archive.gettarinfo(arcname=name, fileobj=file)
        info.uid = info.gid = 0
        info.uname = info.gname = ""
        reader = Hashing(file)
        archive.addfile(info, reader)  # type: ignore[arg-type]
    return reader.told()


def add_manifest(archive: tarfile.TarFile, manifest: Manifest, folder: Path) -> None:
    path = folder / MANIFEST
    path.write_text(json.dumps(asdict(manifest), ensure_ascii=False, indent=1), encoding="utf-8")
    add(archive, MANIFEST, path)


@contextmanager
def opened(path: Path) -> Iterator[tarfile.TarFile]:
    """Refused, in a sentence, for what is no archive or ends too soon."""
    try:
        with tarfile.open(path, "r:") as archive:
            yield archive
    except FileNotFoundError as error:
        raise Refused(f"没有找到备份文件 {path}。请核对文件名。") from error
    except (tarfile.TarError, EOFError) as error:
        raise Refused(f"{path.name} 不是完整的备份文件（{error}）。请换一份备份。") from error


def read_manifest(path: Path) -> Manifest:
    """The manifest of an archive whose every member is there, whole, and named; else Refused."""
    found: dict[str, dict[str, Any]] = {}
    manifest: Manifest | None = None
    with opened(path) as archive:
        for member in archive:
            file = archive.extractfile(member) if member.isfile() else None
            if file is None:
                raise Refused(f"备份中有不认识的内容“{member.name}”。请换一份备份。")
            if member.name == MANIFEST:
                manifest = manifest_of(file.read())
                continue
            if not MEMBER.fullmatch(member.name):
                raise Refused(f"备份中有不认识的内容“{member.name}”。请换一份备份。")
            reader = Hashing(file)  # type: ignore[arg-type]
            while reader.read(CHUNK):
                pass
            found[member.name] = reader.told()
    if manifest is None:
        raise Refused("备份没有清单，可能没有写完。请换一份备份。")
    refuse_difference(manifest.members, found)
    return manifest


def manifest_of(text: bytes) -> Manifest:
    try:
        said = json.loads(text)
        manifest = Manifest(**said)
    except (ValueError, TypeError) as error:
        raise Refused("备份的清单读不懂。请换一份备份。") from error
    if manifest.format != FORMAT:
        raise Refused(
            f"备份的格式是第{manifest.format}版，本程序只认识第{FORMAT}版。请用做备份的程序恢复。"
        )
    return manifest


def refuse_difference(
    named: Mapping[str, Mapping[str, Any]], found: Mapping[str, Mapping[str, Any]]
) -> None:
    for name in sorted(named.keys() | found.keys()):
        if name not in found:
            raise Refused(f"备份缺少清单所列的“{name}”。请换一份备份。")
        if name not in named:
            raise Refused(f"备份中的“{name}”不在清单中。请换一份备份。")
        if dict(named[name]) != dict(found[name]):
            raise Refused(f"备份中的“{name}”与清单的校验值不一致，已损坏。请换一份备份。")


def extract(archive: tarfile.TarFile, member: tarfile.TarInfo, target: Path, mode: int) -> None:
    """One member to its place: whole or not at all."""
    file = archive.extractfile(member)
    assert file is not None  # read_manifest refuses everything else
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.restoring")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as plain:
        while chunk := file.read(CHUNK):
            plain.write(chunk)
        plain.flush()
        os.fsync(plain.fileno())
    os.chmod(draft, mode)
    os.replace(draft, target)

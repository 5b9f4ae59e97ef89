"""A ZIP written while it is sent: no more of it is held than the file just added."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from io import RawIOBase
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

PACKED = (".pdf", ".docx", ".xlsx")  # compressed by themselves


class Outlet(RawIOBase):
    """Where the ZIP is written to; what was written is taken away piece by piece."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self.pieces.append(bytes(piece))
        return len(piece)

    def taken(self) -> Iterator[bytes]:
        pieces, self.pieces = self.pieces, []
        yield from pieces


def zipped(files: Iterable[tuple[str, bytes]], at: datetime) -> Iterator[bytes]:
    """The bytes of a ZIP of the files, each asked for when the one before it has been sent.

    ``at`` is the time which every file bears, so that the same files are the same ZIP.
    """
    outlet = Outlet()
    with ZipFile(outlet, "w") as archive:
        for name, content in files:
            info = ZipInfo(name, at.timetuple()[:6])
            info.external_attr = 0o644 << 16
            packed = name.endswith(PACKED)
            archive.writestr(info, content, ZIP_STORED if packed else ZIP_DEFLATED)
            yield from outlet.taken()
    yield from outlet.taken()

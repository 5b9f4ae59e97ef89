"""What breaks archives: .docx and .xlsx, their members, their XML, their directory."""

import io
import lzma
import re
import zipfile
import zlib
from random import Random

from .plain import cut, figures, flip, mark_up, words


def members_of(data: bytes) -> dict[str, bytes]:
    """The members of an archive; of a broken one, none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except (
        zipfile.BadZipFile,
        OSError,
        ValueError,
        EOFError,
        zlib.error,
        RuntimeError,
        lzma.LZMAError,
    ):
        return {}


def zipped(members: list[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return file.getvalue()


def archived(data: bytes, chance: Random) -> bytes:
    """A member lost, twice, empty, another's, cut or renamed."""
    found = list(members_of(data).items())
    if not found:
        return flip(data, chance)
    at, (name, content) = chance.choice(list(enumerate(found)))
    found[at : at + 1] = chance.choice(
        [
            [],
            [(name, content), (name, content[: len(content) // 2])],
            [(name, b"")],
            [(name, chance.choice(found)[1])],
            [(name, cut(content, chance))],
            [(name.upper(), content)],
            [("../../" + name, content)],
            [(name, flip(content, chance))],
            [(name, content.decode("utf-8", "replace").encode("utf-16"))],
        ]
    )
    return zipped(
        found, chance.choice([zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_LZMA])
    )


def archived_xml(data: bytes, chance: Random) -> bytes:
    """The XML within an archive, mostly that which holds the report."""
    found = members_of(data)
    names = [name for name in found if name.endswith((".xml", ".rels"))]
    if not names:
        return flip(data, chance)
    main = [name for name in names if re.search(r"document|sheet[0-9]|sharedStr", name)]
    name = chance.choice(main if main and chance.random() < 0.7 else names)
    change = chance.choice([mark_up, mark_up, mark_up, words, figures, doctype])
    found[name] = change(found[name], chance)
    return zipped(list(found.items()))


def directory(data: bytes, chance: Random) -> bytes:
    """Sizes, offsets, methods and flags in the archive's directory."""
    changed = bytearray(data)
    starts = [m.start() for m in re.finditer(b"PK\x01\x02|PK\x03\x04|PK\x05\x06", data)]
    for start in chance.sample(starts, min(len(starts), chance.choice([1, 3]))):
        at = start + 4 + chance.randrange(42)
        changed[at : at + 4] = chance.choice(
            [b"\0\0\0\0", b"\xff\xff\xff\xff", chance.randbytes(4)]
        )
    return bytes(changed)


def doctype(data: bytes, chance: Random) -> bytes:
    """Entities that grow, that are fetched, and a document type from elsewhere."""
    declared = chance.choice(
        [
            b'<!DOCTYPE d [<!ENTITY x "' + b"9" * 2000 + b'"><!ENTITY y "' + b"&x;" * 90 + b'">]>',
            b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
            b'<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x.dtd">',
            b'<!DOCTYPE d [<!ENTITY % p SYSTEM "file:///dev/zero"> %p;]>',
        ]
    )
    body = re.sub(rb"^<\?xml[^>]*>", b"", data.replace(b">1<", b">&x;<").replace(b">0<", b">&y;<"))
    return declared + body

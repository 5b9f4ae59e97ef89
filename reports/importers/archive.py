"""A zip archive opened with care: its directory is looked at before any member is.

A 432 kB .docx once took 415 MB (dependencies.md, trap 2).
"""

import zipfile
from io import BytesIO

from .reading import UnreadableDocument

LARGEST_SUM = 64 * 1024 * 1024
LARGEST_MEMBER = 32 * 1024 * 1024
HIGHEST_RATIO = 100
MOST_MEMBERS = 2000
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # office programs know no other
BROKEN = "文件已损坏或者不完整，不能打开；请重新保存后再试。"


def opened(data: bytes) -> zipfile.ZipFile:
    """The archive, once its directory was found harmless."""
    try:
        archive = zipfile.ZipFile(BytesIO(data))
        listed = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as problem:
        raise UnreadableDocument(BROKEN) from problem
    size = sum(member.file_size for member in listed)
    packed = sum(member.compress_size for member in listed)
    if len(listed) > MOST_MEMBERS or size > LARGEST_SUM or size > HIGHEST_RATIO * max(packed, 1):
        raise UnreadableDocument("文件解压后过大，为安全起见没有打开。")
    if any(member.flag_bits & 1 for member in listed):
        raise UnreadableDocument("文件设有打开密码，不能读取；请取消密码后再试。")
    if any(member.compress_type not in METHODS for member in listed):
        raise UnreadableDocument(BROKEN)
    return archive


def members(data: bytes) -> list[str]:
    return opened(data).namelist()


def member(archive: zipfile.ZipFile, name: str) -> bytes:
    """One member's bytes; never more than its directory entry promised."""
    import zlib

    try:
        if archive.getinfo(name).file_size > LARGEST_MEMBER:
            raise UnreadableDocument("文件解压后过大，为安全起见没有打开。")
        with archive.open(name) as file:
            return file.read(LARGEST_MEMBER)
    except (zipfile.BadZipFile, zlib.error, KeyError, OSError, EOFError, RuntimeError,
            NotImplementedError, ValueError) as problem:  # fmt: skip
        raise UnreadableDocument(BROKEN) from problem

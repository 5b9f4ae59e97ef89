"""Office files made twice from one sheet are the same to the byte.

Both formats are zip archives, whose entries carry the time of writing.
"""

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from reports.sheet import Sheet

EPOCH = (1980, 1, 1, 0, 0, 0)
STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(<)")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def without_time(sheet: Sheet, content: bytes) -> bytes:
    """The archive with fixed times; the properties say the report's own date."""
    day = sheet.signed_on.isoformat() if sheet.signed_on else f"{sheet.year}-12-31"
    target = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                data = STAMP.sub(rb"\g<1>%sT00:00:00Z\g<3>" % day.encode(), data)
            entry = ZipInfo(name, EPOCH)
            entry.compress_type = ZIP_DEFLATED
            new.writestr(entry, data)
    return target.getvalue()


def printable(text: str) -> str:
    """Text without the control characters that XML cannot hold."""
    return CONTROL.sub("", text)

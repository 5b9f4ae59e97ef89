"""Documents handed in to the actions, without a door."""

from io import BytesIO
from pathlib import Path

from reports.actions.importing import (
    keep_corrections,
    read_upload,
    receive,
    store_upload,
)
from reports.importers.reading import from_json
from reports.models import Upload

State = Upload.State


def document(content: bytes, name: str = "报告.txt") -> BytesIO:
    file = BytesIO(content)
    file.name = name
    return file


def handed_in(author, content: bytes, name: str = "报告.txt") -> Upload:
    """A document received and read."""
    (upload,) = receive([document(content, name)], by=author)
    read_upload(upload.pk)
    return Upload.objects.get(pk=upload.pk)


def store(upload: Upload, agency, year: int = 2024, *, as_draft: bool = False, reading=None):
    reading = reading or from_json(upload.reading)
    return store_upload(upload, reading, agency, year, as_draft=as_draft, by=upload.by)


def keep(upload: Upload, typed, reading=None, *, base_version: int = 0, by=None):
    keep_corrections(
        upload,
        typed,
        reading or from_json(upload.reading),
        agency=upload.agency,
        year=upload.year,
        base_version=base_version,
        by=by or upload.by,
    )


def held(upload_root: Path) -> list[str]:
    return sorted(path.name for path in upload_root.iterdir()) if upload_root.is_dir() else []

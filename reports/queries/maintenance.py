"""Whether the site is being worked on, and what its readers are told meanwhile.

The notice is a file below DATA_DIR, so that it holds for all processes at once, needs no
database, and survives a restart.
"""

from pathlib import Path

from django.conf import settings


def notice_file() -> Path:
    return Path(settings.DATA_DIR) / "maintenance.txt"


def notice() -> str | None:
    """What the operator wrote, or None while the site is open."""
    try:
        return notice_file().read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None

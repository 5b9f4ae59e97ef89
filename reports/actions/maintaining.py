"""Closing the site while it is worked on, and opening it again: the operator's, by command."""

from reports.queries.maintenance import notice_file

from . import storing


def begin_maintenance(words: str) -> None:
    """From now on everybody is told ``words``; what is published can still be read."""
    storing.write(notice_file(), words.encode())


def end_maintenance() -> None:
    notice_file().unlink(missing_ok=True)

"""A clock that a test turns: every process of one site asks the same file how far ahead it is.

Only the moment is another; it goes on from there, and everything that depends on it (what is
due, late, to be reminded of or published by now) is the product's own reckoning.
"""

from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone

FILE = "SITE_CLOCK"  # the environment's word for where the file is


class Clock:
    """The site's clock as the test sees it."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def turn_to(self, moment: datetime) -> None:
        """Whoever asks from now on is told this moment, in the site's time zone."""
        self.go_ahead_by(timezone.make_aware(moment) - timezone.now())

    def pass_over(self, time: timedelta) -> None:
        """So much later than it is there now."""
        self.go_ahead_by(timedelta(seconds=float(self.file.read_text())) + time)

    def go_ahead_by(self, time: timedelta) -> None:
        beside = self.file.with_suffix(".new")
        beside.write_text(str(time.total_seconds()))
        beside.replace(self.file)


def go_by(file: Path) -> None:
    """Let this process tell the time by the file; before anything of the site is imported."""
    real = timezone.now

    def now() -> datetime:
        return real() + timedelta(seconds=float(file.read_text()))

    timezone.now = now

"""A process of a site whose clock a test turns: the server's application, or one command.

Its worker keeps the JSON of each report alone: that fifty-eight are published at once is
the matter here, and drawing their PDFs would take a minute more (``test_bulk`` draws them).
What a person publishes in the browser has all its files.
"""

import os
import sys
from pathlib import Path

from tests.e2e.clock import FILE, go_by

go_by(Path(os.environ[FILE]))

from django.core.management import execute_from_command_line  # noqa: E402

from config.wsgi import application  # noqa: E402
from reports.actions import publishing  # noqa: E402

__all__ = ["application"]

if "worker" in sys.argv:
    publishing.KEPT_FORMATS = ("json",)
if __name__ == "__main__":
    execute_from_command_line(["manage.py", *sys.argv[1:]])

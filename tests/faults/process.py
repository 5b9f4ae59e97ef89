"""A process of the site under trial: as in production, but for a clock that can be made to jump."""

import os
import sys
from pathlib import Path

from tests.e2e.clock import FILE, go_by

go_by(Path(os.environ[FILE]))

from django.core.management import execute_from_command_line  # noqa: E402

from config.wsgi import application  # noqa: E402
from tests.faults import light  # noqa: E402

light.go_light()

__all__ = ["application"]

if __name__ == "__main__":
    execute_from_command_line(["manage.py", *sys.argv[1:]])

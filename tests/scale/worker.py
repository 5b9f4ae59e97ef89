"""A worker of the benchmark: ``manage.py worker`` which keeps only the formats named in FORMATS."""

import os
import sys

import django
from django.core.management import call_command

django.setup()

from reports.actions import publishing  # noqa: E402

if os.environ.get("FORMATS"):
    publishing.KEPT_FORMATS = tuple(os.environ["FORMATS"].split())

call_command("worker", *sys.argv[1:])

"""A worker process beside a test: the test's settings, with tasks that are really put off."""

from config.settings import base
from config.settings.test import *  # noqa: F403

TASKS = base.TASKS

"""A worker of the benchmark: as beside a test, but with production's pool of connections.

Without it every task begins a server process anew, which plans each statement with cold caches.
"""

from config.settings import base
from tests.actions.worker_settings import *  # noqa: F403

DATABASES = {"default": base.env.database()}

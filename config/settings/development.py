"""One machine, for trying out and for development: SQLite, plain HTTP on the loopback address.

DEBUG stays off unless asked for (DEBUG=1), so that the Chinese error pages are what one sees.
"""

from config import env
from config.settings.base import *

SECRET_KEY = env.secret_key_or_own()
ALLOWED_HOSTS = env.items("ALLOWED_HOSTS", default=("localhost", "127.0.0.1", "[::1]"))

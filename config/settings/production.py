"""Behind HTTPS. Whatever is secret or particular to a place comes from the environment."""

from config import env
from config.settings.base import *

DEBUG = False
SECRET_KEY = env.secret_key()
SECRET_KEY_FALLBACKS = env.items("SECRET_KEY_FALLBACKS")  # former ones, the newest first
ALLOWED_HOSTS = env.items("ALLOWED_HOSTS")

SECOND_FACTOR_REQUIRED = env.flag("SECOND_FACTOR_REQUIRED", default=True)
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = env.flag("SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]  # probes speak plain HTTP
SECURE_HSTS_SECONDS = env.number("HSTS_SECONDS", default=365 * 24 * 60 * 60)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("HSTS_SUBDOMAINS", default=False)
SECURE_HSTS_PRELOAD = env.flag("HSTS_PRELOAD", default=False)
# Binding sibling sites to HTTPS, or a browser's built-in list, is for the owner of the domain to
# decide, not a fault of this installation.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
LOGGING["handlers"]["stderr"]["formatter"] = env.text("LOG_FORMAT", default="json")
if BEHIND_PROXY:
    # Only true where a proxy sets this header itself: anyone else could claim HTTPS with it.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

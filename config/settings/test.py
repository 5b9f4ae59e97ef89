"""For the tests: quick where safety is not what is tested, otherwise the same."""

from config import env
from config.settings.base import *

DEBUG = False
SECRET_KEY = "for tests only, never for a site"
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
# Static files straight from their sources: no collectstatic before a test.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

DATABASES = {"default": env.database(default="sqlite://:memory:")}
_database = DATABASES["default"]
if _database["ENGINE"] == "django.db.backends.sqlite3":
    if _database["NAME"] != ":memory:":
        # Never the named file itself: the test runner deletes what it finds there.
        _database["TEST"] = {"NAME": f"{_database['NAME']}.test"}
else:
    # A test closes its database behind the pool's back.
    _database["OPTIONS"].pop("pool", None)

# All tests come from one address; those of the limits turn them on.
LIMIT_REQUESTS = False

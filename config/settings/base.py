"""What holds everywhere. No environment is read here but through config.env."""

from datetime import timedelta
from typing import Any

import bootstrap_wrapper
from csp.constants import NONE, SELF
from whitenoise.compress import Compressor

from config import env

BASE_DIR = env.BASE_DIR
DATA_DIR = env.DATA_DIR
PUBLISHED_ROOT = DATA_DIR / "published"  # what the public reads, as files
UPLOAD_ROOT = DATA_DIR / "uploads"  # documents to be imported; nothing serves them
BACKUP_ROOT = env.text("BACKUP_DIR", default=str(DATA_DIR / "backups"))
BACKUP_DAILY = env.flag("BACKUP_DAILY", default=True)
BACKUP_HOUR = env.number("BACKUP_HOUR", default=2)
FONT_ROOT = DATA_DIR / "fonts"  # single-face files, see deploy/fonts.py

DEBUG = env.flag("DEBUG", default=False)
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "reports.apps.ReportsConfig",
    "reports.apps.ReportsAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "config.static_files.CollectedStaticFilesConfig",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "axes",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "reports.operations.watching.Watching",
    # What every answer carries, so before whatever may answer by itself.
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "reports.operations.refusing.Refusing",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "reports.operations.maintenance.Maintenance",
    "reports.operations.limiting.Limiting",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "reports.operations.watching.Recognizing",
    "reports.accounts.arriving.Arriving",
    "django.contrib.messages.middleware.MessageMiddleware",
    "reports.accounts.staying.Staying",
    "reports.accounts.standing_between.StandsBetween",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "reports.public.context.site",
                "reports.public.context.unread",
                "reports.public.context.linked",
                "reports.public.context.explained",
                "reports.accounts.context.standing",
                "reports.accounts.context.session_limits",
            ]
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# Language and time: one country, one time zone.
LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

# Memory.
DATABASES: dict[str, dict[str, Any]] = {"default": env.database()}
# Each process has its own: for what may be forgotten.
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
    # What all processes count together; migration 0004 makes the table.
    "counts": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_counts",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}
TASKS: dict[str, dict[str, Any]] = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Who is there.
AUTH_USER_MODEL = "reports.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
RULES = "reports.actions.password_rules"
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"{RULES}.LongEnough", "OPTIONS": {"shortest": 10}},
    {"NAME": f"{RULES}.EnoughKinds", "OPTIONS": {"fewest": 3}},
    {"NAME": f"{RULES}.WithoutTheName"},
    {"NAME": f"{RULES}.NotCommon"},
    {"NAME": f"{RULES}.NotUsedBefore", "OPTIONS": {"last": 5}},
]
PASSWORD_DAYS = env.number("PASSWORD_DAYS", default=90)  # 0: a password does not grow old
PASSWORD_WARNED_DAYS = 14
# Whether supervisors, authorities and the site's administrators must have a second factor.
SECOND_FACTOR_REQUIRED = env.flag("SECOND_FACTOR_REQUIRED", default=False)
# Seconds: a session without a sign of its person, its warning beforehand, the longest of all.
SESSION_IDLE = env.number("SESSION_IDLE", default=30 * 60)
SESSION_WARNING = env.number("SESSION_WARNING", default=2 * 60)
SESSION_LONGEST = env.number("SESSION_LONGEST", default=12 * 60 * 60)
SESSION_COOKIE_AGE = SESSION_LONGEST

# The city's single sign-on (OpenID Connect), for which the `oidc` extra is installed.
OIDC_ISSUER = env.text("OIDC_ISSUER", default="")  # without one there is none
OIDC_CLIENT_ID = env.text("OIDC_CLIENT_ID", default="")
OIDC_CLIENT_SECRET = env.text("OIDC_CLIENT_SECRET", default="")
OIDC_CLAIM = env.text("OIDC_CLAIM", default="preferred_username")  # is our user name
OIDC_SCOPES = env.text("OIDC_SCOPES", default="openid profile")
OIDC_SIGN_ALGORITHM = env.text("OIDC_SIGN_ALGORITHM", default="RS256")
OIDC_CREATE_USERS = env.flag("OIDC_CREATE_USERS", default=False)
OIDC_SECOND_FACTOR = env.items("OIDC_SECOND_FACTOR")  # values of amr or acr that are as good

# Wrong passwords are counted by user name and address together, in a table.
AXES_FAILURE_LIMIT = env.number("LOCK_AFTER", default=5)
AXES_COOLOFF_TIME = timedelta(minutes=env.number("LOCK_MINUTES", default=15))
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # what the page says of its end stays true
AXES_USERNAME_CALLABLE = "reports.queries.locks.counted_name"
AXES_CLIENT_IP_CALLABLE = "reports.queries.locks.counted_address"
AXES_LOCKOUT_CALLABLE = "reports.accounts.locked.locked_out"
AXES_ENABLE_ADMIN = False
AXES_DISABLE_ACCESS_LOG = True  # the audit trail has it

# What a browser may do with our pages: only what we send ourselves, nothing inline.
# deploy/nginx.conf sends the same policy with the pages it serves from PUBLISHED_ROOT.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "frame-src": [SELF],
        "object-src": [NONE],
        "manifest-src": [SELF],
    }
}
# Nothing of a reader's device is asked for. deploy/nginx.conf says the same.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer"),
        *("microphone", "midi", "payment", "screen-wake-lock", "serial", "usb"),
    )
)
# Whether the proxy in front may be believed about who asks, and by which scheme.
BEHIND_PROXY = env.flag("BEHIND_PROXY", default=False)
# How much one address may ask (operations/limiting.py); nginx counts where it stands in front.
LIMIT_REQUESTS = env.flag("LIMIT_REQUESTS", default=not BEHIND_PROXY)
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
# keep.js reads the token from its cookie, which changes at each log-in: that one is not HttpOnly.
CSRF_FAILURE_VIEW = "reports.public.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = env.items("CSRF_TRUSTED_ORIGINS")

# How often one address may ask the open data interface; 0: as often as it likes.
API_REQUESTS_A_MINUTE = env.number("API_REQUESTS_A_MINUTE", default=600)

# A report's prose is long and part three alone has some two hundred cells.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 110  # reports imported at once, and a few to be refused in words
FILE_UPLOAD_HANDLERS = [
    "config.uploads.BoundedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Files.
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS: list[Any] = [
    BASE_DIR / "static",
    ("bootstrap", bootstrap_wrapper.get_bootstrap_dir()),
]
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# What is compressed already, and source maps, which only a developer's tools ask for.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [*Compressor.SKIP_COMPRESS_EXTENSIONS, "map"]

# Mail.
_email = env.email()
EMAIL_BACKEND = _email["EMAIL_BACKEND"]
EMAIL_HOST = _email.get("EMAIL_HOST") or "localhost"
EMAIL_PORT = _email.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = _email.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = _email.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = _email.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _email.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", default="noreply@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Who may read /metrics; with an empty token nobody.
METRICS_TOKEN = env.text("METRICS_TOKEN", default="")
METRICS_SHARED = env.text("PROMETHEUS_MULTIPROC_DIR", default="")

# The log goes to standard error, one line for each thing; whoever runs the process keeps it.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"context": {"()": "reports.operations.logs.Context"}},
    "formatters": {
        "plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"},
        "json": {"()": "reports.operations.logs.Lines"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": env.text("LOG_FORMAT", default="plain"),
            "filters": ["context"],
        }
    },
    "root": {"handlers": ["stderr"], "level": env.text("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        # One line a request is enough, and reports.requests writes it.
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        # It names people, which no log does; the audit trail has every refusal.
        "axes": {"level": "ERROR"},
        # They explain every fallback glyph and every subset table at length.
        "fontTools": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
        # It tells of every new try while the database is away; each request tells it as well.
        "psycopg.pool": {"level": "ERROR"},
        # It remarks on every HEAD request that Django leaves the body for the server to drop.
        "gunicorn.http.wsgi": {"level": "ERROR"},
    },
}

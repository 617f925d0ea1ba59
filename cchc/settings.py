"""The one settings file; every choice of an installation is an environment variable."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cchc.lib import env

BASE_DIR = Path(__file__).resolve().parent.parent

# demo: one machine, invented data, printed accounts. test: bin/test. production: the rest.
MODE = env.text("CCHC_MODE", "production")
DEMO_ALLOWED = MODE in {"demo", "test"}
DEBUG = False

DATA_DIR = env.made(Path(env.text("CCHC_DATA_DIR") or BASE_DIR / "data"))
FILES_DIR = DATA_DIR / "files"

if DEMO_ALLOWED:
    SECRET_KEY = env.text("SECRET_KEY", "only-for-demo-and-test")
    ALLOWED_HOSTS = env.items("ALLOWED_HOSTS") or ["127.0.0.1", "localhost", "[::1]", "testserver"]
else:
    SECRET_KEY = env.required("SECRET_KEY", "signs sessions and links")
    ALLOWED_HOSTS = env.required_items("ALLOWED_HOSTS", "the host names it is reached by")
CSRF_TRUSTED_ORIGINS = env.items("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "csp",
    "axes",
    "cchc",
    "cchc.jobs",
    "agencies",
    "plans",
    "outreach",
    "reporting",
    "demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "csp.middleware.CSPMiddleware",
    "agencies.middleware.AccessMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "cchc.urls"
WSGI_APPLICATION = "cchc.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "cchc.navigation.frame",
            ],
            "libraries": {
                "tables": "cchc.lib.table_tags",
                "charts": "reporting.chart_tags",
            },
        },
    },
]

_SQLITE: dict[str, Any] = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": DATA_DIR / "cchc.sqlite3",
}
DATABASES: dict[str, dict[str, Any]] = {"default": env.database("DATABASE_URL") or _SQLITE}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Many writers on one file: readers never block, a writer waits instead of failing.
    DATABASES["default"]["TEST"] = {"NAME": DATA_DIR / "test.sqlite3"}
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    # Compiling a query that takes a millisecond takes PostgreSQL half a second.
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c jit=off"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.text("REDIS_URL")
if REDIS_URL:
    CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    }

AUTH_USER_MODEL = "agencies.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "agencies:login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "agencies:login"
SESSION_COOKIE_AGE = 12 * 60 * 60

# Eight wrong passwords for one account from one address, and it waits a quarter of an hour.
AXES_USERNAME_CALLABLE = "agencies.guesses.account"
AXES_CLIENT_IP_CALLABLE = "agencies.guesses.address"
AXES_RESET_ON_SUCCESS = True
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "agencies/locked_out.html"
AXES_HTTP_RESPONSE_CODE = 429
AXES_VERBOSE = False

LANGUAGE_CODE = "vi"
USE_I18N = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
# Django's own vi formats read 05/11/2026 as 11 May; cchc.formats is day first.
FORMAT_MODULE_PATH = ["cchc.formats"]
LOCALE_PATHS = [BASE_DIR / "cchc" / "locale"]

STATIC_URL = "/static/"
# The demo serves the source folders themselves and collects nothing.
STATIC_ROOT = env.made(DATA_DIR / "static") if DEMO_ALLOWED else BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
WHITENOISE_USE_FINDERS = DEMO_ALLOWED
WHITENOISE_AUTOREFRESH = False
_STATIC_STORAGE = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
    if DEMO_ALLOWED
    else "whitenoise.storage.CompressedManifestStaticFilesStorage"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _STATIC_STORAGE},
}

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_HTTPONLY = True
if not DEMO_ALLOWED:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    # Other names below the same domain, and the browsers' own list, are their owners' to decide.
    SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "cchc.lib.upload_limits.SizeLimits",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# The Job row is the truth; a broker's message is only a hint (cchc.jobs).
CELERY_BROKER_URL = REDIS_URL or "memory://"
# Who orders a report must not wait for a broker that does not answer.
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 2, "socket_timeout": 5}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 500_000  # KiB; a child that grew beyond is replaced
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "cchc.jobs.sweep", "schedule": 5.0, "options": {"expires": 5.0}}
}

JOBS_LEASE_SECONDS = env.number("JOBS_LEASE_SECONDS", 15)
JOBS_MAX_ATTEMPTS = 3
# Enqueued once a day each, at or after its hour of TIME_ZONE (cchc.jobs.daily).
JOBS_DAILY = {
    "reporting.lay_out": "00:30",
    "reporting.expire_runs": "02:00",
    "reporting.order_scheduled": "05:00",
    "reporting.summarise": "01:00",
    "outreach.send_digests": "07:00",
}
# How long the file of a report is kept; its figures and hashes stay for good.
RUN_FILES_DAYS = env.number("RUN_FILES_DAYS", 400)
# Off where there is no internet: then no published address is ever asked for.
LINK_CHECKS = env.text("LINK_CHECKS").lower() == "on"
if LINK_CHECKS:
    JOBS_DAILY["outreach.check_links"] = "21:00"

# Letters of reminders. Console unless EMAIL_URL says: smtp+tls://user:password@host:587
_EMAIL = env.email("EMAIL_URL", "consolemail://")
EMAIL_BACKEND = _EMAIL["EMAIL_BACKEND"]
EMAIL_HOST = _EMAIL["EMAIL_HOST"] or "localhost"
EMAIL_PORT = _EMAIL["EMAIL_PORT"] or 25
EMAIL_HOST_USER = _EMAIL["EMAIL_HOST_USER"] or ""
EMAIL_HOST_PASSWORD = _EMAIL["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS = bool(_EMAIL.get("EMAIL_USE_TLS"))
EMAIL_USE_SSL = bool(_EMAIL.get("EMAIL_USE_SSL"))
EMAIL_FILE_PATH = f"/{_EMAIL['EMAIL_FILE_PATH']}"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM") or "cchc@localhost"
# What links in letters begin with; a letter without it has none.
SITE_URL = (env.text("SITE_URL") or next(iter(CSRF_TRUSTED_ORIGINS), "")).rstrip("/")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"cchc": {"level": "INFO"}},
}

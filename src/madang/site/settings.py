"""Settings, all from the environment; without it they suit tests and development on one machine."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.contrib.messages import constants as messages
from django.utils.translation import gettext_lazy as _

SITE = Path(__file__).resolve().parent
DATA = Path(os.environ.get("MADANG_DATA", SITE.parents[2] / ".madang"))

DEBUG = False
SECRET_KEY = os.environ.get("SECRET_KEY", "only-for-tests-and-development")
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "localhost,127.0.0.1,testserver").split(",")
MADANG_BASE_URL = os.environ.get("MADANG_BASE_URL", "")
MADANG_DEMO = os.environ.get("MADANG_DEMO") == "1"
MADANG_DAY = date.fromisoformat(os.environ["MADANG_DAY"]) if os.environ.get("MADANG_DAY") else None
MADANG_APP_ROLE = os.environ.get("MADANG_APP_ROLE", "madang_app")
MADANG_UPLOAD_LIMIT = 20 * 1024 * 1024
MADANG_SECURE = os.environ.get("MADANG_SECURE") == "1"
BUILT_FONTS = SITE / "front" / "pdf-fonts"
SYSTEM_FONTS = Path("/usr/share/fonts/opentype/noto")
MADANG_PDF_FONTS = Path(os.environ.get("MADANG_PDF_FONTS", BUILT_FONTS if BUILT_FONTS.is_dir() else SYSTEM_FONTS))

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.admin",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "allauth",
    "allauth.account",
    "madang.ground.audit.apps.AuditConfig",
    "madang.ground.workflow.apps.WorkflowConfig",
    "madang.ground.files.apps.FilesConfig",
    "madang.ground.notices.apps.NoticesConfig",
    "madang.ground.places.apps.PlacesConfig",
    "madang.ground.people.apps.PeopleConfig",
    "madang.ground.cycles.apps.CyclesConfig",
    "madang.ground.bodies.apps.BodiesConfig",
    "madang.decide.survey.apps.SurveyConfig",
    "madang.decide.forums.apps.ForumsConfig",
    "madang.decide.agendas.apps.AgendasConfig",
    "madang.decide.voting.apps.VotingConfig",
    "madang.plan.plans.apps.PlansConfig",
    "madang.plan.review.apps.ReviewConfig",
    "madang.site.apps.SiteConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "madang.site.middleware.ActorMiddleware",
    "madang.site.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "madang.site.urls"
WSGI_APPLICATION = "madang.site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SITE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "madang.site.shell.page_context",
            ],
            "builtins": ["django.templatetags.i18n", "madang.site.templatetags.madang"],
        },
    }
]

DATABASE_URL = os.environ.get("DATABASE_URL", "postgres://madang_owner@localhost/madang")
DATABASES = {"default": dj_database_url.parse(DATABASE_URL, conn_max_age=600, conn_health_checks=True)}
DATABASES["default"]["ENGINE"] = "django.db.backends.postgresql"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "front"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_SIGNUP_FORM_CLASS = "madang.site.name_form.NameForm"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[마당] "
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "request_login_code": "madang.site.signing_in.RequestLoginCodeForm",
    "confirm_login_code": "madang.site.signing_in.ConfirmLoginCodeForm",
    "confirm_email_verification_code": "madang.site.signing_in.ConfirmEmailCodeForm",
    "signup": "madang.site.signing_in.SignUpForm",
}
ACCOUNT_ADAPTER = "madang.site.signing_in.AccountAdapter"

LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", "한국어"), ("en", "English")]
LOCALE_PATHS = [SITE / "locale"]
TIME_ZONE = "Asia/Seoul"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [SITE / "static"] + ([SITE / "front"] if (SITE / "front").is_dir() else [])
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = DATA / "media"
FILE_UPLOAD_HANDLERS = [
    "madang.ground.files.uploads.LimitedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

EMAIL_BACKEND = os.environ.get(
    "EMAIL_BACKEND",
    "madang.ground.notices.mailbox.MailboxBackend" if MADANG_DEMO else "django.core.mail.backends.smtp.EmailBackend",
)
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS") == "1"
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "madang@localhost")
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = MADANG_SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if MADANG_SECURE else None
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("CSRF_TRUSTED_ORIGINS", "").split(",") if origin]
# The tones of the stylesheet.
MESSAGE_TAGS = {messages.SUCCESS: "ok", messages.WARNING: "warn", messages.ERROR: "stop"}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

SITE_NAME = _("마당")

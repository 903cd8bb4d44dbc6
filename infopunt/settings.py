"""All settings. What differs per installation comes from the environment (see docs/instellingen.md)."""

import os
from pathlib import Path

import pgtrigger
from csp.constants import NONE, SELF
from django.urls import reverse_lazy

from infopunt.omgeving import Omgeving

BASE_DIR = Path(__file__).resolve().parent.parent
env = Omgeving(os.environ)

# --- Kind of installation -------------------------------------------------------------------------------

DEMO = env.ja_nee("INFOPUNT_DEMO", False)
PORT = env.getal("PORT", 8000, minimum=1, maximum=65535)
VAR = Path(env.tekst("INFOPUNT_VAR", str(BASE_DIR / "var"))).absolute()
LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]

SECRET_KEY = env.tekst(
    "INFOPUNT_SECRET_KEY",
    "demo-geheim-dat-nergens-anders-mag-worden-gebruikt-0123456789" if DEMO else None,
    uitleg="Maak er een met: python -c 'import secrets; print(secrets.token_urlsafe(50))'",
)
# Newest key first; older ones only open what they once locked.
KLUIS_SLEUTELS = env.fernet_sleutels(
    "INFOPUNT_KLUIS_SLEUTELS", ["ZGVtby1kZW1vLWRlbW8tZGVtby1kZW1vLWRlbW8tZGU="] if DEMO else None
)
ALLOWED_HOSTS = env.lijst(
    "INFOPUNT_HOSTS", LOOPBACK if DEMO else None, uitleg="Vul de hostnaam in, zoals infopunt.bibliotheek.nl"
)
if DEMO and not set(ALLOWED_HOSTS) <= set(LOOPBACK):
    env.fout(
        "INFOPUNT_HOSTS",
        "de demo draait alleen op deze computer. Laat INFOPUNT_HOSTS weg, of zet INFOPUNT_DEMO uit.",
    )
# Links in mail start with this.
ADRES = env.adres("INFOPUNT_ADRES", f"http://127.0.0.1:{PORT}" if DEMO else None)
if ADRES.startswith("http://") and not DEMO and env.ja_nee("INFOPUNT_HTTPS", True):
    env.fout(
        "INFOPUNT_ADRES", "begint met http://. Gebruik https://, want er gaan persoonsgegevens overheen."
    )

DEBUG = False
ROOT_URLCONF = "infopunt.urls"
WSGI_APPLICATION = "infopunt.wsgi.application"

# --- The service's own face -------------------------------------------------------------------------------

DIENST_NAAM = env.tekst("INFOPUNT_NAAM", "Infopunt")
DIENST_ORGANISATIE = env.tekst("INFOPUNT_ORGANISATIE", "Bibliotheek Dalfsen-Nieuwleusen")
DIENST_LOGO = env.tekst(
    "INFOPUNT_LOGO", ""
)  # a path below static/, or a folder of your own in INFOPUNT_STATIC
DIENST_KLEUR = env.kleur("INFOPUNT_KLEUR", tekst="#FFFCF5")
DIENST_KLEUR_DIEP = env.kleur("INFOPUNT_KLEUR_DIEP", tekst="#FFFCF5")
DIENST_KLEUR_ACCENT = env.kleur("INFOPUNT_KLEUR_ACCENT", tekst="#33132E")
BEWAARTERMIJN_DAGEN = env.getal("INFOPUNT_BEWAARTERMIJN_DAGEN", 30, minimum=1, maximum=90)

# --- Apps -----------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "rapportage",
    "doorverwijzing",
    "registratie",
    "sociale_kaart",
    "balie",
    "infopunt",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "csp",
    "django_htmx",
    "lucide",
    "pghistory",
    "pgtrigger",
    "procrastinate.contrib.django",
    "template_partials",
]

MIDDLEWARE = [
    "infopunt.security.demo_alleen_hier",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "infopunt.security.vaste_kopregels",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "sociale_kaart.geschiedenis.remember_who",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "infopunt.context.dienst",
                "balie.context.balie",
            ],
            "builtins": ["template_partials.templatetags.partials", "infopunt.templatetags.infopunt_tags"],
        },
    }
]
FORM_RENDERER = "infopunt.forms.Renderer"

# --- Database, cache, jobs ------------------------------------------------------------------------------

DATABASES = {
    "default": {
        **(env.database("DATABASE_URL") or {"ENGINE": "infopunt.database", "NAME": "infopunt"}),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Several processes share rate limits, so they live where every process can see them.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "infopunt_cache",
        # Above this number some are dropped at random: visitors of the API must not push out counted guesses.
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}
PROCRASTINATE_ON_APP_READY = None

# --- People ---------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "balie.Medewerker"
# History is written once per statement, so that an import of thousands of rows stays fast, and never changed.
PGHISTORY_LEVEL: pgtrigger.Level = pgtrigger.Statement
# The privacy guard reads the social map, so it lives above the apps that use it too (infopunt/velden.py).
PRIVACYWACHT = "registratie.privacy.check"
GEWOON_WOORD = "registratie.gewone_woorden.is_ordinary"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "infopunt.wachtwoorden.LangGenoeg", "OPTIONS": {"min_length": 10}},
    {"NAME": "infopunt.wachtwoorden.NietJeNaam"},
    {"NAME": "infopunt.wachtwoorden.NietVeelGebruikt"},
    {"NAME": "infopunt.wachtwoorden.NietAlleenCijfers"},
]
LOGIN_URL = reverse_lazy("account_login")
LOGIN_REDIRECT_URL = reverse_lazy("balie:start")
LOGOUT_REDIRECT_URL = reverse_lazy("account_login")
ACCOUNT_ADAPTER = "balie.accounts.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "infopunt.account_forms.LoginForm",
    "change_password": "infopunt.account_forms.ChangePasswordForm",
    "reset_password": "infopunt.account_forms.ResetPasswordForm",
    "reset_password_from_key": "infopunt.account_forms.ResetPasswordKeyForm",
}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_SESSION_REMEMBER = False  # a shared computer at the desk
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# --- Mail -----------------------------------------------------------------------------------------------

DEFAULT_FROM_EMAIL = env.tekst(
    "INFOPUNT_AFZENDER",
    "infopunt@bibliotheek.example" if DEMO else None,
    uitleg="Vul het mailadres in waar post vandaan komt.",
)
if DEMO and "EMAIL_URL" not in os.environ:
    # The demo sends nothing away: its mailbox page shows these files.
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR / "postvak"
else:
    vars().update(env.mailserver("EMAIL_URL"))

# Where mail that cannot be delivered goes back to; "" is the address of the infopunt itself.
RETOURADRES = env.mailadres("INFOPUNT_RETOURADRES")
RETOUR_IMAP = env.postbus("INFOPUNT_RETOUR_IMAP")

# --- Language and time ----------------------------------------------------------------------------------

LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True

# --- Files ----------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static", *env.lijst("INFOPUNT_STATIC", [])]
WHITENOISE_USE_FINDERS = DEMO
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEMO
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# --- Security -------------------------------------------------------------------------------------------

HTTPS = env.ja_nee("INFOPUNT_HTTPS", not DEMO)
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
ACHTER_PROXY = env.ja_nee("INFOPUNT_ACHTER_PROXY", False)
if ACHTER_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Whose guesses are counted: the visitor of the proxy, not the proxy itself.
ALLAUTH_TRUSTED_PROXY_COUNT = int(ACHTER_PROXY)
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "infopunt.views.csrf_verlopen"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "font-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Calendars of partners come from the public internet only; the demo may show one of this computer.
AGENDA_OOK_INTERN = DEMO

# --- Logging: to the console, for the system's journal; no request bodies, no query strings ------------------

LOGNIVEAU = env.keuze("INFOPUNT_LOGNIVEAU", ["DEBUG", "INFO", "WARNING", "ERROR"], "WARNING")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"regel": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"zonder_sleutels": {"()": "infopunt.security.WithoutTokens"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "regel", "filters": ["zonder_sleutels"]}
    },
    "root": {"handlers": ["console"], "level": LOGNIVEAU},
    "loggers": {"django": {"handlers": [], "propagate": True}},
}

env.controleer()

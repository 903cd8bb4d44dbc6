"""The project's settings for tests: secrets that open nothing, quick password hashes."""

import os

os.environ.setdefault("INFOPUNT_SECRET_KEY", "alleen-voor-tests-" + "0" * 40)
os.environ.setdefault("INFOPUNT_KLUIS_SLEUTELS", "dGVzdC10ZXN0LXRlc3QtdGVzdC10ZXN0LXRlc3QtdGU=")
os.environ.setdefault("INFOPUNT_HOSTS", "testserver,localhost,127.0.0.1")
os.environ.setdefault("INFOPUNT_ADRES", "https://infopunt.example")
os.environ.setdefault("INFOPUNT_AFZENDER", "infopunt@bibliotheek.example")
os.environ.setdefault("INFOPUNT_HTTPS", "nee")
os.environ.setdefault("EMAIL_URL", "smtp://127.0.0.1:1")

from infopunt.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
# Threads of live servers and workers leave no connection behind for the end of the run to trip over.
DATABASES["default"]["CONN_MAX_AGE"] = 0  # noqa: F405

"""The service worker: which pages work without a network, and when its stored copies are out of date."""

import json
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.urls import reverse

BRON = settings.BASE_DIR / "static/js/sw.js"
MAPPEN = [settings.BASE_DIR / "static", settings.BASE_DIR / "templates"]
# Which stored page stands in for which address when the network is gone.
PAGINAS = {"registratie:nieuw": "nieuw", "registratie:wachtrij": "wachtrij"}


@cache
def script() -> str:
    """The worker's source, preceded by what it must know of this installation."""
    schil = {
        "versie": _versie(),
        "statisch": settings.STATIC_URL,
        "begin": reverse("balie:start"),
        "formulier": reverse("registratie:nieuw"),
        "paginas": {
            reverse(naam): reverse("registratie:zonder_internet", args=[pagina])
            for naam, pagina in PAGINAS.items()
        },
    }
    return f"const schil = {json.dumps(schil)};\n{BRON.read_text()}"


def _versie() -> str:
    """Changes with anything the stored pages are made of, so that old copies are thrown away."""
    bestanden = sorted(pad for map in MAPPEN for pad in Path(map).rglob("*") if pad.is_file())
    som = sha256()
    for pad in bestanden:
        som.update(str(pad).encode() + pad.read_bytes())
    return som.hexdigest()[:16]

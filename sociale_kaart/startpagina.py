"""Search at once, for the start page."""

from typing import Any

from django.http import HttpRequest

from infopunt.navigatie import Paneel


def zoeken(request: HttpRequest) -> dict[str, Any]:
    return {}


PANELEN = [Paneel("sociale_kaart/_startzoek.html", zoeken, kolom=0, volgorde=10)]

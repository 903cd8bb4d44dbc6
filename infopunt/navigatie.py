"""The tabs in the header. Each app declares its own in `navigatie.py`; the order is the order of the desk's work."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.http import HttpRequest
from django.urls import reverse


def geen_teller(request: HttpRequest) -> int:
    return 0


@dataclass(frozen=True)
class Tab:
    """A tab as an app declares it; `rollen` may open it, `kort` is its word on a phone ("" = not there)."""

    naam: str
    kort: str
    icoon: str
    url_naam: str
    rollen: frozenset[str]
    volgorde: int
    teller: Callable[[HttpRequest], int] = geen_teller


@dataclass(frozen=True)
class ZichtbareTab:
    """A tab as the template shows it."""

    naam: str
    kort: str
    icoon: str
    url: str
    actief: bool
    teller: int


def tabs() -> Iterator[Tab]:
    """All declared tabs, by order."""
    gevonden = [
        tab
        for config in apps.get_app_configs()
        if find_spec(f"{config.name}.navigatie") and config.name != "infopunt"
        for tab in import_module(f"{config.name}.navigatie").TABS
    ]
    return iter(sorted(gevonden, key=lambda tab: tab.volgorde))


def zichtbare_tabs(request: HttpRequest, rol: str) -> list[ZichtbareTab]:
    """The tabs for a role; the one whose address is the longest start of this page's is the active one."""
    eigen = [(tab, reverse(tab.url_naam)) for tab in tabs() if rol in tab.rollen]
    passend = [
        url for _, url in eigen if request.path == url or (url != "/" and request.path.startswith(_map(url)))
    ]
    actief = max(passend, key=len, default="")
    return [
        ZichtbareTab(tab.naam, tab.kort, tab.icoon, url, url == actief, tab.teller(request))
        for tab, url in eigen
    ]


def _map(url: str) -> str:
    """/vragen/nieuw/ belongs to the part /vragen/."""
    return "/" + url.strip("/").split("/")[0] + "/"

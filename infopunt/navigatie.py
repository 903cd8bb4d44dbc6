"""What apps contribute to shared pages: tabs in the header, panels on the start page.

The bottom of the house may not import what stands on it. So each app declares its parts in a module of a fixed
name (`navigatie.py`, `startpagina.py`) and this module collects them, as Django collects models and commands.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def collect(module: str, attribute: str) -> list[Any]:
    """All items of `attribute` in `<app>.<module>`, over the installed apps, by their `volgorde`."""
    namen = [f"{config.name}.{module}" for config in apps.get_app_configs() if config.name != "infopunt"]
    gevonden = [item for naam in namen if find_spec(naam) for item in getattr(import_module(naam), attribute)]
    return sorted(gevonden, key=lambda item: item.volgorde)


def geen_teller(request: HttpRequest) -> int:
    return 0


@dataclass(frozen=True)
class Tab:
    """A tab as an app declares it; `rollen` may open it, `kort` is its word on a phone ("" = not there).

    A page belongs to the tab with the same first part in its address. Where two tabs share that part, one names its
    `paginas` (view names) and the other has the rest.
    """

    naam: str
    kort: str
    icoon: str
    url_naam: str
    rollen: frozenset[str]
    volgorde: int
    teller: Callable[[HttpRequest], int] = geen_teller
    paginas: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Paneel:
    """A panel on the start page: a template with what `context` returns; `kolom` 1-3, 0 is the row on top."""

    template: str
    context: Callable[[HttpRequest], dict[str, Any]]
    kolom: int
    volgorde: int


@dataclass(frozen=True)
class ZichtbareTab:
    """A tab as the template shows it."""

    naam: str
    kort: str
    icoon: str
    url: str
    actief: bool
    teller: int


def zichtbare_tabs(request: HttpRequest, rol: str) -> list[ZichtbareTab]:
    """The tabs for a role; the one in whose part of the site this page lies is the active one."""
    eigen = [(tab, reverse(tab.url_naam)) for tab in collect("navigatie", "TABS") if rol in tab.rollen]
    hier = request.resolver_match.view_name if request.resolver_match else ""
    genoemd = {pagina for tab, _ in eigen for pagina in tab.paginas}

    def is_actief(tab: Tab, url: str) -> bool:
        in_dit_deel = _eerste_deel(url) == _eerste_deel(request.path)
        return in_dit_deel and (hier in tab.paginas if tab.paginas else hier not in genoemd)

    return [
        ZichtbareTab(tab.naam, tab.kort, tab.icoon, url, is_actief(tab, url), tab.teller(request))
        for tab, url in eigen
    ]


def _eerste_deel(url: str) -> str:
    """/vragen/nieuw/ belongs to the part "vragen"."""
    return url.strip("/").split("/")[0]


def volgende(request: HttpRequest, anders: str) -> str:
    """The page that a form asks to go back to in `next`, when it is one of ours."""
    adres = request.POST.get("next", "")
    veilig = url_has_allowed_host_and_scheme(adres, allowed_hosts={request.get_host()})
    return adres if veilig else anders

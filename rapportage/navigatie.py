"""The tab in the header, and the pages of the reports with their shared choice of period and desks."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from balie.models import Rol
from infopunt.navigatie import Tab

TABS = [
    Tab(
        "Rapportage",
        "",
        "chart-column",
        "rapportage:dashboard",
        frozenset({Rol.COORDINATOR}),
        volgorde=60,
    )
]


@dataclass(frozen=True)
class Pagina:
    naam: str
    icoon: str
    url_naam: str


PAGINAS = [
    Pagina("Overzicht", "chart-column", "rapportage:dashboard"),
    Pagina("Verwijzingen", "handshake", "rapportage:verwijzingen"),
    Pagina("Wat mist er", "search-x", "rapportage:gemis"),
    Pagina("Meenemen", "download", "rapportage:meenemen"),
    Pagina("Landelijk (IDO)", "landmark", "rapportage:ido"),
    Pagina("Voor anderen", "share-2", "rapportage:buiten"),
    Pagina("Per mail", "mail", "rapportage:samenvatting"),
]


@dataclass(frozen=True)
class ZichtbarePagina:
    naam: str
    icoon: str
    url: str
    actief: bool


def zichtbare_paginas(request: HttpRequest, keuze: str) -> list[ZichtbarePagina]:
    """The pages of the reports, each with the choice (a query string) that was made on this one."""
    hier = request.resolver_match.view_name if request.resolver_match else ""
    return [
        ZichtbarePagina(pagina.naam, pagina.icoon, reverse(pagina.url_naam) + keuze, hier == pagina.url_naam)
        for pagina in PAGINAS
    ]

"""Coordinators edit the map: everything of an organisation from one page."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from balie.permissions import requires
from infopunt.navigatie import volgende
from sociale_kaart import archief
from sociale_kaart.bewerken import (
    AANBODDELEN,
    NIEUW_AANBOD,
    NIEUWE_ORGANISATIE,
    ORGANISATIEDELEN,
    PERSOON,
)
from sociale_kaart.bewerkpagina import GET_POST, back_to, edit, fetch, part, reindex, without
from sociale_kaart.controle import confirm
from sociale_kaart.geschiedenis import because
from sociale_kaart.models import Aanbod, Contactpersoon, Controle, Groep, Organisatie
from sociale_kaart.overzicht import Kantoor, overview, to_edit
from sociale_kaart.permissions import may_edit_map

PER_KEER = 50
SOORTEN: dict[str, Any] = {"organisatie": Organisatie, "aanbod": Aanbod}


@require_GET
@requires(may_edit_map)
def organisaties(request: HttpRequest) -> HttpResponse:
    """Every organisation by name, also those without offers, which search does not find."""
    vraag = request.GET.get("q", "")[:80].replace("\x00", "").strip()
    gevonden = Organisatie.objects.current().named(vraag).with_aantal()
    pagina = Paginator(gevonden, PER_KEER).get_page(request.GET.get("pagina"))
    return render(request, "sociale_kaart/bewerken/organisaties.html", {"pagina": pagina, "vraag": vraag})


@require_GET
@requires(may_edit_map)
def bewerken(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything of an organisation, each part with a way to change it."""
    organisatie = get_object_or_404(Organisatie, pk=pk)
    if organisatie.samengevoegd_met_id:
        return redirect("sociale_kaart:bewerken", organisatie.samengevoegd_met_id)
    context = overview(organisatie, Kantoor(), geopend=request.GET.get("open", ""))
    return render(request, "sociale_kaart/bewerken/organisatie.html", context)


@require_http_methods(GET_POST)
@requires(may_edit_map)
@transaction.atomic
def organisatie_deel(request: HttpRequest, pk: int, deel: str) -> HttpResponse:
    organisatie = fetch(request, Organisatie.objects.all(), pk)
    return edit(request, part(ORGANISATIEDELEN, deel), organisatie)


@require_http_methods(GET_POST)
@requires(may_edit_map)
@transaction.atomic
def aanbod_deel(request: HttpRequest, pk: int, deel: str) -> HttpResponse:
    aanbod = fetch(request, to_edit(Aanbod.objects.all()), pk)
    return edit(request, part(AANBODDELEN, deel), aanbod)


@require_http_methods(GET_POST)
@requires(may_edit_map)
@transaction.atomic
def persoon(request: HttpRequest, pk: int) -> HttpResponse:
    gevonden = fetch(request, Contactpersoon.objects.select_related("organisatie"), pk)
    return edit(request, PERSOON, gevonden)


@require_http_methods(GET_POST)
@requires(may_edit_map)
@transaction.atomic
def persoon_nieuw(request: HttpRequest, pk: int) -> HttpResponse:
    organisatie = get_object_or_404(Organisatie, pk=pk)
    nieuw = Contactpersoon(organisatie=organisatie)
    return edit(request, PERSOON, nieuw, kop="Iemand erbij")


@require_http_methods(GET_POST)
@requires(may_edit_map)
@transaction.atomic
def persoon_weghalen(request: HttpRequest, pk: int) -> HttpResponse:
    """Gone from the map, and after a month from its history. Referrals keep their course, without the name."""
    gevonden = get_object_or_404(Contactpersoon.objects.select_related("organisatie"), pk=pk)
    organisatie = gevonden.organisatie
    if request.method == "POST":
        with because("contactpersoon weggehaald"):
            gevonden.delete()
        reindex(organisatie)
        messages.success(request, f"{gevonden.naam} staat niet meer op de kaart.")
        return redirect(back_to(organisatie))
    context = {
        "persoon": gevonden,
        "organisatie": organisatie,
        "rollen": gevonden.rollen.select_related("aanbod"),
    }
    return render(request, "sociale_kaart/bewerken/persoon_weghalen.html", context)


@require_http_methods(GET_POST)
@requires(may_edit_map)
@transaction.atomic
def organisatie_nieuw(request: HttpRequest) -> HttpResponse:
    return edit(request, NIEUWE_ORGANISATIE, Organisatie(), kop="Nieuwe organisatie", bekend=_known)


@require_http_methods(GET_POST)
@requires(may_edit_map)
@transaction.atomic
def aanbod_nieuw(request: HttpRequest, pk: int) -> HttpResponse:
    organisatie = get_object_or_404(Organisatie, pk=pk)
    nieuw = Aanbod(organisatie=organisatie)

    def bekend() -> list[tuple[Any, str]]:
        return [(item, item.naam) for item in organisatie.aanbod.current()]

    return edit(request, NIEUW_AANBOD, nieuw, kop="Nieuw aanbod", bekend=bekend)


@require_GET
@requires(may_edit_map)
def aanbod_bewerken(request: HttpRequest, pk: int) -> HttpResponse:
    """An offer is edited on the page of its organisation, opened."""
    return redirect(back_to(get_object_or_404(Aanbod, pk=pk)))


@require_POST
@requires(may_edit_map)
def nagekeken(request: HttpRequest, pk: int) -> HttpResponse:
    """The coordinator looked: one group of fields of this offer is right, or all of them. Saving never says so."""
    aanbod = get_object_or_404(Aanbod, pk=pk)
    groep = request.POST.get("groep", "")
    groepen = [groep] if groep in Groep.values else Groep.values
    confirm(aanbod=[aanbod], groepen=groepen, door=Controle.Door.COORDINATOR)
    messages.success(request, f"{aanbod}: nagekeken.")
    return redirect(volgende(request, back_to(aanbod)))


@require_http_methods(GET_POST)
@requires(may_edit_map)
@transaction.atomic
def naar_archief(request: HttpRequest, soort: str, pk: int) -> HttpResponse:
    """Asks first, and says what hangs on it. What was never used may really go."""
    obj = _archivable(request, soort, pk)
    hangt = archief.what_hangs_on(obj)
    if request.method == "POST":
        if "weg" in request.POST and not hangt:
            archief.remove(obj=obj)
            messages.success(request, f"‘{obj}’ is helemaal weg.")
            return redirect(without(obj))
        archief.archive(obj=obj)
        messages.success(request, f"‘{obj}’ staat in het archief.")
        return redirect(without(obj))
    context = {"obj": obj, "soort": soort, "hangt": hangt, "terug": back_to(obj)}
    return render(request, "sociale_kaart/bewerken/archief.html", context)


@require_POST
@requires(may_edit_map)
@transaction.atomic
def uit_archief(request: HttpRequest, soort: str, pk: int) -> HttpResponse:
    obj = _archivable(request, soort, pk)
    archief.restore(obj=obj)
    messages.success(request, f"‘{obj}’ staat weer op de kaart.")
    return redirect(back_to(obj))


def _known() -> list[tuple[Any, str]]:
    """Every organisation with each of its names."""
    return [
        (item, naam)
        for item in Organisatie.objects.current()
        for naam in [item.naam, *item.andere_namen.split(",")]
    ]


def _archivable(request: HttpRequest, soort: str, pk: int) -> Any:
    if soort not in SOORTEN:
        raise Http404
    return fetch(request, SOORTEN[soort].objects.all(), pk)

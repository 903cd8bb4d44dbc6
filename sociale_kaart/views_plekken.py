"""Coordinators keep the places and the topics of the map."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, ProtectedError, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from balie.permissions import requires
from sociale_kaart import archief
from sociale_kaart.bewerken import LOCATIE, ONDERWERP
from sociale_kaart.bewerkpagina import GET_POST, back_to, edit, fetch, without
from sociale_kaart.models import Locatie, Onderwerp
from sociale_kaart.permissions import may_edit_map

PER_KEER = 50


@require_GET
@requires(may_edit_map)
def locaties(request: HttpRequest) -> HttpResponse:
    vraag = request.GET.get("q", "")[:80].replace("\x00", "").strip()
    gevonden = Locatie.objects.current().select_related("kern").named(vraag).with_aantal()
    pagina = Paginator(gevonden, PER_KEER).get_page(request.GET.get("pagina"))
    return render(request, "sociale_kaart/bewerken/locaties.html", {"pagina": pagina, "vraag": vraag})


@require_http_methods(GET_POST)
@requires(may_edit_map)
@transaction.atomic
def locatie(request: HttpRequest, pk: int) -> HttpResponse:
    plek = fetch(request, Locatie.objects.all(), pk)
    return edit(request, LOCATIE, plek, kop=plek.naam)


@require_http_methods(GET_POST)
@requires(may_edit_map)
@transaction.atomic
def locatie_nieuw(request: HttpRequest) -> HttpResponse:
    return edit(
        request, LOCATIE, Locatie(), kop="Nieuwe plek", bekend=lambda: _names(Locatie.objects.current())
    )


@require_POST
@requires(may_edit_map)
def locatie_weghalen(request: HttpRequest, pk: int) -> HttpResponse:
    return _remove(request, get_object_or_404(Locatie, pk=pk))


@require_GET
@requires(may_edit_map)
def onderwerpen(request: HttpRequest) -> HttpResponse:
    """Main topics in their order, each with its subtopics, and how much of the map is about them."""
    alle = Onderwerp.objects.annotate(aantal=Count("aanbod")).order_by("volgorde", "naam")
    kinderen: dict[int | None, list[Any]] = {}
    for onderwerp in alle:
        kinderen.setdefault(onderwerp.ouder_id, []).append(onderwerp)
    context = {"boom": [(hoofd, kinderen.get(hoofd.pk, [])) for hoofd in kinderen.get(None, [])]}
    return render(request, "sociale_kaart/bewerken/onderwerpen.html", context)


@require_http_methods(GET_POST)
@requires(may_edit_map)
@transaction.atomic
def onderwerp(request: HttpRequest, pk: int) -> HttpResponse:
    gevonden = fetch(request, Onderwerp.objects.all(), pk)
    return edit(request, ONDERWERP, gevonden, kop=gevonden.naam)


@require_http_methods(GET_POST)
@requires(may_edit_map)
@transaction.atomic
def onderwerp_nieuw(request: HttpRequest, ouder: int | None = None) -> HttpResponse:
    """A main topic, or a subtopic of `ouder`; it comes last."""
    boven = get_object_or_404(Onderwerp, pk=ouder, ouder=None) if ouder else None
    zusjes = Onderwerp.objects.filter(ouder=boven)
    nieuw = Onderwerp(ouder=boven, volgorde=zusjes.count(), icoon=boven.icoon if boven else "circle-help")
    kop = f"Nieuw onderwerp bij {boven}" if boven else "Nieuw onderwerp"
    return edit(request, ONDERWERP, nieuw, kop=kop, bekend=lambda: _names(zusjes))


@require_POST
@requires(may_edit_map)
@transaction.atomic
def onderwerp_schuiven(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down among its own level; the order is written anew, so gaps and doubles mend themselves."""
    gevonden = get_object_or_404(Onderwerp, pk=pk)
    rij = list(Onderwerp.objects.select_for_update(of=("self",)).filter(ouder=gevonden.ouder_id))
    van = rij.index(gevonden)
    naar = max(0, van - 1) if request.POST.get("naar") == "omhoog" else min(len(rij) - 1, van + 1)
    rij.insert(naar, rij.pop(van))
    for volgorde, item in enumerate(rij):
        item.volgorde = volgorde
    Onderwerp.objects.bulk_update(rij, ["volgorde"])
    return redirect(back_to(gevonden))


@require_POST
@requires(may_edit_map)
def onderwerp_weghalen(request: HttpRequest, pk: int) -> HttpResponse:
    return _remove(request, get_object_or_404(Onderwerp, pk=pk))


def _names(dingen: "QuerySet[Any]") -> list[tuple[Any, str]]:
    return [(ding, ding.naam) for ding in dingen]


def _remove(request: HttpRequest, obj: Locatie | Onderwerp) -> HttpResponse:
    """Only what nothing refers to; else say what does."""
    naam = str(obj)
    try:
        archief.remove(obj=obj)
    except (archief.NogInGebruik, ProtectedError):
        waar = ", ".join(f"{hangt.aantal} {hangt.naam}" for hangt in archief.what_hangs_on(obj))
        messages.error(request, f"‘{naam}’ is nog in gebruik ({waar}). Haal het daar eerst weg.")
        return redirect(back_to(obj))
    messages.success(request, f"‘{naam}’ is weg.")
    return redirect(without(obj))

"""Searching the map, and reading what it says."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET
from django_htmx.http import push_url

from balie.huidig import huidig_infopunt
from balie.models import Medewerker, Roosterdienst
from balie.permissions import medewerker, requires
from infopunt.htmx import render_page, wants_partial
from sociale_kaart import zoekpagina
from sociale_kaart.forms import ZoekForm
from sociale_kaart.models import Aanbod, Organisatie
from sociale_kaart.permissions import may_edit_map, may_refer, may_search
from sociale_kaart.rijen import maak_rijen

OP_KAARTJE = 4  # opening hours that fit on a card


@require_GET
@requires(may_search)
def zoeken(request: HttpRequest) -> HttpResponse:
    """Topics to browse when nothing was asked, else what was found."""
    form = ZoekForm(request.GET, infopunt=huidig_infopunt(request))
    inhoud = zoekpagina.leeg(form) if form.is_leeg else zoekpagina.resultaten(form)
    context = {"form": form, **_gedeeld(request), **inhoud}
    response = render_page(request, "sociale_kaart/zoeken.html", context, partial="uitkomst")
    return push_url(response, form.adres()) if wants_partial(request) else response


@require_GET
@requires(may_search)
def organisatie(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about an organisation, fit for printing."""
    gevonden = get_object_or_404(Organisatie.objects.select_related("samengevoegd_met"), pk=pk)
    if gevonden.samengevoegd_met:
        return redirect(gevonden.samengevoegd_met)
    context = {
        "organisatie": gevonden,
        "contactpersonen": gevonden.contactpersonen.prefetch_related("rollen"),
        "rijen": maak_rijen(gevonden.aanbod.current().for_row(), timezone.now()),
        **_gedeeld(request),
    }
    return render(request, "sociale_kaart/organisatie.html", context)


@require_GET
@requires(may_search)
def aanbod(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one offer, fit for printing."""
    gevonden = get_object_or_404(Aanbod.objects.for_row().prefetch_related("onderwerpen"), pk=pk)
    if gevonden.samengevoegd_met_id:
        return redirect("sociale_kaart:aanbod", gevonden.samengevoegd_met_id)
    [rij] = maak_rijen([gevonden], timezone.now())
    context = {
        "rij": rij,
        "aanbod": gevonden,
        "archief": bool(gevonden.gearchiveerd_op or gevonden.organisatie.gearchiveerd_op),
        "uitzonderingen": [dag for dag in gevonden.uitzonderingen if dag.tot_dag >= timezone.localdate()],
        "ander_aanbod": gevonden.organisatie.aanbod.current().exclude(pk=pk),
        **_gedeeld(request),
    }
    return render(request, "sociale_kaart/aanbod.html", context)


@require_GET
@requires(may_search)
def kaartje(request: HttpRequest, pk: int) -> HttpResponse:
    """What a visitor takes home to go or call themselves. Names a person only when everybody may know the name."""
    gevonden = get_object_or_404(Aanbod.objects.current().for_row(), pk=pk)
    contact = next((rol for rol in gevonden.contacten.all() if rol.contactpersoon.is_openbaar), None)
    context = {
        "aanbod": gevonden,
        "contact": contact,
        "nummer": contact.telefoon if contact else gevonden.telefoon or gevonden.organisatie.telefoon,
        "email": contact.email if contact else gevonden.email or gevonden.organisatie.email,
        "tijden": gevonden.openingstijden.all()[:OP_KAARTJE],
        "infopunt": huidig_infopunt(request),
    }
    return render(request, "sociale_kaart/kaartje.html", context)


def _gedeeld(request: HttpRequest) -> dict[str, Any]:
    """Whom to ask when the map does not know, and what this user may do."""
    return {
        "achterwacht": _achterwacht(request),
        "mag_verwijzen": may_refer(medewerker(request).rol),
        "mag_bewerken": may_edit_map(medewerker(request).rol),
    }


def _achterwacht(request: HttpRequest) -> Medewerker | None:
    """The professional behind this desk right now."""
    nu = timezone.now()
    diensten = Roosterdienst.objects.filter(infopunt=huidig_infopunt(request), begin__lte=nu, eind__gt=nu)
    dienst = diensten.filter(functie=Roosterdienst.Functie.ACHTERWACHT).select_related("medewerker").first()
    return dienst.medewerker if dienst else None

"""Searching the map, and reading what it says."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET
from django_htmx.http import push_url

from balie.huidig import huidig_infopunt
from balie.models import Medewerker, Roosterdienst
from balie.permissions import medewerker, requires
from infopunt.htmx import render_page, wants_partial
from sociale_kaart.forms import HOOGSTENS, OVERAL, PER_KEER, ZoekForm
from sociale_kaart.models import Aanbod, Onderwerp, Organisatie
from sociale_kaart.permissions import may_refer, may_search
from sociale_kaart.rijen import maak_rijen, rijen_van
from sociale_kaart.zoeken import zoek


@require_GET
@requires(may_search)
def zoeken(request: HttpRequest) -> HttpResponse:
    """Topics to browse when nothing was asked, else what was found."""
    form = ZoekForm(request.GET, infopunt=huidig_infopunt(request))
    context = {"form": form, **_gedeeld(request)}
    if form.is_leeg:
        onderwerpen = Onderwerp.objects.main().with_counts(form.filter(Aanbod.objects.current()))
        context["tegels"] = [(onderwerp, form.adres(onderwerp=onderwerp.pk)) for onderwerp in onderwerpen]
    else:
        context |= _resultaten(form)
    response = render_page(request, "sociale_kaart/zoeken.html", context, partial="uitkomst")
    return push_url(response, form.adres()) if wants_partial(request) else response


@require_GET
@requires(may_search)
def organisatie(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about an organisation, fit for printing."""
    gevonden = get_object_or_404(Organisatie, pk=pk)
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
    [rij] = maak_rijen([gevonden], timezone.now())
    context = {
        "rij": rij,
        "aanbod": gevonden,
        "ander_aanbod": gevonden.organisatie.aanbod.current().exclude(pk=pk),
        **_gedeeld(request),
    }
    return render(request, "sociale_kaart/aanbod.html", context)


def _gedeeld(request: HttpRequest) -> dict[str, Any]:
    """Whom to ask when the map does not know, and what this user may do."""
    return {
        "achterwacht": _achterwacht(request),
        "mag_verwijzen": may_refer(medewerker(request).rol),
    }


def _achterwacht(request: HttpRequest) -> Medewerker | None:
    """The professional behind this desk right now."""
    nu = timezone.now()
    diensten = Roosterdienst.objects.filter(infopunt=huidig_infopunt(request), begin__lte=nu, eind__gt=nu)
    dienst = diensten.filter(functie=Roosterdienst.Functie.ACHTERWACHT).select_related("medewerker").first()
    return dienst.medewerker if dienst else None


def _resultaten(form: ZoekForm) -> dict[str, Any]:
    """The rows to show, how many there are in all, and where more of them are."""
    mogelijk = form.filter(Aanbod.objects.current())
    if form.tekst:
        treffers = zoek(form.vraag, mogelijk).treffers
        totaal, rijen = len(treffers), rijen_van(treffers[: form.hoeveel])
    else:
        totaal, rijen = mogelijk.count(), maak_rijen(mogelijk.for_row()[: form.hoeveel], timezone.now())
    meer = totaal > len(rijen) and form.hoeveel < HOOGSTENS
    return {
        "rijen": rijen,
        "totaal": totaal,
        "overal_url": form.adres(kern=OVERAL, aantal=None) if form.plaats else "",
        "meer_url": form.adres(aantal=min(form.hoeveel + PER_KEER, HOOGSTENS)) if meer else "",
    }

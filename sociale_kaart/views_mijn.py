"""A partner keeps their own organisation right: the same forms, but saving proposes and the desk decides."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from balie.permissions import medewerker, requires
from sociale_kaart.bewerken import EIGEN_AANBODDELEN, EIGEN_ORGANISATIEDELEN, PERSOON, TIJDEN, Deel
from sociale_kaart.bewerkformulier import Deelformulier
from sociale_kaart.bewerkpagina import GET_POST, part, show
from sociale_kaart.controle import current_value, propose
from sociale_kaart.models import Aanbod, Contactpersoon, Organisatie, Voorstel
from sociale_kaart.overzicht import Eigen, overview, to_edit, wishes
from sociale_kaart.permissions import may_edit_own
from sociale_kaart.voorstellijsten import LIJSTEN, PERSOONVELDEN

PERSONEN = "contactpersonen"
DANK = "Dank u wel. Het infopunt kijkt uw wijziging na. Daarna staat die op de kaart."
NIETS = "Er is niets veranderd, dus er gaat niets naar het infopunt."


@require_GET
@requires(may_edit_own)
def mijn_organisatie(request: HttpRequest) -> HttpResponse:
    """Everything of one's own organisation, and what waits for the desk."""
    if not _organisations(request).exists():
        return render(request, "sociale_kaart/bewerken/geen_organisatie.html")
    organisatie = _own(request)
    voorstellen = _open(organisatie).select_related("aanbod", "organisatie")
    context = overview(organisatie, Eigen(), geopend=request.GET.get("open", ""))
    context["wachtend"] = [(voorstel, wishes(voorstel)) for voorstel in voorstellen]
    return render(request, "sociale_kaart/bewerken/mijn_organisatie.html", context)


@require_http_methods(GET_POST)
@requires(may_edit_own)
@transaction.atomic
def organisatie_deel(request: HttpRequest, deel: str) -> HttpResponse:
    organisatie = _own(request)
    return _propose(request, part(EIGEN_ORGANISATIEDELEN, deel), organisatie, organisatie)


@require_http_methods(GET_POST)
@requires(may_edit_own)
@transaction.atomic
def aanbod_deel(request: HttpRequest, pk: int, deel: str) -> HttpResponse:
    organisatie = _own(request)
    aanbod = get_object_or_404(to_edit(organisatie.aanbod.current()), pk=pk)
    return _propose(request, part(EIGEN_AANBODDELEN, deel), aanbod, organisatie)


@require_http_methods(GET_POST)
@requires(may_edit_own)
@transaction.atomic
def persoon(request: HttpRequest, pk: int) -> HttpResponse:
    organisatie = _own(request)
    gevonden = get_object_or_404(organisatie.contactpersonen, pk=pk)
    for rij in _people(organisatie):
        if rij["uuid"] == str(gevonden.uuid):
            for veld in PERSOONVELDEN:
                setattr(gevonden, veld, rij[veld])
    return _propose(request, PERSOON, gevonden, organisatie)


@require_http_methods(GET_POST)
@requires(may_edit_own)
@transaction.atomic
def persoon_nieuw(request: HttpRequest) -> HttpResponse:
    organisatie = _own(request)
    return _propose(
        request, PERSOON, Contactpersoon(organisatie=organisatie), organisatie, kop="Iemand erbij"
    )


@require_http_methods(GET_POST)
@requires(may_edit_own)
@transaction.atomic
def persoon_weghalen(request: HttpRequest, pk: int) -> HttpResponse:
    organisatie = _own(request)
    gevonden = get_object_or_404(organisatie.contactpersonen, pk=pk)
    if request.method == "POST":
        blijven = [rij for rij in _people(organisatie) if rij["uuid"] != str(gevonden.uuid)]
        propose(organisatie=organisatie, aanbod=None, velden={PERSONEN: blijven}, door=medewerker(request))
        messages.success(request, DANK)
        return redirect("sociale_kaart:mijn_organisatie")
    context = {"persoon": gevonden, "organisatie": organisatie, "partner": True}
    return render(request, "sociale_kaart/bewerken/persoon_weghalen.html", context)


@require_POST
@requires(may_edit_own)
def voorstel_intrekken(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(_open(_own(request)), pk=pk).delete()
    messages.success(request, "Uw voorstel is ingetrokken.")
    return redirect("sociale_kaart:mijn_organisatie")


def _own(request: HttpRequest) -> Organisatie:
    """The organisation this account is a contact person of; without one, or with one in the archive: not there."""
    return get_object_or_404(_organisations(request))


def _organisations(request: HttpRequest) -> "QuerySet[Organisatie]":
    return Organisatie.objects.current().filter(contactpersonen__medewerker=medewerker(request))


def _open(organisatie: Organisatie) -> "QuerySet[Voorstel]":
    return Voorstel.objects.open().filter(organisatie=organisatie)


def _people(organisatie: Organisatie) -> list[dict[str, Any]]:
    """The contact persons as they are, or as they were proposed before."""
    wens = _wishes(organisatie, None).get(PERSONEN)
    return list(wens["wordt"]) if wens else current_value(organisatie, PERSONEN)


def _wishes(organisatie: Organisatie, aanbod: Aanbod | None) -> dict[str, Any]:
    voorstel = _open(organisatie).filter(aanbod=aanbod).first()
    return voorstel.velden if voorstel else {}


def _propose(
    request: HttpRequest, deel: Deel, obj: Any, organisatie: Organisatie, *, kop: str = ""
) -> HttpResponse:
    """The form as somebody left it, with wishes that wait; saving writes them down anew."""
    if not isinstance(obj, Contactpersoon):
        deel = _with_wishes(deel, obj, _wishes(organisatie, obj if isinstance(obj, Aanbod) else None))
    formulier = Deelformulier(deel, obj, request.POST if request.method == "POST" else None)
    terug = reverse("sociale_kaart:mijn_organisatie")
    if request.method == "POST" and not formulier.one_more and formulier.is_valid():
        try:
            voorstel = propose(
                organisatie=organisatie,
                aanbod=obj if isinstance(obj, Aanbod) else None,
                velden=_values(formulier, organisatie),
                door=medewerker(request),
            )
        except ValidationError as fout:
            formulier.forms[0].add_error(None, fout.messages)
        else:
            messages.success(request, DANK if voorstel else NIETS)
            return redirect(f"{terug}?open={obj.pk}" if isinstance(obj, Aanbod) else terug)
    kruimels = [("Mijn organisatie", terug)]
    return show(request, formulier, back=terug, kop=kop, kruimels=kruimels, partner=True)


def _with_wishes(deel: Deel, obj: Any, wensen: dict[str, Any]) -> Deel:
    """Write the wishes into `obj` (not saved), and let the hours be those that were proposed."""
    for naam, wens in wensen.items():
        if naam not in LIJSTEN:
            setattr(obj, naam, wens["wordt"])
    if "openingstijden" not in wensen or TIJDEN not in deel.rijen:
        return deel
    tijden = LIJSTEN["openingstijden"].instances(wensen["openingstijden"]["wordt"])
    return replace(deel, rijen=(replace(TIJDEN, van=lambda aanbod: tijden),))


def _values(formulier: Deelformulier, organisatie: Organisatie) -> dict[str, Any]:
    """What was filled in, as propose() takes it."""
    if isinstance(formulier.obj, Contactpersoon):
        [rij] = LIJSTEN[PERSONEN].as_data([formulier.obj])
        anderen = _people(organisatie)
        if rij["uuid"] in {ander["uuid"] for ander in anderen}:
            return {PERSONEN: [rij if ander["uuid"] == rij["uuid"] else ander for ander in anderen]}
        return {PERSONEN: [*anderen, rij]}
    waarden = {naam: waarde for form in formulier.forms for naam, waarde in form.cleaned_data.items()}
    for rijen in formulier.rijen:
        lijst = LIJSTEN[rijen.soort.naam]
        waarden[rijen.soort.naam] = lijst.as_data(form.instance for form in rijen.kept)
    return waarden

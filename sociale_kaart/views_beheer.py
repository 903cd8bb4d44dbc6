"""The coordinator's hub for the map: what asks for attention, and what to do about it."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balie.permissions import medewerker, requires
from infopunt.navigatie import volgende
from sociale_kaart import controle, verzoeken
from sociale_kaart.beheer import LIJSTEN, TE_LAAT, Lijst, Stand
from sociale_kaart.forms_beheer import BesluitForm, LijstForm
from sociale_kaart.forms_klopt import KloptNietForm
from sociale_kaart.models import Aanbod, Melding, Organisatie, Voorstel
from sociale_kaart.permissions import may_doubt, may_edit_map
from sociale_kaart.termijnen import Termijnen

PER_BLADZIJDE = 25
GET_POST = ["GET", "HEAD", "POST"]


@require_safe
@requires(may_edit_map)
def beheer(request: HttpRequest) -> HttpResponse:
    """One list at a time, with how many there are in each."""
    nu = timezone.now()
    stand = Stand.at(nu)
    form = LijstForm(request.GET)
    gekozen = (form.cleaned_data["lijst"] if form.is_valid() else "") or stand.first()
    lijst = next(lijst for lijst in LIJSTEN if lijst.naam == gekozen)
    pagina = Paginator(lijst.rijen(stand.termijnen), PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    context = {
        "form": form,
        "lijst": lijst,
        "lijsten": [(item, stand.aantallen[item.naam]) for item in LIJSTEN],
        "pagina": pagina,
        "rijen": _met_gebruik(lijst, stand.termijnen, pagina),
        "onlangs": nu - verzoeken.RUST,
    }
    return render(request, "sociale_kaart/beheer.html", context)


def _met_gebruik(
    lijst: Lijst, termijnen: Termijnen, pagina: Iterable[Any]
) -> list[tuple[Any, list[str], int]]:
    """The rows, with the groups that are due and the times of use where the list is about those."""
    if lijst.naam != TE_LAAT:
        return [(rij, [], 0) for rij in pagina]
    return [(rij, termijnen.due_groups(rij), termijnen.gebruik.get(rij.pk, 0)) for rij in pagina]


@require_POST
@requires(may_edit_map)
def melding_afhandelen(request: HttpRequest, pk: int) -> HttpResponse:
    """It was looked into and is right now."""
    melding = get_object_or_404(Melding.objects.select_related("aanbod"), pk=pk)
    controle.settle(melding=melding)
    messages.success(request, f"{melding.aanbod}: uitgezocht. De waarschuwing is weg.")
    return redirect(volgende(request, reverse("sociale_kaart:beheer")))


@require_POST
@requires(may_edit_map)
def klopt_vragen(request: HttpRequest, pk: int) -> HttpResponse:
    """Mail this organisation now, not at the start of the month."""
    organisatie = get_object_or_404(Organisatie.objects.current(), pk=pk)
    try:
        verzoek = verzoeken.ask(organisatie=organisatie, now=timezone.now())
    except verzoeken.GeenAdres:
        messages.warning(request, f"{organisatie} heeft geen mailadres. Vul dat eerst in, of bel even.")
    except verzoeken.AlGevraagd:
        messages.warning(
            request, f"{organisatie} kreeg deze vraag nog geen drie weken geleden. Bel liever even."
        )
    else:
        messages.success(request, f"De vraag of alles klopt gaat naar {verzoek.email}.")
    return redirect(volgende(request, reverse("sociale_kaart:beheer")))


@require_http_methods(GET_POST)
@requires(may_edit_map)
def voorstel(request: HttpRequest, pk: int) -> HttpResponse:
    """What was, what an organisation wants, and a choice for each."""
    gevonden = get_object_or_404(
        Voorstel.objects.select_related("aanbod__organisatie", "organisatie", "behandeld_door"), pk=pk
    )
    form = BesluitForm(request.POST if request.method == "POST" else None, voorstel=gevonden)
    if form.is_valid() and (antwoord := _decide(request, gevonden, form)):
        return antwoord
    context = {"voorstel": gevonden, "form": form, "wensen": form.wensen()}
    return render(request, "sociale_kaart/voorstel.html", context, status=422 if form.errors else 200)


def _decide(request: HttpRequest, voorstel: Voorstel, form: BesluitForm) -> HttpResponse | None:
    """Where to go next; None when the form has to say what is wrong."""
    try:
        uitslag = controle.decide(
            voorstel=voorstel,
            besluiten=form.besluiten,
            versie=form.cleaned_data["versie"],
            door=medewerker(request),
        )
    except controle.IntussenGewijzigd:
        messages.warning(request, "Dit voorstel is net veranderd. Kijk nog een keer.")
        return redirect(request.path)
    except ValidationError as fout:
        for bericht in fout.messages:
            form.add_error(None, f"Dit kan niet zo op de kaart: {bericht}")
        return None
    if uitslag.botsingen:
        messages.warning(request, "Iemand wijzigde dit intussen ook. Kijk nog een keer wat het moet worden.")
        return redirect(request.path)
    messages.success(request, _in_words(uitslag))
    return redirect(f"{reverse('sociale_kaart:beheer')}?lijst=voorstellen")


def _in_words(uitslag: controle.Uitslag) -> str:
    """ "2 wijzigingen staan op de kaart. 1 niet overgenomen." """
    over, niet = len(uitslag.overgenomen), len(uitslag.afgewezen)
    staat = "1 wijziging staat op de kaart." if over == 1 else f"{over} wijzigingen staan op de kaart."
    return (staat if over else "Er is niets veranderd op de kaart.") + (
        f" {niet} niet overgenomen." if niet else ""
    )


@require_http_methods(GET_POST)
@requires(may_doubt)
def klopt_niet(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody at the desk found out that an entry is wrong: it warns the others at once."""
    aanbod = get_object_or_404(Aanbod.objects.current().select_related("organisatie"), pk=pk)
    form = KloptNietForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        controle.report(aanbod=aanbod, bron=Melding.Bron.BALIE, **form.melding())
        messages.success(
            request, "Dank je. Bij het zoeken staat nu een waarschuwing. De coördinator zoekt het uit."
        )
        return redirect(aanbod)
    context = {"aanbod": aanbod, "form": form}
    return render(request, "sociale_kaart/klopt_niet.html", context, status=422 if form.errors else 200)

"""The organisation's side of "Klopt dit nog?": the page behind the link in the mail. No account, no cookie."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from infopunt.grenzen import count
from infopunt.security import secret_address
from sociale_kaart import controle
from sociale_kaart.bewerken import TIJDEN
from sociale_kaart.forms_klopt import (
    PERSONEN,
    KloptAanbodForm,
    KloptOrganisatieForm,
    KloptRijen,
    WijzigForm,
)
from sociale_kaart.models import Aanbod, Controle, Controleverzoek, Melding, Voorstel
from sociale_kaart.verzoeken import token_hash

ANTWOORDEN_PER_UUR = 200
MISSERS_PER_UUR = 200


def with_key(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view the request that the key in the address belongs to. Unknown, replaced and expired look the same.

    No CSRF cookie: who can forge this request knows the key, and then needs no forgery. Keys cannot be guessed; the
    counters keep a machine that tries, or that has one, from keeping the database busy.
    """

    @csrf_exempt
    @secret_address
    @login_not_required
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def wrapper(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        geldig = Controleverzoek.objects.valid(timezone.now()).select_related("organisatie")
        verzoek = geldig.filter(token_hash=token_hash(token)).first()
        if verzoek is None:
            if count("klopt") > MISSERS_PER_UUR:
                return render(request, "429.html", status=429)
            return _unknown(request)
        if request.method == "POST" and count(f"klopt:{verzoek.pk}") > ANTWOORDEN_PER_UUR:
            return render(request, "429.html", status=429)
        return view(request, verzoek, **kwargs)

    return wrapper


def _unknown(request: HttpRequest) -> HttpResponse:
    return render(request, "sociale_kaart/klopt_onbekend.html", status=404)


@with_key
def klopt(request: HttpRequest, verzoek: Controleverzoek) -> HttpResponse:
    """GET shows what the map says; POST answers for one offer or for all that wait."""
    aanbod = list(_aanbod(verzoek))
    if request.method == "POST":
        return _answer(request, verzoek, aanbod)
    wacht = [item for item in aanbod if antwoord_van(item, verzoek) == ""]
    context = {
        "verzoek": verzoek,
        "organisatie": verzoek.organisatie,
        "personen": verzoek.organisatie.contactpersonen.all(),
        "rijen": [(item, antwoord_van(item, verzoek), unchecked(item, verzoek)) for item in aanbod],
        "wacht": wacht,
        "gewijzigd": verzoek.organisatie.voorstellen.open().filter(aanbod=None).exists(),
        "gezien": str(timezone.now().timestamp()),
        "veranderd": "veranderd" in request.GET,
        "niets": "niets" in request.GET,
    }
    return render(request, "sociale_kaart/klopt.html", context)


def antwoord_van(aanbod: Aanbod, verzoek: Controleverzoek) -> str:
    """What the organisation said since it was asked: "gewijzigd", "weg", "klopt", or "" while it said nothing."""
    if aanbod.voorstellen.all():
        return "gewijzigd"
    eigen = [melding for melding in aanbod.open_meldingen if melding.bron == Melding.Bron.CONTROLE]
    if eigen:
        weg = any(melding.soort == Melding.Soort.BESTAAT_NIET for melding in eigen)
        return "weg" if weg else "gewijzigd"
    return "" if unchecked(aanbod, verzoek) else "klopt"


def unchecked(aanbod: Aanbod, verzoek: Controleverzoek) -> list[str]:
    """The groups that nobody checked since the organisation was asked, and that it wants nothing changed of."""
    gewenst = {naam for voorstel in aanbod.voorstellen.all() for naam in voorstel.velden}
    bezet = {controle.VELDEN_AANBOD[naam] for naam in gewenst}
    return [
        groep
        for groep, laatste in aanbod.controle_per_groep
        if groep not in bezet and (laatste is None or laatste.op < verzoek.gemaakt_op)
    ]


def _aanbod(verzoek: Controleverzoek) -> Any:
    open_voorstellen = Prefetch("voorstellen", Voorstel.objects.open())
    return verzoek.organisatie.aanbod.current().for_row().prefetch_related(open_voorstellen)


@transaction.atomic
def _answer(request: HttpRequest, verzoek: Controleverzoek, aanbod: list[Aanbod]) -> HttpResponse:
    wat, _, pk = request.POST.get("antwoord", "").partition(":")
    welke = [item for item in aanbod if str(item.pk) == pk]
    if wat == "alles":
        welke = [item for item in aanbod if antwoord_van(item, verzoek) == ""]
    if not welke:
        return redirect(request.path)
    if wat in {"klopt", "alles"}:
        gezien = _seen(request.POST)
        nieuw = [item for item in welke if item.gewijzigd_op > gezien]
        for item in welke:
            if item not in nieuw:
                groepen = unchecked(item, verzoek)
                controle.confirm(aanbod=[item], groepen=groepen, door=Controle.Door.PARTNER)
        if nieuw:
            return redirect(f"{request.path}?veranderd#aanbod-{nieuw[0].pk}")
    elif wat == "weg":
        controle.report(aanbod=welke[0], soort=Melding.Soort.BESTAAT_NIET, bron=Melding.Bron.CONTROLE)
    elif wat == "toch-niet":
        controle.retract(aanbod=welke[0])
    else:
        return redirect(request.path)
    answered(verzoek)
    return redirect(f"{request.path}#aanbod-{pk}" if pk else request.path)


def answered(verzoek: Controleverzoek) -> None:
    """Remember the first answer."""
    Controleverzoek.objects.filter(pk=verzoek.pk, beantwoord_op=None).update(beantwoord_op=timezone.now())


def _seen(post: QueryDict) -> datetime:
    """When the page was made that was answered; what changed after that was not on it."""
    try:
        return datetime.fromtimestamp(float(post.get("gezien", "")), UTC)
    except (ValueError, OverflowError, OSError):
        return timezone.now()


@with_key
def klopt_wijzigen(request: HttpRequest, verzoek: Controleverzoek, pk: int) -> HttpResponse:
    """Change one offer: what is sent waits for the coordinator."""
    aanbod = _aanbod(verzoek).filter(pk=pk).first()
    if aanbod is None:
        return _unknown(request)
    voorstel = next(iter(aanbod.voorstellen.all()), None)
    data = request.POST if request.method == "POST" else None
    form = KloptAanbodForm(data, instance=aanbod, voorstel=voorstel)
    rijen = KloptRijen(data, soort=TIJDEN, eigenaar=aanbod, prefix="tijden")
    return _change(request, verzoek, aanbod, form, rijen, voorstel)


@with_key
def klopt_organisatie(request: HttpRequest, verzoek: Controleverzoek) -> HttpResponse:
    """Change what is said of the organisation itself, and whom to ask for."""
    organisatie = verzoek.organisatie
    voorstel = organisatie.voorstellen.open().filter(aanbod=None).first()
    data = request.POST if request.method == "POST" else None
    form = KloptOrganisatieForm(data, instance=organisatie, voorstel=voorstel)
    rijen = KloptRijen(data, soort=PERSONEN, eigenaar=organisatie, prefix="personen")
    return _change(request, verzoek, None, form, rijen, voorstel)


def _change(
    request: HttpRequest,
    verzoek: Controleverzoek,
    aanbod: Aanbod | None,
    form: WijzigForm,
    rijen: KloptRijen,
    voorstel: Voorstel | None,
) -> HttpResponse:
    """Rows that were left alone are no wish, also not to take back an earlier one."""
    if form.is_valid() and rijen.is_valid():
        velden = form.wensen
        lijst = rijen.soort.naam
        if rijen.as_data != controle.current_value(aanbod or verzoek.organisatie, lijst):
            velden[lijst] = rijen.as_data
        return _send(request, verzoek, aanbod, velden, form.cleaned_data.get("opmerking", ""))
    context = {
        "organisatie": verzoek.organisatie,
        "aanbod": aanbod,
        "form": form,
        "rijen": rijen,
        "doorgegeven": bool(voorstel and rijen.soort.naam in voorstel.velden),
        "terug": f"../#aanbod-{aanbod.pk}" if aanbod else "../",
    }
    return render(request, "sociale_kaart/klopt_wijzigen.html", context, status=422 if form.is_bound else 200)


@transaction.atomic
def _send(
    request: HttpRequest,
    verzoek: Controleverzoek,
    aanbod: Aanbod | None,
    velden: dict[str, Any],
    opmerking: str,
) -> HttpResponse:
    """Back to the page with all of it, which says what was passed on."""
    voorstel = controle.propose(organisatie=verzoek.organisatie, aanbod=aanbod, velden=velden, door=None)
    if aanbod and opmerking:
        controle.report(
            aanbod=aanbod,
            soort=Melding.Soort.KLOPT_NIET,
            bron=Melding.Bron.CONTROLE,
            toelichting=opmerking,
        )
    niets = voorstel is None and not opmerking
    if not niets:
        answered(verzoek)
    anker = f"#aanbod-{aanbod.pk}" if aanbod else ""
    return redirect(f"../{'?niets' if niets else ''}{anker}")

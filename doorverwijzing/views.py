"""The desk's side of a referral: make one, follow it, send it again, withdraw it."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from balie.huidig import huidig_infopunt
from balie.permissions import medewerker, requires
from doorverwijzing import actions, partnercode, toestemming
from doorverwijzing.adressen import can_be_mailed
from doorverwijzing.belofte import kept_lately
from doorverwijzing.forms import DoorverwijzingForm, LijstFilterForm
from doorverwijzing.forms_opvolgen import BelnotitieForm, OvernemenForm
from doorverwijzing.intrekken import code_for
from doorverwijzing.kaartje import TALEN, TEKSTEN
from doorverwijzing.models import Door, Doorverwijzing, Status, Wijze
from doorverwijzing.opvolgen import alternatives
from doorverwijzing.permissions import may_answer, may_follow, may_refer, may_see_board, may_see_inspections
from sociale_kaart import zoekgeheugen
from sociale_kaart.models import Aanbod

PER_BLADZIJDE = 25
GEEN_INFOPUNT = "Je bent nog aan geen infopunt gekoppeld. Vraag de coördinator om dat te doen."


def get_verwijzing(request: HttpRequest, pk: UUID) -> Doorverwijzing:
    """Fetch and authorise: somebody else's referral is as unknown as one that never was."""
    return get_object_or_404(Doorverwijzing.objects.visible_to(medewerker(request)).for_list(), pk=pk)


def al_geregistreerd(request: HttpRequest) -> str:
    """What goes behind an address when the question was logged before. It travels there and is kept nowhere: nothing
    may tie a question to a referral."""
    return "?geregistreerd" if "geregistreerd" in request.GET else ""


@require_GET
@requires(may_follow)
def lijst(request: HttpRequest) -> HttpResponse:
    form = LijstFilterForm(request.GET)
    zichtbaar = Doorverwijzing.objects.visible_to(medewerker(request)).for_list()
    context = {
        "form": form,
        "stand": form["stand"].value() or form.Welke.OPEN,
        "pagina": Paginator(form.filter(zichtbaar), PER_BLADZIJDE).get_page(request.GET.get("bladzijde")),
        "is_partner": may_answer(medewerker(request).rol),
        "mag_bord": may_see_board(medewerker(request).rol),
    }
    return render(request, "doorverwijzing/lijst.html", context)


@require_http_methods(["GET", "POST"])
@requires(may_refer)
def nieuw(request: HttpRequest, aanbod_id: int) -> HttpResponse:
    """The form for a warm referral to whoever gives this offer."""
    aanbod = get_object_or_404(Aanbod.objects.current().for_row(), pk=aanbod_id)
    infopunt = huidig_infopunt(request)
    if infopunt is None:
        messages.warning(request, GEEN_INFOPUNT)
        return redirect(aanbod)
    if not can_be_mailed(aanbod):
        messages.info(request, "Van deze organisatie hebben we geen mailadres. Bel samen met de bezoeker.")
        return redirect(reverse("doorverwijzing:samen", args=[aanbod.pk]) + al_geregistreerd(request))
    form = DoorverwijzingForm(request.POST or None, aanbod=aanbod)
    if form.is_valid():
        if form.declined:
            actions.refer_cold(id=form.cleaned_data["id"], aanbod=aanbod, infopunt=infopunt)
            messages.info(request, "Over de bezoeker is niets bewaard. Geef dit kaartje mee.")
            return redirect("sociale_kaart:kaartje", pk=aanbod.pk)
        verwijzing = actions.refer(
            id=form.cleaned_data["id"],
            aanbod=aanbod,
            contact=form.cleaned_data["contact"] or aanbod.eerste_contact,
            infopunt=infopunt,
            gegevens=form.gegevens(),
            wijze=form.cleaned_data["toestemming"],
            by=medewerker(request),
        )
        zoekgeheugen.chosen(request, aanbod)
        return redirect(verwijzing.get_absolute_url() + al_geregistreerd(request))
    nu = timezone.now()
    context = {
        "form": form,
        "aanbod": aanbod,
        "vervolg": al_geregistreerd(request),
        "beloofd_op": actions.promised_date(nu, aanbod.organisatie.belofte_werkdagen),
        "nagekomen": kept_lately(aanbod.organisatie),
        "toestemming_vraag": toestemming.VRAAG,
        "toestemming_regels": toestemming.regels(aanbod.organisatie.naam, actions.expiry_date(nu)),
    }
    return render(request, "doorverwijzing/nieuw.html", context, status=422 if form.errors else 200)


@require_GET
@requires(may_refer)
def toestemming_op_papier(request: HttpRequest, aanbod_id: int) -> HttpResponse:
    """The same text to read from paper and to take home. There is nothing to sign and no name on it."""
    aanbod = get_object_or_404(Aanbod.objects.current().select_related("organisatie"), pk=aanbod_id)
    context = {
        "aanbod": aanbod,
        "vraag": toestemming.VRAAG,
        "regels": toestemming.regels(aanbod.organisatie.naam, actions.expiry_date(timezone.now())),
        "versie": toestemming.VERSIE,
    }
    return render(request, "doorverwijzing/toestemming.html", context)


@require_GET
@requires(may_follow)
def detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The course of one referral; a partner goes on to the page where they answer."""
    if may_answer(medewerker(request).rol):
        return redirect("doorverwijzing:terugkoppeling", pk=pk)
    return render_detail(request, get_verwijzing(request, pk))


def render_detail(
    request: HttpRequest, verwijzing: Doorverwijzing, *, status: int = 200, **formulieren: Form
) -> HttpResponse:
    """The page of one referral; `formulieren` takes the place of an empty form when something was wrong in it."""
    rol = medewerker(request).rol
    liep_vast = verwijzing.status in {Status.NIET_BEREIKT, Status.NIET_PASSEND}
    vraagt_iets = verwijzing.dagen_te_laat or verwijzing.hindernis or liep_vast
    context = {
        "verwijzing": verwijzing,
        "gebeurtenissen": verwijzing.gebeurtenissen.all(),
        "belnotities": verwijzing.belnotities.all(),
        "belnotitie": BelnotitieForm(),
        "overnemen": OvernemenForm(verwijzing=verwijzing),
        "code": partnercode.code_for(verwijzing) if verwijzing.is_open else "",
        "toestemming": getattr(verwijzing, "toestemming", None),
        "inzagen": verwijzing.inzagen.select_related("medewerker") if may_see_inspections(rol) else None,
        "onderwerp": verwijzing.aanbod.onderwerpen.first() if verwijzing.aanbod else None,
        "anderen": alternatives(verwijzing) if vraagt_iets else [],
        **formulieren,
    }
    return render(request, "doorverwijzing/detail.html", context, status=status)


@require_POST
@requires(may_refer)
def intrekken(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The visitor changed their mind: the details go at once."""
    return _step(request, pk, "Ingetrokken. De gegevens zijn gewist.", _withdraw)


@require_GET
@requires(may_refer)
def kaartje(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the visitor takes home: who calls, when, and how to change their mind. Without their name.

    After calling or walking along together: whom they spoke to, and when the appointment is.
    """
    verwijzing = get_verwijzing(request, pk)
    velden = set(verwijzing.toestemming.velden) if verwijzing.wijze == Wijze.MAIL else set()
    taal = request.GET.get("taal", "nl")
    if taal not in TALEN:
        taal = "nl"
    context = {
        "verwijzing": verwijzing,
        "taal": taal,
        "talen": TALEN,
        "tekst": TEKSTEN[taal],
        "code": code_for(verwijzing),
        "adres": f"{settings.ADRES}{reverse('doorverwijzing:intrekken_bezoeker')}",
        "tijden": verwijzing.infopunt.tijden.all(),
        "adres_smiley": f"{settings.ADRES}{reverse('doorverwijzing:hoe_was_het')}",
        "samen": verwijzing.wijze != Wijze.MAIL,
        "per_mail": "email" in velden,
        "gaat_langs": not {"email", "telefoon"} & velden,
    }
    return render(request, "doorverwijzing/kaartje.html", context)


@require_POST
@requires(may_refer)
def opnieuw_versturen(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _step(request, pk, "De mail gaat opnieuw weg, met een nieuwe link.", actions.send_again)


def _withdraw(*, doorverwijzing: Doorverwijzing) -> None:
    if not doorverwijzing.is_open:
        raise actions.OngeldigeOvergang
    actions.withdraw(doorverwijzing=doorverwijzing, door=Door.BALIE)


def _step(request: HttpRequest, pk: UUID, gelukt: str, action) -> HttpResponse:  # type: ignore[no-untyped-def]
    """Do one thing to a referral and go back to it; when it is too late for it, say so."""
    verwijzing = get_verwijzing(request, pk)
    try:
        action(doorverwijzing=verwijzing)
    except actions.OngeldigeOvergang:
        messages.warning(request, "Dit kan niet meer: de doorverwijzing is al afgelopen.")
    else:
        messages.success(request, gelukt)
    return redirect(verwijzing)

"""What is on this week, calendars to subscribe to, and calendars of partners to show."""

from datetime import timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import (
    condition,
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)

from balie.huidig import huidig_infopunt
from balie.models import Infopunt, Kern
from balie.permissions import medewerker, requires
from sociale_kaart import agenda_uit
from sociale_kaart.agenda import week_in
from sociale_kaart.agenda_bronnen import queue_fetch
from sociale_kaart.forms_agenda import AgendabronForm, AgendaForm
from sociale_kaart.models import Aanbod, AanbodQuerySet, Agendabron, Locatie, Organisatie
from sociale_kaart.permissions import may_manage_calendars, may_search
from sociale_kaart.vandaag import is_in

WEEK = timedelta(days=7)
EEN_DAG = 24 * 60 * 60
KALENDER = "text/calendar; charset=utf-8"


@require_GET
@requires(may_search)
def agenda(request: HttpRequest) -> HttpResponse:
    """The week of a village; without a choice that of the desk."""
    nu, infopunt = timezone.now(), huidig_infopunt(request)
    vandaag = timezone.localdate(nu)
    form = AgendaForm(request.GET, eigen_kern=infopunt.kern if infopunt else None, vandaag=vandaag)
    maandag = form.maandag
    context = {
        "form": form,
        "vandaag": vandaag,
        "nu": nu,
        "week": week_in(form.plaats, maandag, activiteiten=form.alleen_activiteiten) if form.plaats else None,
        "maandag": maandag,
        "zondag": maandag + timedelta(days=6),
        "deze_week": maandag <= vandaag < maandag + WEEK,
        "vorige_url": form.adres(maandag - WEEK),
        "volgende_url": form.adres(maandag + WEEK),
        "nu_url": form.adres(None),
        "abonnementen": [_abonnement(punt) for punt in Infopunt.objects.filter(kern=form.plaats)],
        "mag_bronnen": may_manage_calendars(medewerker(request).rol),
    }
    return render(request, "sociale_kaart/agenda.html", context)


def _abonnement(infopunt: Infopunt) -> tuple[Infopunt, str, str]:
    """The desk, its address as a subscription, and as a file."""
    pad = reverse("agenda_infopunt", args=[infopunt.pk])
    return infopunt, f"webcal://{urlsplit(settings.ADRES).netloc}{pad}", f"{settings.ADRES}{pad}"


@require_http_methods(["GET", "HEAD", "POST"])
@requires(may_manage_calendars)
def bronnen(request: HttpRequest) -> HttpResponse:
    """The calendars of partners that we show, and adding one."""
    form = AgendabronForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            queue_fetch(form.save())
        messages.success(request, "De agenda staat erbij. We halen hem nu op. Dat duurt hooguit een minuut.")
        return redirect("sociale_kaart:agendabronnen")
    context = {"form": form, "bronnen": Agendabron.objects.for_list(timezone.now())}
    return render(request, "sociale_kaart/agendabronnen.html", context, status=422 if form.errors else 200)


@require_POST
@requires(may_manage_calendars)
def bron_ophalen(request: HttpRequest, pk: int) -> HttpResponse:
    bron = get_object_or_404(Agendabron.objects.select_related("organisatie"), pk=pk)
    queue_fetch(bron)
    messages.info(
        request, f"We halen de agenda van {bron.organisatie} op. Ververs de pagina over een minuut."
    )
    return redirect("sociale_kaart:agendabronnen")


@require_POST
@requires(may_manage_calendars)
def bron_weghalen(request: HttpRequest, pk: int) -> HttpResponse:
    """The calendar and everything out of it."""
    bron = get_object_or_404(Agendabron.objects.select_related("organisatie"), pk=pk)
    bron.delete()
    messages.success(request, f"De agenda van {bron.organisatie} is weg.")
    return redirect("sociale_kaart:agendabronnen")


def _inhoud(soort: str, pk: int) -> tuple[str, AanbodQuerySet, Kern | None]:
    """Name and offers of a calendar: all of an organisation, or those with hours in the village of a desk."""
    aanbod = Aanbod.objects.current()
    if soort == "organisatie":
        organisatie = get_object_or_404(Organisatie.objects.current(), pk=pk)
        return organisatie.naam, aanbod.filter(organisatie=organisatie), None
    kern = get_object_or_404(Infopunt.objects.select_related("kern"), pk=pk).kern
    return f"Wat is er te doen in {kern}", aanbod.with_hours_in(kern), kern


def _staat(request: HttpRequest, *, soort: str, pk: int) -> str:
    """Changes when the calendar does: with the map, the month, or the name on it."""
    naam, aanbod, _ = _inhoud(soort, pk)
    eerste, _ = agenda_uit.horizon(timezone.localdate())
    staat = repr((agenda_uit.VERSIE, soort, pk, eerste, naam, *aanbod.last_changed()))
    return f'"{sha256(staat.encode()).hexdigest()}"'


@require_safe
@login_not_required
@condition(etag_func=_staat)
def kalender(request: HttpRequest, *, soort: str, pk: int) -> HttpResponse:
    """A public iCalendar feed of a desk's village or of an organisation."""
    # What has the same state has the same content, so it is worked out once.
    inhoud = cache.get_or_set(
        f"agenda:{_staat(request, soort=soort, pk=pk)}", lambda: _ical(soort, pk), EEN_DAG
    )
    antwoord = HttpResponse(inhoud, content_type=KALENDER)
    antwoord["Content-Disposition"] = f'inline; filename="{soort}-{pk}.ics"'
    antwoord["Cache-Control"] = "public, max-age=3600"
    return antwoord


def _ical(soort: str, pk: int) -> bytes:
    naam, aanbod, kern = _inhoud(soort, pk)

    def waar(locatie: Locatie | None) -> bool:
        return kern is None or is_in(kern, locatie)

    return agenda_uit.make_calendar(naam, aanbod.for_calendar(), timezone.localdate(), waar=waar)

"""Figures for outsiders: a coordinator hands out links and opens the data; everybody else only looks."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import condition, require_http_methods, require_POST, require_safe

from balie.permissions import medewerker, requires
from infopunt.grenzen import count
from infopunt.security import secret_address
from rapportage import open_data as gegevens
from rapportage.buiten import (
    BuitenKeuze,
    BuitenlinkForm,
    Overzicht,
    make_link,
    mark_opened,
    revoke,
    token_hash,
)
from rapportage.forms_open_data import OpenDataForm
from rapportage.models import Buitenlink, Publicatie
from rapportage.navigatie import zichtbare_paginas
from rapportage.onderdrukking import BUITEN
from rapportage.permissions import may_report
from rapportage.publiceren import publish_again, publish_finished
from sociale_kaart.hsds.antwoord import te_vaak

# Nobody guesses 256 bits; this keeps a machine that tries, or that has a link, from keeping the database busy.
MISSERS_PER_UUR = 500
KEREN_PER_UUR = 200


@require_http_methods(["GET", "HEAD", "POST"])
@requires(may_report)
def links(request: HttpRequest) -> HttpResponse:
    """All links, and a form for one more. A new link is shown in the answer itself, and nowhere after that."""
    is_post = request.method == "POST"
    form = BuitenlinkForm(request.POST if is_post else None, vandaag=timezone.localdate())
    if form.is_valid() and (gemaakt := make_link(form, by=medewerker(request))):
        link, token = gemaakt
        publish_finished(timezone.localdate())
        adres = settings.ADRES + reverse("rapportage:met_link", args=[token])
        return _links(request, BuitenlinkForm(vandaag=timezone.localdate()), nieuw=link, adres=adres)
    return _links(request, form)


def _links(request: HttpRequest, form: BuitenlinkForm, **extra: Any) -> HttpResponse:
    context = {
        "form": form,
        "links": Buitenlink.objects.all(),
        "publicaties": Publicatie.objects.all(),
        "open_data": gegevens.huidige_open_data(),
        "paginas": zichtbare_paginas(request, ""),
        **extra,
    }
    return render(request, "rapportage/buiten_links.html", context, status=422 if form.errors else 200)


@require_POST
@requires(may_report)
def link_intrekken(request: HttpRequest, pk: int) -> HttpResponse:
    link = get_object_or_404(Buitenlink, pk=pk)
    revoke(link, timezone.now())
    messages.success(request, f"De link voor ‘{link}’ werkt niet meer.")
    return redirect("rapportage:buiten")


@require_POST
@requires(may_report)
def opnieuw(request: HttpRequest, kwartaal: str) -> HttpResponse:
    """Count a published quarter anew."""
    try:
        dag = parse_date(kwartaal)
    except ValueError:
        dag = None
    publicatie = get_object_or_404(Publicatie, kwartaal=dag)
    publish_again(publicatie)
    messages.success(request, f"Het {publicatie} is opnieuw geteld.")
    return redirect("rapportage:buiten")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(may_report)
def open_data_instellen(request: HttpRequest) -> HttpResponse:
    """Open the figures to everybody, or close them again."""
    form = OpenDataForm(
        request.POST if request.method == "POST" else None, instance=gegevens.huidige_open_data()
    )
    if form.is_valid():
        ingesteld = form.save()
        publish_finished(timezone.localdate())
        hoe = "Iedereen kan de cijfers nu zien." if ingesteld.aan else "De open cijfers staan nu uit."
        messages.success(request, f"Opgeslagen. {hoe}")
        return redirect("rapportage:open_data_instellen")
    return render(
        request,
        "rapportage/buiten_open_data_instellen.html",
        {"form": form, "adres": settings.ADRES + reverse("open_data")},
        status=422 if form.errors else 200,
    )


@secret_address
@login_not_required
@require_safe
def met_link(request: HttpRequest, token: str) -> HttpResponse:
    """The figures behind a link. Unknown, revoked and expired look the same."""
    link = Buitenlink.objects.open(timezone.localdate()).filter(token_hash=token_hash(token)).first()
    if link is None:
        if count("buitenlink") > MISSERS_PER_UUR:
            return render(request, "429.html", status=429)
        return render(request, "rapportage/buiten_onbekend.html", status=404)
    if count(f"buitenlink:{link.pk}") > KEREN_PER_UUR:
        return render(request, "429.html", status=429)
    mark_opened(link)
    publicaties = list(Publicatie.objects.all())
    keuze = BuitenKeuze(request.GET, publicaties=publicaties)
    overzicht = Overzicht(keuze, publicaties) if publicaties and keuze.is_valid() else None
    context = {
        "link": link,
        "form": keuze,
        "publicaties": publicaties,
        "overzicht": overzicht,
        "regel": BUITEN,
    }
    return render(request, "rapportage/buiten.html", context)


def open_for_all(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A public address: only when it is switched on, not too often, and "not changed" where that is so."""
    voorwaardelijk = condition(etag_func=lambda *args, **kwargs: f'"{gegevens.fingerprint()}"')(view)

    @wraps(view)
    def wrapper(request: HttpRequest) -> HttpResponse:
        if not gegevens.huidige_open_data().aan:
            raise Http404
        if wacht := te_vaak(request):
            response = render(request, "429.html", status=429)
            response["Retry-After"] = str(wacht)
            return response
        response = voorwaardelijk(request)
        response["Access-Control-Allow-Origin"] = "*"
        response["Cache-Control"] = "public, no-cache"
        response["X-Robots-Tag"] = "all"
        return response

    return login_not_required(require_safe(wrapper))


@open_for_all
def open_data_csv(request: HttpRequest) -> HttpResponse:
    return HttpResponse(gegevens.as_csv(), content_type="text/csv; charset=utf-8")


@open_for_all
def open_data_beschrijving(request: HttpRequest) -> HttpResponse:
    return JsonResponse(gegevens.description(), json_dumps_params={"ensure_ascii": False, "indent": 2})


@login_not_required
@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """What there is and what it means, for people."""
    instelling = gegevens.huidige_open_data()
    if not instelling.aan:
        raise Http404
    if te_vaak(request):
        return render(request, "429.html", status=429)
    context = {
        "open_data": instelling,
        "publicaties": Publicatie.objects.all(),
        "kolommen": gegevens.KOLOMMEN,
        "regel": BUITEN,
    }
    response = render(request, "rapportage/buiten_open_data.html", context)
    response["X-Robots-Tag"] = "all"
    return response

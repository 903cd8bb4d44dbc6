"""Putting files into the map: send one, see what it would change, and say that it may."""

import csv
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from balie.permissions import medewerker, requires
from infopunt.htmx import render_page
from sociale_kaart.forms_invoer import InvoerForm, OnderwerpenForm
from sociale_kaart.forms_invoer_tabel import KolommenForm, eerdere_keuze
from sociale_kaart.invoer import stappen, tabel
from sociale_kaart.invoer.overzicht import LIJSTEN, als_tabel, tellers
from sociale_kaart.invoer.rijen import BestandFout
from sociale_kaart.models import Invoer
from sociale_kaart.permissions import may_import

PER_BLADZIJDE = 25
MAX_TERMEN = 100
MAX_WEG = 200
Status = Invoer.Status


@require_http_methods(["GET", "HEAD", "POST"])
@requires(may_import)
def invoeren(request: HttpRequest) -> HttpResponse:
    """What came in before, and room for the next file."""
    form = InvoerForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        bestand = form.cleaned_data["bestand"]
        try:
            nieuw = stappen.receive(
                inhoud=bestand.read(),
                bestandsnaam=bestand.name,
                bron=form.cleaned_data["bron"],
                by=medewerker(request),
            )
        except BestandFout as fout:
            form.add_error("bestand", str(fout))
        else:
            return redirect("sociale_kaart:invoer", nieuw.pk)
    eerder = Invoer.objects.defer("inhoud", "verslag").select_related("gemaakt_door")[:20]
    return render(request, "sociale_kaart/invoer/invoeren.html", {"form": form, "eerder": eerder})


def _invoer(pk: UUID) -> Invoer:
    return get_object_or_404(Invoer.objects.defer("inhoud").select_related("gemaakt_door"), pk=pk)


@require_GET
@requires(may_import)
def invoer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where a file is: its columns, how far it is, what it would change, or what it did."""
    gevonden = _invoer(pk)
    return _toon(request, gevonden)


def _toon(request: HttpRequest, gevonden: Invoer, status: int = 200, **meer: Any) -> HttpResponse:
    context: dict[str, Any] = {"invoer": gevonden, "bezig": gevonden.status in stappen.BEZIG} | meer
    if gevonden.status == Status.KOLOMMEN and "kolommenform" not in context:
        context["kolommenform"] = KolommenForm(
            tabel.kolommen(bytes(gevonden.inhoud or b"")), eerder=eerdere_keuze()
        )
    if gevonden.status in {Status.VOORBEELD, Status.KLAAR}:
        context |= _verslag(request, gevonden)
    return render_page(request, "sociale_kaart/invoer/invoer.html", context, partial="stand", status=status)


def _verslag(request: HttpRequest, gevonden: Invoer) -> dict[str, Any]:
    """One list of the report, by the page."""
    verslag = gevonden.verslag
    gevuld = [lijst for lijst in LIJSTEN if verslag.get(lijst)]
    gekozen = request.GET.get("lijst")
    lijst = gekozen if gekozen in gevuld else next(iter(gevuld), "")
    rijen = Paginator(verslag.get(lijst, []), PER_BLADZIJDE)
    weg = verslag.get("weg", []) if gevonden.status == Status.VOORBEELD else []
    termen = _termen(gevonden) if gevonden.status == Status.VOORBEELD else {}
    return {
        "tellers": tellers(verslag),
        "lijst": lijst,
        "keuzes": [(naam, LIJSTEN[naam], len(verslag[naam])) for naam in gevuld],
        "pagina": rijen.get_page(request.GET.get("pagina")),
        "weg": weg[:MAX_WEG],
        "meer_weg": max(0, len(weg) - MAX_WEG),
        "onderwerpenform": OnderwerpenForm(termen) if termen else None,
        "wijzigt": any(verslag.get(naam) for naam in ("nieuw", "gewijzigd", "weg")),
    }


def _termen(gevonden: Invoer) -> dict[str, int]:
    """Terms that are none of our topics, the commonest first. In a table there is nothing to choose."""
    if gevonden.soort not in stappen.HSDS:
        return {}
    return dict(list(gevonden.verslag.get("onbekende_onderwerpen", {}).items())[:MAX_TERMEN])


@require_POST
@requires(may_import)
def kolommen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say which column is what."""
    gevonden = get_object_or_404(Invoer, pk=pk, soort=Invoer.Soort.TABEL)
    if gevonden.inhoud is None:
        return redirect("sociale_kaart:invoer", pk)
    form = KolommenForm(tabel.kolommen(bytes(gevonden.inhoud or b"")), request.POST)
    if not form.is_valid():
        gevonden.status = Status.KOLOMMEN
        return _toon(request, gevonden, kolommenform=form)
    stappen.read_again(invoer=gevonden, kolommen=form.keuze)
    return redirect("sociale_kaart:invoer", pk)


@require_POST
@requires(may_import)
def onderwerpen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say which topic a term of the source is; the preview is made anew."""
    gevonden = get_object_or_404(Invoer, pk=pk, status=Status.VOORBEELD)
    form = OnderwerpenForm(_termen(gevonden), request.POST)
    if form.is_valid():
        stappen.read_again(invoer=gevonden, kolommen=gevonden.kolommen | form.keuzes)
    return redirect("sociale_kaart:invoer", pk)


@require_POST
@requires(may_import)
def verwerken(request: HttpRequest, pk: UUID) -> HttpResponse:
    """It may be written. Only what the preview called gone can be archived."""
    gevonden = _invoer(pk)
    weg = {regel["pk"] for regel in gevonden.verslag.get("weg", [])}
    gekozen = weg & {int(keuze) for keuze in request.POST.getlist("weg") if keuze.isdecimal()}
    stappen.carry_out(invoer=gevonden, archiveer=gekozen)
    return redirect("sociale_kaart:invoer", pk)


@require_POST
@requires(may_import)
def opnieuw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Try again: read the file anew, or choose its columns anew."""
    gevonden = get_object_or_404(Invoer.objects.exclude(status=Status.KLAAR), pk=pk)
    if gevonden.soort == Invoer.Soort.TABEL and gevonden.inhoud is not None:
        Invoer.objects.filter(pk=pk).update(status=Status.KOLOMMEN, fout="")
    else:
        stappen.read_again(invoer=gevonden)
    return redirect("sociale_kaart:invoer", pk)


@require_GET
@requires(may_import)
def lijst_csv(request: HttpRequest, pk: UUID, lijst: str) -> HttpResponse:
    """A whole list of the report as a table. Refused rows come with their own columns, to be mended and sent again."""
    gevonden = _invoer(pk)
    if lijst not in LIJSTEN:
        raise Http404
    antwoord = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    antwoord["Content-Disposition"] = f'attachment; filename="{lijst}.csv"'
    csv.writer(antwoord, delimiter=";").writerows(als_tabel(lijst, gevonden.verslag.get(lijst, [])))
    return antwoord

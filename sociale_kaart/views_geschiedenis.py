"""Coordinators see what changed on the map, and take back what should not have."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from balie.permissions import medewerker, requires
from sociale_kaart import terugzetten
from sociale_kaart.forms_geschiedenis import GeschiedenisForm
from sociale_kaart.geschiedenis import Wijziging, changes, describe
from sociale_kaart.models import Organisatie
from sociale_kaart.permissions import may_edit_map
from sociale_kaart.tasks import undo_change
from sociale_kaart.terugzetten import NietAlles, Stap
from sociale_kaart.wijziging import Rij, Woorden, rows_of

PER_KEER = 25
PER_KEER_UITGESCHREVEN = 10
# From here on undoing takes longer than somebody wants to wait for a page.
GROOT = 300
HOOGSTENS = 100
UIT_GROOT = 30


@require_GET
@requires(may_edit_map)
def geschiedenis(request: HttpRequest) -> HttpResponse:
    """All changes, newest first."""
    form = GeschiedenisForm(request.GET)
    gekozen = form.cleaned_data if form.is_valid() else {}
    gevonden = changes(gekozen.get("organisatie"), gekozen.get("groep") or "")
    pagina = Paginator(gevonden, PER_KEER).get_page(request.GET.get("pagina"))
    context = {"form": form, "pagina": pagina, "wijzigingen": describe(pagina)}
    return render(request, "sociale_kaart/geschiedenis/lijst.html", context)


@require_GET
@requires(may_edit_map)
def organisatie(request: HttpRequest, pk: int) -> HttpResponse:
    """What changed at one organisation, written out."""
    gevonden = get_object_or_404(Organisatie, pk=pk)
    pagina = Paginator(changes(gevonden), PER_KEER_UITGESCHREVEN).get_page(request.GET.get("pagina"))
    wijzigingen = describe(pagina)
    rijen = rows_of([item.id for item in wijzigingen], gevonden, HOOGSTENS)
    woorden = Woorden(rij for lijst in rijen.values() for rij in lijst)
    context = {
        "organisatie": gevonden,
        "pagina": pagina,
        "wijzigingen": [(item, woorden.parts(rijen[item.id], {})) for item in wijzigingen],
    }
    return render(request, "sociale_kaart/geschiedenis/organisatie.html", context)


@require_http_methods(["GET", "POST"])
@requires(may_edit_map)
def wijziging(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One change: what was, what became, and a way back."""
    gevonden = next(iter(describe(changes().filter(pk=pk))), None)
    if gevonden is None:
        raise Http404
    if request.method == "POST":
        return _undo(request, gevonden)
    stappen = None if gevonden.totaal > GROOT else terugzetten.plan(pk)
    return _show(request, gevonden, stappen)


def _undo(request: HttpRequest, wijziging: Wijziging) -> HttpResponse:
    by = medewerker(request)
    if wijziging.totaal > GROOT:
        with transaction.atomic():
            undo_change.defer(context_id=str(wijziging.id), medewerker_id=by.pk)
        messages.info(request, "Dit is veel. Het wordt nu teruggezet. Kijk over een paar minuten nog eens.")
        return redirect("sociale_kaart:geschiedenis")
    try:
        stappen = terugzetten.undo(context_id=wijziging.id, by=by, rest="rest" in request.POST)
    except NietAlles as niet:
        return _show(request, wijziging, niet.stappen, status=409)
    niet_alles = any(stap.kan_niet for stap in stappen)
    messages.success(request, "Teruggezet, behalve wat later veranderd is." if niet_alles else "Teruggezet.")
    return redirect(reverse("sociale_kaart:wijziging", args=[wijziging.id]))


def _show(
    request: HttpRequest, wijziging: Wijziging, stappen: list[Stap] | None, status: int = 200
) -> HttpResponse:
    """`stappen` is None when the change is too large to work out for a page: then a part of it is shown."""
    rijen: list[Rij] = (
        rows_of([wijziging.id], hoogstens=UIT_GROOT)[wijziging.id]
        if stappen is None
        else [stap.rij for stap in stappen]
    )
    delen = Woorden(rijen).parts(rijen, _remarks(stappen or []))
    context: dict[str, Any] = {
        "wijziging": wijziging,
        "delen": delen[:UIT_GROOT] if stappen is None else delen,
        "groot": stappen is None,
        "geweigerd": status != 200,
        "kan_niet": any(stap.kan_niet for stap in stappen or []),
        "iets": stappen is None
        or any(stap.doe and (stap.velden or stap.doe == "verwijder") for stap in stappen),
    }
    return render(request, "sociale_kaart/geschiedenis/wijziging.html", context, status=status)


def _remarks(stappen: list[Stap]) -> dict[Any, dict[str, str]]:
    """Per row what to know about undoing it."""
    return {
        (stap.rij.model, stap.rij.id): stap.kan_niet or {"": stap.let_op}
        for stap in stappen
        if stap.kan_niet or stap.let_op
    }

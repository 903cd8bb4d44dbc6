"""Referring with the visitor beside us, and choosing what to refer to at an organisation."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from balie.huidig import huidig_infopunt
from balie.permissions import medewerker, requires
from doorverwijzing import actions
from doorverwijzing.adressen import can_be_mailed
from doorverwijzing.forms_samen import SamenForm
from doorverwijzing.permissions import may_refer
from doorverwijzing.views import GEEN_INFOPUNT, al_geregistreerd
from sociale_kaart import zoekgeheugen
from sociale_kaart.models import Aanbod, Organisatie


@require_http_methods(["GET", "POST"])
@requires(may_refer)
def samen(request: HttpRequest, aanbod_id: int) -> HttpResponse:
    """Call together or walk along: the visitor speaks, we only note how it went."""
    aanbod = get_object_or_404(Aanbod.objects.current().for_row(), pk=aanbod_id)
    infopunt = huidig_infopunt(request)
    if infopunt is None:
        messages.warning(request, GEEN_INFOPUNT)
        return redirect(aanbod)
    form = SamenForm(request.POST or None, aanbod=aanbod)
    if form.is_valid():
        data = form.cleaned_data
        verwijzing = actions.refer_together(
            id=data["id"],
            aanbod=aanbod,
            contact=data["contact"] or aanbod.eerste_contact,
            infopunt=infopunt,
            wijze=data["wijze"],
            afloop=actions.Afloop(data["uitkomst"], data["reden"], afspraak_op=form.afspraak_op),
            by=medewerker(request),
        )
        zoekgeheugen.chosen(request, aanbod)
        messages.success(request, "Opgeslagen. Over de bezoeker is niets bewaard.")
        return redirect(verwijzing.get_absolute_url() + al_geregistreerd(request))
    context = {
        "form": form,
        "aanbod": aanbod,
        "vervolg": al_geregistreerd(request),
        "kan_mailen": can_be_mailed(aanbod),
    }
    return render(request, "doorverwijzing/samen.html", context, status=422 if form.errors else 200)


@require_GET
@requires(may_refer)
def bij_organisatie(request: HttpRequest, pk: int) -> HttpResponse:
    """What of this organisation is it about? With one offer there is nothing to ask."""
    organisatie = get_object_or_404(Organisatie.objects.current(), pk=pk)
    aanbod = list(organisatie.aanbod.current())
    vervolg = al_geregistreerd(request)
    if len(aanbod) == 1:
        return redirect(reverse("doorverwijzing:nieuw", args=[aanbod[0].pk]) + vervolg)
    context = {"organisatie": organisatie, "aanbod": aanbod, "vervolg": vervolg}
    return render(request, "doorverwijzing/bij_organisatie.html", context)

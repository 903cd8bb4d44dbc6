"""Talking with a visitor: the talking aid, what coordinators write in it, and the picture board."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from balie.huidig import huidig_infopunt
from balie.permissions import medewerker, requires
from infopunt.htmx import render_page
from registratie import praatplaat as plaat
from registratie.forms_praten import GesprekswijzerForm
from registratie.gesprekswijzer import hoofdonderwerp, wijzer_for
from registratie.models import Gesprekswijzer
from registratie.permissions import may_manage, may_register
from sociale_kaart.models import Onderwerp


@require_safe
@requires(may_register)
def gesprekswijzer(request: HttpRequest) -> HttpResponse:
    """The talking aid for a topic: the panel beside the question form, or a page of its own."""
    context = {
        **wijzer_context(request, request.GET.get("onderwerp")),
        "onderwerpen": Onderwerp.objects.filter(ouder=None),
    }
    return render_page(request, "registratie/gesprekswijzer.html", context, partial="wijzer")


def wijzer_context(request: HttpRequest, gekozen: Any) -> dict[str, Any]:
    """What the panel needs, on its own and beside the question form."""
    return {
        "wijzer": wijzer_for(gekozen, huidig_infopunt(request), timezone.now()),
        "mag_aanpassen": may_manage(medewerker(request).rol),
    }


@require_safe
@requires(may_manage)
def gesprekswijzers(request: HttpRequest) -> HttpResponse:
    """Every topic, with what its aid says now."""
    onderwerpen = Onderwerp.objects.filter(ouder=None).select_related("gesprekswijzer")
    context = {
        "algemeen": Gesprekswijzer.objects.filter(onderwerp=None).first(),
        "onderwerpen": onderwerpen,
    }
    return render(request, "registratie/gesprekswijzers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(may_manage)
def gesprekswijzer_wijzigen(request: HttpRequest) -> HttpResponse:
    """Rewrite the aid of the topic in the address; without one, the aid for any talk."""
    gevraagd = request.GET.get("onderwerp")
    onderwerp = hoofdonderwerp(gevraagd)
    if gevraagd and (onderwerp is None or str(onderwerp.pk) != gevraagd):
        raise Http404
    instance = Gesprekswijzer.objects.filter(onderwerp=onderwerp).first()
    form = GesprekswijzerForm(
        request.POST if request.method == "POST" else None,
        instance=instance or Gesprekswijzer(onderwerp=onderwerp),
    )
    if form.is_valid():
        # Not form.save(): two coordinators may be writing the first text of a topic at the same moment.
        Gesprekswijzer.objects.update_or_create(onderwerp=onderwerp, defaults=form.cleaned_data)
        messages.success(request, f"De gesprekswijzer voor {form.instance} is opgeslagen.")
        return redirect("registratie:gesprekswijzers")
    return render(request, "registratie/gesprekswijzer_wijzigen.html", {"form": form, "onderwerp": onderwerp})


@require_safe
@requires(may_register)
def praatplaat(request: HttpRequest) -> HttpResponse:
    """Pictures in the visitor's language; what they point at becomes the topic of the question."""
    taal = plaat.taal_for(request.GET.get("taal", plaat.STANDAARD))
    context = {"taal": taal, "talen": plaat.inhoud()["talen"], "kaarten": plaat.kaarten_for(taal["code"])}
    return render(request, "registratie/praatplaat.html", context)

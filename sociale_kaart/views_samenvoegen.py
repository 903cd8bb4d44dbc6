"""Coordinators make one of what stands on the map twice, and see what is in the archive."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from balie.permissions import medewerker, requires
from sociale_kaart.archief import what_hangs_on
from sociale_kaart.bewerkpagina import back_to
from sociale_kaart.dubbelen import pairs
from sociale_kaart.forms_samenvoegen import SamenvoegForm, TweeForm
from sociale_kaart.models import Aanbod, Locatie, Organisatie
from sociale_kaart.permissions import may_edit_map
from sociale_kaart.samenvoegen import NietSamenTeVoegen, check, merge

SOORTEN: dict[str, Any] = {"organisatie": Organisatie, "aanbod": Aanbod, "plek": Locatie}
TITELS = {"organisatie": "Organisaties", "aanbod": "Aanbod van een organisatie", "plek": "Plekken"}
PER_KEER = 50


@require_GET
@requires(may_edit_map)
def dubbelen(request: HttpRequest) -> HttpResponse:
    """What seems to be there twice, and a way to choose two organisations oneself."""
    form = TweeForm(request.GET if "een" in request.GET else None)
    if form.is_valid():
        een, ander = form.cleaned_data["een"], form.cleaned_data["ander"]
        return redirect("sociale_kaart:samenvoegen_twee", "organisatie", een.pk, ander.pk)
    groepen = [(TITELS[soort], paren) for soort, paren in pairs().items() if paren]
    context = {"form": form, "groepen": groepen}
    status = 422 if form.errors else 200
    return render(request, "sociale_kaart/geschiedenis/dubbelen.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires(may_edit_map)
def samenvoegen(request: HttpRequest, soort: str, blijft: int, gaat: int) -> HttpResponse:
    """The two side by side; which value stays is chosen per field."""
    if soort not in SOORTEN:
        raise Http404
    een, ander = (get_object_or_404(SOORTEN[soort], pk=pk) for pk in (blijft, gaat))
    form = SamenvoegForm(request.POST if request.method == "POST" else None, blijft=een, gaat=ander)
    try:
        check(een, ander)
        if form.is_valid():
            merge(blijft=een, gaat=ander, kolommen=form.gekozen, by=medewerker(request))
            messages.success(request, f"‘{ander}’ en ‘{een}’ zijn nu één.")
            return redirect(back_to(een))
    except NietSamenTeVoegen as fout:
        messages.error(request, str(fout))
        return redirect("sociale_kaart:samenvoegen")
    context = {
        "soort": soort,
        "blijft": een,
        "gaat": ander,
        "form": form,
        "hangt": what_hangs_on(ander),
        "ook": _offered_by_both(een, ander),
        "andersom": reverse("sociale_kaart:samenvoegen_twee", args=[soort, gaat, blijft]),
    }
    status = 422 if form.errors else 200
    return render(request, "sociale_kaart/geschiedenis/samenvoegen.html", context, status=status)


def _offered_by_both(een: Any, ander: Any) -> list[str]:
    """Names of offers that both organisations have: those become one too."""
    if not isinstance(een, Organisatie):
        return []
    namen = een.aanbod.values("naam")
    return list(ander.aanbod.current().filter(naam__in=namen).values_list("naam", flat=True))


@require_GET
@requires(may_edit_map)
def archief(request: HttpRequest) -> HttpResponse:
    """Everything that went to the archive, the last first."""
    organisaties = Organisatie.objects.exclude(gearchiveerd_op=None).select_related("samengevoegd_met")
    aanbod = Aanbod.objects.exclude(gearchiveerd_op=None).defer("zoekvector")
    rijen: list[Any] = [*organisaties, *aanbod.select_related("organisatie", "samengevoegd_met")]
    rijen.sort(key=lambda rij: rij.gearchiveerd_op, reverse=True)
    pagina = Paginator([(rij._meta.model_name, rij) for rij in rijen], PER_KEER).get_page(
        request.GET.get("pagina")
    )
    return render(request, "sociale_kaart/geschiedenis/archief.html", {"pagina": pagina})

"""The overview for the national library, and what our topics count as in it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balie.huidig import infopunten
from balie.permissions import requires
from rapportage.ido import CategorieFormSet, IdoKeuze, IdoOverzicht, KoppelForm, load_defaults
from rapportage.models import IdoCategorie
from rapportage.navigatie import zichtbare_paginas
from rapportage.permissions import may_report


@require_safe
@requires(may_report)
def overzicht(request: HttpRequest) -> HttpResponse:
    """Figures to type over, in the order of the form."""
    keuze = IdoKeuze(request.GET, infopunten=infopunten(request), vandaag=timezone.localdate())
    context = {
        "form": keuze,
        "overzicht": IdoOverzicht(keuze) if keuze.is_valid() else None,
        "heeft_categorieen": IdoCategorie.objects.current().exists(),
        "paginas": zichtbare_paginas(request, ""),
    }
    return render(request, "rapportage/ido.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(may_report)
def koppelen(request: HttpRequest) -> HttpResponse:
    """What each topic counts as."""
    form = KoppelForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        form.save()
        messages.success(request, "Opgeslagen. Het overzicht telt nu zo.")
        return redirect("rapportage:ido")
    return render(request, "rapportage/ido_koppelen.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(may_report)
def categorieen(request: HttpRequest) -> HttpResponse:
    """The lines of the form: their names, their order, and which are gone."""
    formset = CategorieFormSet(request.POST if request.method == "POST" else None)
    if request.method == "POST" and formset.is_valid():
        formset.save()
        messages.success(request, "Opgeslagen.")
        return redirect("rapportage:ido_categorieen")
    fout = formset.is_bound and not formset.is_valid()
    return render(
        request, "rapportage/ido_categorieen.html", {"formset": formset}, status=422 if fout else 200
    )


@require_POST
@requires(may_report)
def standaard(request: HttpRequest) -> HttpResponse:
    """Start with the categories that come along."""
    load_defaults()
    messages.success(request, "De categorieën staan klaar. Kijk na of ze kloppen met het formulier.")
    return redirect("rapportage:ido_categorieen")

"""The progress report, made for paper, and the page on which the coordinator writes in it."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from balie.permissions import requires
from rapportage import verslag as verslagen
from rapportage.cijfers import Rapport
from rapportage.forms import FilterForm
from rapportage.forms_uitvoer import VerslagForm
from rapportage.models import Verslag
from rapportage.permissions import may_report
from rapportage.toelichting import about, notes
from rapportage.views import get_form


@require_safe
@requires(may_report)
def verslag(request: HttpRequest) -> HttpResponse:
    """A filter that is wrong is explained on the page of the figures."""
    form = get_form(request)
    if not form.is_valid():
        return redirect(reverse("rapportage:dashboard") + form.address())
    rapport = Rapport(form)
    woorden = verslagen.words_of(form)
    context = {
        "rapport": rapport,
        "verslag": woorden,
        "hoofdstukken": verslagen.chapters(rapport.tabellen, woorden),
        "samenvatting": verslagen.summary(rapport),
        "opvallend": rapport.patronen.opvallend,
        "over": about(rapport),
        "toelichting": notes(rapport),
        "snel": [
            (keuze.label, form.address(periode=keuze.value, van="", tot=""), form["periode"].value() == keuze)
            for keuze in verslagen.SNEL
        ],
        "infopunten_in_woorden": _in_words([infopunt.naam for infopunt in rapport.infopunten]),
        "adres": form.address(),
        "loopt": verslagen.whole_period(form).tot > form.vandaag,
        "vandaag": timezone.localdate(),
    }
    return render(request, "rapportage/verslag.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(may_report)
def verslag_teksten(request: HttpRequest) -> HttpResponse:
    """Write in the report of this choice."""
    form = get_form(request)
    if not form.is_valid():
        return redirect(reverse("rapportage:dashboard") + form.address())
    if request.method == "POST":
        tekstform = _save(request, form)
        if tekstform.is_valid():
            return redirect(reverse("rapportage:verslag") + form.address())
    else:
        tekstform = VerslagForm(verslag=verslagen.words_of(form))
    context = {
        "form": tekstform,
        "periode": verslagen.whole_period(form),
        "infopunten": form.gekozen,
        "adres": form.address(),
    }
    return render(request, "rapportage/verslag_teksten.html", context)


@transaction.atomic
def _save(request: HttpRequest, form: FilterForm) -> VerslagForm:
    """Keep the words, one sender at a time; of a form with errors nothing."""
    sleutel = verslagen.key_of(form)
    nu = Verslag.objects.select_for_update().filter(**sleutel).first()
    tekstform = VerslagForm(request.POST, verslag=nu or Verslag(**sleutel))
    if tekstform.is_valid():
        Verslag.objects.update_or_create(
            **sleutel, defaults=tekstform.cleaned_data | {"gewijzigd_op": timezone.now()}
        )
    return tekstform


def _in_words(namen: list[str]) -> str:
    """Such as "Dalfsen, Lemelerveld en Nieuwleusen"."""
    return " en ".join(filter(None, [", ".join(namen[:-1]), *namen[-1:]]))

"""Entering a stack of paper tally sheets, and taking a sheet back."""

from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from balie.huidig import huidig_infopunt, infopunten
from balie.models import Infopunt
from balie.permissions import requires
from registratie.actions import AndereVraag
from registratie.papier import PapierForm, WeekForm, read_receipt, receipt, register_blad, undo_blad
from registratie.permissions import may_register
from registratie.uitvraag import monday_of


@require_http_methods(["GET", "HEAD", "POST"])
@requires(may_register)
def papier(request: HttpRequest) -> HttpResponse:
    """The grid of one week at one desk; which of them is in the address, also when saving."""
    eigen = huidig_infopunt(request)
    if eigen is None:
        return render(request, "registratie/geen_infopunt.html")
    nu = timezone.now()
    vandaag = timezone.localdate(nu)
    week = WeekForm(request.GET, infopunten=infopunten(request), infopunt=eigen, vandaag=vandaag)
    infopunt, dag = week.keuze
    maandag = monday_of(dag)
    form = PapierForm(request.POST if request.method == "POST" else None, maandag=maandag, vandaag=vandaag)
    if week.is_valid() and form.is_valid() and (antwoord := _save(request, form, infopunt, nu)):
        return antwoord
    if "blad" in form.errors:
        form.renew_blad()
    bon = request.GET.get("opgeslagen", "")
    context = {
        "week": week,
        "form": form,
        "infopunt": infopunt,
        "maandag": maandag,
        "zondag": maandag + timedelta(days=6),
        "bon": bon,
        "opgeslagen": read_receipt(bon),
    }
    return render(request, "registratie/papier.html", context)


def _save(request: HttpRequest, form: PapierForm, infopunt: Infopunt, nu: datetime) -> HttpResponse | None:
    """Store the sheet and send back to an empty one. None when the id turns out to be of another sheet."""
    blad = form.cleaned_data["blad"]
    try:
        aantal = register_blad(
            blad=blad,
            infopunt=infopunt,
            wijze=form.cleaned_data["wijze"],
            tellingen=form.tellingen,
            nu=nu,
        )
    except AndereVraag:
        form.add_error(
            None,
            "Dit blad was al opgeslagen, met andere aantallen. Is dit een nieuw blad? Sla dan nog een keer op.",
        )
        form.renew_blad()
        return None
    if aantal is None:
        messages.info(request, "Dit blad had je al weggehaald. Het is niet opnieuw opgeslagen.")
        return redirect("registratie:papier")
    terug = {
        "infopunt": infopunt.pk,
        "dag": form.dagen[0].datum.isoformat(),
        "opgeslagen": receipt(blad, infopunt, aantal),
    }
    return redirect(f"{reverse('registratie:papier')}?{urlencode(terug)}")


@require_POST
@requires(may_register)
def papier_ongedaan(request: HttpRequest) -> HttpResponse:
    """Take a whole sheet back, with the receipt of the page that saved it."""
    bon = read_receipt(request.POST.get("bon", ""))
    if bon is None or bon[1] not in [infopunt.pk for infopunt in infopunten(request)]:
        raise Http404
    undo_blad(blad=bon[0], aantal=bon[2])
    messages.success(request, "Het hele blad is weggehaald.")
    return redirect("registratie:papier")

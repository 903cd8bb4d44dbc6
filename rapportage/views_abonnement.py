"""Asking for the monthly mail, and stopping it: with an account, or with the link in the mail."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from balie.permissions import medewerker, requires
from infopunt.security import secret_address
from rapportage import abonnement
from rapportage.models import Abonnement
from rapportage.navigatie import zichtbare_paginas
from rapportage.permissions import may_report


@require_http_methods(["GET", "HEAD", "POST"])
@requires(may_report)
def samenvatting(request: HttpRequest) -> HttpResponse:
    """POST starts the mail, or stops it with `stop`."""
    wie = medewerker(request)
    if request.method == "POST":
        if "stop" in request.POST:
            abonnement.unsubscribe(wie)
            messages.success(request, "Je krijgt de maandmail niet meer.")
        elif wie.email:
            abonnement.subscribe(wie)
            messages.success(request, f"Elke maand komt er een mail naar {wie.email}.")
        return redirect("rapportage:samenvatting")
    context = {
        "krijgt_mail": Abonnement.objects.filter(medewerker=wie).exists(),
        "email": wie.email,
        "paginas": zichtbare_paginas(request, ""),
    }
    return render(request, "rapportage/samenvatting.html", context)


# No CSRF check: a mail program posts here by itself (RFC 8058), and who can forge this request has the link anyway.
@csrf_exempt
@secret_address
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def stoppen(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, POST stops at once. A link that is forged, old or used twice gives the same answer: no mail comes."""
    gevonden = abonnement.from_token(token)
    if gevonden and request.method == "POST":
        gevonden.delete()
        gevonden = None
    return render(request, "rapportage/samenvatting_stoppen.html", {"krijgt_mail": gevonden is not None})

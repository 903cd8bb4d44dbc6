"""The form without a network: take in questions that waited in a browser, and pages that browser may keep."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from balie.huidig import huidig_infopunt, infopunten
from balie.permissions import medewerker, requires
from infopunt.context import dienst
from registratie import werker as werker_script
from registratie.actions import UUID_VERSION, AndereVraag, register_vraag, undo_vraag
from registratie.forms import VraagForm
from registratie.gesprekswijzer import wijzer_for
from registratie.models import Vraag
from registratie.permissions import may_register, may_undo
from registratie.views import saved_address

ONBEKEND_ONDERWERP = "Dit onderwerp bestaat niet meer. Kies een ander."
AL_OPGESLAGEN = "Deze vraag is al opgeslagen, met andere antwoorden."
AL_WEG = "Deze vraag had je al weggehaald. Hij is niet opnieuw opgeslagen."


@require_http_methods(["GET", "HEAD", "POST"])
@requires(may_register)
def wachtrij(request: HttpRequest) -> HttpResponse:
    """What waits in this browser, listed by its own script; POST takes in one waiting question."""
    if request.method != "POST":
        return render(request, "registratie/wachtrij.html")
    antwoord = _wipe(request) if "wis" in request.POST else _receive(request)
    return JsonResponse(antwoord, status=422 if antwoord["status"] == "fout" else 200)


@require_GET
@requires(may_register)
def token(request: HttpRequest) -> JsonResponse:
    """A fresh token to send with: the one in the page may be of somebody who has logged out since."""
    return JsonResponse({"token": get_token(request)})


@require_safe
@requires(may_register)
def zonder_internet(request: HttpRequest, pagina: str) -> HttpResponse:
    """A page for the browser to keep. Made without the request, so that nothing in it is about the user."""
    if pagina not in werker_script.PAGINAS.values():
        raise Http404
    context = {**dienst(request), "los": True}
    if pagina == "nieuw":
        infopunt = huidig_infopunt(request)
        if infopunt is None:
            raise Http404
        nu = timezone.now()
        context |= {
            "form": VraagForm(infopunten=infopunten(request), infopunt=infopunt, nu=nu),
            "nu": nu,
            "wijzer": wijzer_for(None, None, nu),
        }
    return HttpResponse(render_to_string(f"registratie/{pagina}.html", context))


@login_not_required
@require_safe
def werker(request: HttpRequest) -> HttpResponse:
    """The service worker itself; the browser asks for it again and again, to see whether it changed."""
    response = HttpResponse(werker_script.script(), content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Service-Worker-Allowed"] = "/"
    return response


def _receive(request: HttpRequest) -> dict[str, object]:
    """Store one question. "elders": of a desk this user has nothing to do with, so it waits for another user."""
    infopunt = huidig_infopunt(request)
    if infopunt is None:
        return {"status": "elders"}
    form = VraagForm(request.POST, infopunten=infopunten(request), infopunt=infopunt, nu=timezone.now())
    if not form.is_valid():
        if form.has_error("infopunt", "invalid_choice"):
            return {"status": "elders"}
        return {"status": "fout", "soort": "invoer", "fouten": _errors(form)}
    antwoorden = form.vraag()
    if "later" in request.POST:
        antwoorden |= _remark_that_arrived(antwoorden["id"])
    try:
        vraag = register_vraag(**antwoorden)
    except AndereVraag:
        return {"status": "fout", "soort": "andere", "fouten": {"__all__": [AL_OPGESLAGEN]}}
    if vraag is None:
        if "later" not in request.POST:
            messages.info(request, AL_WEG)
        return {"status": "vervallen", "adres": reverse("registratie:nieuw")}
    return {"status": "opgeslagen", "adres": saved_address(vraag, form, nog_een="nog_een" in request.POST)}


def _remark_that_arrived(id: UUID) -> dict[str, str]:
    """The queue keeps no remarks. When the first attempt did arrive, its remark is no difference."""
    opmerking = Vraag.objects.filter(pk=id).values_list("opmerking", flat=True).first()
    return {"opmerking": opmerking} if opmerking else {}


def _errors(form: VraagForm) -> dict[str, list[str]]:
    fouten = {veld: [str(fout) for fout in lijst] for veld, lijst in form.errors.items()}
    if form.has_error("onderwerp", "invalid_choice"):
        fouten["onderwerp"] = [ONBEKEND_ONDERWERP]
    return fouten


def _wipe(request: HttpRequest) -> dict[str, object]:
    """Forget a question that was wiped from the queue: its answer may have been lost after it was stored."""
    try:
        id = forms.UUIDField().clean(request.POST.get("id"))
    except forms.ValidationError:
        return {"status": "fout", "soort": "invoer", "fouten": {}}
    vraag = Vraag.objects.filter(pk=id).first()
    mine = vraag is None or Vraag.objects.visible_to(medewerker(request)).filter(pk=id).exists()
    allowed = vraag is None or may_undo(medewerker(request).rol, vraag.moment, timezone.now())
    if id.version != UUID_VERSION or not (mine and allowed):
        return {"status": "fout", "soort": "andere", "fouten": {}}
    undo_vraag(id=id)
    return {"status": "vervallen"}

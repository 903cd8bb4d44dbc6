"""Log a question, and take it back."""

from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from balie.huidig import huidig_infopunt, infopunten
from balie.permissions import medewerker, requires
from registratie.actions import AndereVraag, register_vraag, undo_vraag
from registratie.forms import BLIJFT_STAAN, VraagForm
from registratie.models import VervallenVraag, Vraag
from registratie.permissions import may_register, may_undo
from registratie.terug import terug_naar
from registratie.views_praten import wijzer_context

ZOEK_TEKENS = 60


@require_http_methods(["GET", "HEAD", "POST"])
@requires(may_register)
def nieuw(request: HttpRequest) -> HttpResponse:
    """The form; a saved question comes back to an empty one, with a way to undo."""
    infopunt = huidig_infopunt(request)
    if infopunt is None:
        return render(request, "registratie/geen_infopunt.html")
    nu = timezone.now()
    form = VraagForm(
        request.POST if request.method == "POST" else None,
        infopunten=infopunten(request),
        infopunt=infopunt,
        nu=nu,
        vooraf=request.GET.dict(),
        zoek=request.GET.get("zoek", "")[:ZOEK_TEKENS],
    )
    if form.is_valid() and (antwoord := _save(request, form)):
        return antwoord
    if "id" in form.errors:
        form.renew_id()
    opgeslagen = _saved_vraag(request)
    form.fields["onderwerp"].widget.focus = opgeslagen is not None
    if form.alleen_opmerking:
        form.fields["opmerking"].widget.attrs["autofocus"] = True
    context = {
        "form": form,
        "opgeslagen": opgeslagen,
        "mag_ongedaan": opgeslagen and may_undo(medewerker(request).rol, opgeslagen.moment, nu),
        "nu": nu,
        **wijzer_context(request, form["onderwerp"].value()),
    }
    return render(request, "registratie/nieuw.html", context)


def _save(request: HttpRequest, form: VraagForm) -> HttpResponse | None:
    """Store and send back to an empty form. None when the id turns out to be of another question."""
    try:
        vraag = register_vraag(**form.vraag())
    except AndereVraag:
        form.add_error(
            None,
            "Deze vraag was al opgeslagen, met andere antwoorden. Is dit een nieuwe vraag? Sla dan nog een keer op.",
        )
        form.renew_id()
        return None
    if vraag is None:
        messages.info(request, "Deze vraag had je al weggehaald. Hij is niet opnieuw opgeslagen.")
        return redirect("registratie:nieuw")
    return redirect(saved_address(vraag, form, nog_een="nog_een" in request.POST))


def saved_address(vraag: Vraag, form: VraagForm, *, nog_een: bool) -> str:
    """Where to go after saving: an empty form that says so, or one for the same visitor's next question."""
    terug = {"opgeslagen": str(vraag.pk)}
    if nog_een:
        terug |= {naam: form.cleaned_data[naam] for naam in BLIJFT_STAAN if naam in form.cleaned_data}
    return f"{reverse('registratie:nieuw')}?{urlencode(terug)}"


def _saved_vraag(request: HttpRequest) -> Vraag | None:
    """The question just saved. Its id travels in the address: a session would tie it to a person."""
    try:
        pk = UUID(request.GET.get("opgeslagen", ""))
    except ValueError:
        return None
    zichtbaar = Vraag.objects.visible_to(medewerker(request)).select_related("onderwerp", "organisatie")
    return zichtbaar.filter(pk=pk).first()


@require_POST
@requires(may_register)
def ongedaan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a question back. Once more is fine: it is gone already."""
    if not VervallenVraag.objects.filter(pk=pk).exists():
        _check_undo(request, pk, timezone.now())
        undo_vraag(id=pk)
    messages.success(request, "De vraag is weggehaald.")
    return redirect(terug_naar(request, "registratie:nieuw"))


def _check_undo(request: HttpRequest, pk: UUID, nu: datetime) -> None:
    vraag = Vraag.objects.visible_to(medewerker(request)).filter(pk=pk).first()
    if vraag is None or not may_undo(medewerker(request).rol, vraag.moment, nu):
        raise Http404

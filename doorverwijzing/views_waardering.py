"""Three smileys: on a tablet at the desk, or from home with the card. Nothing ties them to a visitor."""

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from balie.huidig import huidig_infopunt
from balie.permissions import requires
from doorverwijzing.forms_bezoeker import WaarderingForm, WaarderingMetKaartjeForm
from doorverwijzing.intrekken import TeVaakError, find_by_code
from doorverwijzing.models import Doorverwijzing, Waardering
from doorverwijzing.permissions import may_refer


@require_http_methods(["GET", "POST"])
@requires(may_refer)
def tablet(request: HttpRequest) -> HttpResponse:
    """For a tablet on the table: a smiley, thank you, and ready for the next visitor."""
    infopunt = huidig_infopunt(request)
    form = WaarderingForm(request.POST or None)
    if infopunt is not None and form.is_valid():
        Waardering.objects.create(infopunt=infopunt, bron=Waardering.Bron.TABLET, **form.waardering())
        return redirect(f"{request.path}?klaar")
    context = {"form": form, "infopunt": infopunt, "klaar": "klaar" in request.GET and not form.is_bound}
    return render(request, "doorverwijzing/smileys.html", context, status=422 if form.errors else 200)


@login_not_required
@require_http_methods(["GET", "POST"])
def met_kaartje(request: HttpRequest) -> HttpResponse:
    """Once for every card. Whatever the code was, the answer is the same: a stranger learns nothing."""
    form = WaarderingMetKaartjeForm(request.POST or None)
    if form.is_valid():
        try:
            _count_once(form)
        except TeVaakError:
            form.add_error(None, "Er is te vaak een code geprobeerd. Probeer het over een uur, of kom langs.")
        else:
            return redirect(f"{request.path}?klaar")
    context = {"form": form, "klaar": "klaar" in request.GET and not form.is_bound}
    return render(request, "doorverwijzing/hoe_was_het.html", context, status=422 if form.errors else 200)


@transaction.atomic
def _count_once(form: WaarderingMetKaartjeForm) -> None:
    """That a card was used stands with the referral; which smiley it was does not."""
    verwijzing = find_by_code(form.cleaned_data["kenmerk"], form.cleaned_data["code"])
    if verwijzing is None:
        return
    if Doorverwijzing.objects.filter(pk=verwijzing.pk, gewaardeerd=False).update(gewaardeerd=True):
        Waardering.objects.create(
            infopunt=verwijzing.infopunt, bron=Waardering.Bron.KAARTJE, **form.waardering()
        )

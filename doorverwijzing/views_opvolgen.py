"""The coordinator's board, and what the desk does while it waits: note a call, let a colleague take over."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from balie.permissions import medewerker, requires
from doorverwijzing import actions, fhir
from doorverwijzing.bewaking import count_overdue
from doorverwijzing.forms_opvolgen import BelnotitieForm, OvernemenForm
from doorverwijzing.models import Doorverwijzing
from doorverwijzing.opvolgen import per_organisation, per_status, waiting_longest
from doorverwijzing.permissions import may_refer, may_see_board
from doorverwijzing.views import PER_BLADZIJDE, get_verwijzing, render_detail
from sociale_kaart.models import Organisatie


@require_GET
@requires(may_see_board)
def bord(request: HttpRequest) -> HttpResponse:
    """What waits longest, over all desks or one organisation."""
    zichtbaar = Doorverwijzing.objects.visible_to(medewerker(request)).for_list()
    gekozen = request.GET.get("organisatie", "")
    organisatie = get_object_or_404(Organisatie, pk=gekozen) if gekozen.isdecimal() else None
    rijen = waiting_longest(zichtbaar.for_organisatie(organisatie) if organisatie else zichtbaar)
    context = {
        "organisatie": organisatie,
        "niet_gewist": count_overdue(),
        "pagina": Paginator(rijen, PER_BLADZIJDE).get_page(request.GET.get("bladzijde")),
        "per_stand": per_status(zichtbaar),
        "per_organisatie": per_organisation(zichtbaar),
    }
    return render(request, "doorverwijzing/bord.html", context)


@require_POST
@requires(may_refer)
def belnotitie(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note that somebody called after it; the words pass the privacy guard."""
    verwijzing = get_verwijzing(request, pk)
    form = BelnotitieForm(request.POST)
    if not form.is_valid():
        return render_detail(request, verwijzing, belnotitie=form, status=422)
    verwijzing.belnotities.create(tekst=form.cleaned_data["tekst"])
    messages.success(request, "De notitie staat erbij.")
    return redirect(verwijzing)


@require_POST
@requires(may_refer)
def overnemen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A colleague at the partner takes over."""
    verwijzing = get_verwijzing(request, pk)
    form = OvernemenForm(request.POST, verwijzing=verwijzing)
    if not form.is_valid():
        return render_detail(request, verwijzing, overnemen=form, status=422)
    try:
        actions.reassign(doorverwijzing=verwijzing, contact=form.cleaned_data["contact"])
    except actions.OngeldigeOvergang:
        messages.warning(request, "Dit kan niet meer: de doorverwijzing is al afgelopen.")
    else:
        wie = form.cleaned_data["contact"] or verwijzing.organisatie
        messages.success(request, f"{wie} krijgt een mail met een nieuwe link.")
    return redirect(verwijzing)


@require_GET
@requires(may_see_board)
def als_fhir(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The anonymous course for another system, as FHIR R4."""
    bundel = fhir.as_bundle(get_verwijzing(request, pk))
    return JsonResponse(
        bundel, content_type="application/fhir+json", json_dumps_params={"ensure_ascii": False}
    )

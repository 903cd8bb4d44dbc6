"""What the search misses, and the words a coordinator adds to it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from balie.permissions import requires
from infopunt.htmx import wants_partial
from sociale_kaart import zoekgeheugen
from sociale_kaart.forms_zoekwoorden import ZoekwoordForm, vakwoorden
from sociale_kaart.models import GemistWoord, Woordkeuze, Zoekwoord
from sociale_kaart.permissions import may_keep_words, may_search
from sociale_kaart.zoektaal import MAX_TEKENS

PER_BLADZIJDE = 25


@require_POST
@sensitive_post_parameters()
@requires(may_search)
def gezocht(request: HttpRequest) -> HttpResponse:
    """The search page says that a text stood still; see zoekgeheugen.py for what is kept of it."""
    zoekgeheugen.searched(request, request.POST.get("q", "")[:MAX_TEKENS])
    return HttpResponse(status=204)


@require_GET
@requires(may_keep_words)
def zoekwoorden(request: HttpRequest) -> HttpResponse:
    """Words that found nothing, what desks chose instead, and the words that were added."""
    context = {
        "gemist": Paginator(zoekgeheugen.missed(), PER_BLADZIJDE).get_page(request.GET.get("pagina")),
        "keuzes": zoekgeheugen.suggestions()[:PER_BLADZIJDE],
        "eigen": Zoekwoord.objects.all(),
        "vakwoorden": vakwoorden(),
        "vanaf": zoekgeheugen.VANAF,
    }
    return render(request, "sociale_kaart/zoekwoorden.html", context)


@require_http_methods(["GET", "POST"])
@requires(may_keep_words)
def zoekwoord_nieuw(request: HttpRequest) -> HttpResponse:
    """Say what a word belongs to, and see what it then finds before it is saved."""
    form = ZoekwoordForm(
        request.POST or None, initial={naam: request.GET.get(naam, "") for naam in ("woord", "vakwoord")}
    )
    if form.is_valid():
        zoekwoord = zoekgeheugen.learn(**form.cleaned_data)
        messages.success(request, _geleerd(zoekwoord))
        return redirect("sociale_kaart:zoekwoorden")
    if wants_partial(request):
        return render(
            request, "sociale_kaart/zoekwoord_nieuw.html#proef", _proef(request.GET.get("vakwoord", ""))
        )
    context = {"form": form, "vakwoorden": vakwoorden(), **_proef(form["vakwoord"].value() or "")}
    return render(request, "sociale_kaart/zoekwoord_nieuw.html", context, status=422 if form.errors else 200)


@require_POST
@requires(may_keep_words)
def zoekwoord_weghalen(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a word that was added."""
    zoekwoord = get_object_or_404(Zoekwoord, pk=pk)
    zoekwoord.delete()
    messages.success(request, f"‘{zoekwoord.woord}’ hoort niet meer bij ‘{zoekwoord.vakwoord}’.")
    return redirect("sociale_kaart:zoekwoorden")


@require_POST
@requires(may_keep_words)
def gemist_afdoen(request: HttpRequest, pk: int) -> HttpResponse:
    """Do not show this missed word any more, however often it is searched."""
    gemist = get_object_or_404(GemistWoord, pk=pk)
    GemistWoord.objects.filter(pk=gemist.pk).update(afgedaan=True)
    messages.success(request, f"‘{gemist.woord}’ laten we niet meer zien.")
    return redirect("sociale_kaart:zoekwoorden")


@require_POST
@requires(may_keep_words)
def woordkeuze_toevoegen(request: HttpRequest, pk: int) -> HttpResponse:
    """Learn from what desks chose after a word."""
    keuze = get_object_or_404(zoekgeheugen.suggestions(), pk=pk)
    messages.success(request, _geleerd(zoekgeheugen.accept(keuze)))
    return redirect("sociale_kaart:zoekwoorden")


@require_POST
@requires(may_keep_words)
def woordkeuze_weghalen(request: HttpRequest, pk: int) -> HttpResponse:
    """A suggestion that makes no sense: count from nothing again."""
    get_object_or_404(Woordkeuze, pk=pk).delete()
    messages.success(request, "Dit voorstel is weg.")
    return redirect("sociale_kaart:zoekwoorden")


def _proef(vakwoord: str) -> dict[str, Any]:
    """What a search would find, to look at before saving."""
    vakwoord = vakwoord[:MAX_TEKENS]
    return {"vakwoord": vakwoord, "gevonden": zoekgeheugen.finds(vakwoord) if vakwoord else []}


def _geleerd(zoekwoord: Zoekwoord) -> str:
    return f"Wie ‘{zoekwoord.woord}’ zoekt, vindt nu ook ‘{zoekwoord.vakwoord}’."

"""The tally page, and the buttons on it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import replace_url

from balie.huidig import huidig_infopunt, infopunten
from balie.models import Infopunt
from balie.permissions import medewerker, requires
from infopunt.htmx import render_page, wants_partial
from registratie.models import Turfknop, Vraag
from registratie.permissions import may_change, may_manage, may_register
from registratie.turven import TikForm, TurfknopForm, standen, tap

NIET_GETELD = "Dit is niet geteld. Tik nog een keer."


@require_http_methods(["GET", "HEAD", "POST"])
@requires(may_register)
def turven(request: HttpRequest) -> HttpResponse:
    """The buttons of this desk with today's tally; a tap counts at the desk the page showed."""
    infopunt = huidig_infopunt(request)
    if infopunt is None:
        return render(request, "registratie/geen_infopunt.html")
    if request.method != "POST":
        return _page(request, infopunt, _counted(request))
    form = TikForm(request.POST, infopunten=infopunten(request))
    vraag = tap(**form.cleaned_data, nu=timezone.now()) if form.is_valid() else None
    if vraag is None:
        messages.error(request, NIET_GETELD)
    hier = reverse("registratie:turven") + (f"?geteld={vraag.pk}" if vraag else "")
    if not wants_partial(request):
        return redirect(hier)
    return replace_url(_page(request, vraag.infopunt if vraag else infopunt, vraag), hier)


def _page(request: HttpRequest, infopunt: Infopunt, geteld: Vraag | None) -> HttpResponse:
    nu = timezone.now()
    bord = standen(infopunt, nu)
    context = {
        "infopunt": infopunt,
        "standen": bord,
        "totaal": sum(stand.aantal for stand in bord),
        "geteld": geteld,
        "mag_herstellen": geteld and may_change(medewerker(request).rol, geteld.moment, nu),
        "mag_beheren": may_manage(medewerker(request).rol),
    }
    return render_page(request, "registratie/turven.html", context, partial="bij")


def _counted(request: HttpRequest) -> Vraag | None:
    """The last tap. Its id travels in the address: a session would tie it to a person."""
    try:
        pk = UUID(request.GET.get("geteld", ""))
    except ValueError:
        return None
    eigen = Vraag.objects.visible_to(medewerker(request)).select_related("turfknop", "onderwerp")
    return eigen.filter(pk=pk).first()


@require_safe
@requires(may_manage)
def turfknoppen(request: HttpRequest) -> HttpResponse:
    knoppen = Turfknop.objects.select_related("infopunt", "onderwerp")
    return render(request, "registratie/turfknoppen.html", {"knoppen": knoppen})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(may_manage)
def turfknop(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Add a button, or change one."""
    knop = get_object_or_404(Turfknop, pk=pk) if pk else None
    form = TurfknopForm(request.POST if request.method == "POST" else None, instance=knop)
    if form.is_valid():
        messages.success(request, f"De knop ‘{form.save()}’ is opgeslagen.")
        return redirect("registratie:turfknoppen")
    return render(request, "registratie/turfknop.html", {"form": form, "knop": knop})


@require_POST
@requires(may_manage)
def turfknop_weghalen(request: HttpRequest, pk: int) -> HttpResponse:
    """The button goes; what it counted stays."""
    knop = Turfknop.objects.filter(pk=pk).first()
    if knop:
        knop.delete()
        messages.success(request, f"De knop ‘{knop.naam}’ is weggehaald. Wat geteld is, blijft geteld.")
    return redirect("registratie:turfknoppen")

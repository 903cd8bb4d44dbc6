"""Start page and choice of desk."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from balie.forms import InfopuntForm
from balie.huidig import huidig_infopunt, kies_infopunt
from balie.models import Rol
from balie.permissions import may_work_at_desk, medewerker, requires
from infopunt.navigatie import collect, volgende
from infopunt.onderdelen import voorbeelden

KOLOMMEN = (0, 1, 2, 3)


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """What the desk needs at the start of a shift, out of panels each app brings along."""
    if medewerker(request).rol == Rol.PARTNER:
        return redirect("doorverwijzing:lijst")
    nu = timezone.localtime()
    infopunt = huidig_infopunt(request)
    kolommen: dict[int, list[str]] = {kolom: [] for kolom in KOLOMMEN}
    for paneel in collect("startpagina", "PANELEN"):
        kolommen[paneel.kolom].append(render_to_string(paneel.template, paneel.context(request), request))
    context = {
        "groet": _groet(nu.hour),
        "nu": nu,
        "open_tijd": infopunt.open_now(nu) if infopunt else None,
        "bovenaan": kolommen.pop(0),
        "kolommen": [kolom for kolom in kolommen.values() if kolom],
    }
    return render(request, "balie/start.html", context)


@require_POST
@requires(may_work_at_desk)
def infopunt_kiezen(request: HttpRequest) -> HttpResponse:
    """Switch desk and stay on the page."""
    form = InfopuntForm(request.POST, medewerker=medewerker(request))
    if not form.is_valid():
        raise Http404
    kies_infopunt(request, form.cleaned_data["infopunt"])
    return redirect(volgende(request, reverse("balie:start")))


@require_GET
@requires(may_work_at_desk)
def onderdelen(request: HttpRequest) -> HttpResponse:
    """The living style guide; in the demo only."""
    if not settings.DEMO:
        raise Http404
    return render(request, "balie/onderdelen.html", voorbeelden())


def _groet(uur: int) -> str:
    if uur < 12:
        return "Goedemorgen"
    return "Goedemiddag" if uur < 18 else "Goedenavond"

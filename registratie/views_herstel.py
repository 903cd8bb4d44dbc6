"""The questions of a day, and mending one of them."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from balie.huidig import huidig_infopunt, infopunten
from balie.permissions import medewerker, requires
from registratie.forms_herstel import HerstelForm, LijstForm
from registratie.herstel import change_vraag, vragen_of
from registratie.models import Vraag
from registratie.permissions import may_change, may_manage, may_register
from registratie.terug import terug_naar

PER_BLADZIJDE = 50


@require_safe
@requires(may_register)
def lijst(request: HttpRequest) -> HttpResponse:
    """Today at this desk; coordinators look at any desk and day."""
    infopunt = huidig_infopunt(request)
    if infopunt is None:
        return render(request, "registratie/geen_infopunt.html")
    mag_beheren = may_manage(medewerker(request).rol)
    form = LijstForm(
        request.GET if mag_beheren else {},
        infopunten=infopunten(request),
        infopunt=infopunt,
        vandaag=timezone.localdate(),
    )
    gekozen, dag = form.keuze
    bladzijden = Paginator(vragen_of(gekozen, dag), PER_BLADZIJDE)
    context = {
        "form": form,
        "infopunt": gekozen,
        "dag": dag,
        "is_vandaag": dag == form.vandaag,
        "pagina": bladzijden.get_page(request.GET.get("pagina")),
        "mag_beheren": mag_beheren,
    }
    return render(request, "registratie/lijst.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(may_register)
def wijzigen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One question filled in; a coordinator sees what was changed in it before."""
    nu = timezone.now()
    rol = medewerker(request).rol
    vraag = Vraag.objects.visible_to(medewerker(request)).filter(pk=pk).first()
    if vraag is None or not may_change(rol, vraag.moment, nu):
        raise Http404
    form = HerstelForm(
        request.POST if request.method == "POST" else None,
        vraag=vraag,
        infopunten=infopunten(request),
        nu=nu,
    )
    if form.is_valid():
        try:
            change_vraag(id=pk, by_role=rol, **form.antwoorden())
        except Vraag.DoesNotExist:
            messages.info(request, "Deze vraag is intussen weggehaald.")
        else:
            messages.success(request, "De vraag is gewijzigd.")
        return redirect(terug_naar(request, "registratie:lijst"))
    context = {
        "form": form,
        "vraag": vraag,
        "terug": terug_naar(request, "registratie:lijst"),
        "wijzigingen": vraag.wijzigingen.all() if may_manage(rol) else [],
    }
    return render(request, "registratie/wijzigen.html", context)

"""Taking the figures along: as a workbook, as a file over several years, and the page with all ways out."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balie.permissions import medewerker, requires
from infopunt.htmx import render_page
from rapportage import uitvoer as uitvoeren
from rapportage.cijfers import Rapport
from rapportage.export import file_name
from rapportage.export_xlsx import EXCEL, as_xlsx
from rapportage.forms_uitvoer import MeerjarenForm
from rapportage.kwartalen import name_of
from rapportage.meerjaren import HOOGSTENS_KWARTALEN
from rapportage.models import Uitvoer
from rapportage.models.uitvoer import UitvoerQuerySet
from rapportage.permissions import may_report
from rapportage.views import get_form, render_report


@require_safe
@requires(may_report)
def excel(request: HttpRequest) -> HttpResponse:
    """A filter that is wrong is explained on the page."""
    form = get_form(request)
    if not form.is_valid():
        return redirect(reverse("rapportage:dashboard") + form.address())
    rapport = Rapport(form)
    return _file(as_xlsx(rapport), file_name(rapport, "xlsx"))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(may_report)
def meenemen(request: HttpRequest) -> HttpResponse:
    """All ways to take the figures along; a POST asks for the file over several years."""
    meerjarenform = MeerjarenForm(request.POST or None, vandaag=timezone.localdate())
    if request.method == "POST" and meerjarenform.is_valid():
        gevraagd = uitvoeren.ask(**meerjarenform.cleaned_data, by=medewerker(request))
        return redirect("rapportage:uitvoer", gevraagd.pk)
    form = get_form(request)
    context = {
        "rapport": Rapport(form) if form.is_valid() else None,
        "meerjarenform": meerjarenform,
        "hoogstens_jaren": HOOGSTENS_KWARTALEN // 4,
        "eerder": _own(request),
    }
    return render_report(request, "rapportage/meenemen.html", form, context)


@require_safe
@requires(may_report)
def uitvoer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far a file is, and the file itself once it is there."""
    gevonden = get_object_or_404(_own(request), pk=pk)
    return render_page(request, "rapportage/uitvoer.html", {"uitvoer": gevonden}, partial="stand")


@require_safe
@requires(may_report)
def uitvoer_bestand(request: HttpRequest, pk: UUID) -> HttpResponse:
    gevonden = get_object_or_404(_own(request).defer(None), pk=pk, status=Uitvoer.Status.KLAAR)
    naam = f"meerjarenbestand-{name_of(gevonden.eerste)}-{name_of(gevonden.laatste)}.xlsx".replace(" ", "-")
    return _file(bytes(gevonden.inhoud or b""), naam)


@require_POST
@requires(may_report)
def uitvoer_stoppen(request: HttpRequest, pk: UUID) -> HttpResponse:
    gevonden = get_object_or_404(_own(request), pk=pk)
    uitvoeren.stop(uitvoer=gevonden)
    return redirect("rapportage:uitvoer", pk)


def _own(request: HttpRequest) -> UitvoerQuerySet:
    """The files somebody asked for and that are still kept, without what is in them."""
    return Uitvoer.objects.of(medewerker(request)).kept(timezone.now()).defer("inhoud")


def _file(inhoud: bytes, naam: str) -> HttpResponse:
    return HttpResponse(
        inhoud, content_type=EXCEL, headers={"Content-Disposition": f'attachment; filename="{naam}"'}
    )

"""Taking the map along: as a spreadsheet for the team, or in Open Referral for other systems."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from balie.permissions import requires
from sociale_kaart import uitvoer as tabel
from sociale_kaart.hsds import pakket
from sociale_kaart.models import Aanbod
from sociale_kaart.permissions import may_export

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@requires(may_export)
def uitvoer(request: HttpRequest) -> HttpResponse:
    """The ways to take the map along, with what is in them."""
    return render(request, "sociale_kaart/uitvoer.html", {"aantal": Aanbod.objects.current().count()})


@require_safe
@requires(may_export)
def uitvoer_excel(request: HttpRequest) -> HttpResponse:
    return _bestand(tabel.als_excel(), "xlsx", EXCEL)


@require_safe
@requires(may_export)
def uitvoer_csv(request: HttpRequest) -> HttpResponse:
    return _bestand(tabel.als_csv(), "csv", "text/csv; charset=utf-8")


@require_safe
@requires(may_export)
def uitvoer_hsds(request: HttpRequest) -> HttpResponse:
    return _bestand(pakket.als_zip(), "zip", "application/zip")


def _bestand(inhoud: bytes | str, soort: str, mime: str) -> HttpResponse:
    naam = f"sociale-kaart-{timezone.localdate()}.{soort}"
    return HttpResponse(
        inhoud, content_type=mime, headers={"Content-Disposition": f'attachment; filename="{naam}"'}
    )

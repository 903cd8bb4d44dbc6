"""The reports on pages and as a spreadsheet: the same figures, for coordinators."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from balie.huidig import infopunten
from balie.permissions import requires
from infopunt.htmx import render_page
from rapportage.cijfers import Rapport
from rapportage.export import as_csv, file_name
from rapportage.forms import FilterForm
from rapportage.navigatie import zichtbare_paginas
from rapportage.permissions import may_report


def get_form(request: HttpRequest) -> FilterForm:
    """The choice in the address, limited to the desks this user may see."""
    return FilterForm(request.GET, infopunten=infopunten(request), vandaag=timezone.localdate())


def render_report(
    request: HttpRequest, template: str, form: FilterForm, context: dict[str, Any]
) -> HttpResponse:
    """A page of the reports: the shared choice on top; a choice in it swaps the partial "rapport"."""
    context |= {"form": form, "paginas": zichtbare_paginas(request, form.address())}
    return render_page(request, template, context, partial="rapport")


@require_safe
@requires(may_report)
def dashboard(request: HttpRequest) -> HttpResponse:
    form = get_form(request)
    rapport = Rapport(form) if form.is_valid() else None
    return render_report(request, "rapportage/dashboard.html", form, {"rapport": rapport})


@require_safe
@requires(may_report)
def csv(request: HttpRequest) -> HttpResponse:
    """A filter that is wrong is explained on the page."""
    form = get_form(request)
    if not form.is_valid():
        return redirect(reverse("rapportage:dashboard") + form.address())
    rapport = Rapport(form)
    naam = file_name(rapport, "csv")
    return HttpResponse(
        as_csv(rapport),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{naam}"'},
    )

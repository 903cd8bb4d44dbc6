"""The report on a page and as a spreadsheet: the same figures, for coordinators."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from balie.huidig import infopunten
from balie.permissions import requires
from infopunt.htmx import render_page
from rapportage.cijfers import Rapport
from rapportage.export import as_csv
from rapportage.forms import FilterForm
from rapportage.permissions import may_report


def _filter(request: HttpRequest) -> FilterForm:
    return FilterForm(request.GET, infopunten=infopunten(request), vandaag=timezone.localdate())


@require_safe
@requires(may_report)
def dashboard(request: HttpRequest) -> HttpResponse:
    form = _filter(request)
    rapport = Rapport(form) if form.is_valid() else None
    return render_page(
        request, "rapportage/dashboard.html", {"form": form, "rapport": rapport}, partial="rapport"
    )


@require_safe
@requires(may_report)
def csv(request: HttpRequest) -> HttpResponse:
    """A filter that is wrong is explained on the page."""
    form = _filter(request)
    if not form.is_valid():
        return redirect(f"{reverse('rapportage:dashboard')}?{request.GET.urlencode()}")
    rapport = Rapport(form)
    naam = f"rapportage-{rapport.periode.van}-{rapport.periode.tot}.csv"
    return HttpResponse(
        as_csv(rapport),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{naam}"'},
    )

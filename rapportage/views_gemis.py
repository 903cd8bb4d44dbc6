"""What people missed, per village, for coordinators."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from balie.permissions import requires
from rapportage.gemis import Gemis
from rapportage.permissions import may_report
from rapportage.views import get_form, render_report


@require_safe
@requires(may_report)
def gemis(request: HttpRequest) -> HttpResponse:
    form = get_form(request)
    cijfers = Gemis(form) if form.is_valid() else None
    return render_report(request, "rapportage/gemis.html", form, {"cijfers": cijfers})

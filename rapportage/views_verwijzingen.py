"""How referrals went, for coordinators."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from balie.permissions import requires
from rapportage.permissions import may_report
from rapportage.verwijzingen import Verwijzingen
from rapportage.views import get_form, render_report


@require_safe
@requires(may_report)
def verwijzingen(request: HttpRequest) -> HttpResponse:
    form = get_form(request)
    cijfers = Verwijzingen(form) if form.is_valid() else None
    return render_report(request, "rapportage/verwijzingen.html", form, {"cijfers": cijfers})

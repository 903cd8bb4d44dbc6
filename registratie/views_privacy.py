"""The privacy guard while somebody types."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from balie.permissions import requires
from registratie.permissions import may_register
from registratie.privacy import check


@require_POST
@never_cache
@sensitive_post_parameters()
@requires(may_register)
def privacy(request: HttpRequest) -> HttpResponse:
    """What the guard thinks of the field that htmx names, `opmerking` otherwise. Empty when all is well."""
    veld = request.headers.get("HX-Trigger-Name", "")
    tekst = request.POST.get(veld if veld in request.POST else "opmerking", "")
    vondsten = check(tekst)
    if not vondsten:
        return HttpResponse()
    return render(request, "registratie/_privacy.html", {"vondsten": vondsten})

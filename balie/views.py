"""Start page and choice of desk."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from balie.forms import InfopuntForm
from balie.huidig import kies_infopunt
from balie.permissions import may_work_at_desk, medewerker, requires


@require_GET
@requires(may_work_at_desk)
def start(request: HttpRequest) -> HttpResponse:
    return render(request, "balie/start.html", {})


@require_POST
@requires(may_work_at_desk)
def infopunt_kiezen(request: HttpRequest) -> HttpResponse:
    """Switch desk and stay on the page."""
    form = InfopuntForm(request.POST, medewerker=medewerker(request))
    if not form.is_valid():
        raise Http404
    kies_infopunt(request, form.cleaned_data["infopunt"])
    volgende = request.POST.get("next", "")
    veilig = url_has_allowed_host_and_scheme(volgende, allowed_hosts={request.get_host()})
    return redirect(volgende if veilig else reverse("balie:start"))

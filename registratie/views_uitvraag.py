"""The setting of what is asked about a visitor."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from balie.permissions import requires
from registratie.permissions import may_manage
from registratie.uitvraag import UitvraagForm, huidige_uitvraag


@require_http_methods(["GET", "HEAD", "POST"])
@requires(may_manage)
def uitvraag(request: HttpRequest) -> HttpResponse:
    form = UitvraagForm(
        request.POST if request.method == "POST" else None,
        uitvraag=huidige_uitvraag(),
        vandaag=timezone.localdate(timezone.now()),
    )
    if form.is_valid():
        form.save()
        messages.success(request, "Opgeslagen. Het geldt meteen, bij alle infopunten.")
        return redirect("registratie:uitvraag")
    return render(request, "registratie/uitvraag.html", {"form": form})

"""The visitor's only page: withdraw what they agreed to, with the code on their card."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from doorverwijzing.forms_bezoeker import KaartjeForm
from doorverwijzing.intrekken import TeVaakError, withdraw_by_code


@login_not_required
@require_http_methods(["GET", "POST"])
def intrekken(request: HttpRequest) -> HttpResponse:
    """Whatever the code was, the answer is the same: a stranger learns nothing."""
    form = KaartjeForm(request.POST or None)
    if form.is_valid():
        try:
            withdraw_by_code(form.cleaned_data["kenmerk"], form.cleaned_data["code"])
        except TeVaakError:
            form.add_error(None, "Er is te vaak een code geprobeerd. Probeer het over een uur, of kom langs.")
        else:
            return redirect(f"{request.path}?klaar")
    context = {"form": form, "klaar": "klaar" in request.GET and not form.is_bound}
    return render(request, "doorverwijzing/intrekken.html", context, status=422 if form.errors else 200)

"""The partner's side: read who to call and say how it went, with a link from a mail or with an account."""

from contextlib import suppress
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from balie.models import Medewerker
from balie.permissions import medewerker, requires
from doorverwijzing import actions, kluis, partnercode
from doorverwijzing.forms import CodeForm, TerugkoppelingForm
from doorverwijzing.models import Door, Doorverwijzing, Partnerlink, Status
from doorverwijzing.permissions import may_answer
from doorverwijzing.views import get_verwijzing
from infopunt.grenzen import count
from infopunt.security import secret_address

# Nobody guesses 256 bits; this keeps a machine that tries, or that has a link, from keeping the database busy.
MISSERS_PER_UUR = 500
KEREN_PER_UUR = 200


# No CSRF cookie here: who can forge this request knows the token, and then needs no forgery. (A browser told to
# send no referrer sends no origin either, so Django's check would refuse the partner.)
@csrf_exempt
@secret_address
@login_not_required
@require_http_methods(["GET", "POST"])
def met_link(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link in a mail. Unknown, replaced and ended each get a friendly page."""
    link = (
        Partnerlink.objects.filter(token_hash=actions.token_hash(token))
        .select_related(
            "doorverwijzing__organisatie", "doorverwijzing__infopunt", "doorverwijzing__contactpersoon"
        )
        .first()
    )
    if link is None:
        if count("partnerlink") > MISSERS_PER_UUR:
            return render(request, "429.html", status=429)
        return render(request, "doorverwijzing/link_onbekend.html", status=404)
    if count(f"partnerlink:{link.pk}") > KEREN_PER_UUR:
        return render(request, "429.html", status=429)
    if link.ingetrokken_op:
        return _dead(request, link)
    if partnercode.is_needed(request, link):
        return _ask_code(request, link)
    return _page(request, link.doorverwijzing, reden="link in de mail", medewerker=None)


def _ask_code(request: HttpRequest, link: Partnerlink) -> HttpResponse:
    """Before anything else: nothing of the referral is shown or answered without the code."""
    form = CodeForm(request.POST if "code" in request.POST else None)
    if form.is_valid():
        if partnercode.try_code(link, form.cleaned_data["code"]):
            response = redirect(request.path)
            partnercode.remember(request, response, link)
            return response
        link.refresh_from_db()
        if link.ingetrokken_op:
            return _dead(request, link)
        form.add_error("code", f"Deze code klopt niet. U kunt het nog {link.keren_over} keer proberen.")
    context = {"form": form, "verwijzing": link.doorverwijzing}
    return render(request, "doorverwijzing/code.html", context, status=422 if form.errors else 200)


def _dead(request: HttpRequest, link: Partnerlink) -> HttpResponse:
    """Guessed at too often, or replaced by a newer mail."""
    waarom = "link_op_slot" if link.is_locked else "link_vervangen"
    context = {"verwijzing": link.doorverwijzing}
    return render(request, f"doorverwijzing/{waarom}.html", context, status=410)


@require_http_methods(["GET", "POST"])
@requires(may_answer)
def met_account(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The same page for a partner who logs in."""
    return _page(request, get_verwijzing(request, pk), reden="met account", medewerker=medewerker(request))


def _page(
    request: HttpRequest, verwijzing: Doorverwijzing, *, reden: str, medewerker: Medewerker | None
) -> HttpResponse:
    """GET shows, POST answers; `?antwoord=` asks more first: why not, or when."""
    form = TerugkoppelingForm(request.POST or None)
    if form.is_valid():
        # When somebody was first, the page they come back to shows how it stands.
        with suppress(actions.OngeldigeOvergang):
            _answer(verwijzing, form, medewerker)
        return redirect(request.path)
    vraag = form["antwoord"].value() if form.is_bound else request.GET.get("antwoord")
    open_ = verwijzing.is_open
    context = {
        "verwijzing": verwijzing,
        "form": form,
        "vraagt_waarom": open_ and vraag == Status.NIET_PASSEND,
        "vraagt_wanneer": open_ and vraag == Status.CONTACT_GELEGD,
        "gegevens": kluis.read(verwijzing, door=Door.PARTNER, reden=reden, medewerker=medewerker)
        if open_
        else None,
        "met_account": medewerker is not None,
    }
    return render(request, "doorverwijzing/partner.html", context, status=422 if form.errors else 200)


def _answer(verwijzing: Doorverwijzing, form: TerugkoppelingForm, medewerker: Medewerker | None) -> None:
    if form.cleaned_data["antwoord"] == TerugkoppelingForm.HERSTEL:
        actions.restore(doorverwijzing=verwijzing, door=Door.PARTNER)
    elif form.cleaned_data["akkoord"]:
        actions.pass_on(doorverwijzing=verwijzing, afloop=form.afloop(), medewerker=medewerker)
    else:
        actions.report(doorverwijzing=verwijzing, afloop=form.afloop(), door=Door.PARTNER)

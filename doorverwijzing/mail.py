"""The mail to a partner: a link and a reference, nothing about the visitor."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from balie.models import Medewerker, Rol
from doorverwijzing import actions, retour
from doorverwijzing.models import Doorverwijzing
from doorverwijzing.opvolgen import alternatives


def send(verwijzing: Doorverwijzing, *, token: str) -> None:
    """Ask the partner to call. Raises what the mail server raises, so that the job tries again."""
    link = settings.ADRES + reverse("doorverwijzing:partner", args=[token])
    vraag = "hoe ging het?" if verwijzing.herinnerd_op else "wilt u iemand bellen?"
    bericht = retour.message_id(actions.message_id(token), _envelope(verwijzing))
    _send(verwijzing, vraag, "doorverwijzing/mail", {"link": link}, {"Message-ID": bericht})


def send_withdrawn(verwijzing: Doorverwijzing) -> None:
    """Tell the partner that the visitor changed their mind."""
    _send(verwijzing, "bellen hoeft niet meer", "doorverwijzing/mail_ingetrokken", {})


def send_overdue(verwijzingen: list[Doorverwijzing]) -> None:
    """Tell the coordinators which partners a reminder did not move: references and organisations, no visitors."""
    aantal = len(verwijzingen)
    wachten = "1 verwijzing wacht" if aantal == 1 else f"{aantal} verwijzingen wachten"
    rijen = [(verwijzing, alternatives(verwijzing)) for verwijzing in verwijzingen]
    _tell_coordinators(f"{wachten} te lang", "doorverwijzing/mail_te_laat.txt", {"rijen": rijen})


def send_erased_late(verwijzingen: list[Doorverwijzing]) -> None:
    """Tell the coordinators that details stayed longer than was promised, and which are there still."""
    nog = [verwijzing for verwijzing in verwijzingen if verwijzing.gewist_op is None]
    context = {"verwijzingen": verwijzingen, "nog": nog}
    _tell_coordinators("gegevens niet op tijd gewist", "doorverwijzing/mail_niet_gewist.txt", context)


def _tell_coordinators(onderwerp: str, template: str, extra: dict[str, Any]) -> None:
    coordinatoren = Medewerker.objects.filter(rol=Rol.COORDINATOR, is_active=True).exclude(email="")
    context = {
        "dienst_naam": settings.DIENST_NAAM,
        "link": settings.ADRES + reverse("doorverwijzing:bord"),
        **extra,
    }
    EmailMessage(
        subject=f"{settings.DIENST_NAAM}: {onderwerp}",
        body=render_to_string(template, context),
        bcc=list(coordinatoren.values_list("email", flat=True)),
    ).send()


def _envelope(verwijzing: Doorverwijzing) -> str:
    """Where mail that cannot be delivered goes back to."""
    return settings.RETOURADRES or verwijzing.infopunt.email


def _send(
    verwijzing: Doorverwijzing,
    vraag: str,
    template: str,
    extra: dict[str, str],
    kopregels: dict[str, str] | None = None,
) -> None:
    context = {
        "verwijzing": verwijzing,
        "dienst_naam": settings.DIENST_NAAM,
        "organisatie": settings.DIENST_ORGANISATIE,
        **extra,
    }
    bericht = EmailMultiAlternatives(
        subject=f"{settings.DIENST_NAAM} {verwijzing.infopunt}: {vraag} ({verwijzing.kenmerk})",
        body=render_to_string(f"{template}.txt", context),
        from_email=_envelope(verwijzing),
        to=[verwijzing.email],
        headers={
            "From": f'"{settings.DIENST_NAAM} {verwijzing.infopunt}" <{verwijzing.infopunt.email}>',
            **(kopregels or {}),
        },
    )
    bericht.attach_alternative(render_to_string(f"{template}.html", context), "text/html")
    bericht.send()

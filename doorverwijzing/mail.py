"""The mail to a partner: a link and a reference, nothing about the visitor."""

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from balie.models import Medewerker, Rol
from doorverwijzing.models import Doorverwijzing


def send(verwijzing: Doorverwijzing, *, token: str) -> None:
    """Ask the partner to call. Raises what the mail server raises, so that the job tries again."""
    link = settings.ADRES + reverse("doorverwijzing:partner", args=[token])
    vraag = "hoe ging het?" if verwijzing.herinnerd_op else "wilt u iemand bellen?"
    _send(verwijzing, vraag, "doorverwijzing/mail", {"link": link})


def send_withdrawn(verwijzing: Doorverwijzing) -> None:
    """Tell the partner that the visitor changed their mind."""
    _send(verwijzing, "bellen hoeft niet meer", "doorverwijzing/mail_ingetrokken", {})


def send_overdue(verwijzingen: list[Doorverwijzing]) -> None:
    """Tell the coordinators which partners a reminder did not move: references and organisations, no visitors."""
    coordinatoren = Medewerker.objects.filter(rol=Rol.COORDINATOR, is_active=True).exclude(email="")
    context = {
        "verwijzingen": verwijzingen,
        "dienst_naam": settings.DIENST_NAAM,
        "link": settings.ADRES + reverse("doorverwijzing:bord"),
    }
    aantal = len(verwijzingen)
    wachten = "1 verwijzing wacht" if aantal == 1 else f"{aantal} verwijzingen wachten"
    EmailMessage(
        subject=f"{settings.DIENST_NAAM}: {wachten} te lang",
        body=render_to_string("doorverwijzing/mail_te_laat.txt", context),
        bcc=list(coordinatoren.values_list("email", flat=True)),
    ).send()


def _send(verwijzing: Doorverwijzing, vraag: str, template: str, extra: dict[str, str]) -> None:
    context = {
        "verwijzing": verwijzing,
        "dienst_naam": settings.DIENST_NAAM,
        "organisatie": settings.DIENST_ORGANISATIE,
        **extra,
    }
    bericht = EmailMultiAlternatives(
        subject=f"{settings.DIENST_NAAM} {verwijzing.infopunt}: {vraag} ({verwijzing.kenmerk})",
        body=render_to_string(f"{template}.txt", context),
        from_email=f'"{settings.DIENST_NAAM} {verwijzing.infopunt}" <{verwijzing.infopunt.email}>',
        to=[verwijzing.email],
    )
    bericht.attach_alternative(render_to_string(f"{template}.html", context), "text/html")
    bericht.send()

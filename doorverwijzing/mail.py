"""The mail to a partner: a link and a reference, nothing about the visitor."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from doorverwijzing.models import Doorverwijzing


def send(verwijzing: Doorverwijzing, *, token: str) -> None:
    """Send it now; raises what the mail server raises, so that the job tries again."""
    context = {
        "verwijzing": verwijzing,
        "link": settings.ADRES + reverse("doorverwijzing:partner", args=[token]),
        "dienst_naam": settings.DIENST_NAAM,
        "organisatie": settings.DIENST_ORGANISATIE,
    }
    bericht = EmailMultiAlternatives(
        subject=f"{settings.DIENST_NAAM} {verwijzing.infopunt}: wilt u iemand bellen? ({verwijzing.kenmerk})",
        body=render_to_string("doorverwijzing/mail.txt", context),
        from_email=f'"{settings.DIENST_NAAM} {verwijzing.infopunt}" <{verwijzing.infopunt.email}>',
        to=[verwijzing.email],
    )
    bericht.attach_alternative(render_to_string("doorverwijzing/mail.html", context), "text/html")
    bericht.send()

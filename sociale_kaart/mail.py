"""The mail to organisations: is this still right?"""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from sociale_kaart.models import Controleverzoek


def send_controleverzoek(verzoek: Controleverzoek, *, token: str) -> None:
    """Names what stands on the map and holds a link, no more. Raises what the mail server raises."""
    context = {
        "organisatie": verzoek.organisatie,
        "aanbod": verzoek.organisatie.aanbod.current(),
        "link": settings.ADRES + reverse("klopt", args=[token]),
        "geldig_tot": verzoek.geldig_tot,
        "dienst_naam": settings.DIENST_NAAM,
        "dienst_organisatie": settings.DIENST_ORGANISATIE,
    }
    bericht = EmailMultiAlternatives(
        subject=f"{settings.DIENST_NAAM}: klopt dit nog over {verzoek.organisatie}?",
        body=render_to_string("sociale_kaart/mail_klopt.txt", context),
        from_email=f'"{settings.DIENST_NAAM}" <{settings.DEFAULT_FROM_EMAIL}>',
        to=[verzoek.email],
    )
    bericht.attach_alternative(render_to_string("sociale_kaart/mail_klopt.html", context), "text/html")
    bericht.send()

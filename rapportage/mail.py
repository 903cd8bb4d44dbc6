"""The monthly mail to who asked for it: links, and no figure at all."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format

from rapportage.abonnement import stop_token
from rapportage.models import Samenvatting
from rapportage.periode import Keuze, add_months


def send_summary(samenvatting: Samenvatting) -> None:
    """Raises what the mail server raises, so that the job tries again.

    The headers make the mail program's own "unsubscribe" work in one click (RFC 8058). The id of the message is the
    same at every try: a mailbox that gets it twice, because a worker died right after sending, can tell.
    """
    abonnement = samenvatting.abonnement
    stop = settings.ADRES + reverse("rapportage:stoppen", args=[stop_token(abonnement)])
    maand = date_format(add_months(samenvatting.maand, -1), "F Y")
    context = {
        "medewerker": abonnement.medewerker,
        "maand": maand,
        "dienst_naam": settings.DIENST_NAAM,
        "dienst_organisatie": settings.DIENST_ORGANISATIE,
        "rapportage": settings.ADRES + reverse("rapportage:dashboard") + f"?periode={Keuze.VORIGE_MAAND}",
        "ido": settings.ADRES + reverse("rapportage:ido"),
        "stop": stop,
    }
    bericht = EmailMultiAlternatives(
        subject=f"{settings.DIENST_NAAM}: de cijfers van {maand} staan klaar",
        body=render_to_string("rapportage/mail_samenvatting.txt", context),
        from_email=f'"{settings.DIENST_NAAM}" <{settings.DEFAULT_FROM_EMAIL}>',
        to=[abonnement.medewerker.email],
        headers={
            "Message-ID": f"<samenvatting-{abonnement.kenmerk}-{samenvatting.maand:%Y-%m}@{_host()}>",
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
    bericht.attach_alternative(render_to_string("rapportage/mail_samenvatting.html", context), "text/html")
    bericht.send()


def _host() -> str:
    return urlsplit(settings.ADRES).hostname or "infopunt"

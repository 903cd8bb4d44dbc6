"""A code beside the link, for organisations that ask for one: it travels by telephone, never with the mail.

The code is computed (woordcode.py) from the referral, a salt and the service's secret. So the desk can read it out
again, and neither the database nor a mail nor a log ever holds it. A reminder keeps the code that was told.
"""

import secrets

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from doorverwijzing import woordcode
from doorverwijzing.models import Doorverwijzing, Hindernis, Partnerlink
from sociale_kaart.models import Organisatie

KOEKJE = "infopunt_code"
BLIJFT_OPEN = 4 * 60 * 60  # seconds: long enough to call the visitor and come back to say how it went


def new_salt(organisatie: Organisatie) -> str:
    """What makes the code of one referral another than that of the next; "" when this organisation asks for none."""
    return secrets.token_hex(16) if organisatie.vraagt_code else ""


def code_for(verwijzing: Doorverwijzing) -> str:
    """The code to read out to the partner; "" when the link opens without."""
    zout = verwijzing.code_zout
    return woordcode.make("doorverwijzing.code", f"{verwijzing.pk.hex}:{zout}") if zout else ""


@transaction.atomic
def try_code(link: Partnerlink, getypt: str) -> bool:
    """Whether this is the code of a link that still works. A wrong one is counted; after five the link is dead."""
    verwijzing = Doorverwijzing.objects.select_for_update().get(pk=link.doorverwijzing_id)
    link = Partnerlink.objects.select_for_update().get(pk=link.pk)
    if link.ingetrokken_op is not None:
        return False
    if woordcode.is_same(getypt, code_for(verwijzing)):
        return True
    link.pogingen += 1
    if link.is_locked:
        link.ingetrokken_op = timezone.now()
        if verwijzing.is_open:
            verwijzing.hapering, verwijzing.hapering_op = Hindernis.OP_SLOT, link.ingetrokken_op
            verwijzing.save(update_fields=["hapering", "hapering_op"])
    link.save(update_fields=["pogingen", "ingetrokken_op"])
    return False


def is_needed(request: HttpRequest, link: Partnerlink) -> bool:
    """Whether this browser has to give the code first. Once nothing personal is left there is nothing to guard."""
    verwijzing = link.doorverwijzing
    if not verwijzing.code_zout or verwijzing.gewist_op is not None:
        return False
    gegeven = request.get_signed_cookie(KOEKJE, default="", salt=_salt(link), max_age=BLIJFT_OPEN)
    return gegeven != "ja"


def remember(request: HttpRequest, response: HttpResponse, link: Partnerlink) -> None:
    """This browser gave the code of this link: a signed cookie for this address alone, that says nothing else."""
    response.set_signed_cookie(
        KOEKJE,
        "ja",
        salt=_salt(link),
        max_age=BLIJFT_OPEN,
        path=request.path,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def _salt(link: Partnerlink) -> str:
    return f"doorverwijzing.code:{link.pk}:{link.doorverwijzing.code_zout}"

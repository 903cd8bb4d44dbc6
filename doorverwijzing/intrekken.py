"""Withdrawing by the visitor: a code on the card they took home, and no account.

The code is computed from the referral and the service's secret, so it stands in no table and the desk can print
the card again. It opens nothing: whoever has it can only make the details go.
"""

import hmac
import re

from django.utils.crypto import salted_hmac

from doorverwijzing import actions
from doorverwijzing.models import Door, Doorverwijzing
from infopunt.grenzen import count, is_over

WOORDEN = [
    "APPEL", "BAKKER", "BERG", "BLOEM", "BOEK", "BOOM", "BOOT", "BRIEF", "BRUG", "BUURT", "DEUR", "DORP",
    "DUIN", "EIKEL", "FIETS", "FLES", "GRAS", "HAAS", "HAVEN", "HEIDE", "HOED", "HOND", "HUIS", "JAS",
    "KAAP", "KAARS", "KAAS", "KAST", "KERK", "KLOK", "KOFFIE", "KROON", "LAMP", "LEPEL", "MAAN", "MELK",
    "MOLEN", "MUZIEK", "NOOT", "OEVER", "OVEN", "PAARD", "PEER", "PLANK", "POORT", "RAAM", "REGEN", "RIVIER",
    "ROOS", "SCHAAP", "SLOOT", "SNEEUW", "STOEL", "STRAAT", "TAFEL", "TREIN", "TUIN", "VELD", "VISSER", "VOGEL",
    "WAGEN", "WATER", "WOLK", "ZOMER",
]  # fmt: skip

POGINGEN_PER_KENMERK = 5
POGINGEN_SAMEN = 200


class TeVaakError(Exception):
    """Too many wrong codes within an hour."""


def code_for(verwijzing: Doorverwijzing) -> str:
    """The code on the visitor's card, such as "KAAP 27 ROOS"."""
    getal = int.from_bytes(
        salted_hmac("doorverwijzing.intrekken", verwijzing.pk.hex, algorithm="sha256").digest()[:8]
    )
    getal, eerste = divmod(getal, len(WOORDEN))
    getal, laatste = divmod(getal, len(WOORDEN))
    return f"{WOORDEN[eerste]} {getal % 90 + 10} {WOORDEN[laatste]}"


def withdraw_by_code(kenmerk: str, code: str) -> bool:
    """Withdraw when the code fits; raises TeVaakError when guessing has been going on.

    Callers must not show the answer: unknown reference, wrong code and success look the same to a stranger.
    """
    verwijzing = find_by_code(kenmerk, code)
    if verwijzing is not None:
        actions.withdraw(doorverwijzing=verwijzing, door=Door.BEZOEKER)
    return verwijzing is not None


def find_by_code(kenmerk: str, code: str) -> Doorverwijzing | None:
    """The referral on this card, None when the code is not on it; a wrong guess is counted."""
    kenmerk = normalise_kenmerk(kenmerk)
    tellers = {f"intrekken:{kenmerk}": POGINGEN_PER_KENMERK, "intrekken": POGINGEN_SAMEN}
    if any(is_over(sleutel, hoogstens) for sleutel, hoogstens in tellers.items()):
        raise TeVaakError
    verwijzing = Doorverwijzing.objects.filter(kenmerk=kenmerk).first()
    if verwijzing is not None and hmac.compare_digest(_letters(code), _letters(code_for(verwijzing))):
        return verwijzing
    for sleutel in tellers:
        count(sleutel)
    return None


def normalise_kenmerk(tekst: str) -> str:
    """ "r 123456" and "123456" mean R-123456."""
    return f"R-{re.sub(r'[^0-9]', '', tekst)}"


def _letters(code: str) -> bytes:
    """Capitals, spaces and dashes do not matter to somebody typing from a card."""
    return re.sub(r"[^A-Z0-9]", "", code.upper()).encode()

"""Withdrawing by the visitor: a code on the card they took home, and no account.

The code is computed from the referral and the service's secret, so it stands in no table and the desk can print
the card again. It opens nothing: whoever has it can only make the details go.
"""

import re

from doorverwijzing import actions, woordcode
from doorverwijzing.models import Door, Doorverwijzing
from infopunt.grenzen import count, is_over

POGINGEN_PER_KENMERK = 5
POGINGEN_SAMEN = 200


class TeVaakError(Exception):
    """Too many wrong codes within an hour."""


def code_for(verwijzing: Doorverwijzing) -> str:
    """The code on the visitor's card, such as "KAAP 27 ROOS"."""
    return woordcode.make("doorverwijzing.intrekken", verwijzing.pk.hex)


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
    if verwijzing is not None and woordcode.is_same(code, code_for(verwijzing)):
        return verwijzing
    for sleutel in tellers:
        count(sleutel)
    return None


def normalise_kenmerk(tekst: str) -> str:
    """ "r 123456" and "123456" mean R-123456."""
    return f"R-{re.sub(r'[^0-9]', '', tekst)}"

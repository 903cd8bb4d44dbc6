"""The vault: the one door to a visitor's contact details.

What goes in is encrypted with a key that is not in the database; what comes out is logged; what has served its
purpose is destroyed. No other module touches the `Contactgegevens` table.
"""

import json
from dataclasses import asdict, dataclass

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import transaction

from balie.models import Medewerker
from doorverwijzing.models import Contactgegevens, Doorverwijzing, Inzage, Toestemming


class KluisFout(Exception):
    """The details are there but cannot be opened with the keys we have."""


@dataclass(frozen=True)
class Gegevens:
    """What a visitor lets us pass on. `repr` shows nothing: it may end up in a log or an error page."""

    naam: str
    vraag: str
    telefoon: str = ""
    email: str = ""
    voicemail: bool = False
    # The visitor comes by and wants no call.
    langs: bool = False
    wanneer: str = ""
    taal: str = ""
    namens: str = ""

    def __repr__(self) -> str:
        return "Gegevens(...)"

    @property
    def velden(self) -> list[str]:
        """Names of the details that are filled in, for the record of consent."""
        namen = ("naam", "telefoon", "email", "vraag", "wanneer", "taal", "namens")
        return [naam for naam in namen if getattr(self, naam)]


def store(toestemming: Toestemming, gegevens: Gegevens) -> None:
    """Lock details away under a consent. Without consent there is no place to put them."""
    inhoud = json.dumps(asdict(gegevens)).encode()
    Contactgegevens.objects.create(toestemming=toestemming, versleuteld=_sleutels().encrypt(inhoud))


@transaction.atomic
def read(
    doorverwijzing: Doorverwijzing, *, door: str, reden: str, medewerker: Medewerker | None = None
) -> Gegevens | None:
    """Open the details and log it; None when they are destroyed, or should have been.

    Raises KluisFout when no key fits: never show what could not be opened.
    """
    rij = Contactgegevens.objects.filter(toestemming=doorverwijzing.pk).first()
    if rij is None or doorverwijzing.is_past_its_day:
        return None
    try:
        inhoud = _sleutels().decrypt(bytes(rij.versleuteld))
    except InvalidToken:
        raise KluisFout(f"geen sleutel past op de gegevens van {doorverwijzing.kenmerk}") from None
    Inzage.objects.create(doorverwijzing=doorverwijzing, door=door, medewerker=medewerker, reden=reden)
    return Gegevens(**json.loads(inhoud))


def destroy(doorverwijzing: Doorverwijzing) -> None:
    """Remove the details for good; the course of the referral stays."""
    Contactgegevens.objects.filter(toestemming=doorverwijzing.pk).delete()


@transaction.atomic
def rotate() -> int:
    """Lock everything anew with the first key, so that older keys can be thrown away; returns how many rows.

    All or nothing: KluisFout names the referral that no key opens, and nothing has changed.
    """
    sleutels = _sleutels()
    rijen = list(Contactgegevens.objects.select_for_update().select_related("toestemming__doorverwijzing"))
    for rij in rijen:
        try:
            rij.versleuteld = sleutels.rotate(bytes(rij.versleuteld))
        except InvalidToken:
            kenmerk = rij.toestemming.doorverwijzing.kenmerk
            raise KluisFout(f"geen sleutel past op de gegevens van {kenmerk}") from None
        rij.save(update_fields=["versleuteld"])
    return len(rijen)


def _sleutels() -> MultiFernet:
    return MultiFernet([Fernet(sleutel) for sleutel in settings.KLUIS_SLEUTELS])

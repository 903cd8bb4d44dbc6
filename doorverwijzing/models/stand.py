"""The states of a referral and what may follow what, in one table."""

from datetime import timedelta

from django.db import models


class Status(models.TextChoices):
    AANGEBODEN = "aangeboden", "Verstuurd"
    ONTVANGEN = "ontvangen", "Ontvangen"
    CONTACT_GELEGD = "contact_gelegd", "Gesproken"
    GEHOLPEN = "geholpen", "Wordt geholpen"
    NIET_BEREIKT = "niet_bereikt", "Niet bereikt"
    NIET_PASSEND = "niet_passend", "Niet passend"
    INGETROKKEN = "ingetrokken", "Ingetrokken"
    VERLOPEN = "verlopen", "Verlopen"


# What may follow what. A state that is not a key here is an end.
OVERGANGEN: dict[str, frozenset[str]] = {
    Status.AANGEBODEN: frozenset(
        {
            Status.ONTVANGEN,
            Status.CONTACT_GELEGD,
            Status.GEHOLPEN,
            Status.NIET_BEREIKT,
            Status.NIET_PASSEND,
            Status.INGETROKKEN,
            Status.VERLOPEN,
        }
    ),
    Status.ONTVANGEN: frozenset(
        {
            Status.CONTACT_GELEGD,
            Status.GEHOLPEN,
            Status.NIET_BEREIKT,
            Status.NIET_PASSEND,
            Status.INGETROKKEN,
            Status.VERLOPEN,
        }
    ),
    Status.CONTACT_GELEGD: frozenset(
        {Status.GEHOLPEN, Status.NIET_BEREIKT, Status.NIET_PASSEND, Status.INGETROKKEN, Status.VERLOPEN}
    ),
}
OPEN = list(OVERGANGEN)
AFGELOPEN = [status for status in Status.values if status not in OVERGANGEN]
ONGEOPEND_NA = timedelta(hours=24)
STIL_NA = timedelta(days=3)  # after a reminder, or after the mail did not arrive
NOOIT_HERINNERD_NA = timedelta(days=7)  # past the promised day, when there was nobody to remind
UITKOMSTEN = [Status.GEHOLPEN, Status.NIET_BEREIKT, Status.NIET_PASSEND]  # a partner's last word


class RedenNietPassend(models.TextChoices):
    WACHTLIJST = "wachtlijst", "Wachtlijst"
    ANDER_GEBIED = "ander_gebied", "Ander gebied"
    ANDERE_HULP = "andere_hulp", "Andere hulp nodig"
    BESTAAT_NIET = "bestaat_niet", "Bestaat niet meer"
    ANDERS = "anders", "Iets anders"


class Wijze(models.TextChoices):
    """How the visitor is handed over. Only by mail do details of the visitor pass through us."""

    MAIL = "mail", "Mail met een link"
    TELEFOON = "telefoon", "Samen gebeld"
    MEELOPEN = "meelopen", "Samen gelopen"


class Hindernis(models.TextChoices):
    """What stands between the mail and the partner; the first three are kept, the others are seen from the rest."""

    GEWEIGERD = "geweigerd", "Mail geweigerd"
    TERUGGEKOMEN = "teruggekomen", "Mail kwam terug"
    OP_SLOT = "op_slot", "Link op slot"
    ADRES_WEG = "adres_weg", "Adres niet meer op de kaart"
    ONGEOPEND = "ongeopend", "Nog niet bekeken"


HAPERINGEN = [Hindernis.GEWEIGERD, Hindernis.TERUGGEKOMEN, Hindernis.OP_SLOT]


class Door(models.TextChoices):
    """The kind of actor behind an event; never a name."""

    BALIE = "balie", "het infopunt"
    PARTNER = "partner", "de partner"
    BEZOEKER = "bezoeker", "de bezoeker"
    SYSTEEM = "systeem", "vanzelf"

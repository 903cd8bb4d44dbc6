"""What a visitor agrees to, in words they can read. The same lines go on the screen and into the record.

Changing a word means a new VERSIE: the record says which text was shown.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format

VERSIE = "2026-4"
VRAAG = "Mogen wij uw gegevens doorgeven?"


@dataclass(frozen=True)
class Regel:
    """A line of the consent text: `kop` asks, `zin` answers, `icoon` stands before it."""

    icoon: str
    kop: str
    zin: str


def regels(organisatie: str, verloopt_op: date) -> list[Regel]:
    """The lines for one referral."""
    uiterlijk = date_format(verloopt_op, "j F Y")
    return [
        Regel("send", "Aan wie:", f"{organisatie}. Niemand anders."),
        Regel(
            "file-text",
            "Wat:",
            "uw naam, uw telefoonnummer of mailadres, uw vraag, en wanneer het past. "
            "Als u het vertelt ook: welke taal u spreekt, en voor wie het is. Meer niet.",
        ),
        Regel("clock", "Hoe lang:", f"tot u geholpen wordt. Nooit langer dan tot en met {uiterlijk}."),
        Regel("eraser", "Daarna:", "wissen wij alles. Wij weten dan niet meer wie u bent."),
        Regel(
            "undo-2",
            "Toch niet?",
            "Zeg het bij het infopunt, of gebruik de code op uw kaartje. Dan wissen wij alles meteen.",
        ),
    ]


def as_text(organisatie: str, verloopt_op: date) -> str:
    """The whole text as shown, for the record of consent."""
    return "\n".join([VRAAG, *(f"{regel.kop} {regel.zin}" for regel in regels(organisatie, verloopt_op))])

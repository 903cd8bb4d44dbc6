"""Terms for what our map knows and HSDS has no field for: a second taxonomy, the same in every installation.

A term says it of an offer by being there ("drempel:binnenlopen") or carries a value ("seizoen": "4-9"). Readers
recognise a term by its code. Where HSDS has a field of its own, that one is used instead.
"""

from dataclasses import dataclass

from django.db.models import Q

from sociale_kaart.hsds.sleutels import sleutel
from sociale_kaart.models import Aanbod

TAXONOMIE = sleutel("taxonomie", "kenmerken")


@dataclass(frozen=True)
class Kenmerk:
    """`ouder` is the code of the term above; `aanbod` finds the offers that have it, where that makes sense."""

    code: str
    naam: str
    ouder: str = ""
    aanbod: Q | None = None

    @property
    def id(self) -> str:
        return sleutel(TAXONOMIE, self.code)


def _alle() -> list[Kenmerk]:
    kenmerken = [
        Kenmerk("seizoen", "seizoen: eerste en laatste maand"),
        Kenmerk("periode", "periode in woorden"),
        Kenmerk("sleutelpersoon", "sleutelpersoon"),
        Kenmerk("spreekt", "spreekt deze taal"),
        Kenmerk("waarvoor", "waarvoor je bij deze persoon terecht kunt"),
        Kenmerk("vaste_gezichten", "elke keer dezelfde mensen", aanbod=Q(vaste_gezichten__isnull=False)),
    ]
    for veld, naam, keuzes in [
        ("soort", "soort aanbod", Aanbod.Soort),
        ("kennismaken", "ruimte om kennis te maken", Aanbod.Kennismaken),
        ("contact", "hoeveel contact", Aanbod.Contact),
        ("drempel", "hoe kom je binnen", Aanbod.Drempel),
    ]:
        is_lijst = veld == "kennismaken"
        gevuld = ~Q(**{veld: [] if is_lijst else ""})
        kenmerken.append(Kenmerk(veld, naam, aanbod=gevuld))
        for waarde, label in keuzes.choices:
            heeft = Q(**{f"{veld}__contains": [waarde]}) if is_lijst else Q(**{veld: waarde})
            kenmerken.append(Kenmerk(f"{veld}:{waarde}", str(label), ouder=veld, aanbod=heeft))
    return kenmerken


KENMERKEN = {kenmerk.code: kenmerk for kenmerk in _alle()}
OP_ID = {kenmerk.id: kenmerk for kenmerk in KENMERKEN.values()}

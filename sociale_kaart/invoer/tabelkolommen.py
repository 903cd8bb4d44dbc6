"""The columns of a spreadsheet with a map: what they are called, by us and by others, and what goes in them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sociale_kaart.zoektaal import vouw


@dataclass(frozen=True)
class Veld:
    """Something a column can hold. `kop` is our own header, `ook` what others call it (folded, letters only)."""

    naam: str
    kop: str
    ook: str = ""
    maximum: int = 200
    verplicht: bool = False

    @property
    def namen(self) -> frozenset[str]:
        return frozenset({kern_van(self.kop), *self.ook.split()})


def kern_van(kop: str) -> str:
    """A header without case, accents and punctuation: "E-mail (algemeen)" is "emailalgemeen"."""
    return re.sub(r"[^a-z0-9]", "", vouw(kop))


VELDEN = [
    Veld("id", "Id", "identifier uuid nummer nr sleutel kenmerk serviceid", 80),
    Veld("organisatie", "Organisatie", "instelling aanbieder naamorganisatie organisatienaam organization stichting bedrijf", 160, True),  # noqa: E501
    Veld("naam", "Aanbod", "naam dienst titel service aanbodnaam naamaanbod activiteit product naamdienst name voorziening", 160, True),  # noqa: E501
    Veld("andere_namen", "Ook bekend als", "anderenamen afkorting synoniemen alias alternatename", 200),
    Veld("soort", "Soort", "type soortaanbod categorie", 40),
    Veld("omschrijving", "Omschrijving", "beschrijving toelichting description tekst uitleg wat info informatie", 20_000),  # noqa: E501
    Veld("onderwerpen", "Onderwerpen", "onderwerp thema themas trefwoorden rubriek taxonomie topics", 4000),
    Veld("doelgroep", "Voor wie", "doelgroep doelgroepen eligibility", 200),
    Veld("kernen", "Kernen", "kern plaats plaatsen woonplaats dorp dorpen wijk wijken stad gebied werkgebied", 4000),
    Veld("bereik", "Bereik", "regio", 40),
    Veld("talen", "Talen", "taal languages language", 400),
    Veld("kosten", "Kosten", "prijs tarief bijdrage eigenbijdrage fees costs", 160),
    Veld("indicatie_nodig", "Indicatie nodig", "indicatie verwijzing verwijsbrief", 10),
    Veld("aanmelden", "Aanmelden", "aanmelding hoeaanmelden aanmeldprocedure applicationprocess", 300),
    Veld("meenemen", "Meenemen", "watmeenemen documenten meebrengen", 300),
    Veld("kennismaken", "Kennismaken", "ruimteomkennistemaken", 100),
    Veld("contact", "Hoeveel contact", "", 40),
    Veld("vaste_gezichten", "Elke keer dezelfde mensen", "vastegezichten vastegroep", 10),
    Veld("drempel", "Hoe kom je binnen", "drempel", 40),
    Veld("telefoon", "Telefoon", "tel telefoonnummer telnr phone telefoonnr mobiel", 40),
    Veld("email", "E-mail", "mail emailadres mailadres epost", 254),
    Veld("website", "Website", "site url web webadres link internet internetadres homepage", 300),
    Veld("tijden", "Tijden", "openingstijden spreekuren spreekuur wanneer openingstijd dagenentijden", 8000),
    Veld("contactpersonen", "Contactpersonen", "contactpersoon contact vragennaar aanspreekpunt", 8000),
    Veld("organisatie_telefoon", "Telefoon organisatie", "telefoonorganisatie algemeennummer", 40),
    Veld("organisatie_email", "E-mail organisatie", "emailorganisatie", 254),
    Veld("organisatie_website", "Website organisatie", "websiteorganisatie", 200),
    Veld("gecontroleerd", "Gecontroleerd op", "controledatum laatstgecontroleerd assureddate", 20),
    Veld("interne_notitie", "Notitie voor het team", "internenotitie notitie opmerking opmerkingen intern", 20_000),
]  # fmt: skip
OP_NAAM = {veld.naam: veld for veld in VELDEN}


@dataclass(frozen=True)
class Kolom:
    """A column of somebody's file: its header, some values out of it, and what we guess it is ("" for nothing)."""

    kop: str
    voorbeelden: tuple[str, ...]
    veld: str = ""


def raad(koppen: Sequence[str]) -> list[str]:
    """Per header the field it seems to be; each field once, the first that fits best."""
    geraden = [""] * len(koppen)
    vrij = {veld.naam: veld for veld in VELDEN}
    for past in (_is_onze_kop, _is_synoniem, _begint_zo):
        for nummer, kop in enumerate(map(kern_van, koppen)):
            if geraden[nummer] or not kop:
                continue
            naam = next((veld.naam for veld in vrij.values() if past(veld, kop)), "")
            if naam:
                geraden[nummer] = naam
                del vrij[naam]
    return geraden


def _is_onze_kop(veld: Veld, kop: str) -> bool:
    return kop == kern_van(veld.kop)


def _is_synoniem(veld: Veld, kop: str) -> bool:
    return kop in veld.namen


def _begint_zo(veld: Veld, kop: str) -> bool:
    return any(len(naam) > 4 and kop.startswith(naam) for naam in veld.namen)


def kopregel(rijen: Sequence[tuple[int, list[str]]]) -> int:
    """The place in the list of the row with headers: the one of the first ten that we know most words of.

    The first row when none looks like it.
    """
    herkend = [sum(bool(veld) for veld in raad(cellen)) for _, cellen in rijen[:10]]
    beste = max(herkend, default=0)
    return herkend.index(beste) if beste > 1 else 0


def unieke_koppen(cellen: Sequence[str], breedte: int) -> list[str]:
    """Headers to tell columns apart by: nameless ones get their letter, double ones a number."""
    koppen: list[str] = []
    for nummer in range(breedte):
        kop = " ".join(cellen[nummer].split())[:80] if nummer < len(cellen) else ""
        kop = kop or f"kolom {nummer + 1}"
        teller, uniek = 1, kop
        while uniek in koppen:
            teller += 1
            uniek = f"{kop} ({teller})"
        koppen.append(uniek)
    return koppen

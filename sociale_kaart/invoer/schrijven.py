"""Putting a file with a social map into the database: again and again, without doing anything twice.

A row that is the same is not touched, a row that differs is reported with the fields that changed, a row that
cannot be is refused whole. Offers that are no longer in the file stay: taking something off the map is for people.
"""

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from balie.models import Kern
from sociale_kaart.indexeren import index_aanbod
from sociale_kaart.invoer.kaartbestand import Contact, Kaartbestand, Rij, Tijd
from sociale_kaart.models import (
    Aanbod,
    AanbodContact,
    Contactpersoon,
    Locatie,
    Onderwerp,
    Openingstijd,
    Organisatie,
)

ICONEN = {
    "geld & schulden": "piggy-bank",
    "toeslagen & belastingen": "calculator",
    "uitkering & inkomen": "wallet",
    "werk & scholing": "briefcase",
    "wonen & huren": "house",
    "zorg & gezondheid": "stethoscope",
    "hulp thuis & hulpmiddelen": "accessibility",
    "vervoer & rijbewijs": "car",
    "mantelzorg": "hand-heart",
    "dementie & geheugen": "brain",
    "jeugd & opvoeding": "baby",
    "relatie & scheiding": "heart-crack",
    "veiligheid & geweld": "shield",
    "psychische gezondheid": "cloud-rain",
    "verslaving": "wine",
    "rouw & levenseinde": "flower-2",
    "ontmoeting & eenzaamheid": "users",
    "taal & basisvaardigheden": "book-open",
    "computer & internet": "laptop",
    "nieuwkomers & inburgering": "globe",
    "recht & bezwaar": "scale",
    "formulieren & brieven": "file-text",
    "vrijwilligerswerk": "handshake",
    "leven met een beperking": "puzzle",
    "gemeentezaken & leefomgeving": "landmark",
    "bewegen & vrije tijd": "bike",
}


@dataclass
class Verslag:
    """What an import did. `gewijzigd` holds the changed fields per id, `geweigerd` the faults."""

    nieuw: list[str] = field(default_factory=list)
    gewijzigd: dict[str, list[str]] = field(default_factory=dict)
    ongewijzigd: list[str] = field(default_factory=list)
    geweigerd: dict[str, list[str]] = field(default_factory=dict)
    niet_in_bestand: list[str] = field(default_factory=list)
    nieuwe_kernen: list[str] = field(default_factory=list)


@transaction.atomic
def importeer(kaart: Kaartbestand, *, dry_run: bool = False) -> Verslag:
    """Write the good rows, each all or nothing; with `dry_run` only say what would happen."""
    verslag = Verslag(geweigerd=dict(kaart.geweigerd))
    kernen_vooraf = set(Kern.objects.values_list("naam", flat=True))
    schrijver = Schrijver(_schrijf_onderwerpen(kaart.onderwerpen), kernen_vooraf | _genoemde_kernen(kaart))
    bestaand = {aanbod.extern_id: aanbod for aanbod in _aanbod_met_alles()}
    geraakt = []
    for rij in kaart.rijen:
        oud = bestaand.get(rij.extern_id)
        wijzigingen = verschillen(oud, rij, schrijver) if oud else None
        if wijzigingen == []:
            verslag.ongewijzigd.append(rij.extern_id)
            continue
        try:
            with transaction.atomic():
                aanbod = schrijver.schrijf(oud, rij)
        except (ValidationError, DatabaseError) as fout:
            schrijver.vergeet()
            niet_passend = ["deze gegevens passen niet in de sociale kaart"]
            verslag.geweigerd[rij.extern_id] = getattr(fout, "messages", niet_passend)
            continue
        geraakt.append(aanbod.pk)
        if wijzigingen is None:
            verslag.nieuw.append(rij.extern_id)
        else:
            verslag.gewijzigd[rij.extern_id] = wijzigingen
    index_aanbod(Aanbod.objects.filter(pk__in=geraakt))
    genoemd = {rij.extern_id for rij in kaart.rijen} | kaart.geweigerd.keys()
    verslag.niet_in_bestand = sorted(naam for naam in bestaand.keys() - genoemd if naam)
    verslag.nieuwe_kernen = sorted(set(Kern.objects.values_list("naam", flat=True)) - kernen_vooraf)
    if dry_run:
        transaction.set_rollback(True)
    return verslag


def _aanbod_met_alles() -> Any:
    return Aanbod.objects.select_related("organisatie").prefetch_related(
        "onderwerpen", "kernen", "contacten__contactpersoon", "openingstijden__locatie"
    )


def _genoemde_kernen(kaart: Kaartbestand) -> set[str]:
    return {kern for rij in kaart.rijen for kern in rij.kernen}


def verschillen(oud: Aanbod, rij: Rij, schrijver: "Schrijver") -> list[str]:
    """The names of the fields, as the file calls them, in which a row differs from what is stored."""
    anders = [
        "e-mail" if veld == "email" else veld
        for veld, waarde in rij.velden.items()
        if getattr(oud, veld) != waarde
    ]
    oude_organisatie = oud.organisatie.extern_id or oud.organisatie.naam
    vergelijk = {
        "organisatie": (oude_organisatie, rij.organisatie),
        "onderwerpen": ({o.extern_id for o in oud.onderwerpen.all()}, set(rij.onderwerpen)),
        "kernen": ({kern.naam for kern in oud.kernen.all()}, set(rij.kernen)),
        "spreekuren": ([_als_tijd(tijd) for tijd in oud.openingstijden.all()], list(rij.tijden)),
        "contactpersonen": (
            [_als_contact(oude, nieuwe) for oude, nieuwe in _paren(oud, rij)],
            list(rij.contacten),
        ),
    }
    return anders + [veld for veld, (eerst, straks) in vergelijk.items() if eerst != straks]


def _paren(oud: Aanbod, rij: Rij) -> list[tuple[AanbodContact, Contact | None]]:
    op_naam = {contact.naam: contact for contact in rij.contacten}
    return [(contact, op_naam.get(contact.contactpersoon.naam)) for contact in oud.contacten.all()]


def _als_contact(oud: AanbodContact, nieuw: Contact | None) -> Contact:
    """The stored contact in the shape of the file, which may leave telephone and mail unsaid."""
    persoon = oud.contactpersoon
    zegt_telefoon = nieuw is not None and nieuw.telefoon is not None
    zegt_email = nieuw is not None and nieuw.email is not None
    return Contact(
        persoon.naam,
        oud.rol,
        persoon.telefoon if zegt_telefoon else None,
        persoon.email if zegt_email else None,
    )


def _als_tijd(tijd: Openingstijd) -> Tijd:
    plek = tijd.locatie.naam if tijd.locatie else ""
    weken = tuple(tijd.weken_van_maand)
    return Tijd(tuple(tijd.weekdagen), tijd.van, tijd.tot, tijd.periode, plek, tijd.toelichting, weken)


def _schrijf_onderwerpen(namen: tuple[str, ...]) -> dict[str, Onderwerp]:
    """Topics by their name in the file. What exists keeps the name and place that people gave it."""
    bekend = {o.extern_id: o for o in Onderwerp.objects.exclude(extern_id=None)}
    zonder_id = {o.naam: o for o in Onderwerp.objects.filter(extern_id=None, ouder=None)}
    for nummer, extern_id in enumerate(namen, 1):
        if extern_id in bekend:
            continue
        naam = nette_naam(extern_id)
        onderwerp = zonder_id.get(naam) or Onderwerp(
            naam=naam, icoon=ICONEN.get(extern_id, "folder"), volgorde=nummer
        )
        onderwerp.extern_id = extern_id
        onderwerp.save()
        bekend[extern_id] = onderwerp
    return {naam: bekend[naam] for naam in namen}


def nette_naam(extern_id: str) -> str:
    """ "geld & schulden" becomes "Geld en schulden"."""
    naam = extern_id.replace(" & ", " en ")
    return naam[:1].upper() + naam[1:]


class Schrijver:
    """Writes rows. Remembers what it looked up, so that a row costs a handful of queries."""

    def __init__(self, onderwerpen: dict[str, Onderwerp], kernen: set[str]) -> None:
        self.onderwerpen = onderwerpen
        self.kernen = sorted(kernen, key=len, reverse=True)
        self.vergeet()

    def vergeet(self) -> None:
        """Forget what was looked up: a refused row takes back what it had made."""
        self.kern = cache(lambda naam: Kern.objects.get_or_create(naam=naam)[0])
        self.locatie = cache(self._locatie)
        self.bekende_organisaties: dict[str, Organisatie] = {}

    def schrijf(self, aanbod: Aanbod | None, rij: Rij) -> Aanbod:
        """Make or change one offer with everything on it. Raises ValidationError in Dutch."""
        if aanbod:
            aanbod.openingstijden.all().delete()
            aanbod.contacten.all().delete()
        else:
            aanbod = Aanbod(extern_id=rij.extern_id)
        aanbod.organisatie = self._organisatie(rij)
        for veld, waarde in rij.velden.items():
            setattr(aanbod, veld, waarde)
        aanbod.validate_constraints()
        aanbod.save()
        aanbod.onderwerpen.set([self.onderwerpen[naam] for naam in rij.onderwerpen])
        aanbod.kernen.set([self.kern(naam) for naam in rij.kernen])
        self._tijden(aanbod, rij.tijden)
        self._contacten(aanbod, rij.contacten)
        return aanbod

    def _organisatie(self, rij: Rij) -> Organisatie:
        if rij.organisatie not in self.bekende_organisaties:
            self.bekende_organisaties[rij.organisatie] = self._vind_organisatie(rij)
        return self.bekende_organisaties[rij.organisatie]

    def _vind_organisatie(self, rij: Rij) -> Organisatie:
        """The organisation by its name in the file. A new one starts with the details of its first offer."""
        bekend = Organisatie.objects.filter(extern_id=rij.organisatie).first()
        if bekend:
            return bekend
        organisatie, _ = Organisatie.objects.get_or_create(
            naam=rij.organisatie,
            defaults={
                "extern_id": rij.organisatie,
                "telefoon": rij.velden["telefoon"],
                "email": rij.velden["email"],
                "website": _begin_van(rij.velden["website"]),
            },
        )
        if organisatie.extern_id is None:
            organisatie.extern_id = rij.organisatie
            organisatie.save(update_fields=["extern_id"])
        return organisatie

    def _tijden(self, aanbod: Aanbod, tijden: tuple[Tijd, ...]) -> None:
        Openingstijd.objects.bulk_create(
            Openingstijd(
                aanbod=aanbod,
                volgorde=nummer,
                locatie=self.locatie(tijd.plek) if tijd.plek else None,
                weekdagen=list(tijd.weekdagen),
                van=tijd.van,
                tot=tijd.tot,
                periode=tijd.periode,
                toelichting=tijd.toelichting,
                weken_van_maand=list(tijd.weken_van_maand),
            )
            for nummer, tijd in enumerate(tijden)
        )

    def _locatie(self, plek: str) -> Locatie:
        virtueel = re.search(r"\b(telefonisch|online|chat|videobellen)\b", plek, re.IGNORECASE)
        kern = next((naam for naam in self.kernen if re.search(rf"\b{re.escape(naam)}\b", plek)), None)
        locatie, _ = Locatie.objects.get_or_create(
            naam=plek,
            defaults={
                "soort": Locatie.Soort.VIRTUEEL if virtueel else Locatie.Soort.FYSIEK,
                "kern": self.kern(kern) if kern else None,
            },
        )
        return locatie

    def _contacten(self, aanbod: Aanbod, contacten: tuple[Contact, ...]) -> None:
        rollen = []
        for nummer, contact in enumerate(contacten):
            gezegd = {"telefoon": contact.telefoon, "email": contact.email}
            persoon, _ = Contactpersoon.objects.update_or_create(
                organisatie=aanbod.organisatie,
                naam=contact.naam,
                defaults={veld: waarde for veld, waarde in gezegd.items() if waarde is not None},
            )
            rollen.append(
                AanbodContact(aanbod=aanbod, contactpersoon=persoon, rol=contact.rol, volgorde=nummer)
            )
        AanbodContact.objects.bulk_create(rollen)


def _begin_van(website: str) -> str:
    """The front door of a web address: scheme and host."""
    delen = urlsplit(website)
    return f"{delen.scheme}://{delen.netloc}" if delen.netloc else ""

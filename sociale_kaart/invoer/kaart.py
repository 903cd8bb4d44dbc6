"""The map's own JSON format on its way in: from checked rows to the form that all files share."""

import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from balie.models import Kern
from sociale_kaart.invoer import rijen
from sociale_kaart.invoer.kaartbestand import Contact, Kaartbestand, Rij, Tijd
from sociale_kaart.invoer.schrijven import importeer as importeer_bestand
from sociale_kaart.invoer.verslag import Verslag
from sociale_kaart.models import Locatie

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

VIRTUEEL = re.compile(r"\b(telefonisch|online|chat|videobellen)\b", re.IGNORECASE)


@dataclass
class Kaartverslag:
    """What an import did, by the ids of the file. `gewijzigd` holds the changed fields, `geweigerd` the faults."""

    nieuw: list[str]
    gewijzigd: dict[str, list[str]]
    ongewijzigd: list[str]
    geweigerd: dict[str, list[str]]
    niet_in_bestand: list[str]
    nieuwe_kernen: list[str]

    @classmethod
    def van(cls, verslag: Verslag) -> "Kaartverslag":
        return cls(
            nieuw=[regel.extern_id for regel in verslag.alleen("nieuw")],
            gewijzigd={regel.extern_id: list(regel.velden) for regel in verslag.alleen("gewijzigd")},
            ongewijzigd=[regel.extern_id for regel in verslag.alleen("ongewijzigd")],
            geweigerd={fout.extern_id or fout.naam: list(fout.redenen) for fout in verslag.geweigerd},
            niet_in_bestand=sorted(regel.extern_id for regel in verslag.weg),
            nieuwe_kernen=verslag.nieuwe_kernen,
        )


def importeer(kaart: Kaartbestand, *, dry_run: bool = False) -> Kaartverslag:
    """Write the good rows; with `dry_run` only say what would happen."""
    return Kaartverslag.van(importeer_bestand(als_invoer(kaart), dry_run=dry_run))


def als_invoer(kaart: Kaartbestand, bestand: str = "kaart.json") -> rijen.Invoerbestand:
    """The file in the form that all files share; places get the village that stands in their name."""
    kernen = {kern for rij in kaart.rijen for kern in rij.kernen} | set(
        Kern.objects.values_list("naam", flat=True)
    )
    plekken = {tijd.plek: rij for rij in reversed(kaart.rijen) for tijd in rij.tijden if tijd.plek}
    organisaties = {rij.organisatie: rij for rij in reversed(kaart.rijen)}
    return rijen.Invoerbestand(
        onderwerpen=tuple(
            rijen.OnderwerpRij(naam, nette_naam(naam), ICONEN.get(naam, "folder"))
            for naam in kaart.onderwerpen
        ),
        organisaties=tuple(_organisatie(rij, bestand) for rij in organisaties.values()),
        locaties=tuple(_locatie(plek, rij, kernen, bestand) for plek, rij in plekken.items()),
        aanbod=tuple(_aanbod(rij, bestand) for rij in kaart.rijen),
        geweigerd=tuple(
            _weigering(naam, fouten, *kaart.geweigerde_rijen[naam], bestand)
            for naam, fouten in kaart.geweigerd.items()
        ),
        maakt_kernen=True,
    )


def _weigering(naam: str, fouten: list[str], nummer: int, ruw: Any, bestand: str) -> rijen.Weigering:
    delen = ruw.items() if isinstance(ruw, dict) else [("rij", ruw)]
    tekst = {str(veld): w if isinstance(w, str) else json.dumps(w, ensure_ascii=False) for veld, w in delen}
    return rijen.Weigering(rijen.Plek(bestand, nummer), tuple(fouten), naam=naam, extern_id=naam, ruw=tekst)


def _organisatie(rij: Rij, bestand: str) -> rijen.OrganisatieRij:
    """A new organisation starts with the details of its first offer."""
    return rijen.OrganisatieRij(
        rijen.Plek(bestand, rij.nummer),
        sleutel=rij.organisatie,
        naam=rij.organisatie,
        extern_id=rij.organisatie,
        bij_nieuw={
            "telefoon": rij.velden["telefoon"],
            "email": rij.velden["email"],
            "website": _begin_van(rij.velden["website"]),
        },
    )


def _locatie(plek: str, rij: Rij, kernen: set[str], bestand: str) -> rijen.LocatieRij:
    gevonden = (
        naam for naam in sorted(kernen, key=len, reverse=True) if re.search(rf"\b{re.escape(naam)}\b", plek)
    )
    soort = Locatie.Soort.VIRTUEEL if VIRTUEEL.search(plek) else Locatie.Soort.FYSIEK
    return rijen.LocatieRij(
        rijen.Plek(bestand, rij.nummer),
        sleutel=plek,
        naam=plek,
        bij_nieuw={"soort": soort.value},
        kern=next(gevonden, None),
    )


def _aanbod(rij: Rij, bestand: str) -> rijen.AanbodRij:
    return rijen.AanbodRij(
        rijen.Plek(bestand, rij.nummer),
        organisatie=rij.organisatie,
        velden=rij.velden,
        extern_id=rij.extern_id,
        onderwerpen=rij.onderwerpen,
        kernen=rij.kernen,
        tijden=tuple(_tijd(tijd) for tijd in rij.tijden),
        contacten=tuple(_contact(contact) for contact in rij.contacten),
    )


def _tijd(tijd: Tijd) -> rijen.Tijd:
    return rijen.Tijd(
        weekdagen=tijd.weekdagen,
        van=tijd.van,
        tot=tijd.tot,
        periode=tijd.periode,
        toelichting=tijd.toelichting,
        locatie=tijd.plek,
        **tijd.meer,
    )


def _contact(contact: Contact) -> rijen.Contact:
    gezegd: dict[str, Any] = {"telefoon": contact.telefoon, "email": contact.email}
    velden = {veld: waarde for veld, waarde in gezegd.items() if waarde is not None} | contact.meer
    return rijen.Contact(contact.naam, contact.rol, velden)


def nette_naam(extern_id: str) -> str:
    """ "geld & schulden" becomes "Geld en schulden"."""
    naam = extern_id.replace(" & ", " en ")
    return naam[:1].upper() + naam[1:]


def _begin_van(website: str) -> str:
    """The front door of a web address: scheme and host."""
    delen = urlsplit(website)
    return f"{delen.scheme}://{delen.netloc}" if delen.netloc else ""

"""The parts of a service in HSDS 3.0: terms, people, places and times. See `serialiseren` for the whole."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.encoding import iri_to_uri

from sociale_kaart.hsds.kenmerken import KENMERKEN, TAXONOMIE, Kenmerk
from sociale_kaart.hsds.sleutels import sleutel
from sociale_kaart.models import (
    Aanbod,
    AanbodContact,
    Contactpersoon,
    Locatie,
    Onderwerp,
    Openingstijd,
)

Json = dict[str, Any]
DAGEN = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
ONDERWERPEN = sleutel("taxonomie", "onderwerpen")
TAXONOMIEEN: dict[str, Json] = {
    ONDERWERPEN: {
        "id": ONDERWERPEN,
        "name": "Onderwerpen",
        "description": "Waar het aanbod over gaat, op twee niveaus.",
    },
    TAXONOMIE: {
        "id": TAXONOMIE,
        "name": "Kenmerken",
        "description": "Wat de sociale kaart nog meer weet: soort aanbod, ontmoeten, seizoenen, sleutelpersonen.",
    },
}
# A web address as the `uri` format wants it: what was typed otherwise is left out.
_URI = re.compile(r"https?://[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+")
_ADRES = re.compile(r"(?P<straat>.+), (?P<postcode>\d{4} ?[A-Z]{2}) (?P<plaats>.+)")


@dataclass(frozen=True)
class Nu:
    """The day of the answer, and how far the clock on the wall is ahead of UTC that day (such as "+01:00")."""

    dag: date
    verschil: str

    @classmethod
    def van(cls, moment: datetime) -> "Nu":
        lokaal = timezone.localtime(moment, timezone.get_default_timezone())
        return cls(lokaal.date(), lokaal.isoformat()[-6:])


def gevuld(**velden: Any) -> Json:
    """Only the fields that say something."""
    return {naam: waarde for naam, waarde in velden.items() if waarde not in (None, "", [])}


def moment(wanneer: datetime) -> str:
    return wanneer.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def uri(adres: str) -> str:
    """A web address in ASCII; "" when that cannot be."""
    try:
        host = urlsplit(adres).hostname or ""
        veilig = iri_to_uri(adres.replace(host, host.encode("idna").decode(), 1) if host else adres)
    except ValueError:
        return ""
    return veilig if veilig and _URI.fullmatch(veilig) else ""


def mail(adres: str) -> str:
    return adres if "@" in adres else ""


# --- Terms ----------------------------------------------------------------------------------------------------------


def onderwerp_term(onderwerp: Onderwerp) -> Json:
    """A topic; needs `ouder` at hand."""
    return {
        "id": str(onderwerp.uuid),
        "name": onderwerp.naam,
        "description": onderwerp.naam,
        **gevuld(parent_id=str(onderwerp.ouder.uuid) if onderwerp.ouder else None),
        **_van_taxonomie(ONDERWERPEN),
    }


@cache
def kenmerk_term(kenmerk: Kenmerk) -> Json:
    """The same for everybody and always: made once."""
    return {
        "id": kenmerk.id,
        "code": kenmerk.code,
        "name": kenmerk.naam,
        "description": kenmerk.naam,
        **gevuld(parent_id=KENMERKEN[kenmerk.ouder].id if kenmerk.ouder else None),
        **_van_taxonomie(TAXONOMIE),
    }


def _van_taxonomie(welke: str) -> Json:
    taxonomie = TAXONOMIEEN[welke]
    return {"taxonomy": taxonomie["name"], "taxonomy_detail": taxonomie, "language": "nl"}


def _attribuut(waarvan: object, soort: str, term: Json, waarde: str = "") -> Json:
    return {
        "id": sleutel(waarvan, term["id"], waarde),
        "link_id": str(waarvan),
        "link_entity": soort,
        **gevuld(value=waarde),
        "taxonomy_term": term,
    }


def _kenmerken(waarvan: object, soort: str, codes: Iterable[tuple[str, str]]) -> list[Json]:
    """Attributes out of (code, value) pairs."""
    return [_attribuut(waarvan, soort, kenmerk_term(KENMERKEN[code]), waarde) for code, waarde in codes]


def attributen(aanbod: Aanbod) -> list[Json]:
    """Topics, and what our map knows besides."""
    codes = [(f"soort:{aanbod.soort}", "")]
    codes += [(f"kennismaken:{waarde}", "") for waarde in aanbod.kennismaken]
    codes += [(f"contact:{aanbod.contact}", "")] if aanbod.contact else []
    codes += [(f"drempel:{aanbod.drempel}", "")] if aanbod.drempel else []
    if aanbod.vaste_gezichten is not None:
        codes.append(("vaste_gezichten", "ja" if aanbod.vaste_gezichten else "nee"))
    onderwerpen = [
        _attribuut(aanbod.uuid, "service", onderwerp_term(onderwerp))
        for onderwerp in aanbod.onderwerpen.all()
    ]
    return onderwerpen + _kenmerken(aanbod.uuid, "service", codes)


# --- People, places, times ------------------------------------------------------------------------------------------


def telefoons(waarvan: object, nummer: str) -> list[Json]:
    return [{"id": sleutel(waarvan, "telefoon"), "number": nummer, "type": "voice"}] if nummer else []


def contact(persoon: Contactpersoon, rol: str = "") -> Json:
    """Somebody who agreed to be named; callers give nobody else."""
    if not persoon.is_openbaar:
        raise ValueError("This person is not public.")
    codes = [("sleutelpersoon", "")] if persoon.is_sleutelpersoon else []
    codes += [("spreekt", code) for code in persoon.talen]
    codes += [("waarvoor", persoon.toelichting)] if persoon.toelichting else []
    return {
        "id": str(persoon.uuid),
        "name": persoon.naam,
        **gevuld(
            title=rol,
            email=mail(persoon.email),
            phones=telefoons(persoon.uuid, persoon.telefoon),
            attributes=_kenmerken(persoon.uuid, "contact", codes),
        ),
    }


def contacten(rollen: Iterable[AanbodContact]) -> list[Json]:
    """The public people of an offer, in their role."""
    return [contact(rol.contactpersoon, rol.rol) for rol in rollen if rol.contactpersoon.is_openbaar]


def locatie(plek: Locatie) -> Json:
    """A place with its address; needs `kern` at hand."""
    toegankelijk = [{"id": sleutel(plek.uuid, "toegankelijk"), "description": plek.toegankelijkheid}]
    return {
        "id": str(plek.uuid),
        "location_type": "virtual" if plek.soort == Locatie.Soort.VIRTUEEL else "physical",
        "name": plek.naam,
        **gevuld(
            latitude=plek.breedtegraad,
            longitude=plek.lengtegraad,
            addresses=[_adres(plek)] if plek.adres or plek.kern else [],
            accessibility=toegankelijk if plek.toegankelijkheid else [],
        ),
    }


def _adres(plek: Locatie) -> Json:
    """HSDS wants all parts. What we do not know is empty, not made up."""
    delen = _ADRES.fullmatch(plek.adres)
    kern = plek.kern.naam if plek.kern else ""
    return {
        "id": sleutel(plek.uuid, "adres"),
        "address_1": delen["straat"] if delen else plek.adres,
        "city": delen["plaats"] if delen else kern,
        "state_province": "",
        "postal_code": delen["postcode"] if delen else "",
        "country": "NL",
        "address_type": "virtual" if plek.soort == Locatie.Soort.VIRTUEEL else "physical",
    }


def schema(tijd: Openingstijd, nu: Nu) -> Json:
    """One block of hours. Without weekdays it has no rule: then the words are all there is."""
    codes = [("periode", tijd.periode)] if tijd.periode else []
    codes += [("seizoen", f"{tijd.seizoen_van}-{tijd.seizoen_tot}")] if tijd.seizoen_van else []
    return {
        "id": str(tijd.uuid),
        **(_regel(tijd) if tijd.weekdagen else {}),
        **gevuld(
            valid_from=tijd.vanaf and tijd.vanaf.isoformat(),
            valid_to=tijd.tot_en_met and tijd.tot_en_met.isoformat(),
            timezone=_uren(nu) if tijd.van else None,
            opens_at=_klok(tijd.van, nu),
            closes_at=_klok(tijd.tot, nu),
            description=tijd.wanneer,
            notes=tijd.toelichting,
            attributes=_kenmerken(tijd.uuid, "schedule", codes),
        ),
    }


def _regel(tijd: Openingstijd) -> Json:
    dagen = sorted(tijd.weekdagen)
    if tijd.weken_van_maand:
        keren = [f"{week}{DAGEN[dag]}" for week in tijd.weken_van_maand for dag in dagen]
        return {"freq": "MONTHLY", "interval": 1, "byday": ",".join(keren)}
    begin = tijd.vanaf.isoformat() if tijd.vanaf and tijd.elke_weken > 1 else None
    return {
        "freq": "WEEKLY",
        "interval": tijd.elke_weken,
        "byday": ",".join(DAGEN[dag] for dag in dagen),
        **gevuld(dtstart=begin, wkst="MO" if begin else None),
    }


def _klok(uur: time | None, nu: Nu) -> str | None:
    return f"{uur:%H:%M}{nu.verschil}" if uur else None


def _uren(nu: Nu) -> float:
    uren, minuten = int(nu.verschil[:3]), int(nu.verschil[-2:])
    return uren + minuten / 60 if minuten else uren

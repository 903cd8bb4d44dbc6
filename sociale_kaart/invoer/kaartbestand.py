"""Reading a file with a social map: JSON in, checked rows out. Touches no database.

The shape is {"let_op": "...", "onderwerpen": ["..."], "aanbod": [{"id": "a001", ...}]}; `VELDEN` lists the keys of
an offer, `EXTRA` those it may leave out: then they stay as they are. Every fault is told in Dutch, with the row and
the field it is in.
"""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Any

from django.core.exceptions import ValidationError

from sociale_kaart.invoer.keuren import (
    heeft_stuurtekens,
    keur_email,
    keur_tekst,
    keur_telefoon,
    keur_website,
    lees_dag,
    lees_uren,
    toon,
)
from sociale_kaart.invoer.rijen import BestandFout
from sociale_kaart.models import Aanbod, Taal
from sociale_kaart.tijden import lees_maandregel

MAX_BYTES = 50_000_000
TEKSTVELDEN = "id organisatie naam omschrijving doelgroep kosten telefoon e-mail website"
LIJSTVELDEN = "onderwerpen kernen talen spreekuren contactpersonen"
VELDEN = frozenset([*TEKSTVELDEN.split(), *LIJSTVELDEN.split(), "indicatie_nodig"])
EXTRA = frozenset(
    {
        *("soort", "andere_namen", "aanmelden", "meenemen"),
        *("kennismaken", "contact", "vaste_gezichten", "drempel"),
    }
)
CONTACT_EXTRA = frozenset(["telefoon", "e-mail", "openbaar", "sleutelpersoon", "talen", "toelichting"])
TIJD_EXTRA = frozenset(["weken", "elke_weken", "vanaf", "tot_en_met", "seizoen_van", "seizoen_tot"])
# Words in "plek" that are no place: they say how to get an appointment.
GEEN_PLEK = frozenset({"op afspraak", "via huisarts"})
WEKEN = frozenset({1, 2, 3, 4, 5, -1})
BREDER = {"regio": Aanbod.Bereik.REGIO, "landelijk": Aanbod.Bereik.LANDELIJK}


class KaartbestandFout(BestandFout):
    """The file is no map at all."""


class Rijfout(Exception):
    """A row cannot be used. `fouten` holds one Dutch line per fault."""

    def __init__(self, fouten: list[str]) -> None:
        super().__init__("; ".join(fouten))
        self.fouten = fouten


@dataclass(frozen=True)
class Contact:
    """`telefoon` and `email` are None when the file does not mention them: then they stay as they are."""

    naam: str
    rol: str
    telefoon: str | None = None
    email: str | None = None
    # What else the file says of somebody: columns of Contactpersoon.
    meer: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Tijd:
    weekdagen: tuple[int, ...]
    van: time | None
    tot: time | None
    periode: str
    plek: str
    toelichting: str
    # What else the file says of these hours: columns of Openingstijd.
    meer: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Rij:
    """One offer, checked: `velden` holds the plain columns of Aanbod, the rest what hangs on it."""

    extern_id: str
    organisatie: str
    velden: dict[str, Any]
    onderwerpen: tuple[str, ...]
    kernen: tuple[str, ...]
    tijden: tuple[Tijd, ...]
    contacten: tuple[Contact, ...]
    nummer: int = 0


@dataclass(frozen=True)
class Kaartbestand:
    """The file, read: topics in their order, good rows, and per refused row its id and its faults."""

    onderwerpen: tuple[str, ...]
    rijen: tuple[Rij, ...]
    geweigerd: dict[str, list[str]]
    # Of refused rows: the row number, and the row as it came.
    geweigerde_rijen: dict[str, tuple[int, Any]] = field(default_factory=dict)


def lees_kaart(inhoud: bytes) -> Kaartbestand:
    """Check the whole file. Raises KaartbestandFout when it is not a map at all."""
    kaart = _lees_json(inhoud)
    onderwerpen, aanbod = kaart["onderwerpen"], kaart["aanbod"]
    _eis_unieke_ids(aanbod)
    rijen, geweigerd, geweigerde_rijen = [], {}, {}
    for nummer, ruw in enumerate(aanbod, 1):
        try:
            rijen.append(replace(lees_rij(ruw, frozenset(onderwerpen)), nummer=nummer))
        except Rijfout as fout:
            naam = _noem_rij(ruw, nummer)
            geweigerd[naam] = fout.fouten
            geweigerde_rijen[naam] = (nummer, ruw)
    return Kaartbestand(tuple(onderwerpen), tuple(rijen), geweigerd, geweigerde_rijen)


def _lees_json(inhoud: bytes) -> dict[str, Any]:
    if len(inhoud) > MAX_BYTES:
        raise KaartbestandFout(f"Het bestand is te groot: meer dan {MAX_BYTES // 1_000_000} MB.")
    try:
        kaart = json.loads(inhoud.decode("utf-8-sig"))
    except UnicodeDecodeError as fout:
        raise KaartbestandFout(f"Het bestand is geen UTF-8-tekst (fout bij byte {fout.start}).") from fout
    except json.JSONDecodeError as fout:
        raise KaartbestandFout(f"Het bestand is geen geldige JSON (fout op regel {fout.lineno}).") from fout
    except (RecursionError, ValueError) as fout:
        raise KaartbestandFout("Het bestand is geen geldige JSON.") from fout
    if not isinstance(kaart, dict):
        raise KaartbestandFout('Het bestand moet een object zijn met "onderwerpen" en "aanbod".')
    for sleutel in ("onderwerpen", "aanbod"):
        if not isinstance(kaart.get(sleutel), list):
            raise KaartbestandFout(f'Het bestand heeft geen lijst "{sleutel}".')
    _eis_goede_onderwerpen(kaart["onderwerpen"])
    return kaart


def _eis_goede_onderwerpen(onderwerpen: list[Any]) -> None:
    for onderwerp in onderwerpen:
        if not isinstance(onderwerp, str) or not onderwerp.strip() or len(onderwerp) > 80:
            raise KaartbestandFout('De lijst "onderwerpen" mag alleen teksten van 1 tot 80 tekens bevatten.')
        if heeft_stuurtekens(onderwerp):
            raise KaartbestandFout('De lijst "onderwerpen" bevat tekens die niet kunnen.')
    dubbel = [naam for naam, aantal in Counter(onderwerpen).items() if aantal > 1]
    if dubbel:
        raise KaartbestandFout(f'Het onderwerp "{dubbel[0]}" staat er twee keer in.')


def _eis_unieke_ids(aanbod: list[Any]) -> None:
    ids = [ruw["id"] for ruw in aanbod if isinstance(ruw, dict) and isinstance(ruw.get("id"), str)]
    dubbel = [naam for naam, aantal in Counter(ids).items() if aantal > 1]
    if dubbel:
        raise KaartbestandFout(f'Het id "{dubbel[0]}" staat er meer dan één keer in.')


def _noem_rij(ruw: Any, nummer: int) -> str:
    naam = ruw.get("id") if isinstance(ruw, dict) else None
    if isinstance(naam, str) and naam.strip() and len(naam) <= 120 and not heeft_stuurtekens(naam):
        return naam
    return f"rij {nummer}"


def lees_rij(ruw: Any, onderwerpen: frozenset[str]) -> Rij:
    """Check one offer and gather all its faults. Raises Rijfout."""
    if not isinstance(ruw, dict):
        raise Rijfout(["dit is geen object"])
    lezer = Lezer(ruw)
    lezer.alleen(VELDEN | EXTRA)
    kernen = lezer.teksten("kernen", maximum=80)
    rij = Rij(
        extern_id=lezer.tekst("id", maximum=120, verplicht=True),
        organisatie=lezer.tekst("organisatie", maximum=120, verplicht=True),
        velden=_lees_velden(lezer) | {"bereik": _bereik(kernen)} | _lees_extra(lezer),
        onderwerpen=lezer.teksten("onderwerpen", maximum=80, uit=onderwerpen),
        kernen=tuple(kern for kern in kernen if kern not in BREDER),
        tijden=tuple(lezer.tijd(deel) for deel in lezer.delen("spreekuren")),
        contacten=tuple(lezer.contact(deel) for deel in lezer.delen("contactpersonen")),
    )
    if not kernen and "kernen" in ruw and not lezer.fouten:
        lezer.fout("kernen", 'is leeg; noem een kern, "regio" of "landelijk"')
    namen = [contact.naam for contact in rij.contacten]
    if len(namen) != len(set(namen)):
        lezer.fout("contactpersonen", "dezelfde naam staat er twee keer in")
    if lezer.fouten:
        raise Rijfout(lezer.fouten)
    return rij


def _lees_velden(lezer: "Lezer") -> dict[str, Any]:
    """The columns of Aanbod that come straight out of the file."""
    return {
        "naam": lezer.tekst("naam", maximum=160, verplicht=True),
        "omschrijving": lezer.tekst("omschrijving", maximum=4000, regels=True),
        "doelgroep": lezer.tekst("doelgroep", maximum=200),
        "talen": lezer.talen("talen"),
        "kosten": lezer.tekst("kosten", maximum=160),
        "indicatie_nodig": lezer.ja_nee("indicatie_nodig"),
        "telefoon": lezer.tekst("telefoon", maximum=40, keur=keur_telefoon),
        "email": lezer.tekst("e-mail", maximum=254, keur=keur_email),
        "website": lezer.tekst("website", maximum=300, keur=keur_website),
    }


def _lees_extra(lezer: "Lezer") -> dict[str, Any]:
    """The columns of Aanbod that a file may leave out."""
    lees: dict[str, Callable[[str], Any]] = {
        "soort": lambda veld: lezer.keuze(veld, Aanbod.Soort.values),
        "andere_namen": lambda veld: lezer.tekst(veld, maximum=200),
        "aanmelden": lambda veld: lezer.tekst(veld, maximum=300),
        "meenemen": lambda veld: lezer.tekst(veld, maximum=300),
        "kennismaken": lambda veld: list(
            lezer.teksten(veld, maximum=10, uit=frozenset(Aanbod.Kennismaken.values))
        ),
        "contact": lambda veld: lezer.keuze(veld, ["", *Aanbod.Contact.values]),
        "vaste_gezichten": lezer.ja_nee_of_leeg,
        "drempel": lambda veld: lezer.keuze(veld, ["", *Aanbod.Drempel.values]),
    }
    return {veld: lees[veld](veld) for veld in lees if veld in lezer.ruw}


def _bereik(kernen: tuple[str, ...]) -> str:
    """The widest reach named counts; without one the offer is for the villages named."""
    for naam in ("landelijk", "regio"):
        if naam in kernen:
            return BREDER[naam].value
    return Aanbod.Bereik.KERNEN.value


class Lezer:
    """Takes values out of one object and remembers every fault, so that all can be mended at once."""

    def __init__(self, ruw: dict[str, Any], plek: str = "", fouten: list[str] | None = None) -> None:
        self.ruw = ruw
        self.plek = plek
        self.fouten: list[str] = [] if fouten is None else fouten

    def fout(self, veld: str, tekst: str) -> None:
        self.fouten.append(f"{self.plek}{veld}: {tekst}")

    def alleen(self, bekend: frozenset[str]) -> None:
        for veld in self.ruw.keys() - bekend:
            self.fout(toon(veld), "dit veld ken ik niet")

    def tekst(
        self,
        veld: str,
        *,
        maximum: int,
        verplicht: bool = False,
        regels: bool = False,
        keur: Callable[[str], None] | None = None,
    ) -> str:
        """A text without surrounding blanks; "" after a fault. `regels` allows line breaks."""
        if veld not in self.ruw:
            self.fout(veld, "ontbreekt")
            return ""
        waarde = self.ruw[veld]
        probleem = keur_tekst(waarde, maximum, verplicht=verplicht, regels=regels)
        if probleem is None and waarde.strip() and keur is not None:
            try:
                keur(waarde.strip())
            except ValidationError as fout:
                probleem = fout.messages[0]
        if probleem:
            self.fout(veld, probleem)
            return ""
        return str(waarde).strip()

    def teksten(self, veld: str, *, maximum: int, uit: frozenset[str] | None = None) -> tuple[str, ...]:
        """A list of different texts, each out of `uit` when that is given."""
        gevonden: list[str] = []
        for waarde in self.delen(veld):
            probleem = keur_tekst(waarde, maximum, verplicht=True)
            if probleem is None and uit is not None and waarde.strip() not in uit:
                probleem = f'"{toon(waarde)}" is onbekend'
            if probleem is None and waarde.strip() in gevonden:
                probleem = f'"{toon(waarde)}" staat er twee keer in'
            if probleem:
                self.fout(veld, probleem)
            else:
                gevonden.append(waarde.strip())
        return tuple(gevonden)

    def talen(self, veld: str) -> list[str]:
        codes = {str(taal.label): taal.value for taal in Taal}
        return [codes[naam] for naam in self.teksten(veld, maximum=80, uit=frozenset(codes))]

    def ja_nee(self, veld: str) -> bool:
        waarde = self.ruw.get(veld)
        if not isinstance(waarde, bool):
            self.fout(veld, "moet true of false zijn" if veld in self.ruw else "ontbreekt")
        return waarde is True

    def delen(self, veld: str) -> list[Any]:
        waarde = self.ruw.get(veld)
        if isinstance(waarde, list):
            return waarde
        self.fout(veld, "moet een lijst zijn" if veld in self.ruw else "ontbreekt")
        return []

    def ja_nee_of_leeg(self, veld: str) -> bool | None:
        return None if self.ruw.get(veld) is None else self.ja_nee(veld)

    def keuze(self, veld: str, uit: list[str]) -> str:
        tekst = self.tekst(veld, maximum=40)
        if tekst not in uit and not any(fout.startswith(f"{self.plek}{veld}:") for fout in self.fouten):
            self.fout(veld, f'"{toon(tekst)}" is onbekend; kies uit {", ".join(filter(None, uit))}')
        return tekst

    def getal(self, veld: str, mag: range) -> int | None:
        waarde = self.ruw.get(veld)
        if waarde is not None and (type(waarde) is not int or waarde not in mag):
            self.fout(veld, f"moet een getal van {mag.start} tot en met {mag.stop - 1} zijn")
            return None
        return waarde

    def dag(self, veld: str) -> date | None:
        waarde = self.ruw.get(veld)
        if waarde in (None, ""):
            return None
        try:
            return date.fromisoformat(waarde)
        except (TypeError, ValueError):
            self.fout(veld, f'"{toon(waarde)}" is geen datum zoals 2027-03-31')
            return None

    def contact(self, ruw: Any) -> Contact:
        """A contact person; the file may leave out all but the name and the role."""
        deel = self._binnen(ruw, "contactpersonen.", frozenset({"naam", "rol"}), CONTACT_EXTRA)
        heeft = deel.ruw.keys()
        meer = {
            "is_openbaar": ("openbaar", deel.ja_nee),
            "is_sleutelpersoon": ("sleutelpersoon", deel.ja_nee),
            "talen": ("talen", deel.talen),
            "toelichting": ("toelichting", lambda veld: deel.tekst(veld, maximum=200)),
        }
        return Contact(
            naam=deel.tekst("naam", maximum=120, verplicht=True),
            rol=deel.tekst("rol", maximum=120),
            telefoon=deel.tekst("telefoon", maximum=40, keur=keur_telefoon) if "telefoon" in heeft else None,
            email=deel.tekst("e-mail", maximum=254, keur=keur_email) if "e-mail" in heeft else None,
            meer={kolom: lees(veld) for kolom, (veld, lees) in meer.items() if veld in heeft},
        )

    def tijd(self, ruw: Any) -> Tijd:
        deel = self._binnen(ruw, "spreekuren.", frozenset({"dag", "tijd", "plek", "toelichting"}), TIJD_EXTRA)
        dag = deel.tekst("dag", maximum=80, verplicht=True)
        uren = deel.tekst("tijd", maximum=40)
        plek = deel.tekst("plek", maximum=160)
        toelichting = deel.tekst("toelichting", maximum=120)
        weekdagen, periode = deel.gekeurd("dag", lees_dag, dag, ((), ""))
        van, tot = deel.gekeurd("tijd", lees_uren, uren, (None, None))
        if dag.lower() == "24 uur per dag":
            if uren:
                deel.fout("tijd", 'hoort leeg te zijn bij "24 uur per dag"')
            van = tot = time(0)
        if plek.lower() in GEEN_PLEK:
            toelichting, plek = "; ".join(filter(None, [toelichting, plek])), ""
        meer = deel.meer_tijd()
        weken, toelichting = lees_maandregel(toelichting) if weekdagen else ([], toelichting)
        meer["weken_van_maand"] = meer["weken_van_maand"] or tuple(weken)
        return Tijd(weekdagen, van, tot, periode, plek, toelichting, meer)

    def meer_tijd(self) -> dict[str, Any]:
        """Weeks of the month, every other week, from and until, and the season."""
        meer: dict[str, Any] = {
            "weken_van_maand": self._weken(),
            "elke_weken": self.getal("elke_weken", range(1, 9)) or 1,
            "vanaf": self.dag("vanaf"),
            "tot_en_met": self.dag("tot_en_met"),
            "seizoen_van": self.getal("seizoen_van", range(1, 13)),
            "seizoen_tot": self.getal("seizoen_tot", range(1, 13)),
        }
        if meer["elke_weken"] > 1 and (meer["vanaf"] is None or meer["weken_van_maand"]):
            self.fout("elke_weken", "vraagt om een eerste dag (vanaf), en kan niet samen met weken")
        if meer["vanaf"] and meer["tot_en_met"] and meer["tot_en_met"] < meer["vanaf"]:
            self.fout("tot_en_met", "ligt voor de eerste dag")
        if (meer["seizoen_van"] is None) != (meer["seizoen_tot"] is None):
            self.fout("seizoen_tot", "noem de eerste en de laatste maand, of geen van beide")
        return meer

    def _weken(self) -> tuple[int, ...]:
        waarde = self.ruw.get("weken", [])
        if not isinstance(waarde, list) or any(type(week) is not int or week not in WEKEN for week in waarde):
            self.fout("weken", "moet een lijst zijn van 1 tot en met 5, of -1 voor de laatste")
            return ()
        return tuple(sorted(set(waarde)))

    def gekeurd(self, veld: str, lees: Callable[[str], Any], tekst: str, anders: Any) -> Any:
        """What `lees` makes of the text, or `anders` with a fault noted; an earlier fault is not told twice."""
        if not tekst:
            return anders
        try:
            return lees(tekst)
        except ValueError as fout:
            self.fout(veld, str(fout))
            return anders

    def _binnen(self, ruw: Any, plek: str, moet: frozenset[str], mag: frozenset[str]) -> "Lezer":
        if not isinstance(ruw, dict):
            self.fout(plek.strip("."), "bevat iets dat geen object is")
            # Its own fields need no telling any more.
            return Lezer(dict.fromkeys(moet, ""), plek, [])
        deel = Lezer(ruw, plek, self.fouten)
        deel.alleen(moet | mag)
        return deel

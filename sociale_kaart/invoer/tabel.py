"""A spreadsheet with a map on its way in: `kolommen` looks at it, `lees` makes of it what all files become.

A column that is matched is the truth: an empty cell empties the field. A column that is not says nothing.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from itertools import zip_longest
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from balie.models import Kern
from sociale_kaart.invoer import tabeltaal as taal
from sociale_kaart.invoer.keuren import keur_tekst, keur_website, toon
from sociale_kaart.invoer.rijen import (
    AanbodRij,
    BestandFout,
    Invoerbestand,
    LocatieRij,
    Ongebruikt,
    Opmerking,
    OrganisatieRij,
    Plek,
    Weigering,
)
from sociale_kaart.invoer.tabelbestand import Rijen, lees_rijen
from sociale_kaart.invoer.tabelkolommen import OP_NAAM, VELDEN, Kolom, kopregel, raad, unieke_koppen
from sociale_kaart.models import Aanbod, Locatie, Onderwerp

VOORBEELDEN = 3
# As much as one cell of Excel holds: a text of this length has been cut off.
EXCEL_CEL = 32_767
BEREIK = {"regio": "regio", "de hele regio": "regio", "landelijk": "landelijk", "heel nederland": "landelijk"}
VIRTUEEL = re.compile(r"\b(telefonisch|online|chat|videobellen)\b", re.IGNORECASE)
KEUZES: dict[str, Any] = {
    "soort": Aanbod.Soort,
    "bereik": Aanbod.Bereik,
    "contact": Aanbod.Contact,
    "drempel": Aanbod.Drempel,
}
STANDAARD = {"soort": Aanbod.Soort.HULP.value, "bereik": Aanbod.Bereik.KERNEN.value}
REGELS = {"omschrijving", "interne_notitie"}
ORGANISATIEVELDEN = ("telefoon", "email", "website")


def kolommen(inhoud: bytes) -> list[Kolom]:
    """The columns of a file with what they seem to be. Raises BestandFout."""
    koppen, rijen = _met_koppen(lees_rijen(inhoud))
    geraden = raad(koppen)
    return [
        Kolom(kop, tuple(_voorbeelden(rijen, nummer)), geraden[nummer]) for nummer, kop in enumerate(koppen)
    ]


def _voorbeelden(rijen: Rijen, nummer: int) -> list[str]:
    """The first different values of a column."""
    waarden = (toon(cellen[nummer]) for _, cellen in rijen if nummer < len(cellen) and cellen[nummer].strip())
    return list(dict.fromkeys(waarde for waarde, _ in zip(waarden, range(50), strict=False)))[:VOORBEELDEN]


def _met_koppen(rijen: Rijen) -> tuple[list[str], Rijen]:
    begin = kopregel(rijen)
    breedte = max(len(cellen) for _, cellen in rijen[begin:])
    return unieke_koppen(rijen[begin][1], breedte), rijen[begin + 1 :]


def lees(
    inhoud: bytes, keuze: Mapping[str, str], *, bestand: str = "tabel", bron: str = "tabel"
) -> Invoerbestand:
    """Read the table; `keuze` says per header which field it is ("" or nothing: not used). Raises BestandFout."""
    koppen, rijen = _met_koppen(lees_rijen(inhoud))
    velden = {keuze[kop]: nummer for nummer, kop in enumerate(koppen) if keuze.get(kop) in OP_NAAM}
    mist = [veld.kop for veld in VELDEN if veld.verplicht and veld.naam not in velden]
    if mist:
        raise BestandFout(f"Kies welke kolom dit is: {' en '.join(mist)}.")
    if not rijen:
        raise BestandFout("Onder de koppen staan geen rijen.")
    lezer = Tabellezer(koppen, velden, bestand, bron)
    for nummer, cellen in rijen:
        lezer.lees(nummer, cellen)
    return lezer.klaar(rijen)


class Tabellezer:
    """Goes through the rows and gathers what they name."""

    def __init__(self, koppen: list[str], velden: dict[str, int], bestand: str, bron: str) -> None:
        self.koppen, self.velden, self.bestand, self.bron = koppen, velden, bestand, bron
        self.organisaties: dict[str, OrganisatieRij] = {}
        self.locaties: dict[str, LocatieRij] = {}
        self.aanbod: list[AanbodRij] = []
        self.geweigerd: list[Weigering] = []
        self.opmerkingen: list[Opmerking] = []
        self.onbekend: Counter[str] = Counter()
        self.bekende_plekken = {
            naam.casefold() for naam in Locatie.objects.current().values_list("naam", flat=True)
        }
        self.kernen = sorted(Kern.objects.values_list("naam", flat=True), key=len, reverse=True)
        self.bekende_onderwerpen = {
            naam.casefold()
            for paar in Onderwerp.objects.values_list("naam", "extern_id")
            for naam in paar
            if naam
        }

    def lees(self, nummer: int, cellen: list[str]) -> None:
        rij = Tabelrij(self.velden, cellen)
        velden = rij.gewone_velden()
        plek = Plek(self.bestand, nummer)
        ruw = dict(zip_longest(self.koppen, cellen[: len(self.koppen)], fillvalue=""))
        gelezen = AanbodRij(
            plek,
            organisatie=rij.tekst("organisatie"),
            velden=velden,
            **rij.wie(self.bron),
            onderwerpen=self._onderwerpen(rij),
            kernen=rij.kernen(velden),
            tijden=rij.lijst("tijden", taal.lees_tijden),
            contacten=rij.lijst("contactpersonen", taal.lees_contacten),
            gecontroleerd=rij.gekeurd("gecontroleerd", _dag, None),
            ruw=ruw,
        )
        organisatie = rij.organisatie()
        if rij.fouten:
            naam = str(velden.get("naam", ""))
            self.geweigerd.append(
                Weigering(plek, tuple(rij.fouten), naam=naam, extern_id=gelezen.extern_id, ruw=ruw)
            )
            return
        self._organisatie(plek, gelezen.organisatie, organisatie)
        for tijd in gelezen.tijden or ():
            if tijd.locatie:
                self._locatie(plek, tijd.locatie)
        self.aanbod.append(gelezen)

    def _onderwerpen(self, rij: "Tabelrij") -> tuple[str, ...] | None:
        """Those we know; the others are counted."""
        genoemd = rij.lijst("onderwerpen", taal.lees_lijst)
        if genoemd is None:
            return None
        bekend = tuple(naam for naam in genoemd if naam.casefold() in self.bekende_onderwerpen)
        self.onbekend.update(set(genoemd) - set(bekend))
        return bekend

    def _organisatie(self, plek: Plek, naam: str, velden: dict[str, str]) -> None:
        eerder = self.organisaties.setdefault(naam, OrganisatieRij(plek, naam, naam, velden=velden))
        if eerder.velden != velden:
            self.opmerkingen.append(
                Opmerking(plek, f"zegt iets anders over {toon(naam)} dan {eerder.plek}; die telt")
            )

    def _locatie(self, plek: Plek, naam: str) -> None:
        """A place by its name. A new one gets the village that stands in it."""
        if naam in self.locaties:
            return
        nieuw = naam.casefold() not in self.bekende_plekken
        kernen = (kern for kern in self.kernen if re.search(rf"\b{re.escape(kern)}\b", naam))
        soort = Locatie.Soort.VIRTUEEL if VIRTUEEL.search(naam) else Locatie.Soort.FYSIEK
        self.locaties[naam] = LocatieRij(
            plek,
            sleutel=naam,
            naam=naam,
            bij_nieuw={"soort": soort.value},
            kern=next(kernen, None) if nieuw else None,
        )

    def klaar(self, rijen: Rijen) -> Invoerbestand:
        gebruikt = set(self.velden.values())
        vol = Counter(n for _, cellen in rijen for n, cel in enumerate(cellen) if cel.strip())
        return Invoerbestand(
            bron=self.bron,
            organisaties=tuple(self.organisaties.values()),
            locaties=tuple(self.locaties.values()),
            aanbod=tuple(self.aanbod),
            geweigerd=tuple(self.geweigerd),
            opmerkingen=tuple(self.opmerkingen),
            ongebruikt=tuple(
                Ongebruikt(self.bestand, kop, vol[nummer])
                for nummer, kop in enumerate(self.koppen)
                if nummer not in gebruikt and vol[nummer]
            ),
            onbekende_onderwerpen=dict(self.onbekend),
        )


class Tabelrij:
    """One row: takes values out of its cells and remembers every fault, by the name of our column."""

    def __init__(self, velden: Mapping[str, int], cellen: list[str]) -> None:
        self.velden, self.cellen = velden, cellen
        self.fouten: list[str] = []

    def fout(self, veld: str, tekst: str) -> None:
        self.fouten.append(f"{OP_NAAM[veld].kop}: {tekst}")

    def cel(self, veld: str) -> str:
        nummer = self.velden.get(veld, EXCEL_CEL)
        return self.cellen[nummer].strip() if nummer < len(self.cellen) else ""

    def tekst(self, veld: str) -> str:
        """A checked text; on one line unless the field may have more."""
        soort = OP_NAAM[veld]
        waarde = self.cel(veld)
        if veld not in REGELS:
            waarde = " ".join(waarde.split()) if re.search(r"[\r\n\t]", waarde) else waarde
        if len(waarde) == EXCEL_CEL:
            self.fout(veld, "is te lang voor een cel van Excel; het einde ontbreekt misschien")
            return ""
        maximum = EXCEL_CEL * 4 if veld in REGELS else soort.maximum
        if probleem := keur_tekst(waarde, maximum, verplicht=soort.verplicht, regels=veld in REGELS):
            self.fout(veld, probleem)
            return ""
        return waarde

    def gekeurd(self, veld: str, lees: Callable[[str], Any], leeg: Any) -> Any:
        """What `lees` makes of a cell; `leeg` when there is nothing, or nothing good."""
        waarde = self.cel(veld)
        if not waarde:
            return leeg
        try:
            return lees(waarde)
        except ValidationError as fout:
            self.fout(veld, fout.messages[0])
        except ValueError as fout:
            self.fout(veld, str(fout))
        return leeg

    def lijst(self, veld: str, lees: Callable[[str], Any]) -> tuple[Any, ...] | None:
        """None when there is no such column: then the file says nothing about it."""
        return tuple(self.gekeurd(veld, lees, ())) if veld in self.velden else None

    def wie(self, bron: str) -> dict[str, Any]:
        """Our own id, or one of another source."""
        gezegd = self.tekst("id")
        try:
            return {"uuid": UUID(gezegd)}
        except ValueError:
            return {"extern_id": f"{bron}:{gezegd}"} if gezegd else {}

    def gewone_velden(self) -> dict[str, Any]:
        """The columns of Aanbod that the table has."""
        lezers: dict[str, Callable[[str], Any]] = {
            **dict.fromkeys(("naam", "andere_namen", "omschrijving", "doelgroep", "kosten"), self.tekst),
            **dict.fromkeys(("aanmelden", "meenemen", "interne_notitie"), self.tekst),
            **dict.fromkeys(KEUZES, self._keuze),
            "talen": lambda veld: self.gekeurd(veld, lambda cel: taal.lees_talen(taal.lees_lijst(cel)), []),
            "kennismaken": lambda veld: self.gekeurd(veld, _kennismaken, []),
            "indicatie_nodig": lambda veld: self.gekeurd(veld, _ja_nee, False),
            "vaste_gezichten": lambda veld: self.gekeurd(veld, _ja_nee, None),
            "telefoon": lambda veld: self._met_keur(veld, taal.keur_nummer),
            "email": lambda veld: self._met_keur(veld, taal.keur_mail),
            "website": lambda veld: self._met_keur(veld, keur_website),
        }
        return {veld: lees(veld) for veld, lees in lezers.items() if veld in self.velden}

    def _met_keur(self, veld: str, keur: Callable[[str], None]) -> str:
        waarde = self.tekst(veld)
        if veld.endswith("website") and waarde and "://" not in waarde:
            waarde = f"https://{waarde}"
        self.gekeurd(veld, lambda _: keur(waarde), None)
        return waarde

    def _keuze(self, veld: str) -> str:
        """A choice by its label or its code."""
        waarde = self.cel(veld).casefold()
        keuzes = {str(label).casefold(): code for code, label in KEUZES[veld].choices}
        if veld == "bereik":
            keuzes |= BEREIK
        if waarde and waarde not in keuzes and waarde not in KEUZES[veld].values:
            mogelijk = ", ".join(f"“{label}”" for _, label in KEUZES[veld].choices)
            self.fout(veld, f"“{toon(self.cel(veld))}” ken ik niet. Kies uit {mogelijk}.")
        return keuzes.get(waarde, waarde) or STANDAARD.get(veld, "")

    def kernen(self, velden: dict[str, Any]) -> tuple[str, ...] | None:
        """The villages; "regio" or "landelijk" among them is about reach, when no other column says that."""
        genoemd = self.lijst("kernen", taal.lees_lijst)
        if genoemd is None:
            return None
        breder = [BEREIK[naam.casefold()] for naam in genoemd if naam.casefold() in BEREIK]
        if breder and "bereik" not in velden:
            velden["bereik"] = "landelijk" if "landelijk" in breder else "regio"
        return tuple(naam for naam in genoemd if naam.casefold() not in BEREIK)

    def organisatie(self) -> dict[str, str]:
        """What the row says of its organisation."""
        keuren = {"telefoon": taal.keur_nummer, "email": taal.keur_mail, "website": keur_website}
        return {
            veld: self._met_keur(f"organisatie_{veld}", keuren[veld])
            for veld in ORGANISATIEVELDEN
            if f"organisatie_{veld}" in self.velden
        }


def _ja_nee(tekst: str) -> bool:
    waarden = dict.fromkeys(["ja", "j", "yes", "true", "waar", "1", "x"], True)
    waarden |= dict.fromkeys(["nee", "n", "no", "false", "onwaar", "0", "-"], False)
    if tekst.casefold() not in waarden:
        raise ValueError(f"“{toon(tekst)}” is geen ja of nee")
    return waarden[tekst.casefold()]


def _kennismaken(tekst: str) -> list[str]:
    keuzes = {str(label): code for code, label in Aanbod.Kennismaken.choices}
    keuzes |= {code: code for code in Aanbod.Kennismaken.values}
    genoemd = taal.lees_lijst(tekst.casefold())
    if vreemd := [naam for naam in genoemd if naam not in keuzes]:
        raise ValueError(f"“{toon(vreemd[0])}” ken ik niet")
    return [keuzes[naam] for naam in genoemd]


def _dag(tekst: str) -> date:
    if gevonden := re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", tekst):
        dag, maand, jaar = map(int, gevonden.groups())
    elif gevonden := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", tekst):
        jaar, maand, dag = map(int, gevonden.groups())
    else:
        raise ValueError(f"“{toon(tekst)}” is geen dag zoals 16-3-2026")
    try:
        return date(jaar, maand, dag)
    except ValueError:
        raise ValueError(f"“{toon(tekst)}” is geen dag die bestaat") from None

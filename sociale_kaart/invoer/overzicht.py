"""The kept report of an import, for the screen and for a spreadsheet."""

from collections.abc import Iterator
from typing import Any

from sociale_kaart.invoer.tabelbestand import veilig

LIJSTEN = {
    "gewijzigd": "Gewijzigd",
    "nieuw": "Nieuw",
    "weg": "Niet meer in het bestand",
    "geweigerd": "Geweigerd",
    "opmerkingen": "Anders overgenomen",
    "overgeslagen": "Niet gelezen",
    "ongebruikt": "Niet gebruikte velden",
}
KOLOMMEN = {
    "nieuw": ["soort", "naam", "organisatie", "plek"],
    "weg": ["naam", "organisatie", "extern_id"],
    "opmerkingen": ["plek", "tekst"],
    "overgeslagen": ["bestand", "van", "tot", "aantal", "reden"],
    "ongebruikt": ["bestand", "veld", "aantal"],
}


def tellers(verslag: dict[str, Any]) -> dict[str, int]:
    """How many offers are new, changed, the same and gone, and how many rows were refused."""

    def aanbod(lijst: str) -> int:
        return sum(regel["soort"] == "aanbod" for regel in verslag.get(lijst, []))

    return {
        "nieuw": aanbod("nieuw"),
        "gewijzigd": aanbod("gewijzigd"),
        "ongewijzigd": verslag.get("ongewijzigd", 0),
        "weg": len(verslag.get("weg", [])),
        "geweigerd": len(verslag.get("geweigerd", [])),
    }


def als_tabel(lijst: str, regels: list[dict[str, Any]]) -> Iterator[list[str]]:
    """A header and rows, safe to open in a spreadsheet."""
    rijen = _maker(lijst)(regels) if lijst in {"geweigerd", "gewijzigd"} else _gewoon(lijst, regels)
    for rij in rijen:
        yield [veilig(cel) for cel in rij]


def _maker(lijst: str) -> Any:
    return _geweigerd if lijst == "geweigerd" else _gewijzigd


def _gewoon(lijst: str, regels: list[dict[str, Any]]) -> Iterator[list[str]]:
    yield KOLOMMEN[lijst]
    for regel in regels:
        yield [str(regel.get(kolom, "")) for kolom in KOLOMMEN[lijst]]


def _geweigerd(regels: list[dict[str, Any]]) -> Iterator[list[str]]:
    """The columns as they came, in their order, and behind them where it stood and why it was refused."""
    koppen = list(dict.fromkeys(kop for regel in regels for kop, _ in regel.get("ruw", [])))
    yield [*koppen, "bestand", "rij", "reden"]
    for regel in regels:
        ruw = dict(regel.get("ruw", []))
        waar = [str(regel.get("bestand", "")), str(regel.get("rij", ""))]
        yield [*(ruw.get(kop, "") for kop in koppen), *waar, "; ".join(regel["redenen"])]


def _gewijzigd(regels: list[dict[str, Any]]) -> Iterator[list[str]]:
    yield ["soort", "naam", "organisatie", "veld", "was", "wordt"]
    for regel in regels:
        for w in regel.get("wijzigingen", []):
            naam = [regel["soort"], regel["naam"], regel.get("organisatie", "")]
            yield [*naam, w["veld"], w.get("was", ""), w.get("wordt", "")]

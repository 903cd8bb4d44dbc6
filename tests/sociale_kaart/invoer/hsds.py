"""Files in the format of Open Referral, made for tests: small, and as untidy as real ones."""

import io
import json
import zipfile

from sociale_kaart.invoer.hsds_csv import lees_zip
from sociale_kaart.invoer.hsds_json import lees_json
from sociale_kaart.invoer.hsds_lezen import lees_hsds
from sociale_kaart.invoer.hsds_tabellen import Boek

ORGANISATIES = "id,name,email,website\n1,Buurtzorg De Brug,info@brug.example,www.brug.example\n"
DIENSTEN = "id,organization_id,name,description,status\n10,1,Maatje,Samen op pad.,active\n"


def als_zip(**bestanden: str | bytes) -> bytes:
    """A zip with these files; `services="..."` becomes services.csv."""
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as pakket:
        for naam, inhoud in bestanden.items():
            pakket.writestr(naam if "." in naam else f"{naam}.csv", inhoud)
    return uit.getvalue()


class KentNiets:
    """Topics of a map without topics."""

    def herken(self, term):
        return None


def lees(inhoud: bytes, *, kernen=frozenset({"dalfsen"}), onderwerpen=None):
    """What the reader makes of a zip or of JSON, and the books it kept."""
    boek = Boek("proef")
    if inhoud[:2] == b"PK":
        lees_zip(inhoud, boek)
    else:
        lees_json(inhoud, "proef.json", boek)
    alle = [regel for regels in boek.tabellen.values() for regel in regels]
    bestand = lees_hsds(boek, onderwerpen or KentNiets(), set(kernen))
    return bestand, alle


def lees_tabellen(**tabellen: str):
    """Tables over a plain organisation and service; gives the file and per row in words why it was refused."""
    bestand, alle = lees(als_zip(**{"organizations": ORGANISATIES, "services": DIENSTEN} | tabellen))
    assert all(regel.is_verantwoord for regel in alle)
    return bestand, {str(fout.plek): "; ".join(fout.redenen) for fout in bestand.geweigerd}


def als_json(*dingen) -> bytes:
    return json.dumps(list(dingen)).encode()

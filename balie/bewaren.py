"""How long the desk keeps what it knows about people (see infopunt/bewaren.py)."""

from infopunt.bewaren import Bewaarregel, Over

REGELS = [
    Bewaarregel("Kern", ("naam",), Over.NIEMAND),
    Bewaarregel("Infopunt", ("naam", "plek", "adres", "telefoon", "email"), Over.NIEMAND),
    Bewaarregel(
        "Medewerker",
        ("password", "username", "first_name", "last_name", "email", "telefoon", "functie"),
        Over.MEDEWERKER,
        hoe_lang="zolang iemand meedoet",
        hoe_weg="een beheerder zet het account uit en maakt naam en adressen leeg",
    ),
]

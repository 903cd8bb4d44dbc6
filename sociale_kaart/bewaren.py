"""How long the map keeps what it knows about people (see infopunt/bewaren.py)."""

from infopunt.bewaren import Bewaarregel, Over

REGELS = [
    Bewaarregel("Onderwerp", ("naam", "extern_id", "icoon", "zoekwoorden"), Over.NIEMAND),
    Bewaarregel(
        "Organisatie", ("naam", "extern_id", "omschrijving", "telefoon", "email", "website"), Over.NIEMAND
    ),
    Bewaarregel(
        "Contactpersoon",
        ("naam", "telefoon", "email"),
        Over.PARTNER,
        hoe_lang="zolang iemand contactpersoon is",
        hoe_weg="de coördinator of de partner haalt de contactpersoon weg",
    ),
    Bewaarregel("Locatie", ("naam", "adres"), Over.NIEMAND),
    Bewaarregel(
        "Aanbod",
        ("extern_id", "naam", "omschrijving", "doelgroep", "kosten", "telefoon", "email", "website"),
        Over.NIEMAND,
    ),
    Bewaarregel("AanbodContact", ("rol",), Over.NIEMAND),
    Bewaarregel("Openingstijd", ("periode", "toelichting"), Over.NIEMAND),
]

"""How long the map keeps what it knows about people (see infopunt/bewaren.py)."""

from infopunt.bewaren import Bewaarregel, Over

PARTNERMAIL = {
    "hoe_lang": "zolang de organisatie op de kaart staat",
    "hoe_weg": "de coördinator of de partner haalt het adres weg",
}
EEN_JAAR = {"hoe_lang": "een jaar", "hoe_weg": "de werker gooit weg wat ouder is (sociale_kaart/tasks.py)"}
EEN_MAAND = {"hoe_lang": "een maand", "hoe_weg": "de werker gooit weg wat ouder is (sociale_kaart/tasks.py)"}

REGELS = [
    Bewaarregel("Onderwerp", ("naam", "extern_id", "icoon", "zoekwoorden"), Over.NIEMAND),
    Bewaarregel(
        "Organisatie",
        (
            "naam",
            "andere_namen",
            "extern_id",
            "omschrijving",
            "telefoon",
            "email",
            "website",
            "interne_notitie",
        ),
        Over.NIEMAND,
    ),
    Bewaarregel("Organisatie", ("controle_email",), Over.PARTNER, **PARTNERMAIL),
    Bewaarregel(
        "Contactpersoon",
        ("naam", "telefoon", "email", "toelichting"),
        Over.PARTNER,
        hoe_lang="zolang iemand contactpersoon is",
        hoe_weg="de coördinator of de partner haalt de contactpersoon weg",
    ),
    Bewaarregel("Locatie", ("naam", "extern_id", "adres", "toegankelijkheid"), Over.NIEMAND),
    Bewaarregel(
        "Aanbod",
        (
            *(
                "extern_id",
                "naam",
                "andere_namen",
                "omschrijving",
                "doelgroep",
                "kosten",
                "aanmelden",
                "meenemen",
            ),
            *("telefoon", "email", "website", "interne_notitie"),
        ),
        Over.NIEMAND,
    ),
    Bewaarregel("AanbodContact", ("rol",), Over.NIEMAND),
    Bewaarregel("Openingstijd", ("periode", "toelichting"), Over.NIEMAND),
    Bewaarregel("Uitzondering", ("reden",), Over.NIEMAND),
    Bewaarregel("Mededeling", ("tekst",), Over.NIEMAND),
    Bewaarregel("Agendabron", ("url", "fout"), Over.NIEMAND),
    Bewaarregel("Agendapunt", ("uid", "titel", "omschrijving", "plek"), Over.NIEMAND),
    Bewaarregel("Controleverzoek", ("email",), Over.PARTNER, **EEN_JAAR),
    Bewaarregel("Controleverzoek", ("token_hash",), Over.NIEMAND),
    # Read by the privacy guard before it is saved.
    Bewaarregel("Melding", ("toelichting",), Over.NIEMAND),
    Bewaarregel("Voorstel", ("velden",), Over.PARTNER, **EEN_JAAR),
    # Names of contact persons are among them.
    Bewaarregel(
        "Kaartwoord",
        ("stam", "woord"),
        Over.PARTNER,
        hoe_lang="zolang het woord op de kaart staat",
        hoe_weg="het bijwerken van de zoekindex haalt woorden weg die nergens meer staan",
    ),
    Bewaarregel("Zoekwoord", ("woord", "vakwoord"), Over.NIEMAND),
    # Single words that passed the privacy guard.
    Bewaarregel("GemistWoord", ("woord",), Over.NIEMAND),
    Bewaarregel("Woordkeuze", ("woord",), Over.NIEMAND),
    Bewaarregel("Invoer", ("bestandsnaam", "bron", "kolommen", "fout"), Over.NIEMAND),
    Bewaarregel("Invoer", ("inhoud", "verslag"), Over.PARTNER, **EEN_MAAND),
]

# The history keeps every row as it was, so it holds what the map holds (models/geschiedenis.py).
TWEE_JAAR = {
    "hoe_lang": "twee jaar nadat het is gewijzigd",
    "hoe_weg": "de werker gooit weg wat ouder is (sociale_kaart/bewaartermijn.py)",
}
BIJGEHOUDEN = [
    *("Organisatie", "Contactpersoon", "Locatie", "Aanbod", "AanbodContact"),
    *("Openingstijd", "Uitzondering", "Mededeling", "Onderwerp"),
]
REGELS += [
    Bewaarregel(f"{regel.model}Event", regel.velden, regel.over, **TWEE_JAAR)
    for regel in REGELS
    if regel.model in BIJGEHOUDEN and regel.model != "Contactpersoon"
]
REGELS.append(
    Bewaarregel(
        "ContactpersoonEvent",
        ("naam", "telefoon", "email", "toelichting"),
        Over.PARTNER,
        hoe_lang="twee jaar na een wijziging, een maand nadat iemand is weggehaald",
        hoe_weg="de werker gooit weg wat ouder is (sociale_kaart/bewaartermijn.py)",
    )
)
REGELS += [
    Bewaarregel(f"{model}Event", ("pgh_label",), Over.NIEMAND)
    for model in [*BIJGEHOUDEN, "AanbodKern", "AanbodOnderwerp"]
]

"""How long a referral keeps what it knows about people (see infopunt/bewaren.py)."""

from infopunt.bewaren import Bewaarregel, Over

REGELS = [
    Bewaarregel(
        "Contactgegevens",
        ("versleuteld",),
        Over.BEZOEKER,
        hoe_lang="tot tien minuten na de uitkomst, tot intrekken, of tot de bewaartermijn om is",
        hoe_weg="de taak doorverwijzing.erase_due, elke minuut",
    ),
    Bewaarregel(
        "Doorverwijzing",
        ("email",),
        Over.PARTNER,
        hoe_lang="zolang de doorverwijzing in de cijfers meetelt",
        hoe_weg="met de doorverwijzing zelf",
    ),
    # Words of partners, desks and visitors are read by the privacy guard before they are saved.
    Bewaarregel("Doorverwijzing", ("kenmerk", "toelichting", "code_zout"), Over.NIEMAND),
    Bewaarregel("Belnotitie", ("tekst",), Over.NIEMAND),
    Bewaarregel("Waardering", ("tekst",), Over.NIEMAND),
    Bewaarregel("Toestemming", ("versie", "tekst"), Over.NIEMAND),
    Bewaarregel("Inzage", ("reden",), Over.NIEMAND),
    Bewaarregel("Partnerlink", ("token_hash",), Over.NIEMAND),
]

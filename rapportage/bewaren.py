"""How long reports keep what could be about people (see infopunt/bewaren.py): they only count."""

from infopunt.bewaren import Bewaarregel, Over

REGELS = [
    Bewaarregel("Maandstand", ("herkomst", "facet", "waarde"), Over.NIEMAND),
    Bewaarregel("Mutatie", ("herkomst", "wijze", "reden_niet", "leeftijdsgroep", "geslacht"), Over.NIEMAND),
    # Read by the privacy guard before it is saved.
    Bewaarregel("Verslag", ("voorwoord", "vragen", "mensen", "hulp", "vooruitblik"), Over.NIEMAND),
    # Published figures, gone after a week.
    Bewaarregel("Uitvoer", ("fout", "inhoud"), Over.NIEMAND),
    Bewaarregel("UitvoerDeel", ("rijen",), Over.NIEMAND),
    # The name of a link passes the privacy guard; the rest comes from lists and from the map.
    Bewaarregel("Buitenlink", ("naam", "token_hash"), Over.NIEMAND),
    Bewaarregel("Buitencijfer", ("sleutel", "naam"), Over.NIEMAND),
    Bewaarregel("OpenData", ("licentie", "licentie_adres"), Over.NIEMAND),
    Bewaarregel("IdoCategorie", ("naam",), Over.NIEMAND),
]

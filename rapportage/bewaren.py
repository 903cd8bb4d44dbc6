"""How long reports keep what could be about people (see infopunt/bewaren.py): they only count."""

from infopunt.bewaren import Bewaarregel, Over

REGELS = [
    Bewaarregel("Maandstand", ("herkomst", "facet", "waarde"), Over.NIEMAND),
    Bewaarregel("Mutatie", ("herkomst", "wijze", "reden_niet", "leeftijdsgroep", "geslacht"), Over.NIEMAND),
]

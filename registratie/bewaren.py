"""How long questions keep what could be about people (see infopunt/bewaren.py): nothing in them is."""

from infopunt.bewaren import Bewaarregel, Over

REGELS = [
    # What the privacy guard refuses never gets here.
    Bewaarregel("Vraag", ("opmerking",), Over.NIEMAND),
    Bewaarregel("Wijziging", ("van", "naar"), Over.NIEMAND),
    Bewaarregel("Turfknop", ("naam", "icoon"), Over.NIEMAND),
    Bewaarregel("Gesprekswijzer", ("vragen", "erachter"), Over.NIEMAND),
]

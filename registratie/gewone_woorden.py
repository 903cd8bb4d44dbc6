"""Which words may be kept on their own: those that nobody is called by."""

from registratie.privacy_ontleden import GEWOON
from registratie.privacy_woorden import LAAGSTE_TELLING, namen, vouw, woorden


def is_ordinary(woord: str) -> bool:
    """Whether this is a Dutch word in real use and not a name.

    Stricter than the guard, which reads a sentence: a word on its own has nothing around it that tells `Bakker`
    from a baker. So every name of people here loses, and so do unknown words and rare compounds, which is what
    most surnames look like. Only a first name from far away may be an everyday word ("kat").
    """
    plat, lijst = vouw(woord), namen()
    telling = woorden().telling(plat)
    if plat in lijst.hier or plat in lijst.achter or plat in lijst.na_tussen:
        return False
    return telling > (GEWOON if plat in lijst.voor else LAAGSTE_TELLING)

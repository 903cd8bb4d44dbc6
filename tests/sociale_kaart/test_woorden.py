"""Words: back to their stem, taken apart, and mended."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sociale_kaart.samenstelling import splits_samenstelling
from sociale_kaart.spelling import Spelling, klank
from sociale_kaart.stam import stam
from sociale_kaart.thesaurus import gewone_woorden
from sociale_kaart.woordenlijst import veelzeggend

LETTERS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=25)


@pytest.mark.parametrize(
    "rij",
    [
        "huur huren huurt",
        "schuld schulden",
        "lezen leest lees gelezen",
        "les lessen",
        "brief brieven",
        "huis huizen",
        "probleem problemen",
        "vrijwilliger vrijwilligers",
        "winkel winkels winkeltje",
        "maatje maatjes",
        "kind kinderen",
        "wandelen wandelt wandel",
        "eenzaam eenzame",
        "gemeente gemeenten gemeentes",
        "valt vallen gevallen",
        "dag dagen",
    ],
)
def test_forms_of_a_word_have_one_stem(rij):
    assert len({stam(woord) for woord in rij.split()}) == 1


@pytest.mark.parametrize(
    "rij",
    [
        "les lees",
        "kop koop",
        "man maan",
        "krant kraan",
        "rekening rekenen",
        "bijstand bijstaan",
        "mantel mantelzorg",
    ],
)
def test_false_friends_have_different_stems(rij):
    assert len({stam(woord) for woord in rij.split()}) == 2


@given(LETTERS)
def test_a_stem_is_never_empty(woord):
    assert stam(woord)


@pytest.mark.parametrize(
    ("woord", "delen"),
    [
        ("huurtoeslag", ("huur", "toeslag")),
        ("eetgroep", ("eet", "groep")),
        ("rolstoelvervoer", ("rolstoel", "vervoer")),
        ("gemeentehuis", ("gemeente", "huis")),
        ("loonkostensubsidie", ("loon", "kosten", "subsidie")),
        ("ondersteuning", ()),
        ("vrijwilliger", ()),
        ("rekening", ()),
        ("informatie", ()),
    ],
)
def test_compounds(woord, delen):
    assert splits_samenstelling(woord, gewone_woorden) == delen


@given(LETTERS)
def test_parts_stand_in_the_word_in_order(woord):
    plek = 0
    for deel in splits_samenstelling(woord, lambda deel: len(deel) > 3):
        plek = woord.index(deel, plek) + len(deel)


KAART = """
alzheimer mantelzorg zorgtoeslag thuiszorgwinkel cafe cursus huishoudelijk verzekering koken mentaal computer hulp
rollator tolk taart boete schulden
""".split()  # noqa: SIM905


@pytest.mark.parametrize(
    ("getypt", "bedoeld"),
    [
        ("alzeimer", "alzheimer"),
        ("matelzorg", "mantelzorg"),
        ("zorgtoeslach", "zorgtoeslag"),
        ("thuiszorgwinkle", "thuiszorgwinkel"),
        ("kursus", "cursus"),
        ("kafee", "cafe"),
        ("verzekring", "verzekering"),
        ("sgulden", "schulden"),
        ("rolator", "rollator"),
        # Too far off, too short, or another first sound.
        ("dentaal", None),
        ("kaart", None),
        ("tol", None),
        ("zonnebank", None),
        ("co2", None),
    ],
)
def test_mistakes_are_mended_carefully(getypt, bedoeld):
    gevonden = Spelling(KAART).verbeter(getypt)
    assert (gevonden[0] if gevonden else None) == bedoeld


def test_what_sounds_alike_is_nearer_than_what_looks_alike():
    assert klank("kursus") == klank("cursus")
    assert Spelling(["bijslag", "bijsmaak"]).verbeter("bijslach")[0] == "bijslag"


def test_rare_words_tell_more():
    assert veelzeggend("deurwaarder") > veelzeggend("brief") > veelzeggend("dag")
    assert veelzeggend("xyzzy") == 1

"""From what somebody typed to words and hints."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sociale_kaart.zoektaal import (
    MAX_TEKENS,
    MAX_WOORDEN,
    alle_woorden,
    begrijp,
    normaliseer,
    vouw,
    woorden_van,
)

KERNEN = {"dalfsen": "Dalfsen", "nieuwleusen": "Nieuwleusen"}


def woorden(tekst):
    return [term.woord for term in begrijp(tekst, KERNEN).termen]


@pytest.mark.parametrize(
    ("tekst", "verwacht"),
    [
        ("ik kan mijn huur niet meer betalen", ["huur", "betalen"]),
        ("mevrouw van Ankum", ["ankum"]),
        ("Taalcafé", ["taalcafe"]),
        ("no-riskpolis", ["no", "riskpolis"]),
        ("huur huur HUUR", ["huur"]),
        ("w.m.o. aanvragen", ["wmo", "aanvragen"]),
        ("gratis kleding", ["kleding"]),
        ("", []),
        ("?!", []),
        ("ik wil graag", []),
        ("huur\x00\x07toeslag", ["huur", "toeslag"]),
        ("\N{PILE OF POO} huur \N{HOUSE BUILDING}", ["huur"]),
    ],
)
def test_words_that_say_something(tekst, verwacht):
    assert woorden(tekst) == verwacht
    assert woorden_van(tekst) == tuple(verwacht)


@pytest.mark.parametrize(
    ("tekst", "kern", "rest"),
    [
        ("eetgroep dalfsen", "Dalfsen", ["eetgroep"]),
        ("DALFSEN wandelen", "Dalfsen", ["wandelen"]),
        ("dalfsen", None, ["dalfsen"]),
        ("ik wil naar dalfsen", None, ["dalfsen"]),
        ("taalles zwolle", None, ["taalles", "zwolle"]),
        ("dalfsen of nieuwleusen eten", None, ["dalfsen", "nieuwleusen", "eten"]),
    ],
)
def test_a_village_is_a_hint_when_something_else_is_asked(tekst, kern, rest):
    assert begrijp(tekst, KERNEN).kern == kern
    assert woorden(tekst) == rest


@pytest.mark.parametrize(
    ("tekst", "taal"),
    [
        ("farsi", "fa"),
        ("iemand die turks spreekt", "tr"),
        ("tolk arabisch", "ar"),
        ("turks eten koken", None),
        ("spreekt hier iemand pools of duits", None),
        ("nederlands leren spreken", None),
    ],
)
def test_a_language_is_a_hint_when_it_is_about_speaking_it(tekst, taal):
    assert begrijp(tekst, {}).taal == taal


@pytest.mark.parametrize(
    ("tekst", "nu", "gratis"),
    [
        ("wie is er nu open", True, False),
        ("vandaag eten", True, False),
        ("wat moet ik nu doen", False, False),
        ("open dag", False, False),
        ("gratis advies", False, True),
        ("kosteloos", False, True),
    ],
)
def test_now_and_free_are_hints(tekst, nu, gratis):
    vraag = begrijp(tekst, {})
    assert (vraag.nu, vraag.gratis) == (nu, gratis)


def test_a_sentence_falls_into_clauses():
    vraag = begrijp("Mijn zoon wordt gepest, en we komen niet rond.", {})
    assert vraag.zinnen == ("mijn zoon wordt gepest", "we komen niet rond")
    assert [(term.woord, term.zin) for term in vraag.termen] == [("zoon", 0), ("gepest", 0), ("rond", 1)]


def test_words_next_to_each_other_are_known_as_such():
    telefoon, cirkel, morgen = begrijp("telefoon cirkel, morgen", {}).termen
    assert cirkel.plek - telefoon.plek == 1
    assert morgen.plek - cirkel.plek > 1


def test_a_word_with_a_hyphen_is_also_found_as_one():
    assert alle_woorden("E-mail en AOW-pensioen") == [
        "e",
        "mail",
        "en",
        "aow",
        "pensioen",
        "email",
        "aowpensioen",
    ]


@given(st.text(max_size=400))
def test_any_text_is_understood(tekst):
    vraag = begrijp(tekst, KERNEN)
    assert len(vraag.termen) <= MAX_WOORDEN
    assert len(normaliseer(tekst)) <= MAX_TEKENS
    assert all(term.woord.isalnum() for term in vraag.termen)
    assert all(0 <= term.zin < len(vraag.zinnen) for term in vraag.termen)


@given(st.text(max_size=200))
def test_folding_twice_is_folding_once(tekst):
    assert vouw(vouw(tekst)) == vouw(tekst)

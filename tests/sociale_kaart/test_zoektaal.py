"""From what somebody typed to what to look for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sociale_kaart.zoektaal import MAX_TEKENS, MAX_WOORDEN, begrijp, normaliseer, vouw

KERNEN = {"dalfsen": "Dalfsen", "nieuwleusen": "Nieuwleusen"}


def woorden(tekst):
    return [term.woord for term in begrijp(tekst, KERNEN).termen]


def vormen(tekst, woord):
    [term] = [term for term in begrijp(tekst, KERNEN).termen if term.woord == woord]
    return {vorm.tsquery for vorm in term.vormen}


@pytest.mark.parametrize(
    ("tekst", "verwacht"),
    [
        ("ik kan mijn huur niet meer betalen", ["huur", "betalen"]),
        ("mevrouw van Ankum", ["ankum"]),
        ("Taalcafé", ["taalcafe"]),
        ("no-riskpolis", ["no", "riskpolis"]),
        ("huur huur HUUR", ["huur"]),
        ("", []),
        ("?!", []),
        ("ik wil graag", []),
        ("huur\x00\x07toeslag", ["huur", "toeslag"]),
    ],
)
def test_words_that_say_something(tekst, verwacht):
    assert woorden(tekst) == verwacht


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


def test_neighbours_are_also_tried_as_one_word():
    assert "telefooncirkel" in vormen("telefoon cirkel", "telefoon")
    assert "telefooncirkel" in vormen("telefoon cirkel", "cirkel")


def test_the_word_being_typed_matches_its_beginning_and_short_words_do_not():
    assert "hu:*" in vormen("hu", "hu")
    assert "wmo:*" not in vormen("wmo aanvraag", "wmo")
    assert "schulden:*" in vormen("schulden mantelzorg", "schulden")


@given(st.text(max_size=400))
def test_any_text_gives_terms_postgresql_can_read(tekst):
    vraag = begrijp(tekst, KERNEN)
    assert len(vraag.termen) <= MAX_WOORDEN
    assert len(normaliseer(tekst)) <= MAX_TEKENS
    for term in vraag.termen:
        for vorm in term.vormen:
            assert vorm.tsquery.removesuffix(":*").isalnum()


@given(st.text(max_size=200))
def test_folding_twice_is_folding_once(tekst):
    assert vouw(vouw(tekst)) == vouw(tekst)

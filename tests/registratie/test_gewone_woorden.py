"""Which words may be kept on their own."""

import pytest

from infopunt.velden import is_ordinary_word


@pytest.mark.parametrize("woord", ["brommer", "trouwjurk", "gehoorapparaat", "kat", "notaris"])
def test_ordinary_words(woord):
    assert is_ordinary_word(woord)


@pytest.mark.parametrize(
    "woord",
    [
        *("fatima", "mohammed", "jan", "piet", "roos", "peter", "Mark"),
        *("jansen", "dijkstra", "bakker", "visser", "vos", "groothuis", "kortekaas", "nijland", "hagedoorn"),
        *("xqzwv", "", "öztürk"),
    ],
)
def test_names_and_what_is_no_word(woord):
    assert not is_ordinary_word(woord)

"""The thesaurus that comes with the product is whole: every group can be heard, and leads to a topic of the map."""

import json
from collections import Counter

from sociale_kaart import demo
from sociale_kaart.thesaurus import groepen_van_huis, stammen_van

GROEPEN = groepen_van_huis()
VELDEN = {"vak", "leken", "engels", "onderwerp"}


def test_groups_are_whole() -> None:
    assert len(GROEPEN) > 700
    for groep in GROEPEN:
        assert set(groep) <= VELDEN, groep
        assert groep["vak"], groep
        assert groep["leken"], groep
        assert all(regel == regel.strip() for veld in VELDEN - {"onderwerp"} for regel in groep.get(veld, ()))


def test_topics_are_those_of_the_map() -> None:
    onderwerpen = set(json.loads(demo.BESTAND.read_text("utf-8"))["onderwerpen"])

    assert {groep["onderwerp"] for groep in GROEPEN if "onderwerp" in groep} == onderwerpen


def test_no_group_stands_there_twice() -> None:
    vaak = Counter(frozenset(term.casefold() for term in groep["vak"]) for groep in GROEPEN)

    assert not [vak for vak, aantal in vaak.items() if aantal > 1]


def test_a_phrase_leads_to_three_groups_at_most() -> None:
    vaak = Counter(zin.casefold() for groep in GROEPEN for zin in {*groep["leken"], *groep.get("engels", ())})

    assert not [zin for zin, aantal in vaak.items() if aantal > 3]


def test_no_lay_phrase_is_only_stop_words() -> None:
    assert not [zin for groep in GROEPEN for zin in groep["leken"] if not stammen_van(zin)]

"""Sample weeks to all questions, and what each way of writing down is worth."""

from collections import Counter
from datetime import date
from random import Random

import pytest

from rapportage.periode import Periode
from rapportage.schatten import Schatting
from rapportage.steekproef import extrapolate, load_sample_weeks, sources, sources_in_a_sentence
from rapportage.tellen import Facet, Telling
from registratie.models import Uitvraag


@pytest.mark.parametrize("deel", [0.05, 0.2, 0.5])
def test_the_margin_covers_the_truth(deel: float) -> None:
    """Thirteen weeks of which four are sampled, with shares that differ from week to week (a correlation of 0.02)."""
    rng = Random(f"steekproef {deel}")
    raak, keren = 0, 400
    for _ in range(keren):
        weken = []
        for _ in range(13):
            kans = rng.betavariate(deel * 49, (1 - deel) * 49)  # 1 / (49 + 1) = 0.02
            gevraagd = rng.randint(20, 40)
            weken.append((sum(rng.random() < kans for _ in range(gevraagd)), gevraagd))
        steekproef = rng.sample(weken, 4)
        (uit,) = extrapolate(
            [("65-79", sum(aantal for aantal, _ in steekproef))],
            gevraagd=sum(n for _, n in steekproef),
            totaal=sum(n for _, n in weken),
            weken=4,
        )
        assert uit.schatting is not None
        raak += uit.schatting.laag <= sum(aantal for aantal, _ in weken) <= uit.schatting.hoog

    assert 0.92 <= raak / keren <= 0.99


def test_worked_by_hand() -> None:
    """A quarter of 40 asked, of 120: ten seen and about twenty of the other eighty."""
    (uit,) = extrapolate([("65-79", 10)], gevraagd=40, totaal=120, weken=2)

    # 1 + 19 * 0.02 = 1.38; n = 1 / (1.38 * (1/40 + 1/80)) = 19.32; Wilson: 0.1112 to 0.4711 of eighty
    assert uit.schatting == Schatting(30, 10 + 9, 10 + 38)


def test_a_hidden_count_has_no_estimate_and_changes_no_other() -> None:
    groepen = [("0-17", None), ("65-79", 30)]

    uit = extrapolate(groepen, gevraagd=60, totaal=200, weken=3)

    assert uit[0].schatting is None
    assert uit[1] == extrapolate(groepen[1:], gevraagd=60, totaal=200, weken=3)[0]


def test_everybody_was_asked() -> None:
    (uit,) = extrapolate([("65-79", 30)], gevraagd=60, totaal=60, weken=3)

    assert uit.schatting == Schatting(30, 30, 30)


@pytest.mark.parametrize(("gevraagd", "totaal", "weken"), [(60, 200, 1), (19, 200, 4), (0, 0, 0), (0, 50, 3)])
def test_a_sample_that_is_too_small(gevraagd: int, totaal: int, weken: int) -> None:
    assert extrapolate([("65-79", 5)], gevraagd=gevraagd, totaal=totaal, weken=weken) == []


@pytest.mark.django_db
def test_weeks_of_the_period() -> None:
    weken = [date(2026, 3, 30), date(2026, 3, 2), date(2026, 4, 6), date(2026, 2, 23)]
    Uitvraag.objects.create(modus="steekproef", weken=weken)

    assert load_sample_weeks(Periode(date(2026, 3, 1), date(2026, 3, 31))) == sorted(weken)[:3]


def telling(**aantallen: int) -> Telling:
    return Telling(Counter({(Facet.HERKOMST, 1, naam): n for naam, n in aantallen.items()}))


def test_sources_are_told_apart() -> None:
    regels = sources(telling(direct=60, papier=30, turf=10))

    assert [(regel.naam, regel.aantal, regel.procent) for regel in regels] == [
        ("direct", 60, 60),
        ("van papier", 30, 30),
        ("geturfd", 10, 10),
    ]
    assert all(regel.uitleg.endswith(".") for regel in regels)
    assert sources(telling()) == []


@pytest.mark.parametrize(
    ("aantallen", "begin"),
    [
        ({"direct": 70, "turf": 10, "papier": 20}, "De meeste vragen zijn op de dag zelf"),
        ({"direct": 60, "achteraf": 40}, "Een flink deel van de vragen is later"),
        ({"direct": 20, "papier": 80}, "De meeste vragen zijn later"),
    ],
)
def test_what_the_sources_mean(aantallen: dict[str, int], begin: str) -> None:
    assert sources_in_a_sentence(telling(**aantallen)).startswith(begin)


def test_no_sentence_without_questions() -> None:
    assert sources_in_a_sentence(telling()) == ""

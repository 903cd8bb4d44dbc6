"""What stands out is true, more than chance, and never about age or gender."""

from collections import Counter
from random import Random
from typing import Any
from urllib.parse import urldefrag, urlencode, urljoin, urlsplit

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.asserts import assertInHTML

from rapportage.drukte import Drukte, Vak
from rapportage.opvallend import Nakoming, Namen, Waarneming, load_names, nothing_stands_out, stands_out
from rapportage.tellen import Facet, Selectie, Telling
from tests import factories
from tests.rapportage.test_toeval import poisson

NAMEN = Namen(
    infopunten={1: "Dalfsen", 2: "Lemelerveld"},
    onderwerpen={10: "Wonen", 11: "Huren", 20: "Geld & schulden", 30: "Vervoer"},
    hoofd={10: 10, 11: 10, 20: 20, 30: 30},
    organisaties={7: "Humanitas", 8: "MEE"},
)
ALLES = Selectie((1, 2))
PER_ONDERWERP = (Facet.ONDERWERP, Facet.HERKOMST)


def address(**anders: int) -> str:
    return "?" + urlencode({"periode": "dit_jaar", **anders})


def telling(*rijen: tuple[Facet, int, str, int]) -> Telling:
    return Telling(Counter({(facet, desk, waarde): n for facet, desk, waarde, n in rijen}))


def topics(per_desk: dict[int, dict[int, int]]) -> Telling:
    """desk -> topic -> questions, with the total that belongs to it."""
    rijen = [(Facet.ONDERWERP, desk, str(pk), n) for desk, per in per_desk.items() for pk, n in per.items()]
    return telling(
        *rijen, *((Facet.HERKOMST, desk, "direct", sum(per.values())) for desk, per in per_desk.items())
    )


def compare(nu: Telling, toen: Telling, **anders: Any) -> Waarneming:
    return Waarneming(
        **{"nu": nu, "toen": toen, "namen": NAMEN, "selectie": ALLES, "adres": address} | anders
    )


def sentences(wat: Waarneming) -> list[str]:
    return [str(punt.zin) for punt in stands_out(wat)]


def test_a_topic_that_doubled() -> None:
    """Its sub-topics are counted with it; another topic fell, so the desk as a whole did not change."""
    wat = compare(
        topics({2: {10: 30, 11: 14, 20: 40}, 1: {30: 50}}),
        topics({2: {10: 12, 11: 9, 20: 60}, 1: {30: 48}}),
    )

    (punt,) = stands_out(wat)

    assert (
        str(punt.zin) == "In Lemelerveld is het aantal vragen over wonen meer dan verdubbeld: van 21 naar 44."
    )
    assert [deel.tekst for deel in punt.zin.delen if deel.vet] == ["meer dan verdubbeld"]
    assert punt.adres == "?periode=dit_jaar&infopunt=2&onderwerp=10#tabel-onderwerp"


def test_nine_to_twenty_one_among_many_rows_may_be_chance() -> None:
    """On its own it would pass at 5 %; among the rows of a page one such row is to be expected."""
    gelijk = {10: 40, 20: 40}
    wat = compare(topics({2: {30: 21, **gelijk}, 1: gelijk}), topics({2: {30: 9, **gelijk}, 1: gelijk}))

    assert sentences(wat) == []
    assert nothing_stands_out(wat).startswith("Niets springt eruit.")


def test_a_desk_that_grew_is_one_sentence() -> None:
    """All topics grew along; the one that grew far more is named too."""
    mee = compare(topics({1: {10: 90, 20: 120, 30: 60}}), topics({1: {10: 45, 20: 60, 30: 30}}))
    eruit = compare(topics({1: {10: 160, 20: 80, 30: 60}}), topics({1: {10: 45, 20: 60, 30: 50}}))

    assert sentences(mee) == ["In Dalfsen is het aantal vragen verdubbeld: van 135 naar 270."]
    assert sentences(eruit)[:2] == [
        "In Dalfsen is het aantal vragen over wonen meer dan verdrievoudigd: van 45 naar 160.",
        "In Dalfsen is het aantal vragen bijna verdubbeld: van 155 naar 300.",
    ]
    assert len(sentences(eruit)) == 2


def test_more_open_hours_explain_more_questions() -> None:
    nu, toen = topics({1: {10: 200}}), topics({1: {10: 100}})

    assert len(sentences(compare(nu, toen))) >= 1
    assert sentences(compare(nu, toen, uren_nu={1: 100.0}, uren_toen={1: 50.0})) == []
    # More questions, but fewer per open hour: neither "more" nor "less" would be the whole truth.
    assert sentences(compare(nu, toen, uren_nu={1: 400.0}, uren_toen={1: 50.0})) == []


def test_what_could_not_be_helped() -> None:
    def helped(niet: int, wel: int) -> Telling:
        return telling(
            (Facet.WIJZE, 1, "niet_geholpen", niet), (Facet.WIJZE, 2, "samen_gedaan", wel),
            (Facet.HERKOMST, 1, "direct", niet + wel),
        )  # fmt: skip

    assert sentences(compare(helped(30, 70), helped(8, 92))) == [
        "Niet kunnen helpen kwam vaker voor: bij 30 van de 100 vragen, eerder bij 8 van de 100."
    ]
    assert sentences(compare(helped(8, 92), helped(30, 70)))[0].startswith(
        "Niet kunnen helpen kwam minder vaak voor"
    )
    assert sentences(compare(helped(10, 90), helped(8, 92))) == []


def test_organisations() -> None:
    nu = telling(
        (Facet.ORGANISATIE, 1, "7", 20), (Facet.ORGANISATIE, 2, "7", 20), (Facet.ORGANISATIE, 1, "8", 3)
    )
    toen = telling(
        (Facet.ORGANISATIE, 1, "7", 12), (Facet.ORGANISATIE, 1, "8", 4), (Facet.ORGANISATIE, 1, "9", 90)
    )

    assert sentences(compare(nu, toen)) == [
        "Het aantal verwijzingen naar Humanitas is meer dan verdrievoudigd: van 12 naar 40."
    ]


def test_an_organisation_that_grew_along_is_not_named() -> None:
    def year(vragen: int, verwezen: int) -> Telling:
        return telling((Facet.HERKOMST, 1, "direct", vragen), (Facet.ORGANISATIE, 1, "7", verwezen))

    assert sentences(compare(year(400, 80), year(200, 40))) == [
        "In Dalfsen is het aantal vragen verdubbeld: van 200 naar 400."
    ]
    assert len(sentences(compare(year(400, 120), year(200, 30)))) == 2


@pytest.mark.parametrize(
    ("gehouden", "totaal", "genoemd"), [(7, 11, True), (9, 11, False), (0, 2, True), (0, 1, False)]
)
def test_promises(gehouden: int, totaal: int, genoemd: bool) -> None:
    """One in ten is forgiven; four of eleven, or two of two, is more than that."""
    wat = compare(Telling(), Telling(), nakoming=[Nakoming(7, gehouden, totaal)])

    verwacht = [f"Humanitas belde {totaal - gehouden} van de {totaal} keer te laat."]
    assert sentences(wat) == (verwacht if genoemd else [])


VAKKEN = {
    (1, 1, 14): Vak(80, 26.0),
    (1, 1, 15): Vak(30, 26.0),
    (1, 3, 10): Vak(31, 26.0),
    (1, 3, 11): Vak(1, 26.0),
}


def test_the_busiest_and_the_quietest_hour() -> None:
    wat = compare(Telling(), Telling(), drukte=Drukte({1: "Dalfsen"}, VAKKEN))

    assert sentences(wat) == [
        "Dinsdag van 14 tot 15 uur is het in Dalfsen het drukst: 3,1 vragen per uur.",
        "Donderdag van 11 tot 12 uur is in Dalfsen bijna niets geregistreerd: 1 vraag in 26 uur open.",
    ]
    assert stands_out(wat)[0].adres == "?periode=dit_jaar&infopunt=1#drukte"


def test_an_even_week_has_no_busiest_hour() -> None:
    vakken = {(1, dag, 10): Vak(26 + dag, 26.0) for dag in range(5)}

    assert sentences(compare(Telling(), Telling(), drukte=Drukte({1: "Dalfsen"}, vakken))) == []


def test_a_chosen_topic_is_in_every_sentence() -> None:
    nu, toen = topics({1: {10: 90}}), topics({1: {10: 30}})
    wat = compare(nu, toen, selectie=Selectie((1,), onderwerpen=(10,)))

    assert sentences(wat) == ["In Dalfsen is het aantal vragen over wonen verdrievoudigd: van 30 naar 90."]


def test_too_few_questions_to_say_anything() -> None:
    wat = compare(topics({1: {10: 5}}), topics({1: {10: 0}}))

    assert sentences(wat) == []
    assert nothing_stands_out(wat) == "Er zijn nog te weinig vragen om iets over te zeggen."


def test_at_most_five_and_two_of_a_kind() -> None:
    wat = compare(
        topics({1: {10: 300, 20: 10, 30: 400}, 2: {10: 300, 20: 10, 30: 900}}),
        topics({1: {10: 20, 20: 200, 30: 40}, 2: {10: 20, 20: 200, 30: 50}}),
        nakoming=[Nakoming(7, 0, 20), Nakoming(8, 0, 20)],
    )

    zinnen = sentences(wat)

    assert len(zinnen) == 5
    assert sum(" over " in zin for zin in zinnen) == 2


def test_age_and_gender_never_matter() -> None:
    nu, toen = topics({1: {10: 90}}), topics({1: {10: 30}})
    anders = Telling(nu.aantallen + Counter({(Facet.PERSOON, 1, "65-79|vrouw"): 500}))

    assert stands_out(compare(nu, toen)) == stands_out(compare(anders, toen))
    assert stands_out(compare(Telling(Counter({(Facet.PERSOON, 1, "65-79|vrouw"): 500})), Telling())) == []


aantallen = st.dictionaries(st.sampled_from([10, 11, 20, 30]), st.integers(0, 60), min_size=1)


@given(
    st.dictionaries(st.sampled_from([1, 2]), aantallen), st.dictionaries(st.sampled_from([1, 2]), aantallen)
)
def test_outsiders_read_published_figures_only(nu: dict, toen: dict) -> None:
    """Under ten hidden, the rest in fives: tables that look the same get the same sentences."""

    def strict(aantal: int) -> int | None:
        return None if aantal < 10 else 5 * round(aantal / 5)

    for punt in stands_out(compare(topics(nu), topics(toen), getoond=strict)):
        cijfers = [int(woord.strip(".,")) for woord in str(punt.zin).split() if woord.strip(".,").isdigit()]
        assert all(cijfer % 5 == 0 for cijfer in cijfers[-2:])
        assert all(cijfer >= 10 for cijfer in cijfers[-2:])


def test_a_quarter_in_which_nothing_changed_is_calm() -> None:
    """Two hundred pairs of quarters with the same pace everywhere: a sentence in at most one of twenty."""
    rng = Random("kwartalen")
    pagina = 0
    for _ in range(200):
        twee = [
            topics({desk: {pk: poisson(rng, 15) for pk in (10, 20, 30)} for desk in (1, 2)}) for _ in range(2)
        ]
        pagina += bool(stands_out(compare(*twee)))

    assert pagina / 200 <= 0.05


def test_page() -> None:
    wat = compare(topics({1: {10: 90}}), topics({1: {10: 30}}))
    vol = render_to_string("rapportage/_opvallend.html", {"opvallend": stands_out(wat), "vergeleken": "2025"})
    leeg = render_to_string(
        "rapportage/_opvallend.html",
        {"opvallend": [], "anders": nothing_stands_out(wat), "vergeleken": "2025"},
    )

    assertInHTML("<strong>verdrievoudigd</strong>", vol)
    assert 'href="?periode=dit_jaar&amp;infopunt=1#per-maand"' in vol
    assert "Niets springt eruit." in leeg
    assert "<ul" not in leeg


def test_names(django_assert_num_queries: Any, infopunten: list[Any]) -> None:
    wonen = factories.OnderwerpFactory(naam="Wonen")
    huren = factories.OnderwerpFactory(naam="Huren", ouder=wonen)
    mee, _ = factories.OrganisatieFactory(naam="MEE"), factories.OrganisatieFactory()

    with django_assert_num_queries(2):
        namen = load_names({1: "Dalfsen"}, [telling((Facet.ORGANISATIE, 1, str(mee.pk), 3)), Telling()])

    assert namen.onderwerpen == {wonen.pk: "Wonen", huren.pk: "Huren"}
    assert namen.hoofd == {wonen.pk: wonen.pk, huren.pk: wonen.pk}
    assert namen.organisaties == {mee.pk: "MEE"}


def test_every_link_leads_to_what_the_sentence_is_about(
    as_user: Any, coordinator: Any, infopunten: list[Any]
) -> None:
    def see(anders: dict[str, Any]) -> list[str]:
        return [punt.adres for punt in stands_out(compare(**{"nu": Telling(), "toen": Telling()} | anders))]

    verwezen = (Facet.ORGANISATIE, 1, "7", 40)
    niet = [(Facet.WIJZE, 1, "niet_geholpen", 60), (Facet.WIJZE, 1, "samen_gedaan", 40)]
    samen = (Facet.HERKOMST, 1, "direct", 100)
    adressen = [
        *see(
            {
                "nu": topics({1: {10: 90}, 2: {10: 10, 20: 90}}),
                "toen": topics({1: {10: 30}, 2: {10: 60, 20: 40}}),
            }
        ),
        *see({"nu": telling(*niet, samen), "toen": telling((Facet.WIJZE, 1, "samen_gedaan", 100), samen)}),
        *see({"nu": telling(verwezen)}),
        *see({"nakoming": [Nakoming(7, 0, 20)]}),
        *see({"drukte": Drukte({1: "Dalfsen"}, VAKKEN)}),
    ]
    factories.VraagFactory(infopunt=infopunten[0])
    factories.DoorverwijzingFactory(infopunt=infopunten[0])
    client = as_user(coordinator)
    paginas = {}
    for adres in adressen:
        pagina, plek = urldefrag(urljoin("/rapportage/", adres))
        paginas[plek] = client.get(urlsplit(pagina).path).content.decode()

    assert set(paginas) == {
        "per-maand", "tabel-onderwerp", "tabel-reden", "tabel-organisatie", "tabel-beloften", "drukte",
    }  # fmt: skip
    assert [plek for plek, pagina in paginas.items() if f'id="{plek}"' not in pagina] == []

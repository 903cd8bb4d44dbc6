"""Searching: what is found, in which order, and what is left out."""

import json
from io import StringIO
from time import perf_counter

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sociale_kaart import tasks
from sociale_kaart.indexeren import index_aanbod
from sociale_kaart.models import Aanbod, Kaartwoord, Zoekwoord
from sociale_kaart.zoeken import Treffer, snoei, voeg_samen, zoek_in_kern
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def kaart():
    """A few offers that differ in where a word stands."""
    geld = factories.OnderwerpFactory(naam="Geld en schulden")
    dalfsen, ommen = (factories.KernFactory(naam=naam) for naam in ("Dalfsen", "Ommen"))
    maak = {
        "naam": {"naam": "Huurachterstand", "omschrijving": "Een regeling treffen."},
        "tekst": {"naam": "Woonadvies", "omschrijving": "Uitleg, ook bij een huurachterstand."},
        "onderwerp": {"naam": "Budgetcoach", "omschrijving": "Orde in de papieren.", "onderwerpen": [geld]},
        "cafe": {
            "naam": "Taalcafé",
            "omschrijving": "Praten.",
            "talen": ["nl", "fa"],
            "doelgroep": "anderstaligen",
        },
        "ommen": {"naam": "Wandelgroep Ommen", "omschrijving": "Elke week lopen."},
        "dalfsen": {"naam": "Wandelgroep", "omschrijving": "Elke week een ronde.", "kosten": "€ 2"},
        **{f"vulling{n}": {"naam": f"Activiteit {n}", "omschrijving": "Elke week samen."} for n in range(12)},
    }
    aanbod = {naam: factories.AanbodFactory(extern_id=naam, **velden) for naam, velden in maak.items()}
    for naam, item in aanbod.items():
        item.kernen.set([ommen if naam == "ommen" else dalfsen])
    factories.AanbodContactFactory(
        aanbod=aanbod["cafe"], contactpersoon__naam="Agnieszka Kowalska", rol="gastvrouw"
    )
    index_aanbod(Aanbod.objects.all())
    return aanbod


def gevonden(tekst):
    namen = dict(Aanbod.objects.values_list("pk", "extern_id"))
    return [namen[treffer.aanbod_id] for treffer in zoek_in_kern(tekst).treffers]


def test_a_name_weighs_more_than_a_text(kaart):
    assert gevonden("huurachterstand") == ["naam", "tekst"]


@pytest.mark.parametrize(
    ("tekst", "eerste"),
    [
        ("schulden", "onderwerp"),
        ("taalcafe", "cafe"),
        ("TAALCAFÉ", "cafe"),
        ("taal cafe", "cafe"),
        ("taalc", "cafe"),
        ("mevrouw Kowalska", "cafe"),
        ("gastvrouw", "cafe"),
        ("iemand die farsi spreekt", "cafe"),
        ("anderstalige", "cafe"),
    ],
)
def test_found_by(kaart, tekst, eerste):
    assert gevonden(tekst)[:1] == [eerste]


@pytest.mark.parametrize(
    "tekst", ["", "   ", "de het een", "trouwjurk", "'); drop table x; --", "!!!", "a & b | !c:*"]
)
def test_nothing_found(kaart, tekst):
    assert gevonden(tekst) == []


def test_one_common_word_out_of_many_is_no_answer(kaart):
    assert gevonden("paardrijden hypotheek oversluiten elke week") == []


def test_a_village_in_the_text_narrows_the_map(kaart):
    assert gevonden("wandelgroep dalfsen") == ["dalfsen"]
    assert zoek_in_kern("wandelgroep dalfsen").kern == "Dalfsen"


def test_a_result_tells_by_which_words_it_was_found(kaart):
    [treffer, *_] = zoek_in_kern("taalcafe met Kowalska en een olifant").treffers
    assert [reden.woord for reden in treffer.redenen] == ["taalcafe", "kowalska"]


def test_what_both_words_have_comes_first(kaart):
    assert gevonden("wandelgroep ronde")[0] == "dalfsen"


def test_the_index_follows_a_change(kaart):
    Aanbod.objects.filter(extern_id="tekst").update(naam="Zwemles")
    assert gevonden("zwemles") == []
    index_aanbod(Aanbod.objects.filter(extern_id="tekst"))
    assert gevonden("zwemles") == ["tekst"]


def test_the_worker_indexes_what_was_forgotten(kaart):
    Aanbod.objects.filter(extern_id="tekst").update(naam="Zwemles")
    tasks.index_stale(timestamp=0)
    assert gevonden("zwemles") == ["tekst"]


def test_ten_thousand_characters_are_answered_fast(kaart):
    begin = perf_counter()
    gevonden("huurachterstand " * 700)
    gevonden("é\u0301\x00" * 5000)
    gevonden("x" * 10_000)
    assert perf_counter() - begin < 2


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tekst=st.text(max_size=80))
def test_no_text_breaks_the_search(kaart, tekst):
    gevonden(tekst)


def test_padding_is_cut_off():
    treffers = [Treffer(1, 0.9, ()), Treffer(2, 0.5, ()), Treffer(3, 0.2, ())]
    assert [treffer.aanbod_id for treffer in snoei(treffers)] == [1, 2]
    assert snoei([]) == []


def test_needs_take_turns_and_what_serves_both_comes_first():
    eten = [Treffer(1, 0.9, ()), Treffer(2, 0.8, ()), Treffer(5, 0.5, ())]
    taal = [Treffer(3, 0.9, ()), Treffer(4, 0.7, ()), Treffer(5, 0.7, ())]
    samen = voeg_samen([eten, taal])
    assert [treffer.aanbod_id for treffer in samen] == [5, 1, 3, 2, 4]
    assert {treffer.aanbod_id: treffer.behoefte for treffer in samen} == {1: 0, 2: 0, 3: 1, 4: 1, 5: 1}


@pytest.fixture
def breed(kaart):
    """Offers that visitors ask for in other words than the map's."""
    maak = {
        "schuld": {"naam": "Schuldhulpverlening", "omschrijving": "Regeling met schuldeisers."},
        "rouw": {"naam": "Rouwgroep", "omschrijving": "Lotgenoten na een verlies."},
        "mental": {"naam": "Mentale steun", "omschrijving": "Praten."},
        "rolstoel": {"naam": "Vervoer", "omschrijving": "Een rolstoel kan mee."},
        "toeslag": {"naam": "Zorgtoeslag", "omschrijving": "Aanvragen en wijzigen."},
    }
    for naam, velden in maak.items():
        factories.AanbodFactory(extern_id=naam, bereik="regio", **velden)
    index_aanbod(Aanbod.objects.all())


@pytest.mark.parametrize(
    ("tekst", "eerste"),
    [
        ("ik heb overal schulden", "schuld"),
        ("my debts", "schuld"),
        ("mijn man is overleden", "rouw"),
        ("rolstoelvervoer", "rolstoel"),
        ("zorg toeslag", "toeslag"),
        ("zorgtoeslach", "toeslag"),
        ("zorg toeslach", "toeslag"),
        ("schuldhulpverleening", "schuld"),
    ],
)
def test_found_in_other_words(breed, tekst, eerste):
    assert gevonden(tekst)[:1] == [eerste]


@pytest.mark.parametrize("tekst", ["dental", "tandheelkunde", "trouwjurk", "koken met kaas"])
def test_what_only_looks_alike_is_not_found(breed, tekst):
    assert gevonden(tekst) == []


def test_why_something_was_found_is_told(breed):
    [treffer, *_] = zoek_in_kern("zorgtoeslach").treffers
    assert [(reden.woord, reden.vakwoord) for reden in treffer.redenen] == [
        ("zorgtoeslach", "Zorgtoeslag".lower())
    ]
    [treffer, *_] = zoek_in_kern("zorgtoeslag").treffers
    assert [(reden.woord, reden.vakwoord) for reden in treffer.redenen] == [("zorgtoeslag", "")]


def test_the_very_word_comes_before_what_is_like_it(breed):
    factories.AanbodFactory(extern_id="bijslag", naam="Zorgtoeslog", bereik="regio")
    index_aanbod(Aanbod.objects.filter(extern_id="bijslag"))
    assert gevonden("zorgtoeslog") == ["bijslag"]
    assert gevonden("zorgtoeslag") == ["toeslag"]


def test_two_needs_in_a_sentence_each_get_their_results(breed):
    uitkomst = zoek_in_kern("mijn man is overleden en ik heb overal schulden")
    assert uitkomst.behoeften == ("mijn man is overleden", "ik heb overal schulden")
    namen = dict(Aanbod.objects.values_list("pk", "extern_id"))
    per_behoefte = {treffer.behoefte: namen[treffer.aanbod_id] for treffer in reversed(uitkomst.treffers)}
    assert per_behoefte == {0: "rouw", 1: "schuld"}


def test_words_that_nothing_was_found_for_are_told(breed):
    assert zoek_in_kern("zorgtoeslag xyzzyx").onbekend == ("xyzzyx",)


def test_hints_are_passed_on(breed):
    uitkomst = zoek_in_kern("iemand die farsi spreekt vandaag gratis")
    assert (uitkomst.taal, uitkomst.nu, uitkomst.gratis) == ("fa", True, True)


def test_a_word_of_a_coordinator_counts_at_once_and_stops_when_removed(breed):
    assert gevonden("pechpotje") == []
    zoekwoord = Zoekwoord.objects.create(woord="pechpotje", vakwoord="zorgtoeslag")
    assert gevonden("pechpotje") == ["toeslag"]
    zoekwoord.delete()
    assert gevonden("pechpotje") == []


def test_the_archive_is_not_found(breed):
    Aanbod.objects.filter(extern_id="toeslag").update(gearchiveerd_op=timezone.now())
    assert gevonden("zorgtoeslag") == []


def test_words_of_the_map_follow_the_offers(breed):
    assert Kaartwoord.objects.get(stam="zorgtoeslag").aantal == 1
    toeslag = Aanbod.objects.get(extern_id="toeslag")
    toeslag.naam = "Huurtoeslag"
    toeslag.save()
    index_aanbod(Aanbod.objects.filter(pk=toeslag.pk))
    index_aanbod(Aanbod.objects.filter(pk=toeslag.pk))
    assert not Kaartwoord.objects.filter(stam="zorgtoeslag").exists()
    assert Kaartwoord.objects.get(stam="huurtoeslag").aantal == 1


def test_searching_takes_a_fixed_number_of_queries(breed, django_assert_num_queries):
    gevonden("schulden")
    for tekst in [
        "schulden",
        "mijn man is overleden en ik heb overal schulden",
        "rolstoelvervoer xyzzyx dalfsen",
    ]:
        with django_assert_num_queries(6 if "dalfsen" in tekst else 5):
            zoek_in_kern(tekst)


def test_command_prints_whole_lists_of_external_ids(kaart, tmp_path):
    pad = tmp_path / "vragen.json"
    pad.write_text(json.dumps([{"id": "q1", "text": "huurachterstand"}, {"id": "q2", "text": "trouwjurk"}]))
    uit = StringIO()
    call_command("zoekresultaten", str(pad), stdout=uit)
    assert json.loads(uit.getvalue()) == {"q1": ["naam", "tekst"], "q2": []}


def test_command_refuses_a_file_it_cannot_read(tmp_path):
    pad = tmp_path / "vragen.json"
    pad.write_text('{"a": 1}')
    with pytest.raises(CommandError, match="niet te lezen"):
        call_command("zoekresultaten", str(pad))

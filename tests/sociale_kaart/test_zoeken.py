"""Searching: what is found, in which order, and what is left out."""

import json
from io import StringIO
from time import perf_counter

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sociale_kaart.indexeren import index_aanbod
from sociale_kaart.models import Aanbod
from sociale_kaart.zoeken import Treffer, snoei, zoek_in_kern
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
    assert snoei([Treffer(1, 0.1, ())]) == []
    assert snoei([]) == []


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

"""Filling in times: what people write is understood, what is wrong is said beside the field."""

from datetime import date, time

import pytest
from django.template.loader import render_to_string

from sociale_kaart.forms_tijden import (
    EIND_VOOR_BEGIN,
    MededelingForm,
    OrganisatieUitzonderingFormSet,
    TijdForm,
    TijdFormSet,
    UitzonderingForm,
    UitzonderingFormSet,
)
from sociale_kaart.models import Openingstijd, Uitzondering
from tests import factories

pytestmark = pytest.mark.django_db


def vul(**velden):
    return TijdForm({"weekdagen": ["0"], "van": "9:00", "tot": "12:00", "hoe_vaak": "elke"} | velden)


@pytest.mark.parametrize(
    ("velden", "wanneer"),
    [
        ({}, "maandag 9.00–12.00 uur"),
        ({"van": "9", "tot": "12.30 uur"}, "maandag 9.00–12.30 uur"),
        ({"van": "20:00", "tot": "24.00"}, "maandag 20.00–24.00 uur"),
        ({"van": "22:00", "tot": "2:00", "door_middernacht": "on"}, "maandag 22.00–2.00 uur"),
        ({"van": "", "tot": "", "toelichting": "op afspraak"}, "maandag, op afspraak"),
        (
            {"hoe_vaak": "maand", "weken_van_maand": ["1", "-1"], "elke_weken": "3"},
            "1e en laatste maandag van de maand 9.00–12.00 uur",
        ),
        (
            {"hoe_vaak": "om_de", "elke_weken": "2", "vanaf": "2026-03-02", "weken_van_maand": ["1"]},
            "om de week op maandag 9.00–12.00 uur, vanaf 2 maart 2026",
        ),
        (
            {"seizoen_van": "11", "seizoen_tot": "2"},
            "maandag 9.00–12.00 uur, van november tot en met februari",
        ),
        ({"weekdagen": [], "van": "", "tot": "", "periode": "in de herfst"}, "in de herfst"),
    ],
)
def test_what_is_filled_in_comes_out_in_words(velden, wanneer):
    form = vul(**velden)
    assert form.errors == {}
    tijd = form.save(commit=False)
    tijd.aanbod = factories.AanbodFactory()
    tijd.save()
    assert Openingstijd.objects.get().wanneer == wanneer


@pytest.mark.parametrize(
    ("velden", "veld", "fout"),
    [
        ({"tot": "8:00"}, "tot", EIND_VOOR_BEGIN),
        ({"tot": "9:00"}, "tot", EIND_VOOR_BEGIN),
        ({"van": ""}, "van", "Vul ook in hoe laat het begint. Of laat beide tijden leeg."),
        ({"tot": ""}, "tot", "Vul ook in hoe laat het eindigt. Of laat beide tijden leeg."),
        ({"tot": "half tien"}, "tot", "Dit is geen tijd. Schrijf: 9.30."),
        ({"tot": "25:00"}, "tot", "Dit is geen tijd. Schrijf: 9.30."),
        ({"weekdagen": []}, "weekdagen", "Kies een dag. Of schrijf de periode in woorden."),
        ({"hoe_vaak": "om_de"}, "vanaf", "Vul de eerste dag in. Vanaf die week tellen we."),
        ({"hoe_vaak": "om_de", "vanaf": "morgen"}, "vanaf", "Dit is geen dag. Schrijf: 24-3-2026."),
        ({"hoe_vaak": "maand"}, "weken_van_maand", "Kies welke weken van de maand."),
        (
            {"vanaf": "2026-03-02", "tot_en_met": "2026-03-01"},
            "tot_en_met",
            "De laatste dag ligt voor de eerste dag.",
        ),
        ({"seizoen_tot": "3"}, "seizoen_van", "Kies de eerste en de laatste maand, of geen van beide."),
        ({"seizoen_van": "3"}, "seizoen_tot", "Kies de eerste en de laatste maand, of geen van beide."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(velden, veld, fout):
    assert vul(**velden).errors == {veld: [fout]}


@pytest.mark.parametrize(
    "velden",
    [
        {"weekdagen": ["9"]},
        {"weekdagen": ["0", "x"]},
        {"hoe_vaak": "soms"},
        {"elke_weken": "99"},
        {"weken_van_maand": ["7"]},
        {"locatie": "0"},
        {"seizoen_van": "13", "seizoen_tot": "1"},
        {"toelichting": "bel Jan de Vries, 06-12345678"},
        {"toelichting": "x" * 161},
    ],
)
def test_nonsense_is_refused_without_a_crash(velden):
    assert not vul(**velden).is_valid()


def test_a_stored_block_opens_as_it_was_filled_in():
    tijd = factories.OpeningstijdFactory(
        weekdagen=[2], elke_weken=3, vanaf=date(2026, 3, 4), van=time(22), tot=time(2)
    )
    form = TijdForm(instance=tijd)
    assert (form["hoe_vaak"].value(), form["elke_weken"].value()) == ("om_de", 3)
    assert form["door_middernacht"].value() is True
    assert not form.meer_open
    html = render_to_string("sociale_kaart/_tijdform.html", {"form": form})
    assert 'value="22:00"' in html
    assert 'value="2026-03-04"' in html


def formset_data(prefix, *rijen, bestaand=0):
    data = {f"{prefix}-TOTAL_FORMS": len(rijen), f"{prefix}-INITIAL_FORMS": bestaand}
    return data | {
        f"{prefix}-{n}-{veld}": waarde for n, rij in enumerate(rijen) for veld, waarde in rij.items()
    }


def test_times_of_an_offer_in_one_go(django_assert_num_queries):
    aanbod = factories.AanbodFactory()
    eerste = factories.OpeningstijdFactory(aanbod=aanbod, volgorde=5)
    weg = factories.OpeningstijdFactory(aanbod=aanbod, volgorde=6)
    spil = factories.LocatieFactory()
    gewoon = {"weekdagen": ["0"], "van": "9:00", "tot": "12:00", "hoe_vaak": "elke", "elke_weken": "2"}
    data = formset_data(
        "openingstijden",
        gewoon | {"id": eerste.pk, "tot": "13:00"},
        gewoon | {"id": weg.pk, "DELETE": "on"},
        gewoon | {"weekdagen": ["3"], "locatie": spil.pk},
        {"hoe_vaak": "elke", "elke_weken": "2"},
        bestaand=2,
    )
    formset = TijdFormSet(data, instance=aanbod)
    assert formset.is_valid(), formset.errors
    formset.save()
    assert [tijd.wanneer for tijd in aanbod.openingstijden.all()] == [
        "maandag 9.00–13.00 uur",
        "donderdag 9.00–12.00 uur",
    ]
    for _ in range(5):
        factories.OpeningstijdFactory(aanbod=aanbod)
    with django_assert_num_queries(2):  # the blocks, and the list of places once
        for form in TijdFormSet(instance=aanbod):
            render_to_string("sociale_kaart/_tijdform.html", {"form": form})


def test_exceptions_of_an_offer_and_of_an_organisation():
    aanbod = factories.AanbodFactory()
    rijen = [
        {
            "van_dag": "2026-07-20",
            "tot_dag": "2026-08-12",
            "wat": "dicht",
            "van": "9:00",
            "reden": "zomervakantie",
        },
        {"van_dag": "2026-12-24", "wat": "andere_tijden", "van": "9:00", "tot": "12:00"},
    ]
    for soort, ouder in [(UitzonderingFormSet, aanbod), (OrganisatieUitzonderingFormSet, aanbod.organisatie)]:
        formset = soort(formset_data("uitzondering_set", *rijen), instance=ouder)
        assert formset.is_valid(), formset.errors
        formset.save()
        zomer, kerst = ouder.uitzondering_set.all()
        assert (zomer.is_dicht, zomer.tot_dag, zomer.reden) == (True, date(2026, 8, 12), "zomervakantie")
        assert (kerst.van, kerst.tot_dag) == (time(9), date(2026, 12, 24))
    assert Uitzondering.objects.filter(aanbod=aanbod, organisatie=None).count() == 2


@pytest.mark.parametrize(
    ("velden", "veld"),
    [
        ({"wat": "andere_tijden"}, "van"),
        ({"wat": "andere_tijden", "van": "9:00"}, "tot"),
        ({"wat": "andere_tijden", "van": "9:00", "tot": "8:00"}, "tot"),
        ({"tot_dag": "2026-07-19"}, "tot_dag"),
        ({"van_dag": ""}, "van_dag"),
        ({"wat": ""}, "wat"),
    ],
)
def test_faults_in_an_exception(velden, veld):
    form = UitzonderingForm({"van_dag": "2026-07-20", "wat": "dicht"} | velden)
    assert list(form.errors) == [veld]


def test_hidden_characters_are_left_out():
    assert vul(toelichting="op\u202e af\x07spraak").save(commit=False).toelichting == "op afspraak"


def test_a_notice_for_one_day():
    form = MededelingForm({"tekst": "De lift is stuk.", "van_dag": "2026-03-02"})
    assert form.is_valid()
    assert form.cleaned_data["tot_dag"] == date(2026, 3, 2)
    assert list(MededelingForm({"tekst": "x", "van_dag": "2026-03-02", "tot_dag": "2026-03-01"}).errors) == [
        "tot_dag"
    ]

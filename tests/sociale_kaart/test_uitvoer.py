"""Taking the map along, and saying which column of a table is what."""

import pytest
from django.urls import reverse

from sociale_kaart.forms_invoer_tabel import KolommenForm, eerdere_keuze
from sociale_kaart.invoer.tabelkolommen import Kolom
from sociale_kaart.models import Invoer
from tests import factories

pytestmark = pytest.mark.django_db
KOLOMMEN = [
    Kolom("Instelling", ("De Brug",), "organisatie"),
    Kolom("Dienst", ("<b>Koffie</b>",), "naam"),
    Kolom("Budget", ()),
]
GOED = {"kolom_0": "organisatie", "kolom_1": "naam", "kolom_2": ""}


def test_page_says_how_much_there_is(as_user, coordinator):
    factories.AanbodFactory()
    tekst = as_user(coordinator).get(reverse("sociale_kaart:uitvoer")).content.decode()

    assert "1 keer aanbod" in tekst
    for soort in ("excel", "csv", "hsds"):
        assert reverse(f"sociale_kaart:uitvoer_{soort}") in tekst


@pytest.mark.parametrize(
    ("soort", "einde", "begin"),
    [("excel", "xlsx", b"PK"), ("csv", "csv", b"\xef\xbb\xbfId;"), ("hsds", "zip", b"PK")],
)
def test_files(as_user, coordinator, soort, einde, begin):
    factories.AanbodFactory()
    response = as_user(coordinator).get(reverse(f"sociale_kaart:uitvoer_{soort}"))

    assert response.content.startswith(begin)
    assert response.headers["Content-Disposition"].endswith(f'.{einde}"')
    assert response.headers["Cache-Control"] == "no-store"


def test_queries_do_not_grow(as_user, coordinator, django_assert_max_num_queries):
    for _ in range(4):
        factories.OpeningstijdFactory(aanbod=factories.AanbodContactFactory().aanbod)
    client = as_user(coordinator)
    with django_assert_max_num_queries(16):
        client.get(reverse("sociale_kaart:uitvoer_csv"))


def test_columns_are_guessed_and_values_of_others_are_shown_as_text():
    form = KolommenForm(KOLOMMEN)

    assert [form[f"kolom_{nummer}"].value() for nummer in range(3)] == ["organisatie", "naam", ""]
    assert "&lt;b&gt;Koffie&lt;/b&gt;" in form.as_p()
    assert "<b>Koffie" not in form.as_p()


def test_a_choice_is_remembered():
    form = KolommenForm(KOLOMMEN, GOED | {"kolom_1": "naam", "kolom_2": "kosten"})
    assert form.is_valid()
    assert form.keuze == {"Instelling": "organisatie", "Dienst": "naam", "Budget": "kosten"}

    Invoer.objects.create(soort="tabel", bestandsnaam="a.csv", kolommen=form.keuze)
    Invoer.objects.create(soort="tabel", bestandsnaam="b.csv", kolommen={"Instelling": "niet"})
    Invoer.objects.create(soort="hsds_json", bestandsnaam="c.json", kolommen={"Dienst": "niets"})
    volgende = KolommenForm(KOLOMMEN, eerder=eerdere_keuze())

    assert [volgende[f"kolom_{nummer}"].value() for nummer in range(3)] == ["", "naam", "kosten"]


@pytest.mark.parametrize(
    ("anders", "waar", "tekst"),
    [
        ({"kolom_1": ""}, "__all__", "Aanbod"),
        ({"kolom_2": "naam"}, "kolom_2", "meer dan één keer"),
        ({"kolom_2": "onzin"}, "kolom_2", "uit de lijst"),
    ],
)
def test_a_bad_choice_is_explained(anders, waar, tekst):
    form = KolommenForm(KOLOMMEN, GOED | anders)

    assert not form.is_valid()
    assert tekst in str(form.errors[waar])

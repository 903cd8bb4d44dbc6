"""The overview for the national library: every question once, in the category that the coordinator chose."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from rapportage.ido import BESTAND, IdoKeuze, IdoOverzicht, load_defaults, mapping
from rapportage.models import IdoCategorie, IdoKoppeling
from registratie.onderwerpen import BESTAND as ONDERWERPEN
from sociale_kaart.models import Onderwerp
from tests import factories

pytestmark = pytest.mark.django_db
URL = "/rapportage/ido/"


@pytest.fixture
def formulier():
    """Two categories; money counts as the first, its rent benefit as the second, sports does not count."""
    belasting, toeslagen = (
        factories.IdoCategorieFactory(volgorde=2),
        factories.IdoCategorieFactory(volgorde=1),
    )
    geld = factories.OnderwerpFactory(naam="Geld")
    onderwerpen = {
        "geld": geld,
        "bank": factories.OnderwerpFactory(naam="Bank", ouder=geld),
        "huurtoeslag": factories.OnderwerpFactory(naam="Huurtoeslag", ouder=geld),
        "sport": factories.OnderwerpFactory(naam="Sport"),
        "nieuw": factories.OnderwerpFactory(naam="Nieuw"),
    }
    IdoKoppeling.objects.create(onderwerp=geld, categorie=belasting)
    IdoKoppeling.objects.create(onderwerp=onderwerpen["huurtoeslag"], categorie=toeslagen)
    IdoKoppeling.objects.create(onderwerp=onderwerpen["sport"], categorie=None)
    return belasting, toeslagen, onderwerpen


def overview(infopunten, query="", vandaag=date(2026, 4, 3)):
    keuze = IdoKeuze(QueryDict(query), infopunten=infopunten, vandaag=vandaag)
    assert keuze.is_valid(), keuze.errors
    return IdoOverzicht(keuze)


def ask(infopunt, onderwerp, aantal=1, moment=datetime(2026, 3, 16, 13, 15, tzinfo=UTC)):
    for _ in range(aantal):
        factories.VraagFactory(infopunt=infopunt, onderwerp=onderwerp, moment=moment)


def test_every_question_counts_once(infopunten, formulier):
    belasting, toeslagen, onderwerpen = formulier
    dalfsen, lemelerveld, _ = infopunten
    ask(dalfsen, onderwerpen["geld"])
    ask(dalfsen, onderwerpen["bank"], 2)
    ask(lemelerveld, onderwerpen["huurtoeslag"], 4)
    ask(dalfsen, onderwerpen["sport"], 5)
    ask(lemelerveld, onderwerpen["nieuw"], 6)
    overzicht = overview(infopunten)
    [groep] = overzicht.groepen
    assert [(rij.naam, rij.aantallen) for rij in groep.rijen] == [
        (toeslagen.naam, [0, 4, 0]),
        (belasting.naam, [3, 0, 0]),
    ]
    assert overzicht.samen.aantallen == [3, 4, 0]
    assert overzicht.telt_niet.aantallen == [5, 0, 0]
    assert overzicht.onbekend.aantallen == [0, 6, 0]


def test_only_the_chosen_desks(infopunten, formulier):
    _, _, onderwerpen = formulier
    ask(infopunten[0], onderwerpen["geld"])
    ask(infopunten[1], onderwerpen["geld"], 2)
    assert overview(infopunten, f"infopunt={infopunten[1].pk}").samen.aantallen == [2]


@pytest.mark.parametrize(
    ("query", "aantal"), [("periode=2026-03", 1), ("periode=2026-02", 1), ("periode=2026-K1", 2)]
)
def test_a_month_ends_at_midnight_here(infopunten, formulier, query, aantal):
    """Half past eleven at night on the last of February is half past ten in London; summer time begins on the 29th."""
    _, _, onderwerpen = formulier
    ask(infopunten[0], onderwerpen["geld"], moment=datetime(2026, 2, 28, 22, 45, tzinfo=UTC))
    ask(infopunten[0], onderwerpen["geld"], moment=datetime(2026, 3, 31, 21, 45, tzinfo=UTC))
    ask(infopunten[0], onderwerpen["geld"], moment=datetime(2026, 3, 31, 22, 0, tzinfo=UTC))
    assert overview(infopunten, query).samen.samen == aantal


def test_only_finished_months_and_quarters(infopunten):
    keuze = IdoKeuze(QueryDict(""), infopunten=infopunten, vandaag=date(2026, 4, 3))
    assert next(iter(keuze.maanden)) == "2026-03"
    assert next(iter(keuze.kwartalen)) == "2026-K1"


def test_a_retired_category_leaves_its_topics_without(infopunten, formulier):
    belasting, _, onderwerpen = formulier
    ask(infopunten[0], onderwerpen["bank"])
    IdoCategorie.objects.filter(pk=belasting.pk).update(vervallen=True)
    assert overview(infopunten).onbekend.samen == 1


def test_what_misses_a_category_is_flagged(infopunten, formulier, coordinator, as_user):
    maand_geleden = timezone.now().replace(day=15, hour=12, minute=0, second=0, microsecond=0) - timedelta(
        days=30
    )
    ask(infopunten[0], formulier[2]["nieuw"], 2, maand_geleden)
    coordinatie = as_user(coordinator)
    assert "2 vragen tellen nog nergens." in coordinatie.get(URL).content.decode()
    assert coordinatie.get(URL + "koppelen/").content.decode().count("Nog geen categorie") == 1


def test_the_coordinator_chooses_per_topic(formulier, coordinator, as_user):
    belasting, toeslagen, o = formulier
    response = as_user(coordinator).post(
        URL + "koppelen/",
        {
            f"o{o['geld'].pk}": "0",
            f"o{o['bank'].pk}": str(belasting.pk),
            f"o{o['huurtoeslag'].pk}": "",
            f"o{o['sport'].pk}": "",
            f"o{o['nieuw'].pk}": str(toeslagen.pk),
        },
    )
    assert response.status_code == 302
    assert mapping() == {
        o["geld"].pk: "0",
        o["bank"].pk: belasting.pk,
        o["huurtoeslag"].pk: "0",
        o["sport"].pk: None,
        o["nieuw"].pk: toeslagen.pk,
    }


def test_a_category_that_is_gone_keeps_what_was_chosen(formulier, coordinator, as_user):
    _, toeslagen, o = formulier
    response = as_user(coordinator).post(
        URL + "koppelen/", {f"o{o['geld'].pk}": "99999", f"o{o['nieuw'].pk}": str(toeslagen.pk)}
    )
    assert response.status_code == 422
    assert "Deze categorie is er niet meer." in response.content.decode()
    assert response.context["form"][f"o{o['nieuw'].pk}"].value() == str(toeslagen.pk)
    assert IdoKoppeling.objects.count() == 3


def formset(*regels):
    data = {"form-TOTAL_FORMS": len(regels), "form-INITIAL_FORMS": sum(bool(r.get("id")) for r in regels)}
    for nummer, regel in enumerate(regels):
        data |= {f"form-{nummer}-{veld}": waarde for veld, waarde in regel.items()}
    return data


def test_categories_are_renamed_moved_added_and_retired(formulier, coordinator, as_user):
    belasting, toeslagen, _ = formulier
    data = formset(
        {"id": toeslagen.pk, "volgorde": 5, "naam": toeslagen.naam, "groep": "overheid", "vervallen": "on"},
        {"id": belasting.pk, "volgorde": 1, "naam": "De blauwe envelop", "groep": "overheid"},
        {"id": "", "volgorde": 3, "naam": "Iets nieuws", "groep": "anders"},
    )
    assert as_user(coordinator).post(URL + "categorieen/", data).status_code == 302
    assert list(IdoCategorie.objects.current().values_list("naam", "groep")) == [
        ("De blauwe envelop", "overheid"),
        ("Iets nieuws", "anders"),
    ]


def test_two_categories_with_one_name_are_refused(formulier, coordinator, as_user):
    belasting, toeslagen, _ = formulier
    data = formset(
        {"id": toeslagen.pk, "volgorde": 1, "naam": "Zelfde", "groep": "overheid"},
        {"id": belasting.pk, "volgorde": 2, "naam": "Zelfde", "groep": "overheid"},
    )
    response = as_user(coordinator).post(URL + "categorieen/", data)
    assert response.status_code == 422
    assert not IdoCategorie.objects.filter(naam="Zelfde").exists()


def test_every_topic_that_comes_along_has_a_category():
    gegevens = json.loads(BESTAND.read_text())
    hoofd = {rij["onderwerp"] for rij in json.loads(ONDERWERPEN.read_text())}
    assert hoofd <= set(gegevens["koppelingen"])
    assert set(gegevens["koppelingen"].values()) <= {rij["naam"] for rij in gegevens["categorieen"]}


def test_loading_the_list_twice_keeps_what_was_changed(coordinator, as_user):
    geld = factories.OnderwerpFactory(naam="Geld", extern_id="geld & schulden")
    coordinatie = as_user(coordinator)
    assert "Zet de lijst klaar" in coordinatie.get(URL).content.decode()
    coordinatie.post(URL + "standaard/")
    eigen = IdoCategorie.objects.get(naam="Gemeente")
    IdoKoppeling.objects.filter(onderwerp=geld).update(categorie=eigen)
    aantal = IdoCategorie.objects.count()
    load_defaults()
    assert IdoCategorie.objects.count() == aantal
    assert mapping()[geld.pk] == eigen.pk


@pytest.mark.parametrize("query", ["periode=2031-01", "periode=x", "infopunt=99999"])
def test_a_choice_that_is_not_there_is_explained(formulier, coordinator, as_user, query):
    response = as_user(coordinator).get(f"{URL}?{query}")
    assert response.context["overzicht"] is None
    assert "Kies er een uit de lijst." in response.content.decode()


def test_number_of_queries_does_not_grow(
    infopunten, formulier, coordinator, as_user, django_assert_max_num_queries
):
    for nummer in range(10):
        factories.OnderwerpFactory(ouder=formulier[2]["geld"], naam=f"Kind {nummer}")
    coordinatie = as_user(coordinator)
    coordinatie.get(URL)
    with django_assert_max_num_queries(25):
        coordinatie.get(URL)
    with django_assert_max_num_queries(15):
        coordinatie.get(URL + "koppelen/")
    assert Onderwerp.objects.count() == 15

"""What the question form asks on top: subtopics, lay words, unmet needs, what lies behind, a remark."""

from datetime import UTC, date, datetime
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.test import Client

from registratie.models import Uitvraag, Vraag
from registratie.onderwerpen import BESTAND, laad, zoek
from sociale_kaart.demo import BESTAND as KAART
from sociale_kaart.invoer.kaart import nette_naam
from sociale_kaart.invoer.kaartbestand import lees_kaart
from sociale_kaart.models import Onderwerp
from tests import factories

URL = "/vragen/nieuw/"
# What people say, and the subtopic that must come first; None: the main topic itself.
WOORDEN_AAN_DE_BALIE = [
    ("rijbewijs", "Rijbewijs verlengen"),
    ("gezondheidsverklaring", "Gezondheidsverklaring"),
    ("keuring", "Gezondheidsverklaring"),
    ("ja/nee sticker", "Ja/nee-sticker"),
    ("poepzakjes", "Hondenpoepzakjes"),
    ("digid", "DigiD"),
    ("treinkaartje activeren", "Trein en bus"),
    ("parkeerboete", "Parkeerboete"),
    ("blauwe envelop", "Aangifte"),
    ("snap ik niet", "Brief begrijpen"),
    ("woningbouw", "Inschrijven voor een woning"),
    ("zorghotel", "Tijdelijk verblijf"),
    ("klus", "Klussen en tuin"),
    ("deurwaarder", "Aanmaning of deurwaarder"),
    ("eenzaam", None),
]
NU = datetime(2026, 3, 17, 13, 22, 41, tzinfo=UTC)  # a Tuesday, 14.22 in Amsterdam


@pytest.fixture(autouse=True)
def nu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registratie.views.timezone.now", lambda: NU)


@pytest.fixture
def client(vrijwilliger: Any, as_user: Any) -> Client:
    return as_user(vrijwilliger)


@pytest.fixture
def geld(db: None) -> Onderwerp:
    return factories.OnderwerpFactory(naam="Geld", zoekwoorden="schuld, rood staan", volgorde=1)


@pytest.fixture
def huurtoeslag(geld: Onderwerp) -> Onderwerp:
    return factories.OnderwerpFactory(naam="Huurtoeslag", zoekwoorden="subsidie voor de huur", ouder=geld)


@pytest.fixture
def wonen(db: None) -> Onderwerp:
    return factories.OnderwerpFactory(naam="Wonen", zoekwoorden="huis, huur", volgorde=2)


@pytest.fixture
def ingevuld(vrijwilliger: Any, geld: Onderwerp) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "infopunt": vrijwilliger.infopunten.get().pk,
        "dag": "2026-03-17",
        "tijd": "14:15",
        "onderwerp": geld.pk,
        "leeftijdsgroep": "65-79",
        "geslacht": "man",
        "wijze": "samen_gedaan",
    }


@pytest.fixture
def kaart(db: None) -> list[Onderwerp]:
    """The topics of the demo's map, with all that belongs to them."""
    for nummer, naam in enumerate(lees_kaart(KAART.read_bytes()).onderwerpen):
        factories.OnderwerpFactory(naam=nette_naam(naam), extern_id=naam, volgorde=nummer)
    laad()
    return list(Onderwerp.objects.filter(ouder=None).prefetch_related("kinderen"))


def fouten(response: Any) -> dict[str, list[str]]:
    return dict(response.context["form"].errors)


# --- subtopics ---


def test_subtopic_is_what_is_stored(client: Client, ingevuld: dict, huurtoeslag: Onderwerp) -> None:
    client.post(URL, {**ingevuld, "subonderwerp": huurtoeslag.pk})

    assert Vraag.objects.get().onderwerp == huurtoeslag


def test_subtopic_alone_is_enough(client: Client, ingevuld: dict, huurtoeslag: Onderwerp) -> None:
    """Without JavaScript there is a list of all of them."""
    client.post(URL, {**ingevuld, "onderwerp": "", "subonderwerp": huurtoeslag.pk})

    assert Vraag.objects.get().onderwerp == huurtoeslag


def test_subtopic_of_another_topic_is_refused(
    client: Client, ingevuld: dict, huurtoeslag: Onderwerp, wonen: Onderwerp
) -> None:
    response = client.post(URL, {**ingevuld, "onderwerp": wonen.pk, "subonderwerp": huurtoeslag.pk})

    assert fouten(response) == {"subonderwerp": ["‘Huurtoeslag’ hoort niet bij ‘Wonen’. Kies opnieuw."]}
    assert not Vraag.objects.exists()


@pytest.mark.parametrize("waarde", ["0", "x", "9" * 40])
def test_subtopic_that_is_none_is_refused(client: Client, ingevuld: dict, waarde: str) -> None:
    response = client.post(URL, {**ingevuld, "subonderwerp": waarde})

    assert fouten(response) == {"subonderwerp": ["Dit staat niet in de lijst. Kies opnieuw."]}


def test_address_may_name_a_subtopic(client: Client, geld: Onderwerp, huurtoeslag: Onderwerp) -> None:
    form = client.get(URL, {"onderwerp": huurtoeslag.pk}).context["form"]

    assert (form["onderwerp"].value(), form["subonderwerp"].value()) == (str(geld.pk), str(huurtoeslag.pk))


def test_list_groups_subtopics_by_topic(client: Client, huurtoeslag: Onderwerp) -> None:
    keuzes = client.get(URL).context["form"].fields["subonderwerp"].choices

    assert list(keuzes) == [("", "Niet preciezer"), ("Geld", [(huurtoeslag.pk, "Huurtoeslag")])]


def test_other_subtopic_under_the_same_id_is_another_question(
    client: Client, ingevuld: dict, huurtoeslag: Onderwerp
) -> None:
    client.post(URL, ingevuld)

    response = client.post(URL, {**ingevuld, "subonderwerp": huurtoeslag.pk})

    assert "met andere antwoorden" in response.content.decode()
    assert Vraag.objects.count() == 1


# --- lay words ---


@pytest.mark.parametrize(
    ("tekst", "verwacht"),
    [
        ("huur", ["Geld: Huurtoeslag", "Wonen"]),  # a name goes before a lay word
        ("HÚÚR", ["Geld: Huurtoeslag", "Wonen"]),
        ("rood staan", ["Geld"]),
        ("ik sta rood", ["Geld"]),
        ("wil een huis", ["Wonen"]),
        ("huurschuld", ["Geld: Huurtoeslag", "Wonen"]),  # begins with a lay word of both
        ("schuld huis", []),
        ("", []),
        ("de", ["Geld: Huurtoeslag"]),  # nothing else to go by
        ("%", []),
        ("\x00", []),
    ],
)
def test_search_by_lay_word(huurtoeslag: Onderwerp, wonen: Onderwerp, tekst: str, verwacht: list) -> None:
    treffers = zoek(Onderwerp.objects.filter(ouder=None).prefetch_related("kinderen"), tekst)

    namen = [f"{t.onderwerp}: {t.deelonderwerp}" if t.deelonderwerp else str(t.onderwerp) for t in treffers]
    assert namen == verwacht


@pytest.mark.parametrize(("tekst", "eerste"), WOORDEN_AAN_DE_BALIE)
def test_words_from_the_desk_find_their_topic(kaart: list, tekst: str, eerste: str | None) -> None:
    treffer = zoek(kaart, tekst)[0]

    assert (treffer.deelonderwerp and treffer.deelonderwerp.naam) == eerste


def test_searching_without_javascript_puts_what_fits_in_front(
    client: Client, geld: Onderwerp, wonen: Onderwerp
) -> None:
    response = client.get(URL, {"zoek": "huis"})

    assert [naam for _, naam in response.context["form"].fields["onderwerp"].choices] == ["Wonen", "Geld"]
    assert "Past bij" in response.content.decode()


@pytest.mark.parametrize("tekst", ["<b>zwaar</b>", "x" * 5000, "\x00", "qqq"])
def test_searching_for_nonsense_finds_nothing(client: Client, geld: Onderwerp, tekst: str) -> None:
    response = client.get(URL, {"zoek": tekst})

    assert response.status_code == 200
    assert "Niets gevonden" in response.content.decode()
    assert "<b>zwaar" not in response.content.decode()


# --- the content ---


def test_every_topic_of_the_map_has_subtopics_and_lay_words(kaart: list) -> None:
    assert len(kaart) == 26
    for onderwerp in kaart:
        assert 2 <= len(onderwerp.kinderen.all()) <= 6, onderwerp
        assert onderwerp.zoekwoorden
        assert all(kind.zoekwoorden for kind in onderwerp.kinderen.all())


def test_loading_again_keeps_what_people_changed(kaart: list) -> None:
    kind = kaart[0].kinderen.first()
    Onderwerp.objects.filter(pk=kind.pk).update(naam="Anders genoemd", zoekwoorden="eigen")
    aantal = Onderwerp.objects.count()

    call_command("laad_onderwerpen", stdout=StringIO())

    kind.refresh_from_db()
    assert (kind.naam, kind.zoekwoorden) == ("Anders genoemd", "eigen")
    assert Onderwerp.objects.count() == aantal


def test_lay_words_are_lower_case_and_not_twice() -> None:
    for regel in BESTAND.read_text().splitlines():
        if '"zoekwoorden"' in regel:
            woorden = regel.split(": ", 1)[1].strip('",').split(", ")
            assert woorden == list(dict.fromkeys(woorden)), regel
            assert regel == regel.lower()


# --- not able to help ---


def test_not_able_to_help_asks_why(client: Client, ingevuld: dict) -> None:
    response = client.post(URL, {**ingevuld, "wijze": "niet_geholpen"})

    assert fouten(response) == {"reden_niet": ["Kies waarom het niet lukte."]}
    assert not Vraag.objects.exists()


def test_reason_is_stored(client: Client, ingevuld: dict) -> None:
    client.post(URL, {**ingevuld, "wijze": "niet_geholpen", "reden_niet": "wachtlijst"})

    assert Vraag.objects.get().reden_niet == "wachtlijst"


def test_reason_goes_when_somebody_was_helped(client: Client, ingevuld: dict) -> None:
    client.post(URL, {**ingevuld, "reden_niet": "wachtlijst"})

    assert Vraag.objects.get().reden_niet == ""


def test_unknown_reason_is_refused_once(client: Client, ingevuld: dict) -> None:
    response = client.post(URL, {**ingevuld, "wijze": "niet_geholpen", "reden_niet": "regen"})

    assert list(fouten(response)) == ["reden_niet"]
    assert len(fouten(response)["reden_niet"]) == 1


# --- the question behind the question ---


def test_what_lies_behind_is_stored(client: Client, ingevuld: dict, wonen: Onderwerp) -> None:
    client.post(URL, {**ingevuld, "onderliggend": wonen.pk})

    assert Vraag.objects.get().onderliggend == wonen


def test_what_lies_behind_is_another_topic(client: Client, ingevuld: dict, huurtoeslag: Onderwerp) -> None:
    response = client.post(
        URL, {**ingevuld, "subonderwerp": huurtoeslag.pk, "onderliggend": ingevuld["onderwerp"]}
    )

    assert fouten(response) == {"onderliggend": ["Kies een ander onderwerp dan de vraag zelf."]}


# --- the remark ---


def test_remark_is_stored(client: Client, ingevuld: dict) -> None:
    client.post(URL, {**ingevuld, "opmerking": "  Wilde liever een papieren formulier.  "})

    assert Vraag.objects.get().opmerking == "Wilde liever een papieren formulier."


def test_remark_with_personal_data_is_refused_and_given_back(client: Client, ingevuld: dict) -> None:
    tekst = "Snapt de brief niet, bel haar op 06-12345678"

    response = client.post(URL, {**ingevuld, "opmerking": tekst})

    assert list(fouten(response)) == ["opmerking"]
    assert response.context["form"]["opmerking"].value() == tekst
    pagina = response.content.decode()
    assert f'value="{tekst}"' in pagina
    assert "autofocus" in pagina.split('name="opmerking"')[1].split(">")[0]
    assert not Vraag.objects.exists()


def test_ten_thousand_characters_are_refused_and_given_back(client: Client, ingevuld: dict) -> None:
    tekst = "heel lang verhaal " * 556

    response = client.post(URL, {**ingevuld, "opmerking": tekst})

    assert fouten(response) == {
        "opmerking": [f"Dit zijn {len(tekst.strip())} tekens. Er passen er 300. Maak het korter."]
    }
    assert response.context["form"]["opmerking"].value() == tekst
    assert not Vraag.objects.exists()


def test_other_remark_under_the_same_id_is_another_question(client: Client, ingevuld: dict) -> None:
    client.post(URL, ingevuld)

    response = client.post(URL, {**ingevuld, "opmerking": "Was erg opgelucht"})

    assert "met andere antwoorden" in response.content.decode()
    assert Vraag.objects.get().opmerking == ""


def test_everything_filled_in_sent_twice_counts_once(
    client: Client, ingevuld: dict, huurtoeslag: Onderwerp, wonen: Onderwerp
) -> None:
    alles = {
        **ingevuld,
        "subonderwerp": huurtoeslag.pk,
        "onderliggend": wonen.pk,
        "wijze": "niet_geholpen",
        "reden_niet": "taal",
        "opmerking": "Tolk was er niet",
    }
    eerste, tweede = client.post(URL, alles), client.post(URL, alles)

    assert eerste.headers["Location"] == tweede.headers["Location"]
    assert Vraag.objects.count() == 1


# --- asking less ---


def test_age_and_gender_are_left_out_when_not_asked(client: Client, ingevuld: dict) -> None:
    Uitvraag.objects.create(modus="nooit")
    pagina = client.get(URL)
    assert {"leeftijdsgroep", "geslacht"}.isdisjoint(pagina.context["form"].fields)
    assert "Leeftijd" not in pagina.content.decode().split('id="vraag"')[1].split("</form>")[0]

    response = client.post(
        URL, {**ingevuld, "nog_een": "1"}
    )  # a page that was open before they stopped asking

    vraag = Vraag.objects.get()
    assert (vraag.leeftijdsgroep, vraag.geslacht) == ("niet_gevraagd", "niet_gevraagd")
    assert "leeftijdsgroep" not in response.headers["Location"]


def test_day_of_the_question_decides_whether_they_are_asked(client: Client, ingevuld: dict) -> None:
    Uitvraag.objects.create(modus="steekproef", weken=[date(2026, 3, 9)])  # last week
    del ingevuld["leeftijdsgroep"], ingevuld["geslacht"]

    response = client.post(URL, {**ingevuld, "dag": "2026-03-10"})
    assert sorted(fouten(response)) == ["geslacht", "leeftijdsgroep"]
    client.post(URL, ingevuld)

    assert Vraag.objects.get().geslacht == "niet_gevraagd"


def test_not_asked_is_no_choice(client: Client, ingevuld: dict) -> None:
    response = client.post(URL, {**ingevuld, "leeftijdsgroep": "niet_gevraagd"})

    assert list(fouten(response)) == ["leeftijdsgroep"]

"""Paper tally sheets: a whole week in one grid, counted once, or not at all."""

from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core import signing
from django.test import Client

from registratie.actions import AndereVraag
from registratie.models import Herkomst, VervallenVraag, Vraag
from registratie.papier import register_blad, sheet_ids
from sociale_kaart.models import Onderwerp
from tests import factories

URL = "/vragen/papier/"
NU = datetime(2026, 3, 18, 13, 22, 41, tzinfo=UTC)  # a Wednesday
WEEK = f"{URL}?dag=2026-03-16"


@pytest.fixture(autouse=True)
def nu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registratie.views_papier.timezone.now", lambda: NU)


@pytest.fixture
def infopunt(vrijwilliger: Any) -> Any:
    infopunt = vrijwilliger.infopunten.get()
    for van, tot in [(time(13, 30), time(16, 0)), (time(9, 40), time(12, 0))]:
        factories.InfopuntTijdFactory(infopunt=infopunt, weekdag=0, van=van, tot=tot)
    return infopunt


@pytest.fixture
def client(vrijwilliger: Any, infopunt: Any, as_user: Any) -> Client:
    return as_user(vrijwilliger)


@pytest.fixture
def geld(db: None) -> Onderwerp:
    return factories.OnderwerpFactory(naam="Geld")


@pytest.fixture
def blad(geld: Onderwerp) -> dict[str, Any]:
    """Three strokes on Monday and one on Tuesday."""
    return {
        "blad": str(uuid4()),
        "wijze": "informatie_mee",
        f"aantal_{geld.pk}_0": "3",
        f"aantal_{geld.pk}_1": "1",
        f"aantal_{geld.pk}_2": "0",
    }


def test_every_stroke_is_a_question(client: Client, infopunt: Any, geld: Onderwerp, blad: dict) -> None:
    response = client.post(WEEK, blad, follow=True)

    vragen = Vraag.objects.order_by("moment")
    assert [vraag.moment for vraag in vragen] == [
        *[datetime(2026, 3, 16, 8, 30, tzinfo=UTC)] * 3,  # opens at 9.40: the quarter it falls in
        datetime(2026, 3, 17, 11, 0, tzinfo=UTC),  # closed on Tuesday: noon
    ]
    assert {(v.infopunt, v.onderwerp, v.wijze, v.herkomst) for v in vragen} == {
        (infopunt, geld, "informatie_mee", Herkomst.PAPIER)
    }
    assert {(v.leeftijdsgroep, v.geslacht) for v in vragen} == {("niet_gevraagd", "niet_gevraagd")}
    assert {v.pk.version for v in vragen} == {4}
    assert "4 vragen van papier" in response.content.decode()
    assert response.redirect_chain[0][1] == 302


def test_same_sheet_twice_counts_once(client: Client, blad: dict) -> None:
    antwoorden = [client.post(WEEK, blad, follow=True).content.decode() for _ in range(2)]

    assert Vraag.objects.count() == 4
    assert all("4 vragen van papier" in antwoord for antwoord in antwoorden)


@pytest.mark.parametrize("aantal", ["1", "2", "4", "99"])
def test_same_sheet_with_other_strokes_is_not_lost(
    client: Client, geld: Onderwerp, blad: dict, aantal: str
) -> None:
    client.post(WEEK, blad)

    response = client.post(WEEK, {**blad, f"aantal_{geld.pk}_0": aantal})
    assert "met andere aantallen" in response.content.decode()
    assert Vraag.objects.count() == 4
    nieuw = response.context["form"]["blad"].value()
    client.post(WEEK, {**blad, f"aantal_{geld.pk}_0": aantal, "blad": nieuw})

    assert Vraag.objects.count() == 4 + int(aantal) + 1


def test_whole_sheet_can_be_taken_back_and_stays_away(client: Client, blad: dict) -> None:
    ander = factories.VraagFactory()
    response = client.post(WEEK, blad, follow=True)

    terug = client.post(f"{URL}ongedaan/", {"bon": response.context["bon"]}, follow=True)
    opnieuw = client.post(WEEK, blad, follow=True)

    assert "Het hele blad is weggehaald." in terug.content.decode()
    assert "had je al weggehaald" in opnieuw.content.decode()
    assert list(Vraag.objects.all()) == [ander]
    assert VervallenVraag.objects.count() == 4


def test_receipt_cannot_be_made_up_or_used_at_another_desk(client: Client, as_user: Any, blad: dict) -> None:
    bon = client.post(WEEK, blad, follow=True).context["bon"]
    ander = as_user(factories.MedewerkerFactory(infopunten=[factories.InfopuntFactory()]))
    nagemaakt = signing.dumps([blad["blad"], 1, 4], salt="iets anders")

    assert ander.post(f"{URL}ongedaan/", {"bon": bon}).status_code == 404
    assert client.post(f"{URL}ongedaan/", {"bon": nagemaakt}).status_code == 404
    assert client.post(f"{URL}ongedaan/", {"bon": bon[:-1]}).status_code == 404
    assert Vraag.objects.count() == 4


def test_receipt_grows_old(client: Client, blad: dict, monkeypatch: pytest.MonkeyPatch) -> None:
    bon = client.post(WEEK, blad, follow=True).context["bon"]
    echt = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: echt + 86401)

    assert client.post(f"{URL}ongedaan/", {"bon": bon}).status_code == 404


@pytest.mark.parametrize(
    ("dag", "waarde", "melding"),
    [
        (0, "drie", "Vul een getal in."),
        (0, "1e3", "Vul een getal in."),
        (0, "-1", "Vul 0 of meer in."),
        (0, "100", "Hoogstens 99 in een vakje."),
        (0, "9" * 5000, "Vul een getal in."),
        (3, "2", "Deze dag moet nog komen."),
    ],
)
def test_one_bad_cell_stores_nothing_and_keeps_what_was_typed(
    client: Client, geld: Onderwerp, blad: dict, dag: int, waarde: str, melding: str
) -> None:
    response = client.post(WEEK, {**blad, f"aantal_{geld.pk}_{dag}": waarde})

    naam = f"aantal_{geld.pk}_{dag}"
    pagina = response.content.decode()
    assert not Vraag.objects.exists()
    assert f'id="id_{naam}_fout"' in pagina
    assert melding in pagina
    assert f'href="#id_{naam}"' in pagina
    assert f'name="{naam}" id="id_{naam}" value="{waarde}"' in pagina
    assert f'name="aantal_{geld.pk}_1" id="id_aantal_{geld.pk}_1" value="1"' in pagina
    assert response.context["form"]["wijze"].value() == "informatie_mee"


@pytest.mark.parametrize("veld", ["blad", "wijze"])
@pytest.mark.parametrize("waarde", ["", "x", "c232ab00-9414-11ec-b3c8-9f6bdeced846", "doorverwezen"])
def test_bad_rest_of_the_form_stores_nothing(client: Client, blad: dict, veld: str, waarde: str) -> None:
    response = client.post(WEEK, {**blad, veld: waarde})

    assert response.status_code == 200
    assert "Nog niets opgeslagen" in response.content.decode()
    assert not Vraag.objects.exists()


def test_empty_sheet_says_so(client: Client, geld: Onderwerp, blad: dict) -> None:
    response = client.post(WEEK, {"blad": blad["blad"], "wijze": "informatie_mee"})

    assert "Vul bij een onderwerp in hoe vaak het voorkwam." in response.content.decode()


@pytest.mark.parametrize("dag", ["2026-03-23", "2025-11-01", "0001-01-01", "9999-12-31", "morgen"])
def test_week_to_come_or_long_ago_is_refused(client: Client, blad: dict, dag: str) -> None:
    response = client.post(f"{URL}?dag={dag}", blad)

    assert "Deze keuze kan niet" in response.content.decode()
    assert not Vraag.objects.exists()


def test_desk_of_others_is_refused(client: Client, blad: dict) -> None:
    ander = factories.InfopuntFactory()

    response = client.post(f"{WEEK}&infopunt={ander.pk}", blad)

    assert "Kies een van je eigen infopunten." in response.content.decode()
    assert not Vraag.objects.exists()


def test_today_before_opening_is_not_in_the_future(
    client: Client, infopunt: Any, geld: Onderwerp, blad: dict
) -> None:
    factories.InfopuntTijdFactory(infopunt=infopunt, weekdag=2, van=time(18, 0), tot=time(20, 0))

    client.post(WEEK, {"blad": blad["blad"], "wijze": "informatie_mee", f"aantal_{geld.pk}_2": "1"})

    assert Vraag.objects.get().moment == datetime(2026, 3, 18, 13, 15, tzinfo=UTC)


def test_looking_stores_nothing(client: Client, blad: dict) -> None:
    client.get(URL, blad)

    assert not Vraag.objects.exists()


def test_ids_follow_from_the_sheet_and_from_nothing_else() -> None:
    een, twee = UUID("9b0e0e0e-1b1b-4c4c-8d8d-2e2e2e2e2e2e"), uuid4()

    assert sheet_ids(een, 5) == sheet_ids(een, 7)[:5]
    assert not set(sheet_ids(een, 50)) & set(sheet_ids(twee, 50))
    assert {id.version for id in sheet_ids(een, 50)} == {4}


def test_other_desk_under_the_same_sheet_is_another_sheet(infopunt: Any, geld: Onderwerp) -> None:
    blad = uuid4()
    vast = {"blad": blad, "wijze": "komt_terug", "tellingen": {(geld, date(2026, 3, 16)): 2}, "nu": NU}
    assert register_blad(infopunt=infopunt, **vast) == 2

    with pytest.raises(AndereVraag):
        register_blad(infopunt=factories.InfopuntFactory(), **vast)

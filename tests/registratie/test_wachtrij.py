"""Questions that waited in a browser, and what a browser may keep."""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from registratie import werker
from registratie.models import VervallenVraag, Vraag
from tests import factories

URL = "/vragen/wachtrij/"
NU = datetime(2026, 3, 17, 13, 22, 41, tzinfo=UTC)  # a Tuesday, 14.22 in Amsterdam


@pytest.fixture(autouse=True)
def nu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registratie.views_wachtrij.timezone.now", lambda: NU)


@pytest.fixture
def infopunt(vrijwilliger: Any) -> Any:
    return vrijwilliger.infopunten.get()


@pytest.fixture
def client(vrijwilliger: Any, as_user: Any) -> Client:
    return as_user(vrijwilliger)


@pytest.fixture
def vraag(infopunt: Any) -> dict[str, Any]:
    """A question as the queue sends it."""
    return {
        "id": str(uuid4()),
        "infopunt": infopunt.pk,
        "dag": "2026-03-17",
        "tijd": "14:15",
        "onderwerp": factories.OnderwerpFactory(naam="Rijbewijs").pk,
        "leeftijdsgroep": "65-79",
        "geslacht": "man",
        "wijze": "samen_gedaan",
        "later": "1",
    }


def test_stores_it_and_says_where_to_go(client: Client, infopunt: Any, vraag: dict) -> None:
    response = client.post(URL, vraag)

    opgeslagen = Vraag.objects.get()
    assert (response.status_code, response.json()["status"]) == (200, "opgeslagen")
    assert response.json()["adres"] == f"/vragen/nieuw/?opgeslagen={opgeslagen.pk}"
    assert (str(opgeslagen.pk), opgeslagen.infopunt) == (vraag["id"], infopunt)
    assert (opgeslagen.moment, opgeslagen.herkomst) == (datetime(2026, 3, 17, 13, 15, tzinfo=UTC), "direct")
    assert response.headers["Cache-Control"] == "no-store"


def test_next_question_of_the_same_visitor(client: Client, vraag: dict) -> None:
    adres = client.post(URL, {**vraag, "nog_een": "1"}).json()["adres"]

    assert adres.endswith("&leeftijdsgroep=65-79&geslacht=man")


def test_the_same_again_counts_once(client: Client, vraag: dict) -> None:
    antwoorden = [client.post(URL, vraag).json() for _ in range(3)]

    assert [antwoord["status"] for antwoord in antwoorden] == ["opgeslagen"] * 3
    assert Vraag.objects.count() == 1


def test_the_day_after_it_is_noted_as_entered_later(client: Client, vraag: dict) -> None:
    client.post(URL, {**vraag, "dag": "2026-03-16"})

    assert Vraag.objects.get().herkomst == "achteraf"


def test_stored_before_midnight_and_sent_again_after_it(
    client: Client, vraag: dict, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer was lost and the next attempt is on another day: still the same question."""
    client.post(URL, vraag)
    monkeypatch.setattr("registratie.views_wachtrij.timezone.now", lambda: NU + timedelta(hours=11))

    assert client.post(URL, vraag).json()["status"] == "opgeslagen"
    assert Vraag.objects.get().herkomst == "direct"


def test_other_answers_under_the_same_id(client: Client, vraag: dict) -> None:
    client.post(URL, vraag)
    response = client.post(URL, {**vraag, "wijze": "komt_terug"})

    assert response.status_code == 422
    assert response.json() == {
        "status": "fout",
        "soort": "andere",
        "fouten": {"__all__": ["Deze vraag is al opgeslagen, met andere antwoorden."]},
    }
    assert Vraag.objects.get().wijze == "samen_gedaan"


def test_remark_that_arrived_before_is_no_difference(client: Client, vraag: dict) -> None:
    """The queue keeps no remarks, so a second attempt comes without."""
    client.post(URL, {**vraag, "opmerking": "De brief was lang."})

    assert client.post(URL, vraag).json()["status"] == "opgeslagen"
    assert Vraag.objects.get().opmerking == "De brief was lang."


def test_remark_with_a_phone_number_is_refused(client: Client, vraag: dict) -> None:
    response = client.post(URL, {**vraag, "opmerking": "Bel haar op 06-12345678"})

    assert list(response.json()["fouten"]) == ["opmerking"]
    assert not Vraag.objects.exists()


def test_undone_stays_undone(client: Client, vraag: dict) -> None:
    VervallenVraag.objects.create(pk=vraag["id"])

    assert client.post(URL, vraag).json()["status"] == "vervallen"
    assert not Vraag.objects.exists()


@pytest.mark.parametrize(
    ("veld", "waarde", "zegt"),
    [
        ("onderwerp", "987654", "Dit onderwerp bestaat niet meer."),
        ("onderwerp", "", "Kies een onderwerp."),
        ("wijze", "paars", ""),
        ("dag", "2026-03-02", "meer dan 14 dagen geleden"),
        ("dag", "2026-03-18", "moet nog komen"),
        ("tijd", "15:30", "nog geen 15.30 uur"),
        ("id", "3c0a4d2e-3f8b-11f1-9a6b-0242ac120002", ""),
        ("id", "geen-id", ""),
        ("infopunt", "", ""),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_stored(
    client: Client, vraag: dict, veld: str, waarde: str, zegt: str
) -> None:
    response = client.post(URL, {**vraag, veld: waarde})

    assert (response.status_code, response.json()["status"]) == (422, "fout")
    assert zegt in " ".join(response.json()["fouten"][veld])
    assert not Vraag.objects.exists()


def test_another_desk_waits_for_somebody_of_that_desk(client: Client, as_user: Any, vraag: dict) -> None:
    ander = factories.InfopuntFactory()
    elders = {**vraag, "infopunt": ander.pk}

    assert client.post(URL, elders).json() == {"status": "elders"}
    assert not Vraag.objects.exists()

    collega = factories.MedewerkerFactory(infopunten=[ander])
    assert as_user(collega).post(URL, elders).json()["status"] == "opgeslagen"


def test_a_desk_that_does_not_exist_looks_the_same(client: Client, vraag: dict) -> None:
    assert client.post(URL, {**vraag, "infopunt": 987654}).json() == {"status": "elders"}


def test_somebody_without_a_desk_leaves_it_waiting(as_user: Any, vraag: dict) -> None:
    nieuweling = factories.MedewerkerFactory()

    assert as_user(nieuweling).post(URL, vraag).json() == {"status": "elders"}


def test_who_is_not_logged_in_is_sent_to_the_login_page(vraag: dict) -> None:
    """The script sees the redirect, and keeps the question."""
    assert Client().post(URL, vraag).status_code == 302
    assert not Vraag.objects.exists()


def test_partner_stores_nothing(as_user: Any, vraag: dict) -> None:
    partner = as_user(factories.MedewerkerFactory(rol="partner"))

    assert partner.post(URL, vraag).status_code == 404
    assert not Vraag.objects.exists()


def test_without_token_it_is_refused_and_with_a_fresh_one_stored(vrijwilliger: Any, vraag: dict) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(vrijwilliger)
    assert client.post(URL, vraag).status_code == 403

    token = client.get(f"{URL}token/").json()["token"]
    assert client.post(URL, vraag, headers={"X-CSRFToken": token}).json()["status"] == "opgeslagen"


class TestWiped:
    def test_takes_back_what_had_arrived(self, client: Client, vraag: dict) -> None:
        client.post(URL, vraag)
        response = client.post(URL, {"id": vraag["id"], "wis": "1"})

        assert response.json() == {"status": "vervallen"}
        assert not Vraag.objects.exists()

    def test_stops_a_late_copy(self, client: Client, vraag: dict) -> None:
        client.post(URL, {"id": vraag["id"], "wis": "1"})

        assert client.post(URL, vraag).json()["status"] == "vervallen"
        assert not Vraag.objects.exists()

    def test_not_of_another_desk(self, client: Client) -> None:
        ander = factories.VraagFactory(moment=NU.replace(minute=15, second=0))

        assert client.post(URL, {"id": str(ander.pk), "wis": "1"}).status_code == 422
        assert Vraag.objects.filter(pk=ander.pk).exists()

    def test_not_of_an_earlier_day(self, client: Client, infopunt: Any) -> None:
        gisteren = factories.VraagFactory(infopunt=infopunt, moment=datetime(2026, 3, 16, 10, tzinfo=UTC))

        assert client.post(URL, {"id": str(gisteren.pk), "wis": "1"}).status_code == 422
        assert Vraag.objects.exists()

    @pytest.mark.parametrize("id", ["", "geen-id", "3c0a4d2e-3f8b-11f1-9a6b-0242ac120002"])
    def test_not_what_is_no_id(self, client: Client, id: str) -> None:
        assert client.post(URL, {"id": id, "wis": "1"}).status_code == 422
        assert not VervallenVraag.objects.exists()


class TestStoredPages:
    @pytest.mark.parametrize("pagina", ["nieuw", "wachtrij"])
    def test_nothing_in_them_is_about_the_user(self, pagina: str, db: None, as_user: Any) -> None:
        """The same page for two people of one desk, to the byte, apart from the id and the clock."""
        infopunt = factories.InfopuntFactory()
        paginas = set()
        for naam in ("Willemijn", "Theodora"):
            medewerker = factories.MedewerkerFactory(first_name=naam, infopunten=[infopunt])
            response = as_user(medewerker).get(f"/vragen/zonder-internet/{pagina}/")
            html = response.content.decode()
            assert response.status_code == 200
            assert naam not in html
            assert medewerker.username not in html
            paginas.add(re.sub(r'name="id" value="[^"]+"', "", html))
        assert len(paginas) == 1
        assert not re.search(r'csrfmiddlewaretoken" value="\w', html)

    def test_form_offers_the_desks_of_who_opened_it(self, client: Client, vrijwilliger: Any) -> None:
        vrijwilliger.infopunten.add(factories.InfopuntFactory(naam="Lemelerveld"))
        factories.InfopuntFactory(naam="Dalfsen")
        html = client.get("/vragen/zonder-internet/nieuw/").content.decode()

        assert "Lemelerveld" in html
        assert "Dalfsen</option>" not in html

    @pytest.mark.parametrize("pagina", ["start", "turven", "nieuw2"])
    def test_no_other_page(self, client: Client, pagina: str) -> None:
        assert client.get(f"/vragen/zonder-internet/{pagina}/").status_code == 404

    def test_not_for_somebody_without_a_desk(self, db: None, as_user: Any) -> None:
        client = as_user(factories.MedewerkerFactory())

        assert client.get("/vragen/zonder-internet/nieuw/").status_code == 404


class TestWorker:
    def test_covers_the_whole_site_and_is_never_old(self) -> None:
        response = Client().get("/sw.js")

        assert response.headers["Content-Type"].startswith("text/javascript")
        assert response.headers["Cache-Control"] == "no-cache"
        assert response.headers["Service-Worker-Allowed"] == "/"
        assert "worker-src 'self'" in response.headers["Content-Security-Policy"]
        assert not response.cookies

    def test_knows_the_pages_by_their_address(self) -> None:
        eerste = werker.script().partition("\n")[0]
        schil = json.loads(eerste.removeprefix("const schil = ").removesuffix(";"))

        assert schil["paginas"] == {
            "/vragen/nieuw/": "/vragen/zonder-internet/nieuw/",
            "/vragen/wachtrij/": "/vragen/zonder-internet/wachtrij/",
        }

    def test_version_follows_the_files(self, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(werker, "MAPPEN", [tmp_path])
        (tmp_path / "a.css").write_text("a {}")
        eerste = werker._versie()
        assert werker._versie() == eerste
        (tmp_path / "a.css").write_text("b {}")

        assert werker._versie() != eerste


def test_number_of_queries(client: Client, infopunt: Any, vraag: dict, count_queries: Any) -> None:
    """The same for the first question as for the hundredth."""
    eerste = count_queries(lambda: client.post(URL, vraag))
    for _ in range(20):
        factories.VraagFactory(infopunt=infopunt)

    assert count_queries(lambda: client.post(URL, {**vraag, "id": str(uuid4())})) == eerste

"""Counting quick questions: one tap, one question."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from registratie.models import Herkomst, Turfknop, VervallenVraag, Vraag
from tests import factories

URL = "/vragen/turven/"
NU = datetime(2026, 3, 17, 13, 22, 41, tzinfo=UTC)
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def nu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registratie.views_turven.timezone.now", lambda: NU)


@pytest.fixture
def infopunt(vrijwilliger: Any) -> Any:
    return vrijwilliger.infopunten.get()


@pytest.fixture
def client(vrijwilliger: Any, as_user: Any) -> Client:
    return as_user(vrijwilliger)


@pytest.fixture
def knop(db: None) -> Turfknop:
    return factories.TurfknopFactory(naam="Printer", wijze="samen_gedaan")


@pytest.fixture
def tik(infopunt: Any, knop: Turfknop) -> dict[str, Any]:
    return {"id": str(uuid4()), "infopunt": infopunt.pk, "knop": knop.pk}


def test_a_tap_is_a_question(client: Client, infopunt: Any, knop: Turfknop, tik: dict) -> None:
    response = client.post(URL, tik, follow=True)

    vraag = Vraag.objects.get()
    assert str(vraag.pk) == tik["id"]
    assert (vraag.infopunt, vraag.onderwerp, vraag.wijze) == (infopunt, knop.onderwerp, "samen_gedaan")
    assert (vraag.leeftijdsgroep, vraag.geslacht) == ("niet_gevraagd", "niet_gevraagd")
    assert (vraag.herkomst, vraag.turfknop) == (Herkomst.TURF, knop)
    assert vraag.moment == datetime(2026, 3, 17, 13, 15, tzinfo=UTC)
    assert response.redirect_chain == [(f"{URL}?geteld={vraag.pk}", 302)]
    pagina = response.content.decode()
    assert "<strong>Printer</strong> geteld" in pagina
    assert f'action="/vragen/{vraag.pk}/ongedaan/"' in pagina
    assert f'href="/vragen/{vraag.pk}/wijzigen/?terug=turven"' in pagina


def test_swap_brings_every_tally_and_the_way_back(client: Client, infopunt: Any, tik: dict) -> None:
    """Also what colleagues tapped at this desk meanwhile."""
    ander = factories.TurfknopFactory(infopunt=infopunt)
    factories.VraagFactory(
        infopunt=infopunt, moment=NU.replace(minute=0, second=0), turfknop=ander, herkomst="turf"
    )

    response = client.post(URL, tik, headers=HTMX)

    assert response.headers["HX-Replace-Url"] == f"{URL}?geteld={tik['id']}"
    stuk = response.content.decode()
    assert "<h1>" not in stuk
    assert stuk.count('<span class="turf__getal">1</span>') == 2
    assert '<span hx-swap-oob="innerHTML:#turftotaal">2</span>' in stuk
    assert f"/vragen/{tik['id']}/ongedaan/" in stuk


def test_two_taps_are_two_and_the_same_tap_is_one(client: Client, tik: dict) -> None:
    for id in [tik["id"], tik["id"], str(uuid4())]:
        client.post(URL, {**tik, "id": id}, headers=HTMX)

    assert Vraag.objects.count() == 2


def test_copy_of_a_tap_after_the_button_changed_is_the_same_tap(
    client: Client, knop: Turfknop, tik: dict
) -> None:
    client.post(URL, tik)
    knop.wijze = "informatie_mee"
    knop.save()

    response = client.post(URL, tik)

    assert response.headers["Location"].endswith(tik["id"])
    assert Vraag.objects.get().wijze == "samen_gedaan"


def test_undo_goes_back_to_the_tallies(client: Client, tik: dict) -> None:
    client.post(URL, tik)

    response = client.post(f"/vragen/{tik['id']}/ongedaan/", {"terug": "turven"}, follow=True)

    assert response.redirect_chain == [(URL, 302)]
    assert "De vraag is weggehaald." in response.content.decode()
    assert not Vraag.objects.exists()


def test_undone_tap_does_not_come_back(client: Client, tik: dict) -> None:
    VervallenVraag.objects.create(pk=tik["id"])

    response = client.post(URL, tik, follow=True)

    assert not Vraag.objects.exists()
    assert "Dit is niet geteld." in response.content.decode()


@pytest.mark.parametrize(
    ("veld", "waarde"),
    [
        ("id", "x"),
        ("id", ""),
        ("id", "c232ab00-9414-11ec-b3c8-9f6bdeced846"),
        ("knop", "0"),
        ("knop", "9" * 40),
        ("infopunt", ""),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_bad_tap_is_not_counted_and_says_so(
    client: Client, tik: dict, veld: str, waarde: str, headers: dict
) -> None:
    response = client.post(URL, {**tik, veld: waarde}, follow=True, headers=headers)

    assert response.status_code == 200
    assert "Dit is niet geteld." in response.content.decode()
    assert not Vraag.objects.exists()


def test_desk_of_others_and_button_of_others_are_refused(client: Client, tik: dict) -> None:
    ander = factories.InfopuntFactory()
    van_ander = factories.TurfknopFactory(infopunt=ander)

    client.post(URL, {**tik, "infopunt": ander.pk})
    client.post(URL, {**tik, "knop": van_ander.pk})

    assert not Vraag.objects.exists()
    assert van_ander.naam not in client.get(URL).content.decode()


def test_counts_at_the_desk_the_page_showed(
    client: Client, vrijwilliger: Any, infopunt: Any, tik: dict
) -> None:
    ander = factories.InfopuntFactory()
    vrijwilliger.infopunten.add(ander)
    client.post("/infopunt/kiezen/", {"infopunt": ander.pk})

    client.post(URL, tik, headers=HTMX)

    assert Vraag.objects.get().infopunt == infopunt


def test_tally_is_of_today_at_this_desk(client: Client, infopunt: Any, knop: Turfknop) -> None:
    vandaag = NU.replace(minute=0, second=0)
    factories.VraagFactory.create_batch(3, infopunt=infopunt, moment=vandaag, turfknop=knop, herkomst="turf")
    factories.VraagFactory(
        infopunt=infopunt, moment=vandaag - timedelta(days=1), turfknop=knop, herkomst="turf"
    )
    factories.VraagFactory(moment=vandaag, turfknop=knop, herkomst="turf")
    factories.VraagFactory(infopunt=infopunt, moment=vandaag, onderwerp=knop.onderwerp)

    standen = client.get(URL).context["standen"]

    assert [(stand.knop, stand.aantal) for stand in standen] == [(knop, 3)]


def test_looking_counts_nothing(client: Client, tik: dict) -> None:
    client.get(URL, tik)

    assert not Vraag.objects.exists()


@pytest.mark.parametrize("waarde", ["x", "\x00", "9b0e0e0e-1b1b-4c4c-8d8d-2e2e2e2e2e2e"])
def test_nonsense_in_the_address_is_ignored(client: Client, waarde: str) -> None:
    response = client.get(URL, {"geteld": waarde})

    assert response.status_code == 200
    assert "geteld</p>" not in response.content.decode()


def test_number_of_queries_does_not_grow(client: Client, infopunt: Any, count_queries: Any) -> None:
    factories.TurfknopFactory()
    weinig = count_queries(lambda: client.get(URL))
    factories.TurfknopFactory.create_batch(5)

    assert count_queries(lambda: client.get(URL)) == weinig


# --- the buttons, for the coordinator


@pytest.fixture
def knopgegevens(db: None) -> dict[str, Any]:
    return {
        "naam": "Wc",
        "infopunt": "",
        "onderwerp": factories.OnderwerpFactory().pk,
        "wijze": "zelf_beantwoord",
        "icoon": "toilet",
        "volgorde": "3",
    }


def test_coordinator_makes_changes_and_removes_a_button(
    as_user: Any, coordinator: Any, infopunt: Any, knopgegevens: dict
) -> None:
    office = as_user(coordinator)
    office.post("/vragen/turfknoppen/nieuw/", knopgegevens)
    knop = Turfknop.objects.get()
    assert (knop.naam, knop.infopunt, knop.icoon) == ("Wc", None, "toilet")

    office.post(f"/vragen/turfknoppen/{knop.pk}/", {**knopgegevens, "infopunt": infopunt.pk})
    knop.refresh_from_db()
    assert knop.infopunt == infopunt

    factories.VraagFactory(turfknop=knop, herkomst="turf")
    response = office.post(f"/vragen/turfknoppen/{knop.pk}/weghalen/", follow=True)
    assert "Wat geteld is, blijft geteld." in response.content.decode()
    assert not Turfknop.objects.exists()
    assert Vraag.objects.get().turfknop is None


@pytest.mark.parametrize(
    ("veld", "waarde", "melding"),
    [
        ("naam", "", "Vul dit nog in."),
        ("naam", "x" * 41, "40"),
        ("naam", "Printer", "Deze knop is er al."),
        ("naam", "Bel mevr. Yilmaz, 06-12345678", "06-12345678"),
        ("onderwerp", "", "Kies er nog een."),
        ("wijze", "doorverwezen", "doorverwezen"),
        ("icoon", "<script>", "geen beschikbare keuze"),
        ("volgorde", "-1", "Plaats in de rij: "),
    ],
)
def test_says_what_is_wrong_with_a_button(
    as_user: Any, coordinator: Any, knop: Turfknop, knopgegevens: dict, veld: str, waarde: str, melding: str
) -> None:
    response = as_user(coordinator).post("/vragen/turfknoppen/nieuw/", {**knopgegevens, veld: waarde})

    assert response.status_code == 200
    assert melding in response.content.decode()
    assert Turfknop.objects.count() == 1

"""Mending a question afterwards: who may, what is written down of it, and what is not."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from registratie.actions import register_vraag, undo_vraag
from registratie.herstel import change_vraag
from registratie.models import Vraag, Wijziging
from tests import factories
from tests.registratie.test_actions import in_parallel

NU = datetime(2026, 3, 17, 13, 22, 41, tzinfo=UTC)
VANDAAG = datetime(2026, 3, 17, 9, 15, tzinfo=UTC)


@pytest.fixture(autouse=True)
def nu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registratie.views_herstel.timezone.now", lambda: NU)


@pytest.fixture
def infopunt(vrijwilliger: Any) -> Any:
    return vrijwilliger.infopunten.get()


@pytest.fixture
def client(vrijwilliger: Any, as_user: Any) -> Client:
    return as_user(vrijwilliger)


@pytest.fixture
def vraag(infopunt: Any) -> Vraag:
    return factories.VraagFactory(infopunt=infopunt, moment=VANDAAG, onderwerp__naam="Rijbewijs")


@pytest.fixture
def ingevuld(vraag: Vraag) -> dict[str, Any]:
    """The form as it comes, nothing changed."""
    return {
        "infopunt": vraag.infopunt_id,
        "dag": "2026-03-17",
        "tijd": "10:15",
        "onderwerp": vraag.onderwerp_id,
        "onderliggend": "",
        "leeftijdsgroep": vraag.leeftijdsgroep,
        "geslacht": vraag.geslacht,
        "wijze": vraag.wijze,
        "organisatie": "",
        "reden_niet": "",
        "opmerking": "",
    }


def url(vraag: Vraag) -> str:
    return f"/vragen/{vraag.pk}/wijzigen/"


def trail(vraag: Vraag) -> list[tuple[str, str, str, str]]:
    return sorted((w.veld, w.van, w.naar, w.rol) for w in vraag.wijzigingen.all())


def test_changes_are_stored_with_what_they_were(client: Client, vraag: Vraag, ingevuld: dict) -> None:
    geld = factories.OnderwerpFactory(naam="Geld")
    toeslag = factories.OnderwerpFactory(naam="Huurtoeslag", ouder=geld)
    organisatie = factories.OrganisatieFactory(naam="De Kern")
    anders = {
        "onderwerp": toeslag.pk,
        "onderliggend": geld.pk,
        "wijze": "doorverwezen",
        "organisatie": organisatie.pk,
        "tijd": "11:05",
    }

    response = client.post(url(vraag), ingevuld | anders, follow=True)

    assert response.redirect_chain == [("/vragen/", 302)]
    vraag.refresh_from_db()
    assert (vraag.onderwerp, vraag.onderliggend, vraag.wijze) == (toeslag, geld, "doorverwezen")
    assert (vraag.organisatie, vraag.moment) == (organisatie, datetime(2026, 3, 17, 10, 0, tzinfo=UTC))
    assert trail(vraag) == [
        ("moment", "17 maart 2026 10.15 uur", "17 maart 2026 11.00 uur", "vrijwilliger"),
        ("onderliggend", "leeg", "Geld", "vrijwilliger"),
        ("onderwerp", "Rijbewijs", "Geld: Huurtoeslag", "vrijwilliger"),
        ("organisatie", "leeg", "De Kern", "vrijwilliger"),
        ("wijze", "Zelf beantwoord", "Doorverwezen", "vrijwilliger"),
    ]


def test_form_shows_the_question_and_sending_it_back_changes_nothing(
    client: Client, vraag: Vraag, ingevuld: dict
) -> None:
    form = client.get(url(vraag)).context["form"]
    client.post(url(vraag), ingevuld)

    assert form["onderwerp"].value() == vraag.onderwerp_id
    assert form["leeftijdsgroep"].value() == "65-79"
    assert not Wijziging.objects.exists()


def test_details_later_of_a_tally(client: Client, infopunt: Any, ingevuld: dict) -> None:
    knop = factories.TurfknopFactory()
    geturfd = factories.VraagFactory(
        infopunt=infopunt,
        moment=VANDAAG,
        onderwerp=knop.onderwerp,
        leeftijdsgroep="niet_gevraagd",
        geslacht="niet_gevraagd",
        herkomst="turf",
        turfknop=knop,
    )
    gegevens = ingevuld | {"onderwerp": knop.onderwerp_id, "leeftijdsgroep": "80+", "terug": "turven"}

    response = client.post(url(geturfd), gegevens)

    geturfd.refresh_from_db()
    assert (geturfd.leeftijdsgroep, geturfd.herkomst, geturfd.turfknop) == ("80+", "turf", knop)
    assert response.headers["Location"] == "/vragen/turven/"


def test_words_of_a_remark_are_not_kept(vraag: Vraag) -> None:
    """It may be mended because it held what should not be there."""
    for tekst in ["Bel Fatima terug", "Belt zelf terug", ""]:
        change_vraag(id=vraag.pk, by_role="vrijwilliger", opmerking=tekst)

    bewaard = {woord for w in Wijziging.objects.all() for woord in (w.van, w.naar)}
    assert bewaard == {"leeg", "een tekst", "een andere tekst"}


@pytest.mark.parametrize("veld", ["herkomst", "turfknop", "turfknop_id"])
def test_some_things_cannot_be_mended(vraag: Vraag, veld: str) -> None:
    with pytest.raises(ValueError, match="not for mending"):
        change_vraag(id=vraag.pk, by_role="coordinator", **{veld: "papier"})


def test_late_copy_does_not_undo_the_mending(vraag: Vraag) -> None:
    """The queue of a computer sends the question again, as it was."""
    id = uuid4()
    eerst = {
        "moment": NU,
        "infopunt": vraag.infopunt,
        "onderwerp": vraag.onderwerp,
        "leeftijdsgroep": "80+",
        "geslacht": "man",
        "wijze": "komt_terug",
        "organisatie": None,
    }
    register_vraag(id=id, **eerst)
    change_vraag(id=id, by_role="vrijwilliger", geslacht="vrouw")

    assert register_vraag(id=id, **eerst).geslacht == "vrouw"


@pytest.mark.parametrize(
    ("rol", "eigen_infopunt", "dagen_geleden", "status"),
    [
        ("vrijwilliger", True, 0, 302),
        ("beroepskracht", True, 0, 302),
        ("vrijwilliger", False, 0, 404),
        ("vrijwilliger", True, 1, 404),
        ("coordinator", False, 40, 302),
        ("partner", True, 0, 404),
    ],
)
def test_who_may(
    as_user: Any,
    vraag: Vraag,
    ingevuld: dict,
    rol: str,
    eigen_infopunt: bool,
    dagen_geleden: int,
    status: int,
) -> None:
    Vraag.objects.update(moment=VANDAAG - timedelta(days=dagen_geleden))
    user = factories.MedewerkerFactory(rol=rol, infopunten=[vraag.infopunt] if eigen_infopunt else [])
    dag = (VANDAAG - timedelta(days=dagen_geleden)).date().isoformat()

    response = as_user(user).post(url(vraag), ingevuld | {"dag": dag, "geslacht": "man"})

    assert response.status_code == status
    assert Vraag.objects.get().geslacht == ("man" if status == 302 else "vrouw")


def test_only_the_coordinator_sees_the_trail(
    client: Client, as_user: Any, coordinator: Any, vraag: Vraag, ingevuld: dict
) -> None:
    client.post(url(vraag), ingevuld | {"geslacht": "man"})

    spoor = as_user(coordinator).get(url(vraag)).content.decode()
    assert "een vrijwilliger" in spoor
    assert '<ins class="wordt">man</ins>' in spoor
    assert "Wat er is veranderd" not in client.get(url(vraag)).content.decode()


@pytest.mark.parametrize(
    ("veld", "waarde", "melding"),
    [
        ("onderwerp", "0", "Kies een onderwerp."),
        ("leeftijdsgroep", "200", "geen beschikbare keuze"),
        ("wijze", "", "Kies er nog een."),
        ("dag", "2026-03-18", "tot en met vandaag"),
        ("dag", "2026-03-02", "Kies een dag van 3 maart"),
        ("dag", "ooit", "Dit is geen dag."),
        ("tijd", "15:30", "Kies een tijd die al is geweest."),
        ("opmerking", "x" * 10_000, "300"),
        ("opmerking", "Bel mevr. Fatima Yilmaz op 06-12345678", "06-12345678"),
    ],
)
def test_says_what_is_wrong_and_keeps_what_was_typed(
    client: Client, vraag: Vraag, ingevuld: dict, veld: str, waarde: str, melding: str
) -> None:
    response = client.post(url(vraag), ingevuld | {veld: waarde, "geslacht": "man"})

    assert response.status_code == 200
    assert melding in response.content.decode()
    assert response.context["form"]["geslacht"].value() == "man"
    assert str(response.context["form"][veld].value()) == waarde
    assert not Wijziging.objects.exists()


def test_desk_of_others_is_refused(client: Client, vraag: Vraag, ingevuld: dict) -> None:
    response = client.post(url(vraag), ingevuld | {"infopunt": factories.InfopuntFactory().pk})

    assert "Kies een van je eigen infopunten." in response.content.decode()


def test_underlying_topic_is_another_one(client: Client, vraag: Vraag, ingevuld: dict) -> None:
    response = client.post(url(vraag), ingevuld | {"onderliggend": vraag.onderwerp_id})

    assert "Kies een ander onderwerp dan de vraag zelf." in response.content.decode()


def test_what_belongs_to_another_way_of_helping_goes(vraag: Vraag, client: Client, ingevuld: dict) -> None:
    organisatie = factories.OrganisatieFactory()

    client.post(
        url(vraag), ingevuld | {"organisatie": organisatie.pk, "reden_niet": "taal", "geslacht": "man"}
    )

    vraag.refresh_from_db()
    assert (vraag.organisatie, vraag.reden_niet) == (None, "")


def test_taken_back_while_the_form_was_open(
    client: Client, vraag: Vraag, ingevuld: dict, monkeypatch: pytest.MonkeyPatch
) -> None:
    def first_undone(**antwoorden: Any) -> None:
        undo_vraag(id=vraag.pk)
        change_vraag(**antwoorden)

    monkeypatch.setattr("registratie.views_herstel.change_vraag", first_undone)

    response = client.post(url(vraag), ingevuld | {"geslacht": "man"}, follow=True)

    assert "intussen weggehaald" in response.content.decode()


@pytest.mark.django_db(transaction=True)
def test_mending_at_once_happens_in_turn() -> None:
    """Each writes down what the one before made of it: the trail is a chain."""
    vraag = factories.VraagFactory(leeftijdsgroep="onbekend")
    groepen = ["0-17", "18-29", "30-49", "50-64", "65-79", "80+"]

    in_parallel(6, lambda n: change_vraag(id=vraag.pk, by_role="vrijwilliger", leeftijdsgroep=groepen[n]))

    stappen = dict(vraag.wijzigingen.values_list("van", "naar"))
    assert len(stappen) == 6
    eind, gezien = "weet niet", 0
    while eind in stappen:
        eind, gezien = stappen[eind], gezien + 1
    vraag.refresh_from_db()
    assert (gezien, eind) == (6, vraag.get_leeftijdsgroep_display())


# --- the list of a day


def test_list_is_of_today_at_this_desk(client: Client, vraag: Vraag) -> None:
    factories.VraagFactory(infopunt=vraag.infopunt, moment=VANDAAG - timedelta(days=1))
    factories.VraagFactory(moment=VANDAAG)

    assert list(client.get("/vragen/").context["pagina"]) == [vraag]
    assert list(client.get("/vragen/", {"dag": "2026-03-16"}).context["pagina"]) == [vraag]


def test_coordinator_looks_at_any_desk_and_day(as_user: Any, coordinator: Any, vraag: Vraag) -> None:
    ander = factories.VraagFactory(moment=VANDAAG - timedelta(days=90))

    keuze = {"dag": (VANDAAG - timedelta(days=90)).date().isoformat(), "infopunt": ander.infopunt_id}
    assert list(as_user(coordinator).get("/vragen/", keuze).context["pagina"]) == [ander]


@pytest.mark.parametrize(
    ("veld", "waarde"), [("dag", "ooit"), ("dag", "0001-01-01"), ("infopunt", "999999"), ("infopunt", "\x00")]
)
def test_bad_choice_is_explained(
    as_user: Any, coordinator: Any, vraag: Vraag, veld: str, waarde: str
) -> None:
    response = as_user(coordinator).get("/vragen/", {veld: waarde})

    assert response.status_code == 200
    assert "Deze keuze kan niet" in response.content.decode()


def test_taking_back_from_the_list_stays_there(client: Client, vraag: Vraag, monkeypatch: Any) -> None:
    response = client.post(f"/vragen/{vraag.pk}/ongedaan/", {"terug": "lijst"})

    assert response.headers["Location"] == "/vragen/"


def test_number_of_queries_does_not_grow(client: Client, vraag: Vraag, count_queries: Any) -> None:
    weinig = count_queries(lambda: client.get("/vragen/"))
    for _ in range(8):
        factories.VraagFactory(
            infopunt=vraag.infopunt, moment=VANDAAG, turfknop=factories.TurfknopFactory(), herkomst="turf"
        )

    assert count_queries(lambda: client.get("/vragen/")) == weinig

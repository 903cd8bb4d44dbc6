"""The question form, as a volunteer at the desk meets it."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from balie.models import Rol
from registratie.forms import VraagForm
from registratie.models import Herkomst, VervallenVraag, Vraag
from tests import factories

URL = "/vragen/nieuw/"
NU = datetime(2026, 3, 17, 13, 22, 41, tzinfo=UTC)  # a Tuesday, 14.22 in Amsterdam


@pytest.fixture(autouse=True)
def nu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registratie.views.timezone.now", lambda: NU)


@pytest.fixture
def infopunt(vrijwilliger: Any) -> Any:
    return vrijwilliger.infopunten.get()


@pytest.fixture
def client(vrijwilliger: Any, as_user: Any) -> Client:
    return as_user(vrijwilliger)


@pytest.fixture
def ingevuld(infopunt: Any) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "infopunt": infopunt.pk,
        "dag": "2026-03-17",
        "tijd": "14:15",
        "onderwerp": factories.OnderwerpFactory(naam="Rijbewijs").pk,
        "leeftijdsgroep": "65-79",
        "geslacht": "man",
        "wijze": "samen_gedaan",
    }


def test_stores_the_question_and_offers_to_undo_it(client: Client, infopunt: Any, ingevuld: dict) -> None:
    response = client.post(URL, ingevuld, follow=True)

    vraag = Vraag.objects.get()
    assert (vraag.infopunt, str(vraag.onderwerp)) == (infopunt, "Rijbewijs")
    assert (vraag.leeftijdsgroep, vraag.geslacht, vraag.wijze) == ("65-79", "man", "samen_gedaan")
    assert vraag.moment == datetime(2026, 3, 17, 13, 15, tzinfo=UTC)
    assert vraag.herkomst == Herkomst.DIRECT
    assert response.redirect_chain == [(f"{URL}?opgeslagen={vraag.pk}", 302)]
    pagina = response.content.decode()
    assert "Rijbewijs, 14.15 uur" in pagina
    assert f'action="/vragen/{vraag.pk}/ongedaan/"' in pagina
    assert pagina.count("autofocus") == 1


def test_a_warm_referral_still_to_make_is_one_click_away(client: Client, ingevuld: dict) -> None:
    organisatie = factories.OrganisatieFactory(naam="De Kern")
    warm = ingevuld | {"wijze": "warm_doorverwezen", "organisatie": organisatie.pk}
    pagina = client.post(URL, warm, follow=True).content.decode()

    assert f'href="/doorverwijzingen/nieuw/organisatie/{organisatie.pk}/?geregistreerd"' in pagina


def test_fills_in_desk_and_quarter(client: Client, infopunt: Any) -> None:
    pagina = client.get(URL).content.decode()

    assert "vandaag 14.15 uur" in pagina
    assert f'<option value="{infopunt.pk}" selected>' in pagina
    assert 'value="2026-03-17"' in pagina
    assert 'value="14:15"' in pagina
    assert "autofocus" not in pagina


def test_asks_nothing_that_must_be_typed(client: Client) -> None:
    form = client.get(URL).context["form"]

    tekst = [veld for veld in form if veld.widget_type in {"text", "textarea"}]
    assert [(veld.name, veld.field.required) for veld in tekst] == [("opmerking", False)]


def test_every_page_has_an_id_of_its_own(client: Client) -> None:
    eerste, tweede = (client.get(URL).context["form"]["id"].value() for _ in range(2))

    assert eerste != tweede
    assert UUID(str(eerste)).version == 4


def test_next_question_of_the_same_visitor_keeps_age_and_gender(client: Client, ingevuld: dict) -> None:
    response = client.post(URL, {**ingevuld, "nog_een": "1"}, follow=True)

    form = response.context["form"]
    assert (form["leeftijdsgroep"].value(), form["geslacht"].value()) == ("65-79", "man")
    assert form["onderwerp"].value() is None
    assert form["wijze"].value() is None


def test_same_question_sent_twice_counts_once(client: Client, ingevuld: dict) -> None:
    eerste = client.post(URL, ingevuld)
    tweede = client.post(URL, ingevuld)

    assert Vraag.objects.count() == 1
    assert eerste.headers["Location"] == tweede.headers["Location"]


def test_other_answers_under_a_stored_id_are_not_lost(client: Client, ingevuld: dict) -> None:
    """Somebody went back in the browser and filled in the next question there."""
    client.post(URL, ingevuld)

    response = client.post(URL, {**ingevuld, "wijze": "komt_terug"})
    assert "met andere antwoorden" in response.content.decode()
    client.post(URL, {**ingevuld, "wijze": "komt_terug", "id": response.context["form"]["id"].value()})

    assert sorted(Vraag.objects.values_list("wijze", flat=True)) == ["komt_terug", "samen_gedaan"]


def test_undone_question_stays_undone(client: Client, ingevuld: dict) -> None:
    VervallenVraag.objects.create(pk=ingevuld["id"])

    response = client.post(URL, ingevuld, follow=True)

    assert not Vraag.objects.exists()
    assert "had je al weggehaald" in response.content.decode()


@pytest.mark.parametrize(
    ("veld", "waarde", "melding"),
    [
        ("onderwerp", "", "Kies een onderwerp."),
        ("onderwerp", "999999", "Kies een onderwerp."),
        ("onderwerp", "9" * 40, "Kies een onderwerp."),
        ("leeftijdsgroep", "", "Kies een leeftijd. Een schatting is goed."),
        ("leeftijdsgroep", "200", "200 is geen beschikbare keuze"),
        ("geslacht", "", "Kies een geslacht"),
        ("wijze", "", "Kies hoe je hielp."),
        ("dag", "2026-03-18", "18 maart moet nog komen. Kies vandaag of een dag ervoor."),
        ("dag", "2026-03-02", "Kies een dag vanaf 3 maart."),
        ("dag", "morgen", "Dit is geen dag."),
        ("tijd", "15:30", "Het is nog geen 15.30 uur."),
        ("tijd", "kwart voor", "Dit is geen tijd."),
        ("tijd", "", "Vul een tijd in."),
        ("id", "geen-uuid", "Sla nog een keer op."),
        ("id", "c232ab00-9414-11ec-b3c8-9f6bdeced846", "Sla nog een keer op."),  # version 1: carries a time
        ("id", "018f4a3e-7b1c-7def-8a2b-1c2d3e4f5a6b", "Sla nog een keer op."),  # version 7: carries a time
    ],
)
def test_says_what_is_wrong(client: Client, ingevuld: dict, veld: str, waarde: str, melding: str) -> None:
    response = client.post(URL, {**ingevuld, veld: waarde})

    assert response.status_code == 200
    assert melding in response.content.decode()
    assert not Vraag.objects.exists()


def test_refused_id_is_replaced_so_that_saving_again_works(client: Client, ingevuld: dict) -> None:
    response = client.post(URL, {**ingevuld, "id": "geen-uuid"})
    client.post(URL, {**ingevuld, "id": response.context["form"]["id"].value()})

    assert Vraag.objects.count() == 1


def test_keeps_what_was_chosen(client: Client, ingevuld: dict) -> None:
    del ingevuld["geslacht"]

    response = client.post(URL, {**ingevuld, "tijd": "13:05"})

    form = response.context["form"]
    assert {naam: str(form[naam].value()) for naam in ["id", "leeftijdsgroep", "wijze", "tijd"]} == {
        "id": ingevuld["id"],
        "leeftijdsgroep": "65-79",
        "wijze": "samen_gedaan",
        "tijd": "13:05",
    }
    pagina = response.content.decode()
    assert (
        f'value="{ingevuld["onderwerp"]}" class="tegel__invoer"' not in pagina
    )  # attributes come in one order
    assert 'href="#id_geslacht_0"' in pagina


def test_counts_at_the_desk_the_page_showed(client: Client, vrijwilliger: Any, ingevuld: dict) -> None:
    """The page was open while somebody chose another desk in another tab."""
    ander = factories.InfopuntFactory()
    vrijwilliger.infopunten.add(ander)
    client.post("/infopunt/kiezen/", {"infopunt": ander.pk})

    client.post(URL, ingevuld)

    assert Vraag.objects.get().infopunt_id == ingevuld["infopunt"]


def test_desk_of_others_is_refused(client: Client, ingevuld: dict) -> None:
    response = client.post(URL, {**ingevuld, "infopunt": factories.InfopuntFactory().pk})

    assert "Kies een van je eigen infopunten." in response.content.decode()
    assert not Vraag.objects.exists()


def test_earlier_day_is_noted_as_entered_later(client: Client, ingevuld: dict) -> None:
    client.post(URL, {**ingevuld, "dag": "2026-03-03", "tijd": "10:05"})

    vraag = Vraag.objects.get()
    assert vraag.moment == datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
    assert vraag.herkomst == Herkomst.ACHTERAF


def test_fast_clock_of_the_browser_is_forgiven(client: Client, ingevuld: dict) -> None:
    client.post(URL, {**ingevuld, "tijd": "14:30"})

    assert Vraag.objects.get().moment == datetime(2026, 3, 17, 13, 15, tzinfo=UTC)


@pytest.mark.parametrize("veld", ["organisatie", "organisatie_snel"])
def test_referral_keeps_the_organisation(client: Client, ingevuld: dict, veld: str) -> None:
    organisatie = factories.OrganisatieFactory()

    client.post(URL, {**ingevuld, "wijze": "doorverwezen", veld: organisatie.pk})

    assert Vraag.objects.get().organisatie == organisatie


def test_organisation_goes_when_it_was_no_referral(client: Client, ingevuld: dict) -> None:
    client.post(URL, {**ingevuld, "organisatie": factories.OrganisatieFactory().pk})

    assert Vraag.objects.get().organisatie is None


def test_address_fills_in_choices(client: Client) -> None:
    onderwerp, organisatie = factories.OnderwerpFactory(), factories.OrganisatieFactory()

    response = client.get(
        URL, {"onderwerp": onderwerp.pk, "organisatie": organisatie.pk, "wijze": "doorverwezen"}
    )

    form = response.context["form"]
    assert form["onderwerp"].value() == str(onderwerp.pk)
    assert form["organisatie"].value() == str(organisatie.pk)
    assert form["wijze"].value() == "doorverwezen"


@pytest.mark.parametrize("waarde", ["0", "x", "-1", "9" * 60, "\x00", "' or 1=1", "\u0664"])
def test_nonsense_in_the_address_is_ignored(client: Client, waarde: str) -> None:
    vragen = dict.fromkeys(["onderwerp", "organisatie", "wijze", "leeftijdsgroep", "opgeslagen"], waarde)

    response = client.get(URL, vragen)

    assert response.status_code == 200
    form = response.context["form"]
    assert not form["onderwerp"].value()
    assert not form["wijze"].value()


def test_most_asked_topics_come_first(client: Client, infopunt: Any) -> None:
    onderwerpen = [factories.OnderwerpFactory(volgorde=nummer) for nummer in range(12)]
    for onderwerp, aantal in [(onderwerpen[11], 3), (onderwerpen[10], 5)]:
        factories.VraagFactory.create_batch(aantal, infopunt=infopunt, onderwerp=onderwerp)
    factories.VraagFactory.create_batch(9, onderwerp=onderwerpen[9])  # at another desk
    factories.VraagFactory.create_batch(
        9, infopunt=infopunt, onderwerp=onderwerpen[9], moment=datetime(2025, 12, 1, 9, 0, tzinfo=UTC)
    )

    keuzes = [pk for pk, _ in client.get(URL).context["form"].fields["onderwerp"].choices]

    verwacht = [onderwerpen[nummer].pk for nummer in [10, 11, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]]
    assert keuzes == verwacht


def test_rest_of_the_topics_folds_out_and_the_chosen_one_is_in_front(client: Client) -> None:
    onderwerpen = [factories.OnderwerpFactory(volgorde=nummer) for nummer in range(9)]

    dicht = client.get(URL).content.decode()
    form = client.get(URL, {"onderwerp": onderwerpen[8].pk}).context["form"]

    assert '<details class="meertegels" id="onderwerp-meer"' in dicht
    vooraan = [pk for pk, _ in form.fields["onderwerp"].choices][:8]
    assert vooraan == [*(onderwerp.pk for onderwerp in onderwerpen[:7]), onderwerpen[8].pk]


def test_suggests_the_organisations_most_used_for_the_topic(client: Client, infopunt: Any) -> None:
    onderwerp = factories.OnderwerpFactory()
    organisaties = factories.OrganisatieFactory.create_batch(4)
    for organisatie, aantal in zip(organisaties, [0, 1, 3, 2], strict=True):
        factories.VraagFactory.create_batch(
            aantal, infopunt=infopunt, onderwerp=onderwerp, organisatie=organisatie, wijze="doorverwezen"
        )
    factories.AanbodFactory(organisatie=organisaties[0], onderwerpen=[onderwerp])

    form = client.get(URL, {"onderwerp": onderwerp.pk}).context["form"]

    namen = [naam for _, naam in form.fields["organisatie_snel"].choices]
    assert namen == [organisaties[nummer].naam for nummer in [2, 3, 1]]


def test_offers_fill_up_the_suggestions(client: Client) -> None:
    aanbod = factories.AanbodFactory(onderwerpen=[factories.OnderwerpFactory()])

    form = client.get(URL).context["form"]

    assert form.suggesties == {
        aanbod.onderwerpen.get().pk: [(aanbod.organisatie_id, aanbod.organisatie.naam)]
    }


def test_looking_stores_nothing(client: Client, ingevuld: dict) -> None:
    client.get(URL, ingevuld)

    assert not Vraag.objects.exists()
    assert not VervallenVraag.objects.exists()


def test_partner_finds_nothing_here(as_user: Any, db: None) -> None:
    partner = as_user(factories.MedewerkerFactory(rol=Rol.PARTNER))

    assert partner.get(URL).status_code == 404
    assert partner.post(URL).status_code == 404


def test_without_a_desk_the_page_says_what_to_do(as_user: Any, db: None) -> None:
    response = as_user(factories.MedewerkerFactory()).get(URL)

    assert "Vraag je coördinator" in response.content.decode()


def test_other_methods_are_refused(client: Client) -> None:
    assert client.put(URL).status_code == 405


def test_number_of_queries_does_not_grow(client: Client, infopunt: Any, count_queries: Any) -> None:
    factories.VraagFactory(
        infopunt=infopunt, wijze="doorverwezen", organisatie=factories.OrganisatieFactory()
    )
    weinig = count_queries(lambda: client.get(URL))
    for _ in range(12):
        factories.AanbodFactory(onderwerpen=[factories.OnderwerpFactory()])
        factories.VraagFactory(
            infopunt=infopunt, wijze="doorverwezen", organisatie=factories.OrganisatieFactory()
        )

    assert count_queries(lambda: client.get(URL)) == weinig


def test_time_that_the_clock_skipped_is_stored_at_a_real_moment(infopunt: Any, ingevuld: dict) -> None:
    """On 29 March 2026 there was no half past two at night."""
    nu = datetime(2026, 3, 30, 9, 0, tzinfo=UTC)
    form = VraagForm(
        {**ingevuld, "dag": "2026-03-29", "tijd": "02:30"}, infopunten=[infopunt], infopunt=infopunt, nu=nu
    )

    assert form.is_valid(), form.errors
    assert form.cleaned_data["moment"] == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_midnight_is_still_that_day(infopunt: Any, ingevuld: dict) -> None:
    """Just after midnight in Amsterdam it is yesterday in UTC."""
    nu = datetime(2026, 7, 1, 22, 5, tzinfo=UTC)
    form = VraagForm(
        {**ingevuld, "dag": "2026-07-02", "tijd": "00:00"}, infopunten=[infopunt], infopunt=infopunt, nu=nu
    )

    assert form.is_valid(), form.errors
    assert form.cleaned_data["moment"] == datetime(2026, 7, 1, 22, 0, tzinfo=UTC)

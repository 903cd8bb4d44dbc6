"""The progress report on paper, and the coordinator's words in it."""

import json
import re
from datetime import date, time
from html import unescape
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from rapportage import verslag as verslagen
from rapportage.models import Verslag
from rapportage.tabellen import Tabel, bar_table
from tests import factories

URL = "/rapportage/verslag/"
TEKSTEN = f"{URL}teksten/"
EIGEN = "periode=eigen&van=2026-01-01&tot=2026-03-31"


@pytest.fixture
def client(coordinator: Any, as_user: Any) -> Client:
    return as_user(coordinator)


def read(client: Client, query: str = EIGEN, url: str = URL) -> str:
    response = client.get(f"{url}?{query}")
    assert response.status_code == 200
    return unescape(response.content.decode())


def version_on(pagina: str) -> str:
    [gevonden] = re.findall(r'name="versie" value="([^>]*)">', pagina)
    return gevonden


def write(client: Client, *, versie: str | None = None, query: str = EIGEN, **teksten: str) -> Any:
    versie = version_on(read(client, query, TEKSTEN)) if versie is None else versie
    return client.post(f"{TEKSTEN}?{query}", {"versie": versie, **teksten})


def test_cover_says_what_when_and_where(client: Client, infopunten: list, settings: Any) -> None:
    settings.DIENST_ORGANISATIE = "Bibliotheek Proef"
    pagina = read(client)
    voorblad = pagina.split("verslag__voorblad")[1].split("</section>")[0]

    assert "Voortgangsrapportage" in voorblad
    assert "Bibliotheek Proef" in voorblad
    assert "1 januari tot en met 31 maart 2026" in voorblad
    assert "Dalfsen, Lemelerveld en Nieuwleusen" in voorblad
    assert "loopt nog" not in voorblad
    assert "loopt nog" in read(client, "periode=dit_jaar").split("</section>")[0]


@pytest.mark.parametrize("keuze", ["dit_kwartaal", "vorig_kwartaal", "dit_jaar", "vorig_jaar"])
def test_year_and_quarter_in_one_click(client: Client, infopunten: list, keuze: str) -> None:
    """The desks stay chosen, days of one's own do not."""
    pagina = read(client, f"{EIGEN}&infopunt={infopunten[1].pk}")
    [link] = re.findall(rf'href="(\?[^"]*periode={keuze}[^"]*)"', pagina)

    form = client.get(URL + link).context["rapport"].form
    assert form.cleaned_data["periode"] == keuze
    assert form.gekozen == [infopunten[1]]
    assert "van=" not in link


def test_every_table_with_rows_is_printed_once(client: Client, infopunten: list) -> None:
    factories.InfopuntTijdFactory(infopunt=infopunten[0], tot=time(17, 0))
    factories.VraagFactory.create_batch(3, infopunt=infopunten[0])
    response = client.get(f"{URL}?{EIGEN}")
    geprint = [tabel.naam for hoofdstuk in response.context["hoofdstukken"] for tabel in hoofdstuk.tabellen]

    assert sorted(geprint) == sorted(t.naam for t in response.context["rapport"].tabellen if t.rijen)
    assert response.content.decode().count("<table") == len(geprint)


def test_prints_what_stands_out(client: Client, infopunten: list) -> None:
    onderwerp = factories.OnderwerpFactory(naam="Wonen")
    voor, nu = (factories.VraagFactory.build().moment.replace(month=maand) for maand in (2, 3))
    factories.VraagFactory.create_batch(5, infopunt=infopunten[0], onderwerp=onderwerp, moment=voor)
    factories.VraagFactory.create_batch(60, infopunt=infopunten[0], onderwerp=onderwerp, moment=nu)
    response = client.get(f"{URL}?periode=eigen&van=2026-03-01&tot=2026-03-31")

    [punt, *_] = response.context["rapport"].patronen.opvallend
    samenvatting = response.content.decode().split("Wat valt op")[1].split("</section>")[0]
    assert str(punt.zin) in re.sub("<[^>]*>", "", unescape(samenvatting))


def test_the_months_of_one_desk_are_all_on_paper(client: Client, infopunten: list[Any]) -> None:
    response = client.get(f"{URL}?periode=eigen&van=2023-01-01&tot=2026-03-31&infopunt={infopunten[0].pk}")

    [maanden] = [
        tabel
        for hoofdstuk in response.context["hoofdstukken"]
        for tabel in hoofdstuk.tabellen
        if tabel.naam == "Vragen per maand"
    ]
    assert len(maanden.rijen) == 39


def test_a_long_list_does_not_fill_a_page() -> None:
    lang = bar_table("Naar wie verwezen", "Organisatie", [(f"Partner {n}", 60 - n) for n in range(40)])
    net_niet = bar_table("Naar wie verwezen", "Organisatie", [(f"Partner {n}", 9) for n in range(21)])

    [kort] = verslagen.chapters([lang], Verslag())[0].tabellen

    assert [rij.naam for rij in kort.rijen[19:]] == ["Partner 19", "Nog 20 andere, samen"]
    assert sum(rij.cellen[0].waarde for rij in kort.rijen) == sum(60 - n for n in range(40))
    assert verslagen.chapters([net_niet], Verslag())[0].tabellen == [net_niet]


def test_a_table_that_nobody_gave_a_place_is_printed_too() -> None:
    nieuw = bar_table("Iets nieuws", "Iets", [("a", 1)])
    [hoofdstuk] = verslagen.chapters([nieuw, Tabel("Leeg", "x", [], [])], Verslag())

    assert (hoofdstuk.sectie.titel, hoofdstuk.tabellen) == ("Meer cijfers", [nieuw])


def test_summary_in_words(rapport_of: Any, infopunten: list) -> None:
    geld, wonen = (factories.OnderwerpFactory(naam=naam) for naam in ["Geld", "Wonen"])
    organisatie = factories.OrganisatieFactory(naam="De Brug")
    maart, februari = (factories.VraagFactory.build().moment.replace(month=maand) for maand in (3, 2))
    factories.VraagFactory.create_batch(2, infopunt=infopunten[0], onderwerp=geld, moment=maart)
    factories.VraagFactory(
        infopunt=infopunten[0],
        onderwerp=wonen,
        moment=maart,
        wijze="niet_geholpen",
        reden_niet="wachtlijst",
    )
    factories.VraagFactory.create_batch(
        4, infopunt=infopunten[0], onderwerp=geld, moment=maart, wijze="doorverwezen", organisatie=organisatie
    )
    factories.VraagFactory.create_batch(5, infopunt=infopunten[0], onderwerp=geld, moment=februari)

    assert verslagen.summary(rapport_of()) == [
        "Er zijn 7 vragen opgeschreven, het vaakst over geld.",
        "Dat zijn er 2 meer dan in de periode ervoor (5).",
        "Het vaakst ging het zo: doorverwezen (4 keer).",
        "Het vaakst is verwezen naar De Brug (4 keer).",
        "Konden we iemand niet helpen? Dit was het vaakst waarom: wachtlijst (1 keer).",
    ]


@pytest.mark.parametrize(
    ("nu", "toen", "zin"),
    [
        (1, 0, None),
        (2, 1, "Dat is er één meer dan in de periode ervoor (1)."),
        (1, 3, "Dat zijn er 2 minder dan in de periode ervoor (3)."),
        (2, 2, "Dat zijn er even veel als in de periode ervoor."),
    ],
)
def test_comparison_in_words(rapport_of: Any, infopunten: list, nu: int, toen: int, zin: str | None) -> None:
    for maand, aantal in [(3, nu), (2, toen)]:
        moment = factories.VraagFactory.build().moment.replace(month=maand)
        factories.VraagFactory.create_batch(aantal, infopunt=infopunten[0], moment=moment)

    zinnen = [regel for regel in verslagen.summary(rapport_of()) if regel.startswith("Dat ")]
    assert zinnen == ([zin] if zin else [])


def test_empty_period_prints_an_honest_page(client: Client, infopunten: list) -> None:
    pagina = read(client)

    assert "Er is niets opgeschreven." in pagina
    assert '<svg class="grafiek"' not in pagina
    assert "Weinig vragen kan dus ook betekenen" in pagina


def test_words_are_kept_and_printed_in_their_chapter(client: Client, infopunten: list) -> None:
    response = write(client, voorwoord="Een mooi kwartaal.\n\nEcht waar.", hulp="We missen een maatje.")

    assert response.url.startswith(f"{URL}?")
    pagina = read(client)
    assert "<p>Een mooi kwartaal.</p>\n\n<p>Echt waar.</p>" in pagina
    assert "We missen een maatje." in pagina.split("Hoe we hielpen</h2>")[1].split("</section>")[0]
    assert "Een mooi kwartaal." in read(client, url=TEKSTEN)


def test_words_left_empty_print_nothing(client: Client, infopunten: list) -> None:
    write(client, voorwoord="   ")
    pagina = read(client)

    assert "Voorwoord" not in pagina
    assert "Vooruitblik" not in pagina
    assert "verslag__tekst" not in pagina


def test_words_belong_to_a_period_and_a_choice_of_desks(client: Client, infopunten: list) -> None:
    een = f"{EIGEN}&infopunt={infopunten[0].pk}"
    write(client, query=een, voorwoord="Alleen hier.")

    assert "Alleen hier." in read(client, een)
    assert "Alleen hier." not in read(client)
    assert "Alleen hier." not in read(client, een.replace("2026-03-31", "2026-03-30"))
    alle = "".join(f"&infopunt={infopunt.pk}" for infopunt in infopunten)
    write(client, voorwoord="Overal.")
    assert "Overal." in read(client, EIGEN + alle)


@pytest.mark.parametrize(
    ("query", "van", "tot"),
    [
        ("periode=dit_kwartaal", date(2026, 10, 1), date(2026, 12, 31)),
        ("periode=vorig_kwartaal", date(2026, 7, 1), date(2026, 9, 30)),
        ("periode=dit_jaar", date(2026, 1, 1), date(2026, 12, 31)),
        ("periode=deze_maand", date(2026, 11, 1), date(2026, 11, 30)),
        ("periode=deze_week", date(2026, 11, 16), date(2026, 11, 22)),
        ("periode=eigen&van=2026-03-01&tot=2026-03-31", date(2026, 3, 1), date(2026, 3, 31)),
    ],
)
def test_words_stay_with_a_period_that_is_not_over(filter_of: Any, query: str, van: date, tot: date) -> None:
    """Tomorrow "this quarter" is a day longer, and in January it is the last quarter: still the same words."""
    form = filter_of(query, date(2026, 11, 21))
    assert form.is_valid()

    assert verslagen.key_of(form) == {"van": van, "tot": tot, "infopunten": []}


def test_what_points_at_somebody_is_refused_and_what_was_typed_stays(
    client: Client, infopunten: list
) -> None:
    response = write(client, voorwoord="Bel mij op 06-12345678.", vooruitblik="Een tweede middag open.")

    assert response.status_code == 200
    pagina = unescape(response.content.decode())
    assert "06-12345678" in pagina
    assert "Een tweede middag open." in pagina
    assert 'role="alert"' in pagina
    assert not Verslag.objects.exists()


def test_too_much_is_refused_and_stays(client: Client, infopunten: list) -> None:
    response = write(client, voorwoord="ja " * 1500)

    assert "ja ja ja" in response.content.decode()
    assert not Verslag.objects.exists()


def test_two_people_lose_nothing_of_each_other(client: Client, infopunten: list) -> None:
    """Both opened the page when it was empty. What only one of them wrote, stays."""
    versie = version_on(read(client, url=TEKSTEN))
    write(client, versie=versie, voorwoord="Het eerste woord.", hulp="Samen.")
    tweede = write(client, versie=versie, vooruitblik="Het tweede woord.", hulp="Samen.")

    assert tweede.status_code == 302
    verslag = Verslag.objects.get()
    assert (verslag.voorwoord, verslag.vooruitblik, verslag.hulp) == (
        "Het eerste woord.",
        "Het tweede woord.",
        "Samen.",
    )


def test_the_second_sees_what_the_first_wrote_and_saves_again(client: Client, infopunten: list) -> None:
    versie = version_on(read(client, url=TEKSTEN))
    write(client, versie=versie, voorwoord="Het eerste woord.")
    tweede = write(client, versie=versie, voorwoord="Het tweede woord.")

    pagina = unescape(tweede.content.decode())
    assert "Iemand anders heeft dit net gewijzigd. Er staat nu: ‘Het eerste woord.’" in pagina
    assert "Het tweede woord.</textarea>" in pagina
    assert Verslag.objects.get().voorwoord == "Het eerste woord."

    write(client, versie=version_on(pagina), voorwoord="Het tweede woord.")
    assert Verslag.objects.get().voorwoord == "Het tweede woord."


@pytest.mark.parametrize("versie", ["", "[]", "{", json.dumps({"voorwoord": 3})])
def test_a_broken_version_overwrites_nothing(client: Client, infopunten: list, versie: str) -> None:
    write(client, voorwoord="Er stond al iets.")
    response = write(client, versie=versie, voorwoord="Iets anders.")

    assert response.status_code == 200
    assert Verslag.objects.get().voorwoord == "Er stond al iets."


def test_looking_keeps_nothing(client: Client, infopunten: list) -> None:
    read(client)
    read(client, url=TEKSTEN)

    assert not Verslag.objects.exists()


@pytest.mark.parametrize("url", [URL, TEKSTEN])
def test_a_wrong_choice_is_explained_on_the_page(client: Client, infopunten: list, url: str) -> None:
    assert client.get(f"{url}?periode=ooit").headers["Location"] == "/rapportage/?periode=ooit"


def test_one_report_per_period_and_desks(db: None) -> None:
    Verslag.objects.create(van=date(2026, 1, 1), tot=date(2026, 3, 31))
    with pytest.raises(IntegrityError, match="rapportage_verslag_uniek"), transaction.atomic():
        Verslag.objects.create(van=date(2026, 1, 1), tot=date(2026, 3, 31))
    with pytest.raises(IntegrityError, match="rapportage_verslag_van_voor_tot"), transaction.atomic():
        Verslag.objects.create(van=date(2026, 1, 2), tot=date(2026, 1, 1))

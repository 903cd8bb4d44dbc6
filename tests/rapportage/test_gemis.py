"""What people missed: per village, in words and tables, within one budget of queries."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rapportage.gemis import Gemis, count_reasons
from rapportage.tellen import Facet, tel
from sociale_kaart.models import Aanbod, GemistWoord
from tests import factories
from tests.rapportage.test_herkomst import MAART, ask

pytestmark = pytest.mark.django_db
URL = f"/rapportage/gemis/?{MAART}"


def not_helped(infopunt, aantal=1, reden="geen_aanbod", **rest):
    ask(infopunt, aantal, wijze="niet_geholpen", reden_niet=reden, **rest)


def not_suitable(infopunt, reden, organisatie, aanbod=None):
    return factories.DoorverwijzingFactory(
        infopunt=infopunt,
        organisatie=organisatie,
        aanbod=aanbod,
        aangemaakt_op=datetime(2026, 3, 16, 13, 0, tzinfo=UTC),
        status="niet_passend",
        reden_niet_passend=reden,
        gewist_op=datetime(2026, 3, 17, 13, 0, tzinfo=UTC),
    )


def rows(tabel):
    return {rij.naam: [cel.tekst for cel in rij.cellen] for rij in tabel.rijen}


@pytest.fixture
def infopunten(infopunten):
    """Each in the village it is named after, so in the order of the page."""
    for infopunt in infopunten:
        infopunt.kern.naam = infopunt.naam
        infopunt.kern.save()
    return infopunten


@pytest.fixture
def wonen():
    return factories.OnderwerpFactory(naam="Wonen")


@pytest.fixture
def taal():
    return factories.OnderwerpFactory(naam="Taal")


@pytest.fixture
def gemis_of(filter_of):
    def make(query=MAART):
        form = filter_of(query, date(2026, 11, 21))
        assert form.is_valid(), form.errors
        return Gemis(form)

    return make


class TestNotHelped:
    def test_about_what_and_why_per_village(self, gemis_of, infopunten, wonen, taal):
        hier, daar, leeg = infopunten
        not_helped(hier, 3, onderwerp=factories.OnderwerpFactory(ouder=wonen))
        not_helped(hier, 2, "kosten", onderwerp=wonen)
        not_helped(hier, 1, "", onderwerp=taal)
        not_helped(daar, 1, "wachtlijst", onderwerp=taal)
        ask(hier, 4, onderwerp=taal)
        per_kern = {gemis.kern: gemis for gemis in gemis_of().kernen}
        assert rows(per_kern[hier.kern].per_onderwerp) == {
            "Wonen": ["5", "geen aanbod 3, te duur 2"],
            "Taal": ["1", "niet opgeschreven 1"],
        }
        assert rows(per_kern[daar.kern].per_onderwerp) == {"Taal": ["1", "wachtlijst 1"]}
        assert per_kern[leeg.kern].is_leeg
        assert per_kern[hier.kern].zinnen[:2] == [
            "Bij 6 van de 10 vragen konden we niet helpen.",
            "3 keer was er geen aanbod, steeds bij wonen.",
        ]

    def test_two_desks_of_one_village_are_one_page(self, gemis_of, infopunten, wonen):
        buren = infopunten[0]
        infopunten[1].kern = buren.kern
        infopunten[1].save()
        not_helped(buren, 2, onderwerp=wonen)
        not_helped(infopunten[1], 1, onderwerp=wonen)
        eerste = next(gemis for gemis in gemis_of().kernen if gemis.kern == buren.kern)
        assert (eerste.niet_geholpen, len(eerste.infopunten)) == (3, 2)
        alleen = gemis_of(f"{MAART}&infopunt={buren.pk}").kernen
        assert [(gemis.niet_geholpen, gemis.infopunten) for gemis in alleen] == [(2, [buren])]

    def test_names_a_topic_only_when_it_stands_out(self, gemis_of, infopunten, wonen, taal):
        not_helped(infopunten[0], 2, onderwerp=wonen)
        not_helped(infopunten[0], 2, onderwerp=taal)
        assert "4 keer was er geen aanbod." in gemis_of().kernen[0].zinnen
        not_helped(infopunten[0], 1, onderwerp=taal)
        assert "5 keer was er geen aanbod, het vaakst bij taal (3)." in gemis_of().kernen[0].zinnen

    def test_of_one_topic_or_source(self, gemis_of, infopunten, wonen, taal):
        not_helped(infopunten[0], 2, onderwerp=factories.OnderwerpFactory(ouder=wonen))
        not_helped(infopunten[0], 1, onderwerp=taal, herkomst="papier")
        not_suitable(infopunten[0], "wachtlijst", factories.OrganisatieFactory())
        for deel, aantal in [(f"onderwerp={wonen.pk}", 2), ("herkomst=papier", 1)]:
            [eerste, *_] = gemis_of(f"{MAART}&{deel}").kernen
            assert eerste.niet_geholpen == aantal
            assert eerste.niet_passend == []

    @pytest.mark.parametrize("query", ["", "&herkomst=papier", "&infopunt={}"])
    def test_adds_up_to_the_count_of_every_other_report(self, filter_of, infopunten, wonen, query):
        for infopunt in infopunten:
            not_helped(infopunt, 2, "taal", onderwerp=wonen)
            not_helped(infopunt, 1, "", onderwerp=wonen, herkomst="papier")
            not_helped(infopunt, 1, onderwerp=wonen, moment=datetime(2026, 3, 31, 22, 0, tzinfo=UTC))
        form = filter_of(MAART + query.format(infopunten[1].pk), date(2026, 11, 21))
        assert form.is_valid()
        [telling] = tel([form.perioden.nu], form.selectie)
        redenen = count_reasons(form.perioden.nu, form.selectie)
        assert redenen.total() == telling.per(Facet.REDEN).total() > 0

    def test_what_does_not_fit_is_added_up(self, gemis_of, infopunten):
        for nummer in range(9):
            not_helped(infopunten[0], 10 - nummer, onderwerp=factories.OnderwerpFactory(naam=f"O{nummer}"))
        rijen = rows(gemis_of().kernen[0].per_onderwerp)
        assert list(rijen) == ["O0", "O1", "O2", "O3", "O4", "Andere (4)"]
        assert rijen["Andere (4)"] == [str(5 + 4 + 3 + 2), ""]

    def test_compares_with_the_period_before(self, gemis_of, infopunten, wonen):
        not_helped(infopunten[0], 1, onderwerp=wonen)
        not_helped(infopunten[0], 3, onderwerp=wonen, moment=datetime(2026, 2, 16, 13, 0, tzinfo=UTC))
        assert gemis_of().kernen[0].niet_geholpen_toen == 3


class TestNotOnTheMap:
    def missing(self, gemis_of):
        return rows(gemis_of().kernen[0].zonder_aanbod)

    def test_nothing_anywhere(self, gemis_of, infopunten, wonen):
        ask(infopunten[0], 2, onderwerp=wonen)
        assert self.missing(gemis_of) == {"Wonen": ["2", "nergens op de kaart"]}
        assert "Op de kaart staat hier niets over wonen." in gemis_of().kernen[0].zinnen

    def test_only_elsewhere(self, gemis_of, infopunten, wonen):
        ask(infopunten[0], 2, onderwerp=wonen)
        factories.AanbodFactory(onderwerpen=[wonen]).kernen.add(infopunten[1].kern)
        assert self.missing(gemis_of) == {"Wonen": ["2", f"wel in {infopunten[1].kern}"]}

    @pytest.mark.parametrize("bereik", ["regio", "landelijk"])
    def test_what_is_for_everybody_is_for_this_village(self, gemis_of, infopunten, wonen, bereik):
        ask(infopunten[0], onderwerp=wonen)
        factories.AanbodFactory(onderwerpen=[wonen], bereik=bereik)
        assert self.missing(gemis_of) == {}

    @pytest.mark.parametrize(("gevraagd", "aangeboden"), [("sub", "hoofd"), ("hoofd", "sub"), ("sub", "sub")])
    def test_main_topic_and_parts_serve_each_other(self, gemis_of, infopunten, wonen, gevraagd, aangeboden):
        onderwerpen = {"hoofd": wonen, "sub": factories.OnderwerpFactory(ouder=wonen)}
        ask(infopunten[0], onderwerp=onderwerpen[gevraagd])
        factories.AanbodFactory(onderwerpen=[onderwerpen[aangeboden]], bereik="regio")
        assert self.missing(gemis_of) == {}

    def test_another_part_of_the_topic_does_not_help(self, gemis_of, infopunten, wonen):
        huren, kopen = (factories.OnderwerpFactory(ouder=wonen, naam=naam) for naam in ["Huren", "Kopen"])
        ask(infopunten[0], onderwerp=huren)
        factories.AanbodFactory(onderwerpen=[kopen], bereik="regio")
        assert self.missing(gemis_of) == {"Huren": ["1", "nergens op de kaart"]}

    def test_the_archive_offers_nothing(self, gemis_of, infopunten, wonen):
        ask(infopunten[0], onderwerp=wonen)
        weg = datetime(2026, 1, 1, tzinfo=UTC)
        factories.AanbodFactory(onderwerpen=[wonen], bereik="regio", gearchiveerd_op=weg)
        assert list(self.missing(gemis_of)) == ["Wonen"]

    def test_reach_has_the_rule_of_for_kern(self, infopunten, wonen):
        kernen = [infopunt.kern for infopunt in infopunten]
        factories.AanbodFactory(onderwerpen=[wonen]).kernen.set(kernen[:2])
        factories.AanbodFactory(onderwerpen=[wonen])  # for nobody: no village was named
        factories.AanbodFactory(onderwerpen=[factories.OnderwerpFactory()], bereik="landelijk").kernen.add(
            kernen[2]
        )
        alle = Aanbod.objects.current()
        for kern in kernen:
            volgens_bereik = {onderwerp for onderwerp, waar in alle.reach() if waar in {kern.pk, None}}
            assert volgens_bereik == set(alle.for_kern(kern).values_list("onderwerpen", flat=True))


class TestNotSuitable:
    def test_why_with_whom_and_where_one_waits(self, gemis_of, infopunten):
        de_kern = factories.OrganisatieFactory(naam="De Kern")
        maatje = factories.AanbodFactory(organisatie=de_kern, naam="Maatje")
        not_suitable(infopunten[0], "wachtlijst", de_kern, maatje)
        not_suitable(infopunten[0], "wachtlijst", de_kern)
        not_suitable(infopunten[0], "wachtlijst", factories.OrganisatieFactory(naam="Humanitas"))
        not_suitable(infopunten[0], "ander_gebied", de_kern)
        not_suitable(infopunten[1], "anders", de_kern)
        gemis = gemis_of().kernen[0]
        assert rows(gemis.per_reden_niet_passend) == {
            "Wachtlijst": ["3", "De Kern 2, Humanitas 1"],
            "Ander gebied": ["1", "De Kern 1"],
        }
        assert rows(gemis.wachtlijsten) == {"De Kern": ["1"], "De Kern: Maatje": ["1"], "Humanitas": ["1"]}
        assert "4 keer zei een partner dat de verwijzing niet paste." in gemis.zinnen


class TestPage:
    @pytest.fixture
    def client(self, as_user, coordinator):
        return as_user(coordinator)

    def test_the_same_number_of_queries_however_much(self, client, infopunten):
        def fill(infopunt):
            onderwerp = factories.OnderwerpFactory()
            not_helped(infopunt, 2, onderwerp=onderwerp)
            ask(infopunt, onderwerp=onderwerp, onderliggend=factories.OnderwerpFactory())
            not_suitable(infopunt, "wachtlijst", factories.OrganisatieFactory())
            factories.AanbodFactory(onderwerpen=[onderwerp]).kernen.add(infopunt.kern)

        def count():
            with CaptureQueriesContext(connection) as queries:
                client.get(URL)
            return len(queries)

        fill(infopunten[0])
        weinig = count()
        for infopunt in [*infopunten, *factories.InfopuntFactory.create_batch(3)]:
            fill(infopunt)
        assert count() == weinig

    def test_words_that_may_be_shown_and_no_others(self, client, infopunten):
        for woord, aantal, afgedaan in [
            ("kledingruil", 3, False),
            ("zeldzaam", 2, False),
            ("klaar", 9, True),
        ]:
            GemistWoord.objects.create(woord=woord, aantal=aantal, maand=date(2026, 3, 1), afgedaan=afgedaan)
        html = client.get(URL).content.decode()
        assert "kledingruil" in html
        assert "zeldzaam" not in html
        assert ">klaar" not in html
        assert "Dit geldt voor alle kernen samen" in html

    def test_empty_says_what_to_do(self, client, infopunten):
        html = client.get(URL).content.decode()
        assert html.count("Hier is niets gemist opgeschreven") == len(infopunten)
        assert "‘Niet kunnen helpen’" in html

    def test_one_topic_leaves_out_what_referrals_say(self, client, infopunten, wonen):
        not_suitable(infopunten[0], "wachtlijst", factories.OrganisatieFactory(naam="De Kern"))
        assert "De Kern" in client.get(URL).content.decode()
        html = client.get(f"{URL}&onderwerp={wonen.pk}").content.decode()
        assert "De Kern" not in html
        assert "Wat partners zeiden staat er daarom nu niet bij" in html
        assert "Alleen wonen." in html

    def test_bad_choice_is_explained(self, client, infopunten):
        response = client.get("/rapportage/gemis/?infopunt=999999")
        assert response.status_code == 200
        assert "Dit infopunt kennen we niet." in response.content.decode()

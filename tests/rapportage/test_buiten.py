"""Figures for outsiders: links, and pages from which no small number can be worked out."""

import hashlib
import re
from collections import Counter
from datetime import date, timedelta
from functools import partial
from html import unescape
from itertools import combinations
from random import Random

import highspy
import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from doorverwijzing.models import Status
from rapportage import publiceren
from rapportage.kwartalen import days_of, quarter_of
from rapportage.models import Buitencijfer, Buitenlink, Publicatie
from rapportage.onderdrukking import BUITEN, Regel, publish_list, publish_table
from rapportage.publiceren import Wat, publish, publish_again, publish_finished
from rapportage.tellen import Facet, Telling
from registratie.models import GESLACHTEN, LEEFTIJDSGROEPEN, RedenNietGeholpen, Vraag, Wijze
from sociale_kaart.models import Onderwerp
from tests import factories
from tests.rapportage.stad import KWARTALEN, VANDAAG, ask, town

pytestmark = pytest.mark.django_db
LINK = "/rapportage/buiten/geheim-van-de-stuurgroep/"


@pytest.fixture
def stad():
    desks, onderwerpen = town()
    publish_finished(VANDAAG)
    return desks, onderwerpen


@pytest.fixture
def link():
    return factories.BuitenlinkFactory()


def choices(desks):
    """Every period with every set of desks, as an address."""
    perioden = [f"{k.year}-K{(k.month + 2) // 3}" for k in KWARTALEN] + ["2025"]
    for periode in perioden:
        for hoeveel in range(4):
            for keuze in combinations(desks, hoeveel):
                yield periode, keuze, f"?periode={periode}" + "".join(f"&infopunt={d.pk}" for d in keuze)


def text_of(response):
    """All that a reader sees, titles and descriptions of charts included, without names of quarters and years."""
    html = re.sub(r"<(script|style|select|form)\b.*?</\1>", "", response.content.decode(), flags=re.DOTALL)
    tekst = unescape(re.sub(r"<[^>]+>", " ", html))
    tekst = re.sub(r"\d+ waar we geen aantal", "", tekst)  # counts names
    return re.sub(r"\b[1-4]e kwartaal \d{4}|K[1-4]\b|\b20\d\d\b|\d+[–+]\d*|Stuurgroep \d+", " ", tekst)


def test_no_number_on_any_page_is_small_or_exact(stad, link, client):
    """Every number that a choice can bring up is a multiple of five; below ten there is only 0 and 5 of an axis."""
    gezien = set()
    for _, _, adres in choices(stad[0]):
        tekst = text_of(client.get(LINK + adres))
        gezien |= {int(getal) for getal in re.findall(r"\d+", tekst)}
    assert gezien
    assert {getal for getal in gezien if getal % 5} == set()


def test_widths_of_bars_come_from_what_is_shown(stad, link, client):
    response = client.get(LINK + "?periode=2025-K1")
    tabellen = response.context["overzicht"].tabellen
    for tabel in tabellen:
        meeste = max((rij.cellen[0].waarde or 0 for rij in tabel.rijen), default=0)
        for rij in tabel.rijen:
            verwacht = round(100 * (rij.cellen[0].waarde or 0) / meeste) if meeste else 0
            assert rij.breedte == verwacht


def test_every_choice_adds_up_what_the_open_table_holds(stad, link, client):
    """So choosing differently gives nothing that the table of single quarters does not give."""
    factories.OpenDataFactory(aan=True)
    regels = [r.split(";") for r in client.get("/open-data/cijfers.csv").content.decode().splitlines()[1:]]
    desks, _ = stad
    for periode, keuze, adres in choices(desks):
        plekken = {d.naam for d in keuze} if 0 < len(keuze) < 3 else {"alle infopunten"}
        overzicht = client.get(LINK + adres).context["overzicht"]
        for tabel in overzicht.tabellen[1:]:
            deel = next(d for d in Buitencijfer.Onderdeel if d.label == tabel.naam)
            for rij in [*tabel.rijen, *tabel.dicht]:
                delen = [
                    r[5]
                    for r in regels
                    if r[0].startswith(periode) and r[1] in plekken and r[2] == deel and r[4] == rij.naam
                ]
                getallen = [int(d) for d in delen if d.isdecimal()]
                assert rij.cellen[0].waarde == (sum(getallen) or None)
                assert ("verborgen" in rij.cellen[0].tekst or "minder" in rij.cellen[0].tekst) == (
                    len(getallen) < len(delen)
                )


def test_the_database_refuses_a_small_or_exact_number():
    publicatie = factories.PublicatieFactory()
    for aantal in (0, 5, 9, 12):
        with pytest.raises(IntegrityError), transaction.atomic():
            Buitencijfer.objects.create(
                publicatie=publicatie, onderdeel="vragen", stand="getal", aantal=aantal
            )


EXACT = Regel(BUITEN.drempel, streng=True)


class Reader:
    """Somebody who puts all published figures of a quarter in a solver, and asks how small or large one can be.

    They even know the exact number of what is shown rounded: rounding must not be what keeps a small number hidden.
    """

    def __init__(self, regels, infopunten):
        self.lp = highspy.Highs()
        self.lp.silent()
        self.regels = regels
        self.x = {}
        per_deel = {}
        for deel, _, wat, _ in regels:
            per_deel.setdefault(deel, set()).add(wat.sleutel)
        delen = publiceren.Onderdeel
        for deel in (delen.ONDERWERP, delen.WIJZE):
            for i in infopunten:
                for sleutel in per_deel[deel]:
                    self.x[deel, i.pk, sleutel] = self.lp.addIntegral(lb=0)
        for deel in (delen.REDEN, delen.ORGANISATIE, delen.AFLOOP, delen.LEEFTIJD, delen.GESLACHT):
            for sleutel in per_deel[deel]:
                self.x[deel, None, sleutel] = self.lp.addIntegral(lb=0)
        for i in infopunten:
            self._equal(self._sum(delen.ONDERWERP, i.pk), self._sum(delen.WIJZE, i.pk))
        self._equal(self._sum(delen.REDEN, None), self._way(infopunten, Wijze.NIET_GEHOLPEN))
        verwezen = self._way(infopunten, Wijze.DOORVERWEZEN, Wijze.WARM_DOORVERWEZEN)
        self._equal(self._sum(delen.ORGANISATIE, None), verwezen)
        # What a reader may believe: every warm referral was logged as one question.
        self._equal(self._sum(delen.AFLOOP, None), self._way(infopunten, Wijze.WARM_DOORVERWEZEN))
        self._equal(self._sum(delen.LEEFTIJD, None), self._sum(delen.GESLACHT, None))
        self.infopunten = infopunten
        for regel in regels:
            self._believe(regel)

    def _sum(self, deel, infopunt):
        return sum(v for (d, i, _), v in self.x.items() if d == deel and i == infopunt)

    def _way(self, infopunten, *wijzen):
        return sum(self.x[publiceren.Onderdeel.WIJZE, i.pk, w.value] for i in infopunten for w in wijzen)

    def _equal(self, links, rechts):
        self.lp.addConstr(links == rechts)

    def _figure(self, regel):
        """What a figure is the number of, in unknowns."""
        deel, infopunt, wat, _ = regel
        delen = publiceren.Onderdeel
        if deel == delen.VRAGEN:
            plekken = [infopunt] if infopunt else self.infopunten
            return sum(self._sum(delen.WIJZE, i.pk) for i in plekken)
        if deel in (delen.ONDERWERP, delen.WIJZE) and infopunt is None:
            return sum(self.x[deel, i.pk, wat.sleutel] for i in self.infopunten)
        return self.x[deel, infopunt and infopunt.pk, wat.sleutel]

    def _believe(self, regel):
        cel, figuur = regel[3], self._figure(regel)
        if cel.waarde is not None:
            self.lp.addConstr(figuur == cel.waarde)
        elif cel.tekst == "minder dan 10":
            self.lp.addConstr(figuur <= 9)

    def range(self, regel):
        figuur = self._figure(regel)
        self.lp.minimize(figuur)
        laag = self.lp.getObjectiveValue()
        self.lp.maximize(figuur)
        status = self.lp.getModelStatus()
        hoog = 10**6 if status != highspy.HighsModelStatus.kOptimal else self.lp.getObjectiveValue()
        return round(laag), round(hoog)


def random_counts(rng, infopunten, onderwerpen, organisaties):
    """A quarter at random: a busy desk, a calm one, one with next to nothing; all kinds of questions."""
    aantallen = Counter()
    for infopunt in infopunten:
        for _ in range(rng.choice([4, 35, 140])):
            wijze = rng.choice(list(Wijze))
            aantallen[Facet.HERKOMST, infopunt.pk, "direct"] += 1
            onderwerp = rng.choices(onderwerpen, weights=[9, 5, 3, 1])[0]
            aantallen[Facet.ONDERWERP, infopunt.pk, str(onderwerp.pk)] += 1
            aantallen[Facet.WIJZE, infopunt.pk, wijze.value] += 1
            if wijze == Wijze.NIET_GEHOLPEN:
                aantallen[Facet.REDEN, infopunt.pk, rng.choice([*RedenNietGeholpen.values, ""])] += 1
            if "doorverwezen" in wijze.value and rng.random() < 0.9:
                aantallen[Facet.ORGANISATIE, infopunt.pk, str(rng.choice(organisaties).pk)] += 1
            persoon = f"{rng.choice(LEEFTIJDSGROEPEN).value}|{rng.choice(GESLACHTEN).value}"
            aantallen[Facet.PERSOON, infopunt.pk, persoon] += 1
    return Telling(aantallen)


@pytest.mark.parametrize("zaad", range(6))
def test_a_solver_recovers_no_small_number(zaad, monkeypatch):
    """All tables of a quarter together: what reads "minder dan 10" can still be anything from 0 to 9."""
    infopunten = [factories.InfopuntFactory() for _ in range(3)]
    onderwerpen = [factories.OnderwerpFactory(volgorde=n) for n in range(4)]
    organisaties = [factories.OrganisatieFactory() for _ in range(3)]
    rng = Random(zaad)
    telling = random_counts(rng, infopunten, onderwerpen, organisaties)
    monkeypatch.setattr(publiceren, "publish_list", partial(publish_list, regel=EXACT))
    monkeypatch.setattr(publiceren, "publish_table", partial(publish_table, regel=EXACT))
    warm = telling.per(Facet.WIJZE)[Wijze.WARM_DOORVERWEZEN.value]
    afloop = Counter(rng.choices([s.value for s in Status], k=warm))
    monkeypatch.setattr(
        publiceren, "_outcomes", lambda _: [(Wat(s.value, s.label), afloop[s]) for s in Status]
    )
    regels = list(publiceren._cells(infopunten, telling, days_of(KWARTALEN[0])))
    lezer = Reader(regels, infopunten)
    for regel in regels:
        if regel[3].tekst == "minder dan 10":
            assert lezer.range(regel) == (0, 9), regel


def test_reasons_do_not_tell_how_often_nobody_could_help():
    """Four came back later, so the next smallest is hidden to keep them company; its reasons would give it back."""
    desk, onderwerp = factories.InfopuntFactory(), factories.OnderwerpFactory()
    per_wijze = dict(zip(Wijze.values, [90, 80, 70, 4, 60, 50, 45], strict=True))
    samen = sum(per_wijze.values())
    aantallen = Counter({(Facet.WIJZE, desk.pk, wijze): aantal for wijze, aantal in per_wijze.items()})
    aantallen[Facet.HERKOMST, desk.pk, "direct"] = samen
    aantallen[Facet.ONDERWERP, desk.pk, str(onderwerp.pk)] = samen
    for reden in ("geen_aanbod", "wachtlijst", "taal"):
        aantallen[Facet.REDEN, desk.pk, reden] = 15
    regels = publiceren._cells([desk], Telling(aantallen), days_of(KWARTALEN[0]))
    getoond = {(deel, wat.sleutel): cel.waarde for deel, plek, wat, cel in regels if plek is None}
    assert getoond["wijze", "zelf_beantwoord"] == 90
    assert getoond["wijze", "niet_geholpen"] is None
    assert {waarde for (deel, _), waarde in getoond.items() if deel == "reden"} == {None}


def test_a_published_quarter_stays_as_it_was(stad, link, client):
    """Somebody who looks before and after a question is added learns nothing about that question."""
    desks, onderwerpen = stad
    voor = client.get(LINK + "?periode=2025-K3").content
    ask(desks[0], onderwerpen[0], date(2025, 7, 1), 40)
    Vraag.objects.filter(infopunt=desks[1], moment__lt="2025-09-01T00:00Z").delete()
    assert publish_finished(VANDAAG) == 0
    assert client.get(LINK + "?periode=2025-K3").content == voor


def test_a_quarter_can_be_counted_anew(stad, link, client, coordinator, as_user):
    desks, onderwerpen = stad
    ask(desks[0], onderwerpen[0], date(2025, 7, 1), 40)
    voor = client.get(LINK + "?periode=2025-K3").context["overzicht"].totaal.waarde
    response = as_user(coordinator).post("/rapportage/buiten/2025-07-01/opnieuw/", follow=True)
    assert "Het 3e kwartaal 2025 is opnieuw geteld." in response.content.decode()
    assert client.get(LINK + "?periode=2025-K3").context["overzicht"].totaal.waarde == voor + 40


@pytest.mark.parametrize("kwartaal", ["2025-07-02", "2025-13-01", "onzin", "2031-01-01"])
def test_counting_an_unknown_quarter_anew_is_404(stad, coordinator, as_user, kwartaal):
    assert as_user(coordinator).post(f"/rapportage/buiten/{kwartaal}/opnieuw/").status_code == 404


@pytest.mark.parametrize(
    ("vandaag", "laatste"),
    [(date(2026, 4, 14), date(2025, 10, 1)), (date(2026, 4, 15), date(2026, 1, 1))],
)
def test_a_quarter_comes_when_nothing_can_be_added_any_more(vandaag, laatste):
    town()
    publish_finished(vandaag)
    assert Publicatie.objects.first().kwartaal == laatste


def test_publishing_twice_makes_one():
    town()
    kwartaal = quarter_of(date(2025, 2, 2))
    assert (publish(kwartaal), publish(kwartaal)) == (True, False)
    publish_again(Publicatie.objects.get())
    assert Publicatie.objects.count() == 1


def test_nothing_asked_yet_publishes_nothing(client, link):
    assert publish_finished(VANDAAG) == 0
    assert "Er zijn nog geen cijfers" in client.get(LINK).content.decode()


def test_a_tiny_service_shows_nothing(client, link):
    desk = factories.InfopuntFactory()
    ask(desk, factories.OnderwerpFactory(), KWARTALEN[0], 6)
    publish(KWARTALEN[0])
    assert not Buitencijfer.objects.filter(stand="getal").exists()
    assert client.get(LINK).status_code == 200


def test_age_reasons_and_organisations_only_for_all_desks(stad, link, client):
    response = client.get(LINK + f"?infopunt={stad[0][1].pk}")
    namen = [tabel.naam for tabel in response.context["overzicht"].tabellen]
    assert namen == ["Vragen per infopunt", "Hoe geholpen", "Waarover"]


@pytest.mark.parametrize("keuze", ["periode=2019-K1", "periode=2024", "infopunt=99999", "infopunt=x"])
def test_a_choice_that_is_not_there_is_explained(stad, link, client, keuze):
    response = client.get(f"{LINK}?{keuze}")
    assert response.status_code == 200
    assert response.context["overzicht"] is None
    assert "Kies er een uit de lijst." in response.content.decode()


def test_a_year_calls_a_topic_by_its_latest_name(link, client):
    _, onderwerpen = town()
    publish(KWARTALEN[0])
    Onderwerp.objects.filter(pk=onderwerpen[0].pk).update(naam="Geldzaken")
    publish_finished(VANDAAG)
    namen = [
        rij.naam for t in client.get(LINK + "?periode=2025").context["overzicht"].tabellen for rij in t.rijen
    ]
    assert "Geldzaken" in namen
    assert "Geld" not in namen


def test_a_whole_year_needs_four_quarters(stad, link, client):
    form = client.get(LINK).context["form"]
    assert "2025" in form.perioden
    assert "2026" not in form.perioden


def test_number_of_queries(stad, link, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(18):
        client.get(LINK + "?periode=2025")


# Links


def test_a_new_link_is_shown_once_and_only_its_hash_is_kept(coordinator, as_user, client):
    town()
    coordinatie = as_user(coordinator)
    response = coordinatie.post("/rapportage/buiten/", {"naam": "Stuurgroep", "geldig_tot": _over(30)})
    (token,) = re.findall(r"https://infopunt.example/rapportage/buiten/(\S{43})/", response.content.decode())
    link = Buitenlink.objects.get()
    assert link.token_hash == hashlib.sha256(token.encode()).hexdigest()
    assert token not in coordinatie.get("/rapportage/buiten/").content.decode()
    assert "Stuurgroep" in client.get(f"/rapportage/buiten/{token}/").content.decode()
    assert Publicatie.objects.exists()


@pytest.mark.parametrize(
    ("velden", "fout"),
    [
        ({"naam": "", "geldig_tot": "2099-01-01"}, "Vul dit nog in."),
        ({"naam": "Stuurgroep", "geldig_tot": "2020-01-01"}, "Deze dag is al voorbij."),
        ({"naam": "Stuurgroep", "geldig_tot": "2099-01-01"}, "Kies hoogstens twee jaar."),
        ({"naam": "Stuurgroep", "geldig_tot": "morgen"}, "Dit is geen dag."),
        ({"naam": "Jan de Vries", "geldig_tot": "2099-01-01"}, "Jan de Vries"),
    ],
)
def test_a_form_that_is_wrong_says_so(coordinator, as_user, velden, fout):
    response = as_user(coordinator).post("/rapportage/buiten/", velden)
    assert response.status_code == 422
    assert fout in response.content.decode()
    assert not Buitenlink.objects.exists()


def test_the_same_group_gets_one_link_at_a_time(coordinator, as_user):
    coordinatie = as_user(coordinator)
    velden = {"naam": "Stuurgroep", "geldig_tot": _over(30)}
    coordinatie.post("/rapportage/buiten/", velden)
    assert (
        "Voor deze groep is er al een link."
        in coordinatie.post("/rapportage/buiten/", velden).content.decode()
    )
    coordinatie.post(f"/rapportage/buiten/{Buitenlink.objects.get().pk}/intrekken/")
    assert coordinatie.post("/rapportage/buiten/", velden).status_code == 200
    assert Buitenlink.objects.count() == 2


def test_unknown_revoked_and_expired_look_the_same(client, link):
    bladzijden = [client.get("/rapportage/buiten/onbekend/")]
    Buitenlink.objects.update(ingetrokken_op=timezone.now())
    bladzijden.append(client.get(LINK))
    Buitenlink.objects.update(ingetrokken_op=None, geldig_tot=timezone.localdate() - timedelta(days=1))
    bladzijden.append(client.get(LINK))
    assert [b.status_code for b in bladzijden] == [404, 404, 404]
    assert len({b.content for b in bladzijden}) == 1


def test_a_link_works_on_its_last_day(client):
    factories.BuitenlinkFactory(geldig_tot=timezone.localdate())
    assert client.get(LINK).status_code == 200


def test_looking_is_logged_and_changes_nothing_else(stad, link, client, coordinator, as_user):
    client.get(LINK)
    link.refresh_from_db()
    assert link.laatst_geopend_op is not None
    vandaag = timezone.localdate()
    assert f"{vandaag.day} " in as_user(coordinator).get("/rapportage/buiten/").content.decode()
    assert client.post(LINK).status_code == 405


def test_the_key_stays_where_it_is(link, client):
    response = client.get(LINK)
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["Cache-Control"] == "no-store"
    assert "noindex" in response["X-Robots-Tag"]
    assert not response.cookies


def test_who_tries_too_often_waits(link, client, monkeypatch):
    monkeypatch.setattr("rapportage.views_buiten.KEREN_PER_UUR", 1)
    monkeypatch.setattr("rapportage.views_buiten.MISSERS_PER_UUR", 1)
    assert [client.get(LINK).status_code for _ in range(2)] == [200, 429]
    assert [client.get("/rapportage/buiten/raden/").status_code for _ in range(2)] == [404, 429]


def _over(dagen: int) -> str:
    return str(timezone.localdate() + timedelta(days=dagen))

"""Whatever happens to questions, the totals say what counting them one by one says."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rapportage import tellingen
from rapportage.models import Maandstand, Mutatie
from rapportage.periode import Periode
from rapportage.tellen import Selectie, tel, tel_maanden, tel_uren
from registratie.actions import register_vraag, undo_vraag
from registratie.herstel import change_vraag
from registratie.models import Vraag
from sociale_kaart import samenvoegen
from sociale_kaart.models import Onderwerp, Organisatie
from tests import factories
from tests.rapportage import tellen_naief as naief

pytestmark = pytest.mark.django_db

# Around the ends of days, months, quarters and years, and where the clock changes; all in UTC.
MOMENTEN = [
    datetime(2025, 12, 31, 22, 45, tzinfo=UTC),
    datetime(2025, 12, 31, 23, 0, tzinfo=UTC),  # midnight here
    datetime(2026, 2, 28, 22, 45, tzinfo=UTC),
    datetime(2026, 2, 28, 23, 0, tzinfo=UTC),
    datetime(2026, 3, 29, 0, 45, tzinfo=UTC),  # a quarter before the hour that is not there
    datetime(2026, 3, 29, 1, 0, tzinfo=UTC),
    datetime(2026, 3, 31, 21, 45, tzinfo=UTC),  # 23:45 on the last day of a quarter
    datetime(2026, 3, 31, 22, 0, tzinfo=UTC),
    datetime(2026, 4, 15, 12, 0, tzinfo=UTC),
    datetime(2026, 10, 25, 0, 15, tzinfo=UTC),  # the hour that is there twice
    datetime(2026, 10, 25, 1, 15, tzinfo=UTC),
    datetime(2026, 10, 25, 22, 45, tzinfo=UTC),
    datetime(2026, 10, 25, 23, 0, tzinfo=UTC),
]
DAGEN = [
    *(date(2025, 12, 31), date(2026, 1, 1), date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 28)),
    *(date(2026, 3, 29), date(2026, 3, 31), date(2026, 4, 1), date(2026, 4, 15), date(2026, 10, 24)),
    *(date(2026, 10, 25), date(2026, 10, 26), date(2026, 12, 31)),
]
WIJZEN = [
    {"wijze": "zelf_beantwoord"},
    {"wijze": "niet_geholpen"},
    {"wijze": "niet_geholpen", "reden_niet": "taal"},
    {"wijze": "doorverwezen", "organisatie": 0},
    {"wijze": "doorverwezen", "organisatie": 1},
    {"wijze": "warm_doorverwezen"},
]

vraag = st.fixed_dictionaries(
    {
        "infopunt": st.integers(0, 1),
        "moment": st.sampled_from(MOMENTEN),
        "onderwerp": st.integers(0, 3),
        "onderliggend": st.sampled_from([None, 4]),
        "wie": st.sampled_from([("65-79", "vrouw"), ("0-17", "man"), ("niet_gevraagd", "niet_gevraagd")]),
        "hoe": st.sampled_from(WIJZEN),
        "herkomst": st.sampled_from(["direct", "papier", "turf"]),
    }
)
welke = st.integers(0, 9)
stap = st.one_of(
    st.tuples(st.sampled_from(["schrijf", "bulk", "copy"]), st.lists(vraag, min_size=1, max_size=4)),
    st.tuples(st.sampled_from(["herstel", "update", "ruwe_update"]), st.tuples(welke, vraag)),
    st.tuples(st.sampled_from(["ongedaan", "verwijder", "ruwe_delete"]), welke),
    st.tuples(st.just("verhuis"), st.tuples(st.integers(2, 3), st.sampled_from([None, 0, 1]))),
    st.tuples(st.just("voeg_samen"), st.just(None)),
    st.tuples(st.just("verwerk"), st.just(None)),
)
periode = st.tuples(st.sampled_from(DAGEN), st.sampled_from(DAGEN)).map(lambda p: Periode(min(p), max(p)))


class Balie:
    """A service small enough to count by hand, and all that may happen in it."""

    def __init__(self) -> None:
        self.infopunten = [factories.InfopuntFactory() for _ in range(2)]
        hoofd = [factories.OnderwerpFactory() for _ in range(2)]
        onder = [factories.OnderwerpFactory(ouder=hoofd[0]) for _ in range(2)]
        self.onderwerpen = [*hoofd, *onder, factories.OnderwerpFactory()]
        self.organisaties = [factories.OrganisatieFactory() for _ in range(2)]
        self.coordinator = factories.MedewerkerFactory(rol="coordinator")

    def antwoorden(self, v):
        hoe = dict(v["hoe"])
        wie = hoe.pop("organisatie", None)
        return {
            "infopunt": self.infopunten[v["infopunt"]],
            "onderwerp": self.onderwerpen[v["onderwerp"]],
            "onderliggend": None if v["onderliggend"] is None else self.onderwerpen[v["onderliggend"]],
            "leeftijdsgroep": v["wie"][0],
            "geslacht": v["wie"][1],
            "organisatie": None if wie is None else self.organisatie(wie),
            "reden_niet": "",
            **hoe,
        }

    def organisatie(self, nummer):
        """Of two that became one, the one that stayed."""
        gevonden = Organisatie.objects.get(pk=self.organisaties[nummer].pk)
        return gevonden.samengevoegd_met or gevonden

    def kies(self, nummer):
        alle = Vraag.objects.order_by("pk")
        return alle[nummer % len(alle)] if alle else None

    def schrijf(self, vragen):
        for v in vragen:
            register_vraag(id=uuid4(), moment=v["moment"], herkomst=v["herkomst"], **self.antwoorden(v))

    def bulk(self, vragen):
        Vraag.objects.bulk_create(
            Vraag(id=uuid4(), moment=v["moment"], herkomst=v["herkomst"], **self.antwoorden(v))
            for v in vragen
        )

    def copy(self, vragen):
        rijen = [
            {"id": uuid4(), "moment": v["moment"], "herkomst": v["herkomst"], "opmerking": ""}
            | self.antwoorden(v)
            for v in vragen
        ]
        kolommen = ", ".join(Vraag._meta.get_field(naam).column for naam in rijen[0])
        with (
            connection.cursor() as cursor,
            cursor.copy(f"COPY registratie_vraag ({kolommen}) FROM STDIN") as copy,
        ):
            for rij in rijen:
                copy.write_row([getattr(waarde, "pk", waarde) for waarde in rij.values()])

    def herstel(self, nummer_en_vraag):
        nummer, v = nummer_en_vraag
        if vraag := self.kies(nummer):
            change_vraag(id=vraag.pk, by_role="coordinator", moment=v["moment"], **self.antwoorden(v))

    def update(self, nummer_en_vraag):
        nummer, v = nummer_en_vraag
        anders = self.antwoorden(v)
        anders.pop("onderliggend")
        Vraag.objects.filter(infopunt=self.infopunten[nummer % 2]).update(herkomst=v["herkomst"], **anders)

    def ruwe_update(self, nummer_en_vraag):
        nummer, v = nummer_en_vraag
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE registratie_vraag SET moment = moment + %s, opmerking = 'x' WHERE infopunt_id = %s",
                [timedelta(days=nummer, hours=23), self.infopunten[v["infopunt"]].pk],
            )

    def ongedaan(self, nummer):
        if vraag := self.kies(nummer):
            undo_vraag(id=vraag.pk)

    def verwijder(self, nummer):
        Vraag.objects.filter(moment__gt=MOMENTEN[nummer]).delete()

    def ruwe_delete(self, nummer):
        with connection.cursor() as cursor:
            cursor.execute(
                "WITH weg AS (DELETE FROM registratie_wijziging)"
                " DELETE FROM registratie_vraag WHERE extract(isodow FROM moment) = %s",
                [nummer],
            )

    def verhuis(self, wie_waarheen):
        wie, waarheen = wie_waarheen
        onderwerp = Onderwerp.objects.get(pk=self.onderwerpen[wie].pk)
        onderwerp.ouder = None if waarheen is None else self.onderwerpen[waarheen]
        onderwerp.save()

    def voeg_samen(self, _):
        een, ander = Organisatie.objects.filter(pk__in=[o.pk for o in self.organisaties]).order_by("pk")
        if not ander.samengevoegd_met_id:
            samenvoegen.merge(blijft=een, gaat=ander, kolommen=[], by=self.coordinator)

    def verwerk(self, _):
        tellingen.verwerk()


def check(perioden, selectie):
    """All three answers are those of counting by hand."""
    geteld = tel(perioden, selectie)
    assert [dict(telling.aantallen) for telling in geteld] == [
        dict(naief.tel(p.van, p.tot, selectie)) for p in perioden
    ]
    for p in perioden:
        assert tel_maanden(p.van, p.tot, selectie) == naief.tel_maanden(p.van, p.tot, selectie)
        ongefilterd = Selectie(selectie.infopunten)
        assert tel_uren(p, selectie.infopunten) == naief.tel_uren(p.van, p.tot, ongefilterd)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    st.lists(stap, min_size=3, max_size=10),
    st.lists(periode, min_size=3, max_size=3),
    st.sets(st.sampled_from([0, 1, 2])),
    st.sets(st.sampled_from(["direct", "papier", "turf"])),
    st.integers(0, 3),
)
def test_totals_are_what_counting_one_by_one_gives(db, stappen, perioden, onderwerpen, herkomsten, desks):
    with transaction.atomic():
        balie = Balie()
        for naam, waarmee in stappen:
            getattr(balie, naam)(waarmee)
        selectie = Selectie(
            tuple(i.pk for nummer, i in enumerate(balie.infopunten) if desks & 1 << nummer),
            tuple(sorted(balie.onderwerpen[nummer].pk for nummer in onderwerpen)),
            tuple(sorted(herkomsten)),
        )
        check(perioden, selectie)
        assert tellingen.controleer() == (0, [])
        tellingen.verwerk()
        assert not Mutatie.objects.exists()
        check(perioden, selectie)
        assert tellingen.controleer() == (0, [])
        bijgehouden = stand()
        tellingen.maak_opnieuw()
        assert stand() == bijgehouden
        transaction.set_rollback(True)


def stand():
    return {(*rij.pk, tuple(rij.lopend)) for rij in Maandstand.objects.all()}

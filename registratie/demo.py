"""Two years of made-up questions, plausible enough to try the reports on: the same every time for the same day."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from balie.models import Infopunt, InfopuntTijd
from registratie import gesprekswijzer, onderwerpen
from registratie.models import (
    GESLACHTEN,
    LEEFTIJDSGROEPEN,
    WIJZEN_MET_ORGANISATIE,
    Geslacht,
    Herkomst,
    Leeftijdsgroep,
    RedenNietGeholpen,
    Turfknop,
    Vraag,
    Wijze,
    to_quarter,
)
from sociale_kaart.feestdagen import is_feestdag
from sociale_kaart.models import Aanbod, Onderwerp

JAREN = 2
PER_UUR = 2.6  # at a desk in a larger village, in a busy month
DRUKTE = {"Dalfsen": 1.15, "Nieuwleusen": 1.0, "Lemelerveld": 0.75}
GROEI_PER_JAAR = 1.12
MAAND = dict(enumerate([1.05, 1.0, 1.15, 1.1, 0.95, 0.9, 0.55, 0.55, 1.05, 1.1, 1.15, 0.85], start=1))
DOORVERWEZEN_NAAR_BEKENDE = 0.92

# Topics by their name in the source list: how often, with what age, and how it usually ends.
GEWICHT = {
    "formulieren & brieven": 14,
    "vervoer & rijbewijs": 13,
    "computer & internet": 13,
    "gemeentezaken & leefomgeving": 10,
    "geld & schulden": 7,
    "wonen & huren": 8,
    "hulp thuis & hulpmiddelen": 9,
    "taal & basisvaardigheden": 6,
    "zorg & gezondheid": 6,
    "recht & bezwaar": 4,
    "toeslagen & belastingen": 5,
    "ontmoeting & eenzaamheid": 5,
    "uitkering & inkomen": 3,
    "nieuwkomers & inburgering": 3,
    "mantelzorg": 3,
    "vrijwilligerswerk": 3,
    "werk & scholing": 2,
    "jeugd & opvoeding": 2,
    "bewegen & vrije tijd": 2,
}
SEIZOEN = {
    "toeslagen & belastingen": {3: 4.0, 4: 3.5, 2: 1.5},
    "geld & schulden": {1: 1.6, 2: 1.4, 11: 1.4, 12: 1.5},
    "ontmoeting & eenzaamheid": {12: 2.0, 7: 1.5},
    "gemeentezaken & leefomgeving": {1: 1.3, 6: 1.4},
    "vervoer & rijbewijs": {6: 1.4},
}
LEEFTIJD: dict[str, int] = dict(zip(LEEFTIJDSGROEPEN, [1, 5, 15, 21, 38, 17, 3], strict=True))
LEEFTIJD_BIJ = {
    "computer & internet": [0, 1, 5, 18, 52, 23, 1],
    "vervoer & rijbewijs": [0, 3, 5, 8, 50, 33, 1],
    "hulp thuis & hulpmiddelen": [0, 1, 6, 18, 42, 32, 1],
    "jeugd & opvoeding": [12, 22, 48, 12, 4, 0, 2],
    "werk & scholing": [4, 30, 38, 24, 2, 0, 2],
    "nieuwkomers & inburgering": [3, 32, 44, 15, 3, 0, 3],
    "taal & basisvaardigheden": [1, 20, 42, 25, 9, 1, 2],
    "wonen & huren": [0, 22, 24, 22, 24, 7, 1],
}
GESLACHT: dict[str, int] = dict(zip(GESLACHTEN, [56, 41, 1, 2], strict=True))
WIJZE = dict(zip(Wijze.values, [24, 22, 22, 5, 13, 9, 5], strict=True))
WIJZE_BIJ = {
    "computer & internet": [18, 8, 52, 6, 10, 4, 2],
    "formulieren & brieven": [14, 6, 50, 8, 12, 8, 2],
    "vervoer & rijbewijs": [38, 30, 20, 3, 5, 2, 2],
    "gemeentezaken & leefomgeving": [46, 26, 14, 2, 8, 0, 4],
    "hulp thuis & hulpmiddelen": [8, 22, 8, 4, 26, 27, 5],
    "geld & schulden": [6, 14, 18, 8, 20, 28, 6],
    "ontmoeting & eenzaamheid": [10, 34, 6, 4, 22, 20, 4],
    "wonen & huren": [12, 22, 26, 6, 18, 6, 10],
}
REDEN = dict(zip(RedenNietGeholpen.values, [30, 24, 10, 9, 11, 8, 8], strict=True))
HERKOMST: dict[str, int] = {Herkomst.DIRECT: 92, Herkomst.ACHTERAF: 8}
PRECIES_DEEL = 0.6
ERACHTER_DEEL = 0.25
ERACHTER = {
    "formulieren & brieven": ["geld & schulden", "taal & basisvaardigheden", "toeslagen & belastingen"],
    "computer & internet": ["ontmoeting & eenzaamheid", "taal & basisvaardigheden"],
    "gemeentezaken & leefomgeving": ["ontmoeting & eenzaamheid"],
    "hulp thuis & hulpmiddelen": ["mantelzorg", "ontmoeting & eenzaamheid"],
    "wonen & huren": ["geld & schulden", "relatie & scheiding"],
    "uitkering & inkomen": ["geld & schulden", "werk & scholing"],
}

TURF_DEEL = 0.3  # for every ten questions that are written down, three are tapped
# Name, icon, topic in the source list, how it is answered; and how often one is tapped next to the others.
TURFKNOPPEN = [
    ("Printer of kopie", "printer", "computer & internet", Wijze.ZELF_BEANTWOORD),
    ("Waar is …?", "map-pin", "gemeentezaken & leefomgeving", Wijze.ZELF_BEANTWOORD),
    ("Ja/nee-sticker", "mailbox", "gemeentezaken & leefomgeving", Wijze.INFORMATIE_MEE),
    ("Hondenpoep\u00adzakjes", "dog", "gemeentezaken & leefomgeving", Wijze.INFORMATIE_MEE),
    ("Wifi of wachtwoord", "wifi", "computer & internet", Wijze.SAMEN_GEDAAN),
    ("Openingstijden", "clock", "gemeentezaken & leefomgeving", Wijze.ZELF_BEANTWOORD),
    ("Folder meegeven", "newspaper", "gemeentezaken & leefomgeving", Wijze.INFORMATIE_MEE),
    ("Treinkaartje", "train-front", "vervoer & rijbewijs", Wijze.SAMEN_GEDAAN),
    ("Afval en milieu", "recycle", "gemeentezaken & leefomgeving", Wijze.INFORMATIE_MEE),
    ("Praatje en koffie", "coffee", "ontmoeting & eenzaamheid", Wijze.ZELF_BEANTWOORD),
    ("Boek of pas", "book-open", "bewegen & vrije tijd", Wijze.ZELF_BEANTWOORD),
    ("Activiteit vandaag", "calendar-days", "bewegen & vrije tijd", Wijze.INFORMATIE_MEE),
]
TURFGEWICHT = [9, 6, 3, 4, 7, 2, 5, 1, 1, 10, 3, 2]


def vul() -> str:
    """Fill an empty book of questions, up to now; one line that says what was done."""
    onderwerpen.laad()
    gesprekswijzer.laad()
    if Vraag.objects.exists():
        return "Vragen: er staan er al, niets toegevoegd."
    maak_turfknoppen()
    vragen = list(_vragen(Random(2018), timezone.localtime()))  # noqa: S311 - not a secret
    Vraag.objects.bulk_create(vragen, batch_size=2000)
    return f"Vragen: {len(vragen)} verzonnen vragen van de afgelopen {JAREN} jaar."


# Each a question of the demo again, some times two years earlier: as plausible as those, on the same weekday and hour.
VEEL_VRAGEN = """
WITH greep AS MATERIALIZED (
    SELECT row_number() OVER () AS nummer, keuze.* FROM (
        SELECT moment AT TIME ZONE %(zone)s AS lokaal, {kolommen} FROM registratie_vraag
        WHERE moment > now() - interval '2 years' ORDER BY random() LIMIT 20000
    ) AS keuze
), worp AS (
    SELECT 1 + floor(random() * (SELECT count(*) FROM greep))::int AS nummer, floor(random() * 2.5)::int AS terug
    FROM generate_series(1, %(aantal)s)
)
INSERT INTO registratie_vraag (id, moment, {kolommen})
SELECT gen_random_uuid(), (lokaal - CASE
        WHEN terug < 2 OR lokaal > now() AT TIME ZONE %(zone)s - interval '1 year' THEN terug ELSE 0
    END * interval '728 days') AT TIME ZONE %(zone)s, {kolommen}
FROM worp JOIN greep USING (nummer)
ORDER BY 2
"""


def vul_vragen(aantal: int) -> str:
    """So many more questions, over five years; one line that says what was done.

    Made by the database, in minutes for ten million. What follows each question by a trigger is not told: whoever
    calls this makes that anew.
    """
    kolommen = [str(veld.column) for veld in Vraag._meta.concrete_fields if veld.name not in {"id", "moment"}]
    sql = VEEL_VRAGEN.format(kolommen=", ".join(kolommen))
    with _in_bulk(), connection.cursor() as cursor:
        cursor.execute(sql, {"aantal": aantal, "zone": timezone.get_default_timezone_name()})
        return f"Vragen: {cursor.rowcount} verzonnen vragen van de afgelopen vijf jaar erbij."


@contextmanager
def _in_bulk() -> Iterator[None]:
    """In a transaction: no triggers, when this user may do without, and indexes made at the end."""
    connection.check_constraints()  # what is still to be checked keeps an index from going
    _play_role("replica")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes"
            " WHERE tablename = 'registratie_vraag' AND indexdef NOT LIKE 'CREATE UNIQUE%'"
        )
        indexen = cursor.fetchall()
        for naam, _ in indexen:
            cursor.execute(f"DROP INDEX {connection.ops.quote_name(naam)}")
        yield
        connection.check_constraints()
        for _, definitie in indexen:
            cursor.execute(definitie)
        cursor.execute("ANALYZE registratie_vraag")
    _play_role("DEFAULT")


def _play_role(rol: str) -> None:
    """A replica fires no triggers. Only a superuser may be one, as the demo's own user is; without it takes longer."""
    with suppress(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL session_replication_role = {rol}")


def _vragen(rng: Random, nu: datetime) -> Iterator[Vraag]:
    onderwerpen = list(Onderwerp.objects.filter(ouder__isnull=True).prefetch_related("kinderen"))
    if not onderwerpen:
        return
    organisaties = _organisaties()
    for infopunt, moment in _momenten(rng, nu):
        onderwerp = rng.choices(onderwerpen, [_gewicht(o, moment.month) for o in onderwerpen])[0]
        naam = onderwerp.extern_id or ""
        wijze = _kies(rng, WIJZE, WIJZE_BIJ.get(naam))
        yield Vraag(
            id=UUID(int=rng.getrandbits(128), version=4),
            infopunt=infopunt,
            moment=to_quarter(moment),
            onderwerp=_precies(rng, onderwerp),
            onderliggend=_erachter(rng, naam, onderwerpen),
            leeftijdsgroep=_kies(rng, LEEFTIJD, LEEFTIJD_BIJ.get(naam)),
            geslacht=_kies(rng, GESLACHT),
            wijze=wijze,
            organisatie_id=_naar_wie(rng, organisaties[onderwerp.pk])
            if wijze in WIJZEN_MET_ORGANISATIE
            else None,
            reden_niet=_kies(rng, REDEN) if wijze == Wijze.NIET_GEHOLPEN else "",
            herkomst=_kies(rng, HERKOMST),
        )
    yield from _geturfd(rng, nu)


def _precies(rng: Random, onderwerp: Onderwerp) -> Onderwerp:
    """Often somebody also says what it was about precisely; the first subtopics are the usual ones."""
    kinderen = list(onderwerp.kinderen.all())
    if not kinderen or rng.random() > PRECIES_DEEL:
        return onderwerp
    return rng.choices(kinderen, [1 / (plaats + 1) for plaats in range(len(kinderen))])[0]


def _geturfd(rng: Random, nu: datetime) -> Iterator[Vraag]:
    """The quick ones, today's up to now among them."""
    knoppen = list(Turfknop.objects.filter(infopunt=None).select_related("onderwerp"))
    if not knoppen:
        return
    for infopunt, moment in _momenten(rng, nu, PER_UUR * TURF_DEEL):
        knop = rng.choices(knoppen, TURFGEWICHT[: len(knoppen)])[0]
        yield Vraag(
            id=UUID(int=rng.getrandbits(128), version=4),
            infopunt=infopunt,
            moment=to_quarter(moment),
            onderwerp=knop.onderwerp,
            leeftijdsgroep=Leeftijdsgroep.NIET_GEVRAAGD,
            geslacht=Geslacht.NIET_GEVRAAGD,
            wijze=knop.wijze,
            herkomst=Herkomst.TURF,
            turfknop=knop,
        )


def maak_turfknoppen() -> None:
    """Twelve buttons for all desks, on topics that are there."""
    onderwerpen = {onderwerp.extern_id: onderwerp for onderwerp in Onderwerp.objects.filter(ouder=None)}
    for volgorde, (naam, icoon, onderwerp, wijze) in enumerate(TURFKNOPPEN):
        if onderwerp in onderwerpen:
            Turfknop.objects.get_or_create(
                infopunt=None,
                naam=naam,
                defaults={
                    "icoon": icoon,
                    "onderwerp": onderwerpen[onderwerp],
                    "wijze": wijze,
                    "volgorde": volgorde,
                },
            )


def _erachter(rng: Random, naam: str, onderwerpen: list[Onderwerp]) -> Onderwerp | None:
    """Now and then something else turns out to lie behind a question."""
    if naam not in ERACHTER or rng.random() > ERACHTER_DEEL:
        return None
    gekozen = rng.choice(ERACHTER[naam])
    return next((onderwerp for onderwerp in onderwerpen if onderwerp.extern_id == gekozen), None)


def _momenten(rng: Random, nu: datetime, per_uur: float = PER_UUR) -> Iterator[tuple[Infopunt, datetime]]:
    """When somebody came by: at random within opening hours, busier in some months and villages."""
    blokken = defaultdict(list)
    for blok in InfopuntTijd.objects.select_related("infopunt__kern").order_by("pk"):
        blokken[blok.weekdag].append(blok)
    for geleden in range(365 * JAREN, -1, -1):
        dag = nu.date() - timedelta(days=geleden)
        for blok in [] if is_feestdag(dag) else blokken[dag.weekday()]:
            tempo = per_uur * _drukte(blok.infopunt, dag) * GROEI_PER_JAAR ** (-geleden / 365)
            moment, eind = (timezone.make_aware(datetime.combine(dag, uur)) for uur in (blok.van, blok.tot))
            while (moment := moment + timedelta(hours=rng.expovariate(tempo))) < min(eind, nu):
                yield blok.infopunt, moment


def _drukte(infopunt: Infopunt, dag: date) -> float:
    kerstvakantie = 0.5 if (dag.month, dag.day) >= (12, 22) or (dag.month, dag.day) <= (1, 4) else 1.0
    return DRUKTE.get(infopunt.kern.naam, 1.0) * MAAND[dag.month] * kerstvakantie


def _gewicht(onderwerp: Onderwerp, maand: int) -> float:
    naam = onderwerp.extern_id or ""
    return GEWICHT.get(naam, 1) * SEIZOEN.get(naam, {}).get(maand, 1.0)


def _kies(rng: Random, gewichten: dict[str, int], bijzonder: list[int] | None = None) -> str:
    return rng.choices(list(gewichten), bijzonder or list(gewichten.values()))[0]


def _organisaties() -> defaultdict[int, list[int]]:
    """Per topic the organisations with offers on it."""
    per_onderwerp: defaultdict[int, list[int]] = defaultdict(list)
    paren = Aanbod.objects.order_by("pk").values_list("onderwerpen", "organisatie")
    for onderwerp, organisatie in paren:
        if organisatie not in per_onderwerp[onderwerp]:
            per_onderwerp[onderwerp].append(organisatie)
    return per_onderwerp


def _naar_wie(rng: Random, organisaties: list[int]) -> int | None:
    """Mostly to the first few: every desk has its regulars. Now and then it is not written down."""
    if not organisaties or rng.random() > DOORVERWEZEN_NAAR_BEKENDE:
        return None
    return rng.choices(organisaties, [1 / (plaats + 1) for plaats in range(len(organisaties))])[0]

"""Figures are what was logged, no more and no less."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.utils import timezone

from rapportage.cijfers import Rapport
from rapportage.kerncijfers import Kerncijfer
from rapportage.tabellen import Tabel
from registratie.models import LEEFTIJDSGROEPEN, Vraag, Wijze
from tests import factories

VANDAAG = date(2026, 11, 21)


def as_dict(tabel: Tabel) -> dict[str, list[int | None]]:
    return {rij.naam: [cel.waarde for cel in rij.cellen] for rij in tabel.rijen}


@pytest.fixture
def rapport_of(filter_of: Any) -> Any:
    def make(query: str = "", vandaag: date = VANDAAG) -> Rapport:
        form = filter_of(query, vandaag)
        assert form.is_valid(), form.errors
        return Rapport(form)

    return make


def ask(infopunt: Any, moment: datetime, **antwoorden: Any) -> Any:
    return factories.VraagFactory(infopunt=infopunt, moment=moment, **antwoorden)


@pytest.mark.parametrize(
    ("moment", "telt"),
    [
        (datetime(2026, 9, 30, 21, 45, tzinfo=UTC), False),  # 30 September, 23.45 in Amsterdam
        (datetime(2026, 9, 30, 22, 0, tzinfo=UTC), True),  # 1 October, midnight
        (datetime(2026, 12, 31, 22, 45, tzinfo=UTC), True),
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), False),  # 1 January, midnight
    ],
)
def test_quarter_ends_at_local_midnight(
    rapport_of: Any, infopunten: list, moment: datetime, telt: bool
) -> None:
    ask(infopunten[0], moment)

    rapport = rapport_of("periode=vorig_kwartaal", date(2027, 1, 5))

    assert rapport.totaal == (1 if telt else 0)


@pytest.mark.parametrize(("dag", "uren"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25)])
def test_days_on_which_the_clock_changes(rapport_of: Any, infopunten: list, dag: date, uren: int) -> None:
    begin = timezone.make_aware(datetime(dag.year, dag.month, dag.day)).astimezone(UTC)  # noqa: DTZ001
    for uur in range(-2, 28):
        ask(infopunten[0], begin + timedelta(hours=uur))

    assert rapport_of(f"periode=eigen&van={dag}&tot={dag}").totaal == uren


def test_months_are_local_months(rapport_of: Any, infopunten: list) -> None:
    ask(infopunten[0], datetime(2026, 9, 30, 22, 0, tzinfo=UTC))
    ask(infopunten[2], datetime(2026, 9, 30, 21, 45, tzinfo=UTC))

    per_maand = as_dict(rapport_of().per_maand)

    assert len(per_maand) == 13
    assert per_maand["september 2026"] == [0, 0, 1]
    assert per_maand["oktober 2026"] == [1, 0, 0]


def test_counts_equal_a_plain_count(rapport_of: Any, infopunten: list) -> None:
    rng = Random(7)
    onderwerpen = factories.OnderwerpFactory.create_batch(3)
    organisaties = factories.OrganisatieFactory.create_batch(2)
    for _ in range(120):
        wijze = rng.choice(Wijze.values)
        ask(
            rng.choice(infopunten),
            datetime(2026, rng.choice([7, 10, 11]), rng.randint(1, 20), 10, 0, tzinfo=UTC),
            onderwerp=rng.choice(onderwerpen),
            wijze=wijze,
            organisatie=rng.choice(organisaties) if wijze == "doorverwezen" else None,
        )
    desk = infopunten[0]
    vragen = [v for v in Vraag.objects.select_related("onderwerp", "organisatie") if v.infopunt == desk]
    nu = [vraag for vraag in vragen if vraag.moment.month >= 10]
    toen = [vraag for vraag in vragen if vraag.moment.month == 7]

    rapport = rapport_of(f"infopunt={desk.pk}")

    assert rapport.totaal == len(nu)
    assert as_dict(rapport.per_infopunt) == {desk.naam: [len(nu)]}
    wijzen = Counter(vraag.wijze for vraag in nu)
    assert as_dict(rapport.per_wijze) == {wijze.label: [wijzen[wijze]] for wijze in Wijze}
    per_nu, per_toen = (Counter(vraag.onderwerp.naam for vraag in groep) for groep in (nu, toen))
    assert as_dict(rapport.per_onderwerp) == {
        naam: [aantal, aantal - per_toen[naam]] for naam, aantal in per_nu.items()
    }
    assert as_dict(rapport.per_organisatie) == {
        naam: [aantal] for naam, aantal in Counter(v.organisatie.naam for v in nu if v.organisatie).items()
    }
    kern = {cijfer.naam: tuple(cijfer.perioden[:2]) for cijfer in rapport.kerncijfers}
    assert kern["vragen"] == (len(nu), len(toen))
    assert kern["keer niet kunnen helpen"] == (
        wijzen["niet_geholpen"],
        sum(vraag.wijze == "niet_geholpen" for vraag in toen),
    )


def test_subtopics_count_with_their_topic(rapport_of: Any, infopunten: list) -> None:
    hoofd = factories.OnderwerpFactory(naam="Vervoer")
    ask(infopunten[0], datetime(2026, 11, 2, 10, 0, tzinfo=UTC), onderwerp=hoofd)
    ask(
        infopunten[0],
        datetime(2026, 11, 2, 10, 0, tzinfo=UTC),
        onderwerp=factories.OnderwerpFactory(naam="Rijbewijs", ouder=hoofd),
    )

    assert as_dict(rapport_of().per_onderwerp) == {"Vervoer": [2, 2]}


def test_in_one_sentence(rapport_of: Any, infopunten: list) -> None:
    moment = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
    assert rapport_of().in_een_zin == "Er is niets opgeschreven."
    taal, vervoer = (factories.OnderwerpFactory(naam=naam) for naam in ["Taal", "Vervoer"])

    ask(infopunten[0], moment, onderwerp=taal)
    assert rapport_of().in_een_zin == "Er is één vraag opgeschreven."
    ask(infopunten[0], moment, onderwerp=vervoer)
    assert rapport_of().in_een_zin == "Er zijn 2 vragen opgeschreven."
    ask(infopunten[0], moment, onderwerp=vervoer)
    assert rapport_of().in_een_zin == "Er zijn 3 vragen opgeschreven, het vaakst over vervoer."


def test_referrals_by_state(rapport_of: Any, infopunten: list) -> None:
    gewist = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    for status in ["geholpen", "geholpen", "aangeboden", "ingetrokken"]:
        factories.DoorverwijzingFactory(
            infopunt=infopunten[1],
            status=status,
            aangemaakt_op=datetime(2026, 11, 2, 10, 0, tzinfo=UTC),
            gewist_op=None if status == "aangeboden" else gewist,
        )
    factories.DoorverwijzingFactory(infopunt=infopunten[1], aangemaakt_op=datetime(2026, 7, 2, tzinfo=UTC))

    rapport = rapport_of()

    assert as_dict(rapport.per_stand) == {"Verstuurd": [1], "Wordt geholpen": [2], "Ingetrokken": [1]}
    kern = {cijfer.naam: tuple(cijfer.perioden[:2]) for cijfer in rapport.kerncijfers}
    assert kern["warme verwijzingen"] == (4, 1)


def test_calls_on_time_and_by_whom_not(rapport_of: Any, infopunten: list) -> None:
    for dag, gebeld in [(2, 3), (2, 6), (9, None)]:
        verwijzing = factories.DoorverwijzingFactory(
            infopunt=infopunten[0],
            aangemaakt_op=datetime(2026, 11, dag, 10, 0, tzinfo=UTC),
            beloofd_op=date(2026, 11, dag + 2),
        )
        if gebeld:
            verwijzing.gebeurtenissen.create(
                van="aangeboden",
                naar="contact_gelegd",
                door="partner",
                op=datetime(2026, 11, gebeld, 9, 0, tzinfo=UTC),
            )

    cijfer = rapport_of().kerncijfers[2]

    assert (cijfer.naam, cijfer.nu, cijfer.bekend) == ("op tijd gebeld", 33, True)
    assert sum(partner.perioden[0].te_laat for partner in rapport_of().partners) == 2


@pytest.fixture
def mensen(infopunten: list) -> None:
    """In the third quarter: six women and men of every age at two desks, and three men over 80 at the third."""
    moment = datetime(2026, 8, 3, 10, 0, tzinfo=UTC)
    nieuw = [
        factories.VraagFactory.build(
            infopunt=infopunt, moment=moment, leeftijdsgroep=leeftijd, geslacht=geslacht, onderwerp=onderwerp
        )
        for onderwerp in [factories.OnderwerpFactory()]
        for infopunt, leeftijden, aantal in [
            *((desk, LEEFTIJDSGROEPEN, 12) for desk in infopunten[:2]),
            (infopunten[2], ["80+"], 3),
            (infopunten[2], ["50-64"], 15),
        ]
        for leeftijd in leeftijden
        for geslacht in ["vrouw", "man"]
        for _ in range(aantal)
        if aantal > 3 or geslacht == "man"
    ]
    Vraag.objects.bulk_create(nieuw)


def test_age_and_gender_are_those_of_the_last_quarter_that_is_over(rapport_of: Any, mensen: None) -> None:
    """The report is about the fourth, of which a few days are over."""
    rapport = rapport_of()

    [per_geslacht, per_infopunt] = rapport.personen.tabellen
    assert str(rapport.personen.keuze) == "3e kwartaal 2026"
    assert as_dict(per_geslacht)["65-79".replace("-", "–")][:2] == [24, 24]
    assert per_infopunt.kolommen[:3] == ["Dalfsen", "Lemelerveld", "Nieuwleusen"]
    assert rapport.totaal == 0


def test_small_number_at_one_desk_is_hidden_with_every_way_back(
    rapport_of: Any, infopunten: list, mensen: None
) -> None:
    """All desks together are known, so hiding the three at one desk takes hiding another desk's too."""
    per_infopunt = as_dict(rapport_of().personen.tabellen[1])["80+"]
    assert per_infopunt[2] is None
    assert per_infopunt[:3].count(None) > 1

    [alleen] = rapport_of(f"infopunt={infopunten[2].pk}").personen.tabellen
    assert as_dict(alleen)["80+"] == [None]
    anderen = "&".join(f"infopunt={infopunt.pk}" for infopunt in infopunten[:2])
    assert as_dict(rapport_of(anderen).personen.tabellen[0])["80+"][-1] is None


def test_topic_and_source_do_not_narrow_age_and_gender(rapport_of: Any, mensen: None) -> None:
    onderwerp = factories.OnderwerpFactory()

    heel, deel = rapport_of(), rapport_of(f"onderwerp={onderwerp.pk}&herkomst=papier")

    assert [as_dict(t) for t in deel.personen.tabellen] == [as_dict(t) for t in heel.personen.tabellen]


@pytest.mark.parametrize(
    ("cijfer", "teksten"),
    [
        (
            Kerncijfer("vragen", [5, 5, 2]),
            ["even veel als ervoor", "3 meer dan een jaar eerder (2)"],
        ),
        (
            Kerncijfer("vragen", [5, 8, 5]),
            ["3 minder dan ervoor (8)", "even veel als een jaar eerder"],
        ),
        (
            Kerncijfer("aandeel", [60, 75, 50], "%"),
            ["minder dan ervoor (75%)", "meer dan een jaar eerder (50%)"],
        ),
    ],
)
def test_differences_in_words(cijfer: Kerncijfer, teksten: list[str]) -> None:
    assert [tekst for _, tekst in cijfer.verschillen] == teksten


@pytest.fixture
def wonen(infopunten: list) -> Any:
    """A topic with two subtopics: 1 about itself, 2 and 3 about those; all but one from paper. And 4 others."""
    hoofd = factories.OnderwerpFactory(naam="Wonen")
    fijn = [factories.OnderwerpFactory(naam=naam, ouder=hoofd) for naam in ["Huur", "Urgentie"]]
    for onderwerp, aantal in [(hoofd, 1), (fijn[0], 2), (fijn[1], 3), (factories.OnderwerpFactory(), 4)]:
        for nummer in range(aantal):
            ask(
                infopunten[0],
                datetime(2026, 11, 2, 10, 0, tzinfo=UTC),
                onderwerp=onderwerp,
                herkomst="papier" if nummer else "direct",
                **({"leeftijdsgroep": "niet_gevraagd", "geslacht": "niet_gevraagd"} if nummer else {}),
            )
    return hoofd


def test_one_topic_in_its_subtopics(rapport_of: Any, wonen: Any) -> None:
    rapport = rapport_of(f"onderwerp={wonen.pk}")

    assert rapport.totaal == 6
    assert as_dict(rapport.per_onderwerp) == {
        "Urgentie": [3, 3],
        "Huur": [2, 2],
        "niet verder ingedeeld": [1, 1],
    }
    assert rapport.per_maand.rijen[-1].cellen[0].waarde == 6
    assert rapport.waarvan == "Wonen"


def test_main_topics_lead_to_their_subtopics(rapport_of: Any, infopunten: list, wonen: Any) -> None:
    rijen = rapport_of(f"infopunt={infopunten[0].pk}").per_onderwerp.rijen

    assert rijen[0].link == f"?infopunt={infopunten[0].pk}&periode=dit_kwartaal&onderwerp={wonen.pk}"


def test_one_source(rapport_of: Any, wonen: Any) -> None:
    rapport = rapport_of(f"onderwerp={wonen.pk}&herkomst=papier")

    assert rapport.totaal == 3
    assert rapport.waarvan == "Wonen, van papier"
    assert [cijfer.naam for cijfer in rapport.kerncijfers] == [
        "vragen",
        "keer zelf beantwoord of samen gedaan",
        "keer verwezen",
        "keer niet kunnen helpen",
    ]


def test_difference_with_a_year_earlier(rapport_of: Any, infopunten: list) -> None:
    onderwerp = factories.OnderwerpFactory(naam="Taal")
    for moment in [datetime(2026, 11, 2, 10, 0, tzinfo=UTC), datetime(2025, 11, 3, 10, 0, tzinfo=UTC)]:
        ask(infopunten[0], moment, onderwerp=onderwerp)

    assert as_dict(rapport_of().per_onderwerp) == {"Taal": [1, 1]}
    assert as_dict(rapport_of("vergelijk=jaar").per_onderwerp) == {"Taal": [1, 0]}

"""What the report says about how it was counted, what is missing, and what lay behind."""

from datetime import UTC, date, datetime
from typing import Any

from rapportage.tabellen import Tabel
from registratie.models import Uitvraag
from tests import factories

MAART = "periode=eigen&van=2026-03-01&tot=2026-03-31"
IN_MAART = datetime(2026, 3, 16, 13, 15, tzinfo=UTC)
GETURFD = {"leeftijdsgroep": "niet_gevraagd", "geslacht": "niet_gevraagd", "herkomst": "turf"}


def pairs(tabel: Tabel) -> list[tuple[str, int | None]]:
    return [(rij.naam, rij.cellen[0].waarde) for rij in tabel.rijen]


def ask(infopunt: Any, aantal: int = 1, **antwoorden: Any) -> None:
    factories.VraagFactory.create_batch(aantal, infopunt=infopunt, **({"moment": IN_MAART} | antwoorden))


def test_how_questions_came_into_the_books(rapport_of: Any, infopunten: list) -> None:
    ask(infopunten[0], 2)
    ask(infopunten[0], 3, **GETURFD)
    ask(infopunten[1], herkomst="papier")
    ask(infopunten[1], herkomst="achteraf", moment=datetime(2026, 4, 1, 9, 0, tzinfo=UTC))

    assert pairs(rapport_of().per_herkomst) == [("direct", 2), ("van papier", 1), ("geturfd", 3)]
    assert pairs(rapport_of(f"{MAART}&infopunt={infopunten[1].pk}").per_herkomst) == [("van papier", 1)]


def test_why_people_were_not_helped(rapport_of: Any, infopunten: list) -> None:
    for reden, aantal in [("kosten", 1), ("wachtlijst", 3), ("", 5)]:
        ask(infopunten[0], aantal, wijze="niet_geholpen", reden_niet=reden)
    ask(infopunten[0], 4)

    verwacht = [("Wachtlijst", 3), ("Te duur", 1), ("niet opgeschreven", 5)]
    assert pairs(rapport_of().per_reden) == verwacht


def test_what_lay_behind_counts_with_its_main_topic(rapport_of: Any, infopunten: list) -> None:
    geld = factories.OnderwerpFactory(naam="Geld")
    schulden = factories.OnderwerpFactory(naam="Schulden", ouder=geld)
    taal = factories.OnderwerpFactory(naam="Taal")
    for onderliggend in [geld, schulden, taal, None]:
        ask(infopunten[0], onderliggend=onderliggend)

    assert pairs(rapport_of().per_onderliggend) == [("Geld", 2), ("Taal", 1)]


def test_subtopics_count_with_their_main_topic(rapport_of: Any, infopunten: list) -> None:
    geld = factories.OnderwerpFactory(naam="Geld")
    for onderwerp in [geld, factories.OnderwerpFactory(naam="Schulden", ouder=geld)]:
        ask(infopunten[0], onderwerp=onderwerp)

    assert pairs(rapport_of().per_onderwerp) == [("Geld", 2)]


def test_says_of_how_many_age_and_gender_were_asked(rapport_of: Any, infopunten: list) -> None:
    """In coarse words: the exact number would tell how many are left out of the tables."""
    ask(infopunten[0], 2)
    ask(infopunten[1], 5, leeftijdsgroep="onbekend", geslacht="onbekend")  # asked, and not known
    ask(infopunten[0], 3, **GETURFD)

    begin = "In deze periode zijn leeftijd en geslacht"
    assert rapport_of().gevraagd == f"{begin} gevraagd bij ongeveer 7 van de 10 vragen."
    eerste = rapport_of(f"{MAART}&infopunt={infopunten[0].pk}")
    assert eerste.gevraagd == f"{begin} gevraagd bij ongeveer 4 van de 10 vragen."
    tweede = rapport_of(f"{MAART}&infopunt={infopunten[1].pk}")
    assert tweede.gevraagd == f"{begin} gevraagd bij bijna alle vragen."


def test_names_the_sample_weeks_of_the_period(rapport_of: Any, infopunten: list) -> None:
    weken = [date(2026, 2, 16), date(2026, 2, 23), date(2026, 3, 30), date(2026, 4, 6)]
    Uitvraag.objects.create(modus="steekproef", weken=weken)
    ask(infopunten[0])

    assert rapport_of().gevraagd.endswith(
        " (steekproefweken: 23 februari – 1 maart 2026, 30 maart – 5 april 2026)."
    )


def test_ages_of_a_sample_are_worked_out_for_all_questions_with_a_margin(
    rapport_of: Any, infopunten: list
) -> None:
    """Two weeks of January asked: 30 of 65-79 and 30 of 50-64, of 120 questions in the quarter."""
    Uitvraag.objects.create(modus="steekproef", weken=[date(2026, 1, 5), date(2026, 1, 12)])
    in_januari = datetime(2026, 1, 6, 10, 0, tzinfo=UTC)
    for leeftijd in ["65-79", "50-64"]:
        for geslacht in ["vrouw", "man"]:
            ask(infopunten[0], 15, moment=in_januari, leeftijdsgroep=leeftijd, geslacht=geslacht)
    ask(infopunten[0], 60, **GETURFD)

    geschat = rapport_of("periode=eigen&van=2026-01-01&tot=2026-03-31").patronen.geschat

    rij = next(rij for rij in geschat.rijen if rij.naam == "65–79")
    aantal, laag, hoog = (cel.waarde for cel in rij.cellen)
    assert aantal == 60
    assert 30 < laag < 60 < hoog < 90


def test_nothing_asked_is_said_so_and_makes_no_table(rapport_of: Any, infopunten: list) -> None:
    ask(infopunten[0], 9, **GETURFD)

    assert rapport_of().gevraagd == "In deze periode zijn leeftijd en geslacht niet gevraagd."
    assert rapport_of().personen.tabellen == []

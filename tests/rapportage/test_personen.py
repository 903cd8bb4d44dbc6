"""What the page shows of age and gender, for periods and desks of every kind."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapportage import personen as teksten
from rapportage.kwartaal import SAMEN, publish
from rapportage.onderdrukking import BUITEN, DICHT, MINDER, VERBORGEN, Cel
from rapportage.periode import Periode, add_months
from rapportage.personen import Kwartaalkeuze, Personen, kwartalen_of, personen_of
from rapportage.tabellen import Tabel

Q1, Q2, Q3, Q4 = (date(2026, maand, 1) for maand in (1, 4, 7, 10))
DESKS = {1: "Dalfsen", 2: "Lemelerveld", 3: "Nieuwleusen"}
Mensen = dict[tuple[str, str, int], int]

# age, gender -> number per desk
RUIM = {
    ("18-29", "vrouw"): (20, 9, 12),
    ("18-29", "man"): (14, 8, 9),
    ("50-64", "vrouw"): (30, 12, 20),
    ("50-64", "man"): (21, 9, 19),
    ("80+", "vrouw"): (14, 9, 11),
    ("80+", "man"): (12, 8, 7),
}


def quarter(aantallen: dict[tuple[str, str], tuple[int, ...]]) -> Mensen:
    return {(*wie, desk): n for wie, per in aantallen.items() for desk, n in zip(DESKS, per, strict=False)}


def page(
    kwartalen: dict[date, dict[tuple[str, str], tuple[int, ...]]], gekozen: tuple[int, ...] = (1, 2, 3)
) -> Personen:
    telling = Counter({(q, *wie): n for q, per in kwartalen.items() for wie, n in quarter(per).items()})
    keuze = Kwartaalkeuze(tuple(kwartalen), anders=False)
    return personen_of(telling, keuze, infopunten=DESKS, gekozen=gekozen)


def rows(tabel: Tabel) -> dict[str, list[str]]:
    return {rij.naam: [cel.tekst for cel in rij.cellen] for rij in tabel.rijen}


# Which quarters


@pytest.mark.parametrize(
    ("van", "tot", "vandaag", "kwartalen", "anders"),
    [
        # a quarter, a year
        (Q1, date(2026, 3, 31), date(2026, 6, 1), [Q1], False),
        (Q1, date(2026, 12, 31), date(2027, 3, 1), [Q1, Q2, Q3, Q4], False),
        # whole ones within other days
        (date(2026, 2, 14), date(2026, 11, 2), date(2027, 3, 1), [Q2, Q3], True),
        (date(2025, 12, 31), date(2026, 4, 1), date(2026, 6, 1), [Q1], True),
        # a year that runs: what is finished of it
        (Q1, date(2026, 8, 20), date(2026, 8, 20), [Q1, Q2], True),
        # a month, a week, a day, the running quarter: the last one that ended before the period did
        (date(2026, 5, 1), date(2026, 5, 31), date(2026, 11, 1), [Q1], True),
        (date(2026, 3, 31), date(2026, 3, 31), date(2026, 11, 1), [Q1], True),
        (date(2026, 3, 30), date(2026, 3, 30), date(2026, 11, 1), [date(2025, 10, 1)], True),
        (Q2, date(2026, 5, 20), date(2026, 5, 20), [Q1], True),
        # over, but something may still be written down: until 14 days back
        (Q1, date(2026, 3, 31), date(2026, 4, 14), [date(2025, 10, 1)], True),
        (Q1, date(2026, 3, 31), date(2026, 4, 15), [Q1], False),
        # in the future
        (Q1, date(2026, 3, 31), date(2025, 11, 1), [date(2025, 7, 1)], True),
    ],
)
def test_quarters_of_a_period(
    van: date, tot: date, vandaag: date, kwartalen: list[date], anders: bool
) -> None:
    assert kwartalen_of(Periode(van, tot), vandaag) == Kwartaalkeuze(tuple(kwartalen), anders)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 800), st.integers(-400, 800))
def test_quarters_are_whole_over_and_not_after_the_period(van: date, dagen: int, later: int) -> None:
    tot = van + timedelta(days=dagen)
    vandaag = tot + timedelta(days=later)

    keuze = kwartalen_of(Periode(van, tot), vandaag)

    assert keuze.kwartalen
    for begin in keuze.kwartalen:
        laatste = add_months(begin, 3) - timedelta(days=1)
        assert begin.day == 1
        assert begin.month in (1, 4, 7, 10)
        assert laatste <= tot
        assert laatste + timedelta(days=14) < vandaag
    eerste, laatste = keuze.kwartalen[0], add_months(keuze.kwartalen[-1], 3) - timedelta(days=1)
    assert keuze.anders == ((eerste, laatste) != (van, tot))


def test_quarters_in_words() -> None:
    assert str(Kwartaalkeuze((Q1,), False)) == "1e kwartaal 2026"
    assert str(Kwartaalkeuze((Q1, Q2, Q4), False)) == "1e, 2e en 4e kwartaal 2026"
    assert str(Kwartaalkeuze((date(2025, 10, 1), Q1), True)) == "4e kwartaal 2025, 1e kwartaal 2026"


# What is shown


def test_age_by_gender_and_age_by_desk() -> None:
    pagina = page({Q1: RUIM})

    geslacht, infopunt = pagina.tabellen
    assert geslacht.kolommen == ["vrouw", "man", "anders", "weet niet", SAMEN]
    assert rows(geslacht)["18–29"] == ["41", "31", "0", "0", "72"]
    assert rows(geslacht)[SAMEN] == ["137", "107", "0", "0", "244"]
    assert infopunt.kolommen == ["Dalfsen", "Lemelerveld", "Nieuwleusen", SAMEN]
    assert rows(infopunt)["18–29"] == ["34", "17", "21", "72"]
    assert rows(infopunt)[SAMEN] == ["111", "55", "78", "244"]
    assert pagina.uitleg == [teksten.PER_KWARTAAL]


def test_chosen_desks_are_a_sum_of_the_table_of_all() -> None:
    [tabel] = page({Q1: RUIM}, (1, 3)).tabellen

    assert tabel.kolommen == ["Dalfsen", "Nieuwleusen", SAMEN]
    assert rows(tabel)["18–29"] == ["34", "21", "55"]
    assert teksten.GEEN_GESLACHT_PER_INFOPUNT in page({Q1: RUIM}, (1, 3)).uitleg


def test_one_desk_has_one_column() -> None:
    [tabel] = page({Q1: RUIM}, (2,)).tabellen

    assert tabel.kolommen == ["Lemelerveld"]
    assert rows(tabel)["18–29"] == ["17"]


def test_small_at_one_desk_is_hidden_for_every_choice_of_desks() -> None:
    """All desks together are known, so hiding the four at one desk takes hiding another desk's too."""
    mensen = RUIM | {("80+", "vrouw"): (14, 3, 11), ("80+", "man"): (12, 1, 7)}

    alle, alleen, anderen = (page({Q1: mensen}, keuze).tabellen[-1] for keuze in [(1, 2, 3), (2,), (1, 3)])

    assert rows(alle)["80+"] == ["26", MINDER, VERBORGEN, "48"]
    assert rows(alleen)["80+"] == [MINDER]
    assert rows(anderen)["80+"] == ["26", VERBORGEN, VERBORGEN]
    assert teksten.KLEIN in page({Q1: mensen}, (2,)).uitleg


def test_few_who_answered_otherwise_are_left_out_of_both_tables() -> None:
    mensen = RUIM | {("18-29", "anders"): (2, 0, 0), ("50-64", "anders"): (0, 0, 9)}

    pagina = page({Q1: mensen})

    geslacht, infopunt = pagina.tabellen
    assert geslacht.kolommen == ["vrouw", "man", "weet niet", SAMEN]
    assert rows(geslacht)[SAMEN] == ["137", "107", "0", "244"]
    assert rows(infopunt)["18–29"][-1] == "72"
    assert teksten.ZONDER_GESLACHT.format("‘anders’", "1e kwartaal 2026") in pagina.uitleg


def test_who_was_left_out_cannot_be_found_by_subtracting() -> None:
    """The page says how many came to each desk; less the total of the table that is who answered otherwise there."""
    mensen = RUIM | {("18-29", "anders"): (4, 0, 0), ("50-64", "anders"): (0, 9, 12)}

    [_, infopunt] = page({Q1: mensen}).tabellen

    assert rows(infopunt)[SAMEN] == [VERBORGEN, VERBORGEN, "78", "244"]


def test_many_who_answered_otherwise_are_shown() -> None:
    mensen = RUIM | {("18-29", "anders"): (5, 1, 0), ("50-64", "anders"): (0, 2, 9)}

    geslacht = page({Q1: mensen}).tabellen[0]

    assert rows(geslacht)["18–29"] == ["41", "31", "6", "0", "78"]


def test_age_that_is_too_small_is_left_out_of_both_tables() -> None:
    mensen = RUIM | {("0-17", "vrouw"): (2, 1, 0), ("0-17", "man"): (0, 3, 1)}

    pagina = page({Q1: mensen})

    for tabel in pagina.tabellen:
        assert "0–17" not in rows(tabel)
        assert rows(tabel)[SAMEN][-1] == "244"
    assert teksten.ZONDER_LEEFTIJD.format("‘0–17’", "1e kwartaal 2026") in pagina.uitleg


def test_desk_with_few_people_takes_the_table_of_desks_away() -> None:
    mensen = {wie: (per[0], 0, per[2]) for wie, per in RUIM.items()} | {("80+", "vrouw"): (14, 2, 11)}

    pagina = page({Q1: mensen})

    assert [tabel.naam for tabel in pagina.tabellen] == ["Leeftijd en geslacht"]
    assert teksten.ZONDER_INFOPUNTEN.format("1e kwartaal 2026") in pagina.uitleg
    assert page({Q1: mensen}, (2,)).tabellen == []


def test_nothing_when_everybody_has_the_age_of_the_few_at_a_desk() -> None:
    """Everybody is over 80, so how many came to a desk says how many over 80 came there."""
    pagina = page({Q1: {("80+", "vrouw"): (10, 1), ("80+", "man"): (10, 1)}})

    assert pagina.tabellen == []
    assert pagina.uitleg == [teksten.TE_WEINIG.format("1e kwartaal 2026")]


def test_one_person_shows_nothing() -> None:
    assert page({Q1: {("80+", "vrouw"): (1, 0, 0)}}).tabellen == []


def test_lone_desk_is_the_total() -> None:
    mensen = {wie: (per[0],) for wie, per in RUIM.items()}

    [tabel] = page({Q1: mensen}).tabellen
    assert tabel.naam == "Leeftijd en geslacht"
    assert page({Q1: mensen}, (1,)).tabellen == [tabel]
    assert rows(page({Q1: mensen}, (2,)).tabellen[0])["80+"] == ["0"]


def test_not_asked() -> None:
    pagina = page({Q1: {("niet_gevraagd", "niet_gevraagd"): (30, 9, 8), ("80+", "niet_gevraagd"): (9, 9, 9)}})

    assert pagina.tabellen == []
    assert pagina.uitleg == [teksten.NIET_GEVRAAGD.format("1e kwartaal 2026")]


def test_longer_period_is_a_sum_of_quarters() -> None:
    klein = RUIM | {("80+", "vrouw"): (14, 3, 11), ("80+", "man"): (12, 1, 7)}

    pagina = page({Q1: RUIM, Q2: klein})

    geslacht, infopunt = pagina.tabellen
    assert rows(geslacht)["18–29"] == ["82", "62", "0", "0", "144"]
    assert rows(infopunt)["80+"] == ["52", VERBORGEN, VERBORGEN, "109"]
    assert teksten.SOM in pagina.uitleg


def test_quarters_with_too_few_or_without_asking_are_named_and_not_counted() -> None:
    pagina = page({Q1: RUIM, Q2: {("80+", "vrouw"): (1, 1, 1)}, Q3: {}})

    assert rows(pagina.tabellen[0])[SAMEN][-1] == "244"
    assert teksten.NIET_MEEGETELD.format("2e kwartaal 2026") in pagina.uitleg
    assert teksten.NIET_GEVRAAGD.format("3e kwartaal 2026") in pagina.uitleg
    assert teksten.SOM not in pagina.uitleg


def test_other_period_than_asked_is_said() -> None:
    telling = Counter({(Q1, *wie): n for wie, n in quarter(RUIM).items()})

    pagina = personen_of(telling, Kwartaalkeuze((Q1,), anders=True), infopunten=DESKS, gekozen=DESKS)

    assert teksten.ANDERE_PERIODE in pagina.uitleg


def test_bars_are_of_the_last_column() -> None:
    [tabel] = page({Q1: RUIM}, (2,)).tabellen

    assert [rij.breedte for rij in tabel.rijen] == [0, 81, 0, 100, 0, 81, 0, 0]


# For outsiders


def test_outsiders_see_rounded_numbers_of_ten_and_more() -> None:
    kwartaal = publish(quarter(RUIM), DESKS, BUITEN)

    assert kwartaal.leeftijden == ("18-29", "50-64", "80+")
    assert kwartaal.geslachten == ("vrouw", "man")
    assert kwartaal.geslacht("18-29", "vrouw") == Cel(40, "40")
    assert kwartaal.infopunt(SAMEN, 2) == Cel(55, "55")
    assert kwartaal.infopunt("80+", 9) == DICHT


def test_outsiders_do_not_see_that_nobody_came() -> None:
    mensen = {wie: (per[0], 0, per[2]) for wie, per in RUIM.items()}

    assert publish(quarter(mensen), DESKS, BUITEN).infopunt("80+", 2) == Cel(None, "minder dan 10")


def test_outsiders_do_not_learn_how_few_were_left_out() -> None:
    """Leaving out three would tell that they are three: an age goes with them."""
    mensen = RUIM | {("0-17", "vrouw"): (2, 1, 0)}

    assert publish(quarter(mensen), DESKS, BUITEN).leeftijden == ("18-29", "50-64")


# What adds up


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(
        st.tuples(
            st.sampled_from(["0-17", "18-29", "30-49", "80+"]),
            st.sampled_from(["vrouw", "man", "anders", "onbekend"]),
            st.sampled_from(list(DESKS)),
        ),
        st.one_of(st.integers(1, 6), st.integers(5, 60)),
    )
)
def test_what_is_shown_adds_up(mensen: Mensen) -> None:
    """Shown cells are at most their total, and exactly that when none is hidden."""
    kwartaal = publish(mensen, DESKS)

    for cellen, kolommen in [(kwartaal.per_geslacht, kwartaal.geslachten), (kwartaal.per_infopunt, [*DESKS])]:
        for leeftijd in kwartaal.leeftijden if cellen else []:
            rij = [cellen[leeftijd, kolom] for kolom in kolommen]
            totaal = kwartaal.geslacht(leeftijd, SAMEN).waarde
            assert totaal is not None
            shown = sum(cel.waarde or 0 for cel in rij)
            assert shown <= totaal
            assert shown == totaal or any(cel.verborgen for cel in rij)
            assert len([cel for cel in rij if cel.verborgen]) != 1

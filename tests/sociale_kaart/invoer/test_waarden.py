"""Single values as the world writes them."""

from datetime import date, time

import pytest

from sociale_kaart.invoer import waarden
from sociale_kaart.invoer.hsds_tijden import lees_dagen


@pytest.mark.parametrize(
    ("ruw", "uur"),
    [
        ("8:30AM", time(8, 30)),
        ("12:15 a.m.", time(0, 15)),
        ("12 pm", time(12)),
        ("5PM", time(17)),
        ("8.30 uur", time(8, 30)),
        ("17:00:00Z", time(17)),
        ("09:00+02:00", time(9)),
        ("09:00:00-0500", time(9)),
        ("0900", time(9)),
        ("9", time(9)),
        ("09h30", time(9, 30)),
        ("24:00", time(0)),
        ("noon", time(12)),
        ("2020-01-01T10:30:00", time(10, 30)),
    ],
)
def test_hours(ruw, uur):
    assert waarden.tijd(ruw) == uur


@pytest.mark.parametrize("ruw", ["", "by appointment", "25:00", "13:00PM", "9:75", "8-9", "ochtend", "99"])
def test_no_hours(ruw):
    assert waarden.tijd(ruw) is None


@pytest.mark.parametrize(
    ("ruw", "dagen"),
    [
        ("MO,WE", {(): [0, 2]}),
        ("Monday - Friday", {(): [0, 1, 2, 3, 4]}),
        ("Mon-Fri", {(): [0, 1, 2, 3, 4]}),
        ("ma t/m vr", {(): [0, 1, 2, 3, 4]}),
        ("Fri to Mon", {(): [0, 4, 5, 6]}),
        ("Mondays and Thursdays", {(): [0, 3]}),
        ("1MO,3MO,-1TU", {(1, 3): [0], (-1,): [1]}),
        ("weekends", {(): [5, 6]}),
        ("daily", {(): [0, 1, 2, 3, 4, 5, 6]}),
        ("Mo & We", {(): [0, 2]}),
    ],
)
def test_weekdays(ruw, dagen):
    assert lees_dagen(ruw) == dagen


@pytest.mark.parametrize("ruw", ["sometimes", "6MO", "Mon-Someday", "15th", ""])
def test_no_weekdays(ruw):
    assert lees_dagen(ruw) is None


@pytest.mark.parametrize(
    ("ruw", "tekst"),
    [
        ("<p>Hulp &amp; raad</p><p>Voor <b>jou</b></p>", "Hulp & raad\nVoor jou"),
        ("Caf&amp;eacute;", "Café"),
        ("a < b en c > d", "a < b en c > d"),
        ("R&D; en AT&T", "R&D; en AT&T"),
        ("<script>alert(1)</script>Rust", "Rust"),
        ("&lt;b&gt;vet&lt;/b&gt;", "vet"),
        ("regel\r\nregel\x00\x07", "regel\nregel"),
        ("<ul><li>een</li><li>twee</li></ul>", "een\n\ntwee"),
    ],
)
def test_plain_text(ruw, tekst):
    assert waarden.platte_tekst(ruw) == tekst


@pytest.mark.parametrize(
    ("ruw", "nummer"),
    [
        ('"+44 1234 234567"', "+44 1234 234567"),
        ("(0529) 55 55 11", "0529 55 55 11"),
        ("Tel: 0529-555511 (na 9 uur)", "0529-555511"),
        ("112", "112"),
        ("bel ons", None),
        ("", None),
    ],
)
def test_phone_numbers(ruw, nummer):
    assert waarden.telefoon(ruw) == nummer


def test_addresses_of_mail_and_web():
    assert waarden.email("Mail naar info@brug.example.") == "info@brug.example"
    assert waarden.email("geen") is None
    assert waarden.website("www.brug.example/hulp") == "https://www.brug.example/hulp"
    assert waarden.website("javascript:alert(1)") is None
    assert waarden.website("http://[") is None


def test_dates_and_languages():
    assert waarden.dag("31-12-2026") == date(2026, 12, 31)
    assert waarden.dag("2026-12-31T10:00:00Z") == date(2026, 12, 31)
    assert waarden.dag("volgend jaar") is None
    assert waarden.talen("English, nld; Klingon / pl-PL") == (["en", "nl", "pl"], ["Klingon"])

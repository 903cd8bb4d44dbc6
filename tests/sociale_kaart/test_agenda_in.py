"""Calendars of partners, from a real server on this machine: fetched, read, kept, and refused."""

import socket
import threading
import time as klok
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.utils import timezone

from sociale_kaart import agenda_lezen, agenda_ophalen
from sociale_kaart.agenda_bronnen import fetch_source, plain
from sociale_kaart.agenda_lezen import Leesfout, read, read_apart
from sociale_kaart.agenda_ophalen import AgendaFout, fetch, is_public
from sociale_kaart.models import Agendabron, Agendapunt
from tests import factories

VANAF, TOT = date(2026, 3, 1), date(2026, 9, 1)


def kalender(*events, extra=""):
    delen = "".join(f"BEGIN:VEVENT\r\n{event.strip()}\r\nEND:VEVENT\r\n" for event in events)
    regels = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//NL\r\n{extra}{delen}END:VCALENDAR\r\n"
    return regels.encode()


KOFFIE = "UID:koffie\r\nSUMMARY:Koffie\r\nDTSTART:20260316T090000Z\r\nDTEND:20260316T100000Z"


def when(*events, **extra):
    return [(punt.titel, punt.begin, punt.eind) for punt in read(kalender(*events, **extra), VANAF, TOT)]


def utc(*delen):
    return datetime(*delen, tzinfo=UTC)


@pytest.mark.parametrize(
    ("regels", "begin", "eind"),
    [
        ("DTSTART:20260316T090000Z\r\nDTEND:20260316T100000Z", utc(2026, 3, 16, 9), utc(2026, 3, 16, 10)),
        # A time without a zone is ours.
        ("DTSTART:20260316T090000\r\nDTEND:20260316T100000", utc(2026, 3, 16, 8), utc(2026, 3, 16, 9)),
        (
            "DTSTART;TZID=America/New_York:20260316T090000\r\nDURATION:PT1H",
            utc(2026, 3, 16, 13),
            utc(2026, 3, 16, 14),
        ),
        ("DTSTART;VALUE=DATE:20260316", utc(2026, 3, 15, 23), utc(2026, 3, 16, 23)),
        (
            "DTSTART;VALUE=DATE:20260328\r\nDTEND;VALUE=DATE:20260330",
            utc(2026, 3, 27, 23),
            utc(2026, 3, 29, 22),
        ),
        ("DTSTART:20260316T090000Z", utc(2026, 3, 16, 9), utc(2026, 3, 16, 9)),
    ],
)
def test_kinds_of_time(regels, begin, eind):
    assert when(f"UID:a\r\nSUMMARY:A\r\n{regels}") == [("A", begin, eind)]


def test_repeats_are_written_out_over_the_change_of_the_clock():
    wekelijks = (
        "UID:a\r\nSUMMARY:A\r\nDTSTART;TZID=Europe/Amsterdam:20260323T100000\r\nDURATION:PT1H\r\n"
        "RRULE:FREQ=WEEKLY;COUNT=3\r\nEXDATE;TZID=Europe/Amsterdam:20260330T100000"
    )
    assert [begin for _, begin, _ in when(wekelijks)] == [utc(2026, 3, 23, 9), utc(2026, 4, 6, 8)]
    eindeloos = wekelijks.replace(";COUNT=3", "")
    assert when(eindeloos)[-1][1] == utc(2026, 8, 31, 8)


def test_one_time_that_moved_and_one_that_is_cancelled():
    basis = "UID:a\r\nSUMMARY:A\r\nDTSTART:20260302T090000Z\r\nDURATION:PT1H\r\n"
    dinsdag = basis.replace("20260302", "20260310").replace("SUMMARY:A", "SUMMARY:Nu op dinsdag")
    afgelast = basis.replace("20260302", "20260316")
    gevonden = when(
        f"{basis}RRULE:FREQ=WEEKLY;COUNT=3",
        f"{dinsdag}RECURRENCE-ID:20260309T090000Z",
        f"{afgelast}RECURRENCE-ID:20260316T090000Z\r\nSTATUS:CANCELLED",
    )
    assert [(titel, begin.day) for titel, begin, _ in gevonden] == [("A", 2), ("Nu op dinsdag", 10)]
    assert when(f"{basis}STATUS:CANCELLED") == []
    assert when(f"{basis}CLASS:PRIVATE") == []


@pytest.mark.parametrize(
    "regel",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;COUNT=99999999",
        "FREQ=HOURLY",
        "FREQ=DAILY;BYMINUTE=" + ",".join(map(str, range(60))),
    ],
)
def test_what_repeats_within_the_hour_is_left_out_and_the_rest_stays(regel):
    absurd = f"UID:x\r\nSUMMARY:X\r\nDTSTART:20260316T090000Z\r\nRRULE:{regel}"
    assert [titel for titel, _, _ in when(absurd, KOFFIE)] == ["Koffie"]


def test_a_flood_of_events_is_cut():
    dagelijks = [f"UID:{n}\r\nSUMMARY:{n}\r\nDTSTART:20260101T090000Z\r\nRRULE:FREQ=DAILY" for n in range(20)]
    assert len(when(*dagelijks)) == agenda_lezen.MAX_PUNTEN


@pytest.mark.parametrize(
    "inhoud",
    [
        b"",
        b"<html><body>Niet gevonden</body></html>",
        b"\xff\xfe\x00",
        b"BEGIN:VCARD\r\nEND:VCARD\r\n",
        b"BEGIN:VCALENDAR\r\n",
        b'{"a": 1}',
    ],
)
def test_what_is_no_calendar(inhoud):
    with pytest.raises(Leesfout, match="geen agenda"):
        read(inhoud, VANAF, TOT)


@pytest.mark.parametrize(
    "fout",
    [
        "DTSTART:morgen",
        "DTSTART:20260231T090000Z",
        "DTSTART;TZID=Mars/Olympus:20260316T090000",
        "DTSTART:20260316T090000Z\r\nRRULE:FREQ=SOMS",
        "DTSTART:20260316T090000Z\r\nDTEND:20260101T090000Z",
    ],
)
def test_one_bad_event_does_not_spoil_the_rest(fout):
    assert "Koffie" in [titel for titel, _, _ in when(f"UID:x\r\nSUMMARY:X\r\n{fout}", KOFFIE)]


def test_in_a_process_of_its_own_the_same_comes_out():
    inhoud = kalender(KOFFIE, "UID:b\r\nSUMMARY:Café ☕\r\nDTSTART;VALUE=DATE:20260316")
    assert read_apart(inhoud, VANAF, TOT) == read(inhoud, VANAF, TOT)
    with pytest.raises(Leesfout, match="geen agenda"):
        read_apart(b"niets", VANAF, TOT)


def test_what_takes_for_ever_is_stopped(monkeypatch):
    nooit = "UID:x\r\nSUMMARY:X\r\nDTSTART:20200101T090000Z\r\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"
    monkeypatch.setattr(agenda_lezen, "MAX_SECONDEN", 0.01)
    with pytest.raises(Leesfout, match="ingewikkeld"):
        read_apart(kalender(*[nooit.replace("UID:x", f"UID:{n}") for n in range(50)]), VANAF, TOT)


@pytest.mark.parametrize(
    ("adres", "openbaar"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("127.0.0.1", False),
        ("10.0.0.1", False),
        ("172.16.3.4", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:93.184.215.14", True),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::", False),
    ],
)
def test_internal_addresses_are_known(adres, openbaar):
    assert is_public(adres) is openbaar


class Server(ThreadingHTTPServer):
    """Answers what the test says: `antwoorden[path] = (status, headers, body)`; None as body hangs."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.antwoorden, self.gevraagd = {}, []

    def url(self, pad="/agenda.ics"):
        return f"http://127.0.0.1:{self.server_port}{pad}"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.gevraagd.append((self.path, dict(self.headers)))
        status, headers, body = self.server.antwoorden.get(self.path, (404, {}, b""))
        self.send_response(status)
        for naam, waarde in headers.items():
            self.send_header(naam, waarde)
        self.end_headers()
        for stuk in body:
            try:
                self.wfile.write(stuk)
            except OSError:
                return

    def log_message(self, *args):
        pass


@pytest.fixture
def server(settings):
    settings.AGENDA_OOK_INTERN = True
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def answer(server, inhoud, status=200, **headers):
    server.antwoorden["/agenda.ics"] = (status, headers, [inhoud])


def test_fetch(server):
    answer(server, kalender(KOFFIE))
    assert fetch(server.url()) == kalender(KOFFIE)
    assert server.gevraagd[0][1]["Host"] == f"127.0.0.1:{server.server_port}"


def test_redirects_are_followed_but_not_for_ever(server):
    answer(server, kalender(KOFFIE))
    server.antwoorden["/oud"] = (301, {"Location": "/agenda.ics"}, [])
    server.antwoorden["/rond"] = (302, {"Location": "/rond"}, [])
    server.antwoorden["/niets"] = (302, {}, [])
    assert fetch(server.url("/oud")) == kalender(KOFFIE)
    for pad in ("/rond", "/niets"):
        with pytest.raises(AgendaFout, match="steeds door"):
            fetch(server.url(pad))
    server.antwoorden["/bestand"] = (302, {"Location": "file:///etc/passwd"}, [])
    with pytest.raises(AgendaFout, match="begint niet met"):
        fetch(server.url("/bestand"))


def test_a_public_address_that_leads_to_an_internal_one_is_refused(server, monkeypatch, settings):
    """Also when the first step was fine: every step is looked at."""
    answer(server, kalender(KOFFIE))
    server.antwoorden["/oud"] = (302, {"Location": server.url().replace("127.0.0.1", "localhost")}, [])
    gekeurd = []
    monkeypatch.setattr(agenda_ophalen, "is_public", lambda adres: gekeurd.append(adres) or len(gekeurd) == 1)
    settings.AGENDA_OOK_INTERN = False
    with pytest.raises(AgendaFout, match="intern netwerk"):
        fetch(server.url("/oud"))
    assert [pad for pad, _ in server.gevraagd] == ["/oud"]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0.0.0.0", "[::1]", "2130706433", "0x7f.1"])
def test_internal_hosts_get_no_request(server, settings, host):
    settings.AGENDA_OOK_INTERN = False
    answer(server, kalender(KOFFIE))
    with pytest.raises(AgendaFout):
        fetch(server.url().replace("127.0.0.1", host))
    assert server.gevraagd == []


def test_the_address_that_was_checked_is_the_one_that_is_used(server, monkeypatch):
    """The name may lead elsewhere a moment later."""
    answer(server, kalender(KOFFIE))
    echt, keren = socket.getaddrinfo, []

    def wisselt(host, *args, **extra):
        if host != "agenda.partner.nl":
            return echt(host, *args, **extra)
        keren.append(host)
        return echt("127.0.0.1" if len(keren) == 1 else "10.0.0.1", *args, **extra)

    monkeypatch.setattr(agenda_ophalen.socket, "getaddrinfo", wisselt)
    assert fetch(server.url().replace("127.0.0.1", "agenda.partner.nl")) == kalender(KOFFIE)
    assert keren == ["agenda.partner.nl"]


@pytest.mark.parametrize(
    ("status", "fout"),
    [
        (404, "staat niets"),
        (410, "staat niets"),
        (403, "niet openbaar"),
        (401, "niet openbaar"),
        (500, "fout \\(500\\)"),
        (204, "fout \\(204\\)"),
    ],
)
def test_answers_that_are_no_calendar(server, status, fout):
    answer(server, b"", status=status)
    with pytest.raises(AgendaFout, match=fout):
        fetch(server.url())


@pytest.mark.parametrize(
    "url",
    [
        "ftp://127.0.0.1/a.ics",
        "file:///etc/passwd",
        "http://",
        "http:///a",
        "javascript:1",
        "http://[::1",
        "http://127.0.0.1:99999/",
        "http://bestaat.invalid/a.ics",
        "http://partner.example/a.ics",
        "http://127.0.0.1:1/a",
    ],
)
def test_addresses_that_cannot_be(settings, url):
    settings.AGENDA_OOK_INTERN = True
    with pytest.raises(AgendaFout):
        fetch(url)


def test_too_big_is_not_read_to_the_end(server):
    server.antwoorden["/agenda.ics"] = (200, {}, (b"x" * 100_000 for _ in range(1000)))
    with pytest.raises(AgendaFout, match="te groot"):
        fetch(server.url())


def test_a_server_that_drips_is_given_up(server, monkeypatch):
    monkeypatch.setattr(agenda_ophalen, "MAX_SECONDEN", 0.5)

    def druppels():
        for _ in range(100):
            klok.sleep(0.1)
            yield b"x"

    server.antwoorden["/agenda.ics"] = (200, {}, druppels())
    begin = klok.monotonic()
    with pytest.raises(AgendaFout, match="te laat"):
        fetch(server.url())
    assert klok.monotonic() - begin < 5


NU = datetime(2026, 3, 16, 9, tzinfo=UTC)


@pytest.fixture
def bron(db, server):
    return factories.AgendabronFactory(url=server.url(), kern=factories.KernFactory(naam="Dalfsen"))


def test_fetched_again_without_change_nothing_is_touched(bron, server, django_assert_num_queries):
    answer(server, kalender(KOFFIE, "UID:weg\r\nSUMMARY:Weg\r\nDTSTART:20260317T090000Z"))
    fetch_source(bron, NU)
    bron.refresh_from_db()
    assert (bron.fout, bron.gelukt_op) == ("", NU)
    voor = list(Agendapunt.objects.order_by("pk").values())
    assert [(punt["titel"], punt["kern_id"]) for punt in voor] == [
        ("Koffie", bron.kern_id),
        ("Weg", bron.kern_id),
    ]
    fetch_source(bron, NU)
    assert list(Agendapunt.objects.order_by("pk").values()) == voor


def test_what_changed_changes_and_what_is_gone_goes(bron, server):
    answer(server, kalender(KOFFIE, "UID:weg\r\nSUMMARY:Weg\r\nDTSTART:20260317T090000Z"))
    fetch_source(bron, NU)
    koffie = Agendapunt.objects.get(titel="Koffie").pk
    answer(server, kalender(KOFFIE.replace("SUMMARY:Koffie", "SUMMARY:Thee\r\nLOCATION:De Spil")))
    fetch_source(bron, NU)
    punt = Agendapunt.objects.get()
    assert (punt.pk, punt.titel, punt.plek) == (koffie, "Thee", "De Spil")


@pytest.mark.parametrize(
    ("status", "inhoud", "fout"),
    [(200, b"<html>", "Op dit adres staat geen agenda."), (500, b"", "Dit adres geeft een fout (500).")],
)
def test_when_it_fails_the_events_stay_and_the_reason_is_there(bron, server, status, inhoud, fout):
    answer(server, kalender(KOFFIE))
    fetch_source(bron, NU)
    answer(server, inhoud, status=status)
    fetch_source(bron, NU + timedelta(days=1))
    bron.refresh_from_db()
    assert (bron.fout, bron.gelukt_op, bron.geprobeerd_op) == (fout, NU, NU + timedelta(days=1))
    assert Agendapunt.objects.count() == 1


def test_a_calendar_that_is_removed_meanwhile(bron, server):
    answer(server, kalender(KOFFIE))
    Agendabron.objects.all().delete()
    fetch_source(bron, NU)
    assert Agendapunt.objects.count() == 0


def test_text_of_others_is_plain_and_cut():
    assert (
        plain("<b>Koffie</b> &amp; <script>alert(1)</script>thee<br>erbij", 200)
        == "Koffie & alert(1)thee erbij"
    )
    assert plain("a\u202eb\x00c\nd", 200) == "a b c d"
    assert plain("x" * 300, 200) == "x" * 199 + "…"


def test_long_and_odd_text_fits(bron, server):
    lang = (
        "UID:"
        + "u" * 400
        + "\r\nSUMMARY:"
        + "s" * 400
        + "\r\nLOCATION:\x07"
        + "l" * 400
        + "\r\nDTSTART:20260316T090000Z"
    )
    answer(server, kalender(lang, "UID:leeg\r\nDTSTART:20260317T090000Z"))
    fetch_source(bron, NU)
    bron.refresh_from_db()
    assert bron.fout == ""
    assert sorted(Agendapunt.objects.values_list("titel", flat=True)) == ["Zonder naam", "s" * 199 + "…"]


def test_half_a_year_ahead_and_no_further(bron, server):
    answer(server, kalender(f"{KOFFIE}\r\nRRULE:FREQ=WEEKLY"))
    fetch_source(bron, NU)
    laatste = Agendapunt.objects.order_by("begin").last()
    assert timedelta(days=170) < laatste.begin - NU < timedelta(days=190)
    assert timezone.localtime(Agendapunt.objects.order_by("begin").first().begin).date() == date(2026, 3, 16)

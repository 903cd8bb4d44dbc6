"""Calendars to subscribe to: read back, they say what tijden.py says."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import recurring_ical_events
from django.urls import reverse
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from sociale_kaart.agenda_uit import horizon, make_calendar
from sociale_kaart.models import Aanbod, Locatie, Mededeling, Openingstijd, Organisatie, Uitzondering
from sociale_kaart.tijden import openings
from tests import factories

VANDAAG = date(2026, 3, 16)
# With both changes of the clock in it: the horizon is half a year.
DAGEN = st.sampled_from([date(2026, 3, 16), date(2026, 9, 30), date(2028, 2, 29)])


def overal(locatie):
    return True


def read_back(inhoud, vanaf, tot):
    """(begin, end) of everything that a calendar program shows."""
    kalender = Calendar.from_ical(inhoud)
    events = recurring_ical_events.of(kalender).between(vanaf - timedelta(days=2), tot + timedelta(days=2))
    return sorted(
        (event["DTSTART"].dt.astimezone(UTC), event["DTEND"].dt.astimezone(UTC)) for event in events
    )


minuten = st.times().map(lambda tijd: tijd.replace(second=0, microsecond=0))
datums = st.dates(date(2026, 1, 1), date(2028, 12, 31))
herhaling = st.one_of(
    st.just({}),
    st.lists(st.sampled_from([1, 2, 3, 4, 5, -1]), unique=True, min_size=1).map(
        lambda w: {"weken_van_maand": w}
    ),
    st.builds(lambda n, vanaf: {"elke_weken": n, "vanaf": vanaf}, st.integers(2, 8), datums),
)
maanden = st.tuples(st.integers(1, 12), st.integers(1, 12))
seizoenen = st.just({}) | maanden.map(lambda m: {"seizoen_van": m[0], "seizoen_tot": m[1]})
blokken = st.lists(
    st.builds(
        lambda deel, seizoen, **velden: velden | deel | seizoen,
        herhaling,
        seizoenen,
        weekdagen=st.lists(st.integers(0, 6), unique=True, min_size=1),
        van=minuten | st.sampled_from([time(2, 30), time(22)]),
        tot=minuten | st.sampled_from([time(2, 30), time(3), time(0)]),
        vanaf=st.none() | datums,
        tot_en_met=st.none(),
        toelichting=st.sampled_from(["", "", "", "op afspraak"]),
    ),
    min_size=1,
    max_size=3,
)
uitzonderingen = st.lists(
    st.builds(
        lambda dag, duur, uren: {
            "van_dag": dag,
            "tot_dag": dag + timedelta(days=duur),
            "van": uren[0],
            "tot": uren[1],
        },
        datums,
        st.integers(0, 60),
        st.just((None, None)) | st.tuples(minuten, minuten),
    ),
    max_size=3,
)


def offer(blokken, anders):
    aanbod = Aanbod(
        pk=1,
        naam="Koffie",
        organisatie=Organisatie(pk=1, naam="De Kern", telefoon="0529-55 55 00"),
        kosten="gratis",
    )
    aanbod._prefetched_objects_cache = {
        "openingstijden": _alle(Openingstijd, blokken),
        "uitzondering_set": _alle(Uitzondering, [{**velden, "aanbod_id": 1} for velden in anders]),
    }
    aanbod.organisatie._prefetched_objects_cache = {"uitzondering_set": _alle(Uitzondering, [])}
    return aanbod


def _alle(model, rijen):
    queryset = model.objects.all()
    queryset._result_cache = [model(**velden) for velden in rijen]
    queryset._prefetch_done = True
    return queryset


# Without making a failure smaller: that takes longer than reading it.
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(blokken, uitzonderingen, DAGEN)
@example([{"weekdagen": [6], "van": time(2, 30), "tot": time(4)}], [], date(2026, 3, 1))
@example([{"weekdagen": [5], "van": time(22), "tot": time(8)}], [], date(2026, 9, 1))
@example([{"weekdagen": [6], "van": time(0), "tot": time(2, 30)}], [], date(2026, 9, 1))
def test_read_back_it_says_what_we_say(blokken, anders, vandaag):
    aanbod = offer(blokken, anders)
    vanaf, tot = horizon(vandaag)
    tijden = [
        t for t in aanbod.openingstijden.all() if not (len(t.weekdagen) == 7 and t.van == t.tot == time(0))
    ]
    verwacht = sorted((o.begin, o.eind) for o in openings(tijden, vanaf, tot, aanbod.uitzonderingen))
    gelezen = read_back(make_calendar("x", [aanbod], vandaag, waar=overal), vanaf, tot)
    # Exceptions that say the same twice are one event.
    assert sorted(set(gelezen)) == sorted(set(verwacht))
    assert len(gelezen) >= len(set(verwacht))


def test_half_a_year_from_the_first_of_the_month():
    assert horizon(date(2026, 3, 16)) == (date(2026, 3, 1), date(2026, 10, 1))
    assert horizon(date(2026, 8, 31)) == (date(2026, 8, 1), date(2027, 3, 1))


@pytest.fixture
def spil(db):
    infopunt = factories.InfopuntFactory(kern=factories.KernFactory(naam="Nieuwleusen"))
    spil = factories.LocatieFactory(naam="De Spil", adres="Kerkplein 1", kern=infopunt.kern)
    koffie = factories.AanbodFactory(
        naam="Koffie, thee; praatje",
        omschrijving="Iedereen is welkom. Tweede zin.",
        interne_notitie="GEHEIM",
        aanmelden="hoeft niet",
        organisatie__interne_notitie="GEHEIM",
    )
    factories.OpeningstijdFactory(aanbod=koffie, locatie=spil)
    factories.AanbodContactFactory(aanbod=koffie, contactpersoon__naam="Greet Geheim")
    elders = factories.AanbodFactory(naam="Elders", organisatie=koffie.organisatie)
    factories.OpeningstijdFactory(aanbod=elders, locatie=factories.LocatieFactory())
    lijn = factories.LocatieFactory(kern=infopunt.kern, soort=Locatie.Soort.VIRTUEEL)
    factories.OpeningstijdFactory(aanbod=factories.AanbodFactory(naam="Telefoon"), locatie=lijn)
    oud = factories.AanbodFactory(naam="Archief", gearchiveerd_op=datetime(2026, 1, 1, tzinfo=UTC))
    factories.OpeningstijdFactory(aanbod=oud, locatie=spil)
    return infopunt, koffie


def names(antwoord):
    return {str(event["SUMMARY"]) for event in Calendar.from_ical(antwoord.content).walk("VEVENT")}


def test_feed_of_a_desk(spil, client):
    infopunt, koffie = spil
    factories.AgendapuntFactory(titel="Van een ander", kern=infopunt.kern)
    antwoord = client.get(reverse("agenda_infopunt", args=[infopunt.pk]))
    assert antwoord["Content-Type"] == "text/calendar; charset=utf-8"
    assert names(antwoord) == {"Koffie, thee; praatje"}
    kalender = Calendar.from_ical(antwoord.content)
    [event] = kalender.walk("VEVENT")
    assert event["RRULE"]["FREQ"] == ["WEEKLY"]
    assert event["RRULE"]["BYDAY"] == ["MO"]
    assert event["UID"] == f"{koffie.openingstijden.get().uuid}@infopunt.example"
    assert event["LOCATION"] == "De Spil, Kerkplein 1"
    assert event["DESCRIPTION"].splitlines() == [
        koffie.organisatie.naam,
        "Iedereen is welkom.",
        "Kosten: gratis",
        "Aanmelden: hoeft niet",
        "Telefoon: 0529-55 55 00",
    ]
    assert "BEGIN:VTIMEZONE\r\nTZID:Europe/Amsterdam" in antwoord.content.decode()
    assert "eheim" not in antwoord.content.decode().replace("GEHEIM", "Geheim")


def test_feed_of_an_organisation_has_all_it_offers(spil, client):
    _, koffie = spil
    antwoord = client.get(reverse("agenda_organisatie", args=[koffie.organisatie_id]))
    assert names(antwoord) == {"Koffie, thee; praatje", "Elders"}


def test_queries_do_not_grow_with_offers(spil, client, django_assert_max_num_queries):
    infopunt, koffie = spil
    url = reverse("agenda_infopunt", args=[infopunt.pk])
    with django_assert_max_num_queries(25) as eerst:
        client.get(url)
    for _ in range(3):
        factories.OpeningstijdFactory(locatie=koffie.openingstijden.get().locatie)
    with django_assert_max_num_queries(len(eerst)):
        assert len(names(client.get(url))) == 4
    with django_assert_max_num_queries(8):  # now it was worked out before
        client.get(url)


@pytest.mark.parametrize(
    "change",
    [
        lambda koffie, infopunt: Aanbod.objects.filter(pk=koffie.pk).update(naam="Thee"),
        lambda koffie, infopunt: koffie.openingstijden.update(tot=time(13)),
        lambda koffie, infopunt: koffie.openingstijden.all().delete(),
        lambda koffie, infopunt: Uitzondering.objects.create(
            organisatie=koffie.organisatie, van_dag=VANDAAG, tot_dag=VANDAAG
        ),
        lambda koffie, infopunt: Organisatie.objects.filter(pk=koffie.organisatie_id).update(
            telefoon="0529-1"
        ),
        lambda koffie, infopunt: Locatie.objects.filter(naam="De Spil").update(adres="Markt 2"),
        lambda koffie, infopunt: type(infopunt.kern).objects.filter(pk=infopunt.kern_id).update(naam="Ommen"),
    ],
)
def test_asked_again_it_is_sent_only_when_something_changed(spil, client, change):
    infopunt, koffie = spil
    url = reverse("agenda_infopunt", args=[infopunt.pk])
    etag = client.get(url)["ETag"]
    assert client.get(url, headers={"if-none-match": etag}).status_code == 304
    change(koffie, infopunt)
    antwoord = client.get(url, headers={"if-none-match": etag})
    assert antwoord.status_code == 200
    assert antwoord["ETag"] != etag


def test_the_same_map_gives_the_same_file(spil, client):
    infopunt, _ = spil
    url = reverse("agenda_infopunt", args=[infopunt.pk])
    eerste = client.get(url).content
    Mededeling.objects.create(aanbod=factories.AanbodFactory(), tekst="x", van_dag=VANDAAG, tot_dag=VANDAAG)
    assert client.get(url).content == eerste


def test_unknown_archived_or_wrong(spil, client):
    _, koffie = spil
    assert client.get("/agenda/infopunt-0.ics").status_code == 404
    assert client.get("/agenda/organisatie-99999999999999999999.ics").status_code == 404
    url = reverse("agenda_organisatie", args=[koffie.organisatie_id])
    assert client.post(url).status_code == 405
    Organisatie.objects.filter(pk=koffie.organisatie_id).update(
        gearchiveerd_op=datetime(2026, 1, 1, tzinfo=UTC)
    )
    assert client.get(url).status_code == 404

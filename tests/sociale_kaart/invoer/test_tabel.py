"""Spreadsheets, as people have them: every separator, every encoding, other headers, broken files."""

import io
import zipfile
from datetime import date, time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from sociale_kaart.invoer import tabeltaal as taal
from sociale_kaart.invoer.rijen import BestandFout, Tijd
from sociale_kaart.invoer.tabel import kolommen, lees
from sociale_kaart.invoer.tabelbestand import lees_rijen, onveilig, veilig
from sociale_kaart.models import AanbodContact, Contactpersoon, Locatie, Onderwerp, Openingstijd
from tests import factories

GEWOON = "Instelling;Naam dienst;Tel.;Mailadres;Plaats\r\nCafé de Brug;Koffie;0529-55 55 00;a@b.example;Dalfsen\r\n"
TEKST = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=30).map(str.strip)


def uit(inhoud, **anders):
    keuze = {kolom.kop: kolom.veld for kolom in kolommen(inhoud)}
    return lees(inhoud, keuze | anders)


def excel(*rijen):
    boek = Workbook()
    for rij in rijen:
        boek.active.append(rij)
    bestand = io.BytesIO()
    boek.save(bestand)
    return bestand.getvalue()


@pytest.mark.parametrize("codering", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("scheiding", [";", ",", "\t"])
@pytest.mark.parametrize("einde", ["\r\n", "\n"])
@pytest.mark.django_db
def test_encodings_and_separators(codering, scheiding, einde):
    inhoud = GEWOON.replace(";", scheiding).replace("\r\n", einde).encode(codering)
    [rij] = uit(inhoud).aanbod

    assert (rij.organisatie, rij.naam) == ("Café de Brug", "Koffie")
    assert (rij.velden["telefoon"], rij.velden["email"], rij.kernen) == (
        "0529-55 55 00",
        "a@b.example",
        ("Dalfsen",),
    )
    assert rij.plek.rij == 2


def test_headers_are_guessed_and_shown_with_examples():
    gevonden = kolommen(b"Tel;Dienst;Organisatie;Iets\n1;Koffie;Brug;x\n;Thee;Brug;\n")

    assert [kolom.veld for kolom in gevonden] == ["telefoon", "naam", "organisatie", ""]
    assert gevonden[1].voorbeelden == ("Koffie", "Thee")


@pytest.mark.django_db
def test_lines_above_the_headers_and_nameless_columns():
    [rij] = uit(b"Sociale kaart 2026\n\nOrganisatie;Aanbod;;Aanbod\nBrug;Koffie;x;y\n").aanbod
    koppen = [kolom.kop for kolom in kolommen(b"Organisatie;Aanbod;;Aanbod\nBrug;Koffie;x;y\n")]

    assert (rij.naam, rij.plek.rij) == ("Koffie", 4)
    assert koppen == ["Organisatie", "Aanbod", "kolom 3", "Aanbod (2)"]


@pytest.mark.django_db
def test_excel_cells_become_what_a_person_would_type():
    inhoud = excel(
        ["Organisatie", "Aanbod", "Telefoon", "Indicatie nodig", "Gecontroleerd op"],
        ["Brug", 12, 529555500, True, date(2026, 3, 1)],
        [None, None, None, None, None],
        ["Brug", "Thee", 1.5, "nee", None],
    )
    eerste, tweede = uit(inhoud, Telefoon="").aanbod

    assert (eerste.naam, eerste.velden["indicatie_nodig"], eerste.gecontroleerd) == (
        "12",
        True,
        date(2026, 3, 1),
    )
    assert (tweede.naam, tweede.plek.rij) == ("Thee", 4)


@pytest.mark.django_db
def test_what_is_not_matched_is_listed():
    gelezen = uit(b"Organisatie;Aanbod;Budget\nBrug;Koffie;12\nBrug;Thee;\n")

    assert [(o.veld, o.aantal) for o in gelezen.ongebruikt] == [("Budget", 1)]


@pytest.mark.django_db
def test_without_the_columns_that_must_be():
    with pytest.raises(BestandFout, match="Organisatie en Aanbod"):
        uit(b"Telefoon;Website\n1;2\n")


@pytest.mark.parametrize(
    "inhoud",
    [
        b"",
        b"\n\n\n",
        b"Organisatie;Aanbod\n",
        b"PK\x03\x04 kapot",
        b"\xd0\xcf\x11\xe0oud",
        b"a\x00b",
        b"\xff\xfea",
        b"a;" * 300 + b"\n",
        b"Organisatie;Aanbod\n" + b"a;b\n" * 20_001,
    ],
)
@pytest.mark.django_db
def test_files_that_cannot_be_used_say_why(inhoud):
    with pytest.raises(BestandFout):
        uit(inhoud)


def test_a_bomb_is_not_unpacked():
    bestand = io.BytesIO()
    with zipfile.ZipFile(bestand, "w", zipfile.ZIP_DEFLATED) as zip_:
        zip_.writestr("xl/worksheets/sheet1.xml", b"0" * 301_000_000)

    with pytest.raises(BestandFout, match="uitgepakt"):
        lees_rijen(bestand.getvalue())


FOUT = [
    ("Telefoon", "ja", "Telefoon: "),
    ("E-mail", "geen adres", "E-mail: "),
    ("Website", "geen adres", "Website: "),
    ("Talen", "Klingon", "Talen: "),
    ("Soort", "iets", "Soort: “iets” ken ik niet. Kies uit"),
    ("Indicatie nodig", "misschien", "Indicatie nodig: "),
    ("Tijden", "soms", "Tijden: "),
    ("Tijden", "ma 25:00-26:00", "Tijden: "),
    ("Tijden", "ma vanaf 31-2-2026", "Tijden: "),
    ("Contactpersonen", "; rol", "Contactpersonen: "),
    ("Contactpersonen", "Jo | jo", "Contactpersonen: "),
    ("Gecontroleerd op", "gisteren", "Gecontroleerd op: "),
    ("Aanbod", "", "Aanbod: is leeg"),
    ("Kosten", "x" * 161, "Kosten: is te lang"),
    ("Omschrijving", "x" * 32_767, "Omschrijving: is te lang voor een cel"),
    ("Doelgroep", "a\x07b", "Voor wie: bevat tekens"),
    ("Id", "x" * 81, "Id: is te lang"),
]


@pytest.mark.parametrize(("kop", "waarde", "reden"), FOUT)
@pytest.mark.django_db
def test_a_bad_row_is_refused_with_the_reason_and_others_land(kop, waarde, reden):
    koppen = ["Organisatie", "Aanbod", *([kop] if kop != "Aanbod" else [])]
    slecht = {"Organisatie": "Brug", "Aanbod": "Koffie"} | {kop: waarde}
    regels = [koppen, [slecht[k] for k in koppen], ["Brug", "Thee"]]
    inhoud = "\n".join(";".join(f'"{cel}"' for cel in regel) for regel in regels).encode()
    gelezen = uit(inhoud)

    assert [rij.naam for rij in gelezen.aanbod] == ["Thee"]
    [weigering] = gelezen.geweigerd
    assert weigering.redenen[0].startswith(reden)
    assert weigering.plek.rij == 2
    assert weigering.ruw[kop] == waarde


@pytest.mark.django_db
def test_ids_reach_and_topics():
    Onderwerp.objects.create(naam="Geld")
    inhoud = (
        b"Id;Organisatie;Aanbod;Plaats;Thema\n"
        b"7;Brug;Koffie;Dalfsen, Hoonhorst;geld, tuinieren\n"
        b"0b0c5e0e-1111-4222-8333-444455556666;Brug;Thee;regio;\n"
    )
    gelezen = uit(inhoud)
    koffie, thee = gelezen.aanbod

    assert (koffie.extern_id, koffie.uuid) == ("tabel:7", None)
    assert str(thee.uuid).startswith("0b0c5e0e")
    assert koffie.kernen == ("Dalfsen", "Hoonhorst")
    assert (thee.kernen, thee.velden["bereik"]) == ((), "regio")
    assert (koffie.onderwerpen, gelezen.onbekende_onderwerpen) == (("geld",), {"tuinieren": 1})


@pytest.mark.django_db
def test_two_rows_that_disagree_about_their_organisation():
    gelezen = uit(b"Organisatie;Aanbod;Telefoon organisatie\nBrug;Koffie;111\nBrug;Thee;222\n")

    assert [o.velden for o in gelezen.organisaties] == [{"telefoon": "111"}]
    assert len(gelezen.opmerkingen) == 1


TIJDEN = [
    ("ma-vr 9:00-12:00", Tijd((0, 1, 2, 3, 4), time(9), time(12))),
    ("maandag t/m vrijdag 9.00 - 12.00 uur", Tijd((0, 1, 2, 3, 4), time(9), time(12))),
    ("di 9:00-12:00 @ De Spil, Nieuwleusen", Tijd((1,), time(9), time(12), locatie="De Spil, Nieuwleusen")),
    (
        "1e,laatste di 13:00-15:00 (bel eerst)",
        Tijd((1,), time(13), time(15), (1, -1), toelichting="bel eerst"),
    ),
    ("1e en 3e wo 10:00-12:00", Tijd((2,), time(10), time(12), (1, 3))),
    ("wo 10:00-12:00 om de 2 weken vanaf 4-3-2026", Tijd((2,), time(10), time(12), (), 2, date(2026, 3, 4))),
    ("za 22:00-2:00 april-september", Tijd((5,), time(22), time(2), seizoen_van=4, seizoen_tot=9)),
    ("elke dag 0:00-24:00", Tijd(tuple(range(7)), time(0), time(0))),
    ("ma,wo,vr", Tijd((0, 2, 4))),
    ("zo-di 9:00-10:00", Tijd((0, 1, 6), time(9), time(10))),
    ('"maart en april"', Tijd(periode="maart en april")),
    ("maart en april", Tijd(periode="maart en april")),
]


@pytest.mark.parametrize(("tekst", "tijd"), TIJDEN)
def test_hours_that_people_type(tekst, tijd):
    assert taal.lees_tijd(tekst) == tijd


@given(TEKST)
@example("=1+1")
@example("'=1")
@example("+31 6 12345678")
def test_the_apostrophe_comes_off_again(tekst):
    assert onveilig(veilig(tekst)) == tekst
    assert not veilig(tekst).startswith(("=", "+", "-", "@"))


@given(st.lists(TEKST.filter(bool), unique=True))
def test_lists_read_back(items):
    assert taal.lees_lijst(taal.schrijf_lijst(items)) == items


KLOK = st.times().map(lambda uur: uur.replace(second=0, microsecond=0))
MAANDEN = st.none() | st.tuples(st.integers(1, 12), st.integers(1, 12))


@st.composite
def tijden(draw):
    dagen = draw(st.lists(st.integers(0, 6), unique=True).map(sorted))
    uren = draw(st.none() | st.tuples(KLOK, KLOK)) or (None, None)
    seizoen = draw(MAANDEN) or (None, None)
    return Openingstijd(
        weekdagen=dagen,
        van=uren[0],
        tot=uren[1],
        weken_van_maand=sorted(draw(st.sets(st.sampled_from([1, 2, 3, 4, 5, -1])))) if dagen else [],
        elke_weken=draw(st.integers(1, 8)),
        vanaf=draw(st.none() | st.dates()),
        tot_en_met=draw(st.none() | st.dates()),
        seizoen_van=seizoen[0],
        seizoen_tot=seizoen[1],
        periode=draw(TEKST) if dagen else draw(TEKST.filter(bool)),
        toelichting=draw(TEKST),
        locatie=draw(st.none() | TEKST.filter(bool).map(lambda naam: Locatie(naam=naam))),
    )


VELDEN = [
    "van",
    "tot",
    "elke_weken",
    "vanaf",
    "tot_en_met",
    "seizoen_van",
    "seizoen_tot",
    "periode",
    "toelichting",
]


@given(st.lists(tijden(), max_size=3))
@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
def test_hours_read_back(blokken):
    gelezen = taal.lees_tijden(taal.schrijf_tijden(blokken))

    assert [[getattr(tijd, veld) for veld in VELDEN] for tijd in gelezen] == [
        [getattr(tijd, veld) for veld in VELDEN] for tijd in blokken
    ]
    assert [tijd.weekdagen for tijd in gelezen] == [tuple(tijd.weekdagen) for tijd in blokken]
    assert [set(tijd.weken_van_maand) for tijd in gelezen] == [set(tijd.weken_van_maand) for tijd in blokken]
    assert [tijd.locatie for tijd in gelezen] == [
        tijd.locatie.naam if tijd.locatie else "" for tijd in blokken
    ]


@st.composite
def rollen(draw):
    persoon = Contactpersoon(
        naam=draw(TEKST.filter(bool)),
        telefoon=draw(st.sampled_from(["", "112", "0529-55 55 00 (keuze 2)", "+31 6 12345678"])),
        email=draw(st.sampled_from(["", "a@b.example"])),
        is_openbaar=draw(st.booleans()),
        is_sleutelpersoon=draw(st.booleans()),
        talen=draw(st.lists(st.sampled_from(["nl", "ar", "dse"]), unique=True)),
        toelichting=draw(TEKST),
    )
    return AanbodContact(contactpersoon=persoon, rol=draw(TEKST))


@given(st.lists(rollen(), max_size=3, unique_by=lambda rol: rol.contactpersoon.naam.casefold()))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_people_read_back(mensen):
    gelezen = taal.lees_contacten(taal.schrijf_contacten(mensen))
    velden = ["telefoon", "email", "is_openbaar", "is_sleutelpersoon", "talen", "toelichting"]

    assert [(c.naam, c.rol) for c in gelezen] == [(rol.contactpersoon.naam, rol.rol) for rol in mensen]
    assert [dict(c.velden) for c in gelezen] == [
        {veld: getattr(rol.contactpersoon, veld) for veld in velden} for rol in mensen
    ]


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda t: t.encode("utf-8", "ignore")))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@pytest.mark.django_db
def test_any_bytes_are_a_table_or_are_refused(inhoud):
    try:
        gevonden = kolommen(inhoud)
        koppen = [kolom.kop for kolom in gevonden]
        gelezen = lees(
            inhoud, dict(zip(koppen, ["organisatie", "naam", "tijden", "contactpersonen"], strict=False))
        )
    except BestandFout:
        return
    assert len(gelezen.aanbod) + len(gelezen.geweigerd) <= len(lees_rijen(inhoud))


@pytest.mark.django_db
def test_every_row_is_accounted_for():
    factories.KernFactory(naam="Dalfsen")
    regels = ["Organisatie;Aanbod;Tijden"] + [
        f"Brug;Koffie {n};{'ma' if n % 2 else 'soms'}" for n in range(10)
    ]
    gelezen = uit("\n".join(regels).encode())

    assert (len(gelezen.aanbod), len(gelezen.geweigerd)) == (5, 5)

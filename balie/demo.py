"""Demo content of the desk: three villages with their opening hours, fifteen volunteers, four printed accounts."""

import random
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from balie.models import Infopunt, InfopuntTijd, Kern, Medewerker, Rol, Roosterdienst

WACHTWOORD = "infopunt-demo"
ROOSTER_TERUG = timedelta(days=7)
ROOSTER_VOORUIT = timedelta(days=28)

OCHTEND = (time(9, 30), time(12, 30))
MIDDAG = (time(13, 30), time(16, 30))
INFOPUNTEN: dict[str, tuple[str, str, list[tuple[int, tuple[time, time]]]]] = {
    "Dalfsen": (
        "Kulturhus de Trefkoele+",
        "Ruigedoornstraat 108",
        [(0, MIDDAG), (1, OCHTEND), (3, MIDDAG), (4, OCHTEND)],
    ),
    "Nieuwleusen": (
        "Kulturhus de Spil",
        "Kulturhuspad 1",
        [(0, OCHTEND), (1, MIDDAG), (2, OCHTEND), (3, MIDDAG)],
    ),
    "Lemelerveld": (
        "Kulturhus de Mozaïek",
        "Kerkstraat 20",
        [(2, (time(13, 30), time(15, 30))), (4, (time(10, 0), time(12, 0)))],
    ),
}

VRIJWILLIGERS = {
    "Dalfsen": [
        "Wim Averdijk",
        "Gerda Nijland",
        "Hans Oldeman",
        "Riek Schuurhuis",
        "Bert Holterman",
        "Tineke Vos",
    ],
    "Nieuwleusen": ["Henk Brouwer", "Alie Prins", "Jan Kragt", "Fenny Bosch", "Roelof Massier"],
    "Lemelerveld": ["Annie Reimink", "Gerard Ogink", "Truus Haarman"],
}
# The fifteenth volunteer is the printed account.
BEROEPSKRACHTEN = {
    "ingrid.meijerink": ("Ingrid", "Meijerink", "Saam Welzijn, ouderenadviseur", "0529-55 55 01"),
    "karel.bruggeman": ("Karel", "Bruggeman", "MEE IJsseloevers, consulent", "0529-55 55 05"),
}
ACCOUNTS = {
    "vrijwilliger": ("Joke", "Slotman", Rol.VRIJWILLIGER, "", "", ["Nieuwleusen", "Dalfsen"]),
    "beroepskracht": (
        "Petra",
        "Lindeboom",
        Rol.BEROEPSKRACHT,
        "De Kern, maatschappelijk werk",
        "0529-55 55 07",
        list(INFOPUNTEN),
    ),
    "coordinator": ("Marieke", "Veldhuis", Rol.COORDINATOR, "Saam Welzijn", "0529-55 55 01", []),
    "partner": ("Cees", "Hagedoorn", Rol.PARTNER, "SchuldHulpMaatje", "", []),
}


def vul() -> str:
    """Make what is missing; the roster always reaches four weeks ahead of today."""
    infopunten = {naam: _infopunt(naam) for naam in INFOPUNTEN}
    if not Medewerker.objects.exists():
        _medewerkers(infopunten)
    diensten = _rooster(list(infopunten.values()), timezone.localdate())
    aantal = Medewerker.objects.filter(rol=Rol.VRIJWILLIGER).count()
    return f"{len(infopunten)} infopunten, {aantal} vrijwilligers, {diensten} nieuwe diensten"


def _infopunt(naam: str) -> Infopunt:
    plek, adres, tijden = INFOPUNTEN[naam]
    kern, _ = Kern.objects.get_or_create(naam=naam)
    infopunt, nieuw = Infopunt.objects.get_or_create(
        naam=naam,
        defaults={
            "kern": kern,
            "plek": plek,
            "adres": adres,
            "telefoon": "0529-55 55 20",
            "email": f"infopunt.{naam.lower()}@bibliotheekdn.example",
        },
    )
    if nieuw:
        InfopuntTijd.objects.bulk_create(
            InfopuntTijd(infopunt=infopunt, weekdag=dag, van=van, tot=tot) for dag, (van, tot) in tijden
        )
    return infopunt


def _medewerkers(infopunten: dict[str, Infopunt]) -> None:
    for username, (voornaam, achternaam, rol, functie, telefoon, plekken) in ACCOUNTS.items():
        account = Medewerker(
            username=username,
            first_name=voornaam,
            last_name=achternaam,
            email=f"{username}@infopunt.example",
            rol=rol,
            functie=functie,
            telefoon=telefoon,
        )
        account.set_password(WACHTWOORD)
        account.save()
        account.infopunten.set([infopunten[naam] for naam in plekken])
    for plek, namen in VRIJWILLIGERS.items():
        for naam in namen:
            voornaam, achternaam = naam.split()
            _zonder_wachtwoord(voornaam, achternaam, Rol.VRIJWILLIGER, [infopunten[plek]])
    for voornaam, achternaam, functie, telefoon in BEROEPSKRACHTEN.values():
        _zonder_wachtwoord(
            voornaam,
            achternaam,
            Rol.BEROEPSKRACHT,
            list(infopunten.values()),
            functie=functie,
            telefoon=telefoon,
        )


def _zonder_wachtwoord(
    voornaam: str, achternaam: str, rol: str, infopunten: list[Infopunt], **velden: str
) -> None:
    """Colleagues that make the roster come alive; nobody can log in as them."""
    username = f"{voornaam}.{achternaam}".lower()
    account = Medewerker(
        username=username,
        first_name=voornaam,
        last_name=achternaam,
        email=f"{username}@infopunt.example",
        rol=rol,
        **velden,
    )
    account.set_unusable_password()
    account.save()
    account.infopunten.set(infopunten)


def _rooster(infopunten: list[Infopunt], vandaag: date) -> int:
    """A volunteer and a professional behind every block of opening hours; returns how many shifts were new."""
    voor = Roosterdienst.objects.count()
    Roosterdienst.objects.bulk_create(
        [dienst for infopunt in infopunten for dienst in _diensten(infopunt, vandaag)], ignore_conflicts=True
    )
    return Roosterdienst.objects.count() - voor


def _diensten(infopunt: Infopunt, vandaag: date) -> list[Roosterdienst]:
    teams = {
        Roosterdienst.Functie.VRIJWILLIGER: list(infopunt.medewerkers.filter(rol=Rol.VRIJWILLIGER)),
        Roosterdienst.Functie.ACHTERWACHT: list(infopunt.medewerkers.filter(rol=Rol.BEROEPSKRACHT)),
    }
    tijden = list(infopunt.tijden.all())
    dag = vandaag - ROOSTER_TERUG
    diensten = []
    while dag <= vandaag + ROOSTER_VOORUIT:
        for tijd in tijden:
            if tijd.weekdag != dag.weekday():
                continue
            # Seeded by day and place: the same roster however often it is topped up.
            loting = random.Random(f"{dag} {infopunt.naam} {tijd.van}")  # noqa: S311
            diensten += [
                Roosterdienst(
                    infopunt=infopunt,
                    medewerker=loting.choice(team),
                    functie=functie,
                    begin=_moment(dag, tijd.van),
                    eind=_moment(dag, tijd.tot),
                )
                for functie, team in teams.items()
            ]
        dag += timedelta(days=1)
    return diensten


def _moment(dag: date, tijd: time) -> datetime:
    return timezone.make_aware(datetime.combine(dag, tijd))

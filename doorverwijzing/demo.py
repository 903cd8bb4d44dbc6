"""Demo content: a year of referrals that ended, and some in every state for now. All people are made up."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from django.utils import timezone

from balie.models import Infopunt, InfopuntTijd, Medewerker, Rol
from doorverwijzing import actions, kluis, partnercode, toestemming
from doorverwijzing.adressen import partner_address
from doorverwijzing.models import (
    AFGELOPEN,
    OPEN,
    Door,
    Doorverwijzing,
    Hindernis,
    RedenNietPassend,
    Status,
    Toestemming,
)
from sociale_kaart.models import Aanbod, Contactpersoon, Organisatie

AANTAL_AFGELOPEN = 160
PARTNER_ORGANISATIE = "SchuldHulpMaatje Dalfsen"
MET_CODE = "Humanitas"

# How a year of referrals ends.
GEWICHTEN = {
    Status.GEHOLPEN: 70,
    Status.NIET_BEREIKT: 10,
    Status.NIET_PASSEND: 9,
    Status.INGETROKKEN: 4,
    Status.VERLOPEN: 7,
}
# Of this week and the one before: state, how many days ago.
RECENT = [
    (Status.AANGEBODEN, 1),
    (Status.AANGEBODEN, 6),
    (Status.ONTVANGEN, 1),
    (Status.ONTVANGEN, 2),
    (Status.CONTACT_GELEGD, 5),
    (Status.GEHOLPEN, 4),
    (Status.NIET_BEREIKT, 5),
    (Status.NIET_PASSEND, 3),
]
WEG = {
    Status.AANGEBODEN: [],
    Status.ONTVANGEN: [Status.ONTVANGEN],
    Status.CONTACT_GELEGD: [Status.ONTVANGEN, Status.CONTACT_GELEGD],
    Status.GEHOLPEN: [Status.ONTVANGEN, Status.GEHOLPEN],
    Status.NIET_BEREIKT: [Status.ONTVANGEN, Status.NIET_BEREIKT],
    Status.NIET_PASSEND: [Status.NIET_PASSEND],
    Status.INGETROKKEN: [Status.INGETROKKEN],
    Status.VERLOPEN: [Status.VERLOPEN],
}
BEZOEKERS = [
    (
        "Anna de Vries",
        "0529-55 55 91",
        "Mevrouw loopt achter met de huur en durft de post niet meer open te maken.",
    ),
    (
        "Mehmet Kaya",
        "06-55 55 55 92",
        "Meneer kreeg een brief over zijn toeslag en begrijpt niet wat hij moet doen.",
    ),
    (
        "Grietje Bouwman",
        "0529-55 55 93",
        "Mevrouw zorgt al een jaar voor haar man en heeft nergens meer tijd voor.",
    ),
    ("Oksana Melnyk", "06-55 55 55 94", "Mevrouw zoekt taalles die zij naast haar werk kan volgen."),
    (
        "Piet Zandman",
        "0529-55 55 95",
        "Meneer is veel alleen. Hij wil graag weer onder de mensen zijn.",
    ),
]


@dataclass
class Wereld:
    """What referrals are made of, fetched once; the seed makes the same demo every time."""

    tijden: list[InfopuntTijd]
    aanbod: list[Aanbod]
    makers: dict[int, list[Medewerker]]
    loting: random.Random = field(default_factory=lambda: random.Random(2018))  # noqa: S311
    kenmerken: Iterator[int] = field(init=False)

    def __post_init__(self) -> None:
        self.kenmerken = iter(self.loting.sample(range(100_000, 1_000_000), 1_000))


def vul() -> str:
    """Make referrals once, and give the printed partner account its organisation."""
    koppel_partner()
    Organisatie.objects.filter(naam__startswith=MET_CODE).update(vraagt_code=True)
    if Doorverwijzing.objects.exists():
        return f"{Doorverwijzing.objects.count()} doorverwijzingen (stonden er al)"
    wereld = _wereld()
    for _ in range(AANTAL_AFGELOPEN):
        status = wereld.loting.choices(list(GEWICHTEN), list(GEWICHTEN.values()))[0]
        maak(wereld, status, dagen_terug=wereld.loting.randint(35, 365))
    partner = next((a for a in wereld.aanbod if a.organisatie.naam == PARTNER_ORGANISATIE), None)
    for infopunt in Infopunt.objects.all():
        for nummer, (status, dagen) in enumerate(RECENT):
            maak(wereld, status, dagen_terug=dagen, infopunt=infopunt, bezoeker=nummer)
        maak(wereld, Status.ONTVANGEN, dagen_terug=1, infopunt=infopunt, aanbod=partner)
        # One per desk really goes out, so that the mailbox has something in it.
        verwijzing = infopunt.doorverwijzingen.filter(status=Status.AANGEBODEN).latest("aangemaakt_op")
        actions.send_again(doorverwijzing=verwijzing)
    _haper()
    return f"{Doorverwijzing.objects.count()} doorverwijzingen, in elke stand"


def _haper() -> None:
    """One mail that came back, so that there is something to mend."""
    oudste = Doorverwijzing.objects.filter(status=Status.AANGEBODEN).earliest("aangemaakt_op")
    oudste.hapering, oudste.hapering_op = Hindernis.TERUGGEKOMEN, oudste.aangemaakt_op + timedelta(hours=1)
    oudste.save(update_fields=["hapering", "hapering_op"])


def koppel_partner() -> None:
    account = Medewerker.objects.filter(username="partner").first()
    contact = Contactpersoon.objects.filter(organisatie__naam=PARTNER_ORGANISATIE, medewerker=None).first()
    if account and contact and not Contactpersoon.objects.filter(medewerker=account).exists():
        contact.medewerker = account
        contact.save(update_fields=["medewerker"])
        Organisatie.objects.filter(pk=contact.organisatie_id).update(belofte_werkdagen=2)


def _wereld() -> Wereld:
    belooft = Aanbod.objects.exclude(organisatie__belofte_werkdagen=None).exclude(contacten=None)
    return Wereld(
        tijden=list(InfopuntTijd.objects.select_related("infopunt")),
        aanbod=list(belooft.for_row().distinct().order_by("pk")),
        makers={
            infopunt.pk: list(infopunt.medewerkers.exclude(rol=Rol.PARTNER).order_by("pk"))
            for infopunt in Infopunt.objects.all()
        },
    )


def maak(
    wereld: Wereld,
    status: str,
    *,
    dagen_terug: int,
    infopunt: Infopunt | None = None,
    bezoeker: int = 0,
    aanbod: Aanbod | None = None,
) -> None:
    """One referral with its course, as if made on a day the desk was open."""
    loting = wereld.loting
    tijd = loting.choice([t for t in wereld.tijden if infopunt in {None, t.infopunt}])
    begin = _op_weekdag(timezone.localtime() - timedelta(days=dagen_terug), tijd, loting)
    stappen = list(_stappen(loting, status, begin))
    wissen_op = stappen[-1][1] + actions.BEDENKTIJD if status in AFGELOPEN else None
    aanbod = aanbod or loting.choice(wereld.aanbod)
    contact = aanbod.eerste_contact
    verwijzing = Doorverwijzing.objects.create(
        kenmerk=f"R-{next(wereld.kenmerken)}",
        infopunt=tijd.infopunt,
        organisatie=aanbod.organisatie,
        aanbod=aanbod,
        contactpersoon=contact.contactpersoon if contact else None,
        gemaakt_door=loting.choice(wereld.makers[tijd.infopunt_id]),
        email=partner_address(aanbod, contact),
        status=status,
        reden_niet_passend=loting.choice(RedenNietPassend.values) if status == Status.NIET_PASSEND else "",
        aangemaakt_op=begin,
        verzonden_op=begin + timedelta(seconds=20),
        beloofd_op=actions.promised_date(begin, aanbod.organisatie.belofte_werkdagen),
        verloopt_op=actions.expiry_date(begin),
        code_zout=partnercode.new_salt(aanbod.organisatie) if status in OPEN else "",
        wissen_op=wissen_op,
        gewist_op=wissen_op,
    )
    _toestemming(loting, verwijzing, BEZOEKERS[bezoeker % len(BEZOEKERS)])
    _gebeurtenissen(verwijzing, stappen)


def _toestemming(loting: random.Random, verwijzing: Doorverwijzing, bezoeker: tuple[str, str, str]) -> None:
    """Every referral has its consent; only a running one still has details."""
    naam, telefoon, vraag = bezoeker
    gegevens = kluis.Gegevens(naam=naam, telefoon=telefoon, vraag=vraag)
    bewijs = Toestemming.objects.create(
        doorverwijzing=verwijzing,
        versie=toestemming.VERSIE,
        tekst=toestemming.as_text(verwijzing.organisatie.naam, verwijzing.verloopt_op),
        velden=gegevens.velden,
        wijze=loting.choice(Toestemming.Wijze.values),
        gegeven_op=verwijzing.aangemaakt_op,
    )
    if verwijzing.is_open:
        kluis.store(bewijs, gegevens)


def _gebeurtenissen(verwijzing: Doorverwijzing, stappen: list[tuple[Status, datetime]]) -> None:
    van = Status.AANGEBODEN
    verwijzing.gebeurtenissen.create(naar=van, door=Door.BALIE, op=verwijzing.aangemaakt_op)
    for naar, op in stappen:
        verwijzing.gebeurtenissen.create(van=van, naar=naar, door=_wie(naar), op=op)
        van = naar


def _stappen(loting: random.Random, status: str, begin: datetime) -> Iterator[tuple[Status, datetime]]:
    """The states it went through, each some hours or days after the one before, never in the future."""
    moment = begin
    for stap in WEG[Status(status)]:
        moment += timedelta(days=30) if stap == Status.VERLOPEN else timedelta(hours=loting.randint(2, 60))
        yield stap, min(moment, timezone.now() - timedelta(minutes=20))


def _op_weekdag(moment: datetime, tijd: InfopuntTijd, loting: random.Random) -> datetime:
    """The last day of this opening hour at or before `moment`, at a minute within it."""
    dag = moment.date() - timedelta(days=(moment.weekday() - tijd.weekdag) % 7)
    minuten = loting.randrange(0, 100)
    wanneer = timezone.make_aware(datetime.combine(dag, time(tijd.van.hour, tijd.van.minute)))
    return min(wanneer + timedelta(minutes=minuten), timezone.now() - timedelta(hours=1))


def _wie(status: str) -> str:
    return {Status.INGETROKKEN: Door.BALIE, Status.VERLOPEN: Door.SYSTEEM}.get(Status(status), Door.PARTNER)

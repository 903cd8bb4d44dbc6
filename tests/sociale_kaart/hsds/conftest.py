"""An offer with everything on it, and marks in all that must stay inside."""

from datetime import date, time, timedelta
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.utils import timezone

from sociale_kaart.indexeren import index_aanbod
from sociale_kaart.models import (
    Aanbod,
    AanbodContact,
    Contactpersoon,
    Controle,
    Groep,
    Locatie,
    Mededeling,
    Melding,
    Onderwerp,
    Openingstijd,
    Organisatie,
    Uitzondering,
    Voorstel,
)
from tests import factories

# Never in an answer, whatever is asked.
GEHEIM = "Zwaluwstaart"


@pytest.fixture(autouse=True)
def schone_tellers(db):
    cache.clear()


@pytest.fixture
def wereld(db):
    """`aanbod` has a value in every public field, `kaal` in none; both have everything that is not public."""
    dalfsen = factories.KernFactory(naam="Dalfsen")
    geld = Onderwerp.objects.create(naam="Geld en schulden", volgorde=1)
    schulden = Onderwerp.objects.create(naam="Schulden", ouder=geld)
    organisatie = Organisatie.objects.create(
        naam="Stichting Kompas",
        andere_namen="SK",
        omschrijving="Helpt met papieren.",
        telefoon="0529-55 55 01",
        email="info@kompas.example",
        website="https://www.kompas.example",
        interne_notitie=f"{GEHEIM} notitie",
        controle_email=f"{GEHEIM.lower()}@kompas.example",
    )
    aanbod = Aanbod.objects.create(
        organisatie=organisatie,
        naam="Spreekuur geldzorgen",
        andere_namen="budgetspreekuur",
        soort="activiteit",
        omschrijving="Samen de post openmaken. Ook voor jongeren.",
        doelgroep="iedereen vanaf 18 jaar",
        bereik="regio",
        talen=["nl", "ar"],
        kosten="gratis",
        indicatie_nodig=True,
        aanmelden="Bel voor een afspraak.",
        meenemen="Legitimatie en de brief.",
        kennismaken=["vooraf", "na"],
        contact="praatje",
        vaste_gezichten=True,
        drempel="aanmelden",
        telefoon="0529-55 55 02",
        email="geld@kompas.example",
        website="https://www.kompas.example/geld",
        interne_notitie=f"{GEHEIM} bij aanbod",
    )
    aanbod.onderwerpen.set([geld, schulden])
    aanbod.kernen.set([dalfsen])
    spil = Locatie.objects.create(
        naam="Kulturhus de Spil",
        adres="Kerkstraat 1, 7721 AB Dalfsen",
        kern=dalfsen,
        toegankelijkheid="Rolstoel kan naar binnen.",
        breedtegraad=52.58,
        lengtegraad=6.28,
    )
    balie = Locatie.objects.create(naam="Gemeentehuis", kern=dalfsen)
    for velden in [
        {"weekdagen": [0, 2], "locatie": spil},
        {"weekdagen": [1], "weken_van_maand": [1, -1], "toelichting": "bel eerst"},
        {"weekdagen": [4], "elke_weken": 2, "vanaf": date(2026, 3, 6), "tot_en_met": date(2027, 1, 1)},
        {"weekdagen": [5], "seizoen_van": 4, "seizoen_tot": 9, "van": time(22), "tot": time(2)},
        {"periode": "maart en april", "van": None, "tot": None},
    ]:
        Openingstijd.objects.create(**{"aanbod": aanbod, "van": time(9), "tot": time(12, 30)} | velden)
    Openingstijd.objects.create(aanbod=aanbod, weekdagen=[3], locatie=balie, volgorde=9)
    kaal = Aanbod.objects.create(organisatie=organisatie, naam="Iets zonder meer", interne_notitie=GEHEIM)
    prive = Contactpersoon.objects.create(
        organisatie=organisatie,
        naam=f"Petra {GEHEIM}",
        telefoon="06-99887766",
        email=f"petra@{GEHEIM.lower()}.example",
        toelichting=f"{GEHEIM} dingen",
        talen=["pl"],
    )
    openbaar = Contactpersoon.objects.create(
        organisatie=organisatie,
        naam="Yusuf Demir",
        telefoon="0529-55 55 03",
        email="yusuf@kompas.example",
        is_openbaar=True,
        is_sleutelpersoon=True,
        talen=["ar", "tr"],
        toelichting="wegwijs in de buurt",
    )
    AanbodContact.objects.create(aanbod=aanbod, contactpersoon=openbaar, rol="sleutelpersoon", volgorde=1)
    for item in (aanbod, kaal):
        AanbodContact.objects.create(aanbod=item, contactpersoon=prive, rol=f"{GEHEIM} incasso")
        Melding.objects.create(aanbod=item, soort="klopt_niet", bron="balie", toelichting=GEHEIM)
        Voorstel.objects.create(
            organisatie=organisatie, aanbod=item, velden={"naam": {"was": "", "wordt": GEHEIM}}
        )
    vandaag = timezone.localdate()
    Mededeling.objects.create(aanbod=aanbod, van_dag=vandaag, tot_dag=vandaag, tekst="Nieuwe ingang.")
    Mededeling.objects.create(
        aanbod=aanbod, van_dag=vandaag - timedelta(9), tot_dag=vandaag - timedelta(2), tekst="Voorbij."
    )
    Uitzondering.objects.create(
        organisatie=organisatie,
        van_dag=vandaag - timedelta(1),
        tot_dag=vandaag + timedelta(3),
        reden="vakantie",
    )
    for dagen, groep in zip([400, 30, 3], Groep.values, strict=True):
        Controle.objects.create(
            aanbod=aanbod, groep=groep, door="partner", op=timezone.now() - timedelta(dagen)
        )
    Controle.objects.create(aanbod=aanbod, groep="tijden", door="partner", op=timezone.now() - timedelta(60))
    Controle.objects.create(aanbod=kaal, groep="tijden", door="balie")
    index_aanbod(Aanbod.objects.all())
    return SimpleNamespace(
        organisatie=organisatie,
        aanbod=aanbod,
        kaal=kaal,
        spil=spil,
        geld=geld,
        schulden=schulden,
        openbaar=openbaar,
        prive=prive,
        gecontroleerd=timezone.localdate(timezone.now() - timedelta(60)),
    )

"""Who may open what. The table is the rule; a page without a row fails."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from doorverwijzing import actions
from rapportage.models import OpenData
from registratie.models import to_quarter
from sociale_kaart.hsds.kenmerken import KENMERKEN, TAXONOMIE
from sociale_kaart.hsds.sleutels import sleutel
from sociale_kaart.models import Aanbod, GemistWoord, Woordkeuze, Zoekwoord
from tests import factories

pytestmark = pytest.mark.django_db

# What the server answers: login = sent to the login page; 404 = as if it did not exist.
UITVOER = ["uitvoer", "uitvoer_bestand", "uitvoer_stoppen"]
INVOER = ["invoer", "invoer_kolommen", "invoer_onderwerpen", "invoer_verwerken", "invoer_opnieuw"]
TABLE = """
page                                  method  anoniem  vrijwilliger  beroepskracht  coordinator  partner
balie:start                           get     login    200           200            200          302
balie:infopunt_kiezen                 post    login    302           302            302          404
balie:onderdelen                      get     login    404           404            404          404
sociale_kaart:zoeken                  get     login    200           200            200          404
sociale_kaart:agenda                  get     login    200           200            200          404
sociale_kaart:agendabronnen           get     login    404           404            200          404
sociale_kaart:agendabron_ophalen      post    login    404           404            302          404
sociale_kaart:agendabron_weghalen     post    login    404           404            302          404
agenda_infopunt                       get     200      200           200            200          200
agenda_organisatie                    get     200      200           200            200          200
sociale_kaart:organisatie             get     login    200           200            200          404
sociale_kaart:aanbod                  get     login    200           200            200          404
sociale_kaart:klopt_niet              get     login    200           200            200          404
sociale_kaart:beheer                  get     login    404           404            200          404
sociale_kaart:melding_afhandelen      post    login    404           404            302          404
sociale_kaart:klopt_vragen            post    login    404           404            302          404
sociale_kaart:voorstel                get     login    404           404            200          404
klopt                                 get     200      200           200            200          200
klopt_organisatie                     get     200      200           200            200          200
klopt_wijzigen                        get     200      200           200            200          200
sociale_kaart:kaartje                 get     login    200           200            200          404
sociale_kaart:gezocht                 post    login    204           204            204          404
sociale_kaart:zoekwoorden             get     login    404           404            200          404
sociale_kaart:zoekwoord_nieuw         get     login    404           404            200          404
sociale_kaart:zoekwoord_weghalen      post    login    404           404            302          404
sociale_kaart:gemist_afdoen           post    login    404           404            302          404
sociale_kaart:woordkeuze_toevoegen    post    login    404           404            302          404
sociale_kaart:woordkeuze_weghalen     post    login    404           404            302          404
sociale_kaart:geschiedenis            get     login    404           404            200          404
sociale_kaart:archief                 get     login    404           404            200          404
sociale_kaart:samenvoegen             get     login    404           404            200          404
sociale_kaart:samenvoegen_twee        get     login    404           404            200          404
sociale_kaart:wijziging               get     login    404           404            200          404
sociale_kaart:organisatie_geschiedenis  get   login    404           404            200          404
sociale_kaart:invoeren                get     login    404           404            200          404
sociale_kaart:invoer                  get     login    404           404            200          404
sociale_kaart:invoer_kolommen         post    login    404           404            404          404
sociale_kaart:invoer_onderwerpen      post    login    404           404            302          404
sociale_kaart:invoer_verwerken        post    login    404           404            302          404
sociale_kaart:invoer_opnieuw          post    login    404           404            302          404
sociale_kaart:invoer_csv              get     login    404           404            200          404
sociale_kaart:uitvoer                 get     login    404           404            200          404
sociale_kaart:uitvoer_excel           get     login    404           404            200          404
sociale_kaart:uitvoer_csv             get     login    404           404            200          404
sociale_kaart:uitvoer_hsds            get     login    404           404            200          404
hsds:wortel                           get     200      200           200            200          200
hsds:services                         get     200      200           200            200          200
hsds:service                          get     200      200           200            200          200
hsds:organizations                    get     200      200           200            200          200
hsds:organization                     get     200      200           200            200          200
hsds:service_at_locations             get     200      200           200            200          200
hsds:service_at_location              get     200      200           200            200          200
hsds:taxonomies                       get     200      200           200            200          200
hsds:taxonomy                         get     200      200           200            200          200
hsds:taxonomy_terms                   get     200      200           200            200          200
hsds:taxonomy_term                    get     200      200           200            200          200
sociale_kaart:organisaties            get     login    404           404            200          404
sociale_kaart:organisatie_nieuw       get     login    404           404            200          404
sociale_kaart:bewerken                get     login    404           404            200          404
sociale_kaart:organisatie_deel        get     login    404           404            200          404
sociale_kaart:persoon_nieuw           get     login    404           404            200          404
sociale_kaart:persoon                 get     login    404           404            200          404
sociale_kaart:persoon_weghalen        get     login    404           404            200          404
sociale_kaart:aanbod_nieuw            get     login    404           404            200          404
sociale_kaart:aanbod_bewerken         get     login    404           404            302          404
sociale_kaart:aanbod_deel             get     login    404           404            200          404
sociale_kaart:nagekeken               post    login    404           404            302          404
sociale_kaart:naar_archief            get     login    404           404            200          404
sociale_kaart:uit_archief             post    login    404           404            302          404
sociale_kaart:locaties                get     login    404           404            200          404
sociale_kaart:locatie_nieuw           get     login    404           404            200          404
sociale_kaart:locatie                 get     login    404           404            200          404
sociale_kaart:locatie_weghalen        post    login    404           404            302          404
sociale_kaart:onderwerpen             get     login    404           404            200          404
sociale_kaart:onderwerp_nieuw         get     login    404           404            200          404
sociale_kaart:subonderwerp_nieuw      get     login    404           404            200          404
sociale_kaart:onderwerp               get     login    404           404            200          404
sociale_kaart:onderwerp_schuiven      post    login    404           404            302          404
sociale_kaart:onderwerp_weghalen      post    login    404           404            302          404
sociale_kaart:mijn_organisatie        get     login    404           404            404          200
sociale_kaart:mijn_deel               get     login    404           404            404          200
sociale_kaart:mijn_aanbod             get     login    404           404            404          200
sociale_kaart:mijn_persoon_nieuw      get     login    404           404            404          200
sociale_kaart:mijn_persoon            get     login    404           404            404          200
sociale_kaart:mijn_persoon_weghalen   get     login    404           404            404          200
sociale_kaart:voorstel_intrekken      post    login    404           404            404          302
registratie:nieuw                     get     login    200           200            200          404
registratie:lijst                     get     login    200           200            200          404
registratie:wijzigen                  get     login    200           200            200          404
registratie:papier                    get     login    200           200            200          404
registratie:papier_ongedaan           post    login    404           404            404          404
registratie:uitvraag                  get     login    404           404            200          404
registratie:turven                    get     login    200           200            200          404
registratie:turfknoppen               get     login    404           404            200          404
registratie:turfknop_nieuw            get     login    404           404            200          404
registratie:turfknop                  get     login    404           404            200          404
registratie:turfknop_weghalen         post    login    404           404            302          404
registratie:ongedaan                  post    login    302           302            302          404
registratie:wachtrij                  get     login    200           200            200          404
registratie:wachtrij_token            get     login    200           200            200          404
registratie:zonder_internet           get     login    200           200            200          404
registratie:gesprekswijzer            get     login    200           200            200          404
registratie:gesprekswijzers           get     login    404           404            200          404
registratie:gesprekswijzer_wijzigen   get     login    404           404            200          404
registratie:praatplaat                get     login    200           200            200          404
registratie:privacy                   post    login    200           200            200          404
doorverwijzing:lijst                  get     login    200           200            200          200
doorverwijzing:nieuw                  get     login    200           200            200          404
doorverwijzing:samen                  get     login    200           200            200          404
doorverwijzing:bij_organisatie        get     login    302           302            302          404
doorverwijzing:toestemming            get     login    200           200            200          404
doorverwijzing:detail                 get     login    200           200            200          302
doorverwijzing:intrekken              post    login    302           302            302          404
doorverwijzing:opnieuw_versturen      post    login    302           302            302          404
doorverwijzing:kaartje                get     login    200           200            200          404
doorverwijzing:bord                   get     login    404           404            200          404
doorverwijzing:belnotitie             post    login    422           422            422          404
doorverwijzing:overnemen              post    login    422           422            422          404
doorverwijzing:fhir                   get     login    404           404            200          404
doorverwijzing:smileys                get     login    200           200            200          404
doorverwijzing:hoe_was_het            get     200      200           200            200          200
doorverwijzing:intrekken_bezoeker     get     200      200           200            200          200
doorverwijzing:terugkoppeling         get     login    404           404            404          200
doorverwijzing:partner                get     200      200           200            200          200
rapportage:dashboard                  get     login    404           404            200          404
rapportage:verwijzingen               get     login    404           404            200          404
rapportage:gemis                      get     login    404           404            200          404
rapportage:csv                        get     login    404           404            200          404
rapportage:excel                      get     login    404           404            200          404
rapportage:verslag                    get     login    404           404            200          404
rapportage:verslag_teksten            get     login    404           404            200          404
rapportage:meenemen                   get     login    404           404            200          404
rapportage:uitvoer                    get     login    404           404            200          404
rapportage:uitvoer_bestand            get     login    404           404            200          404
rapportage:uitvoer_stoppen            post    login    404           404            302          404
rapportage:ido                        get     login    404           404            200          404
rapportage:ido_koppelen               get     login    404           404            200          404
rapportage:ido_categorieen            get     login    404           404            200          404
rapportage:ido_standaard              post    login    404           404            302          404
rapportage:samenvatting               get     login    404           404            200          404
rapportage:stoppen                    get     200      200           200            200          200
rapportage:buiten                     get     login    404           404            200          404
rapportage:open_data_instellen        get     login    404           404            200          404
rapportage:link_intrekken             post    login    404           404            302          404
rapportage:opnieuw                    post    login    404           404            302          404
rapportage:met_link                   get     200      200           200            200          200
open_data                             get     200      200           200            200          200
open_data_csv                         get     200      200           200            200          200
open_data_beschrijving                get     200      200           200            200          200
account_login                         get     200      302           302            302          302
account_logout                        get     login    200           200            200          200
account_change_password               get     login    200           200            200          200
account_reset_password                get     200      200           200            200          200
account_reset_password_done           get     200      200           200            200          200
account_reset_password_from_key       get     200      200           200            200          200
account_reset_password_from_key_done  get     200      200           200            200          200
account_inactive                      get     200      200           200            200          200
healthz                               get     200      200           200            200          200
huisstijl                             get     200      200           200            200          200
werker                                get     200      200           200            200          200
"""

HEAD, *ROWS = [line.split() for line in TABLE.strip().splitlines()]
WHO = HEAD[2:]
RULES = [(row[0], row[1], who, answer) for row in ROWS for who, answer in zip(WHO, row[2:], strict=True)]


@pytest.fixture(scope="module")
def world(module_db):
    """One of everything, all at the same desk; the partner belongs to the referral's organisation."""
    infopunt = factories.InfopuntFactory()
    contact = factories.AanbodContactFactory()
    verwijzing = factories.DoorverwijzingFactory(
        infopunt=infopunt, organisatie=contact.aanbod.organisatie, aanbod=contact.aanbod
    )
    factories.ToestemmingFactory(doorverwijzing=verwijzing)
    people = {
        rol: factories.MedewerkerFactory(rol=rol, infopunten=[] if rol == "partner" else [infopunt])
        for rol in WHO[1:]
    }
    contact.contactpersoon.medewerker = people["partner"]
    contact.contactpersoon.save()
    tijd = factories.OpeningstijdFactory(aanbod=contact.aanbod, locatie=factories.LocatieFactory())
    return SimpleNamespace(
        op_plek=sleutel(contact.aanbod.uuid, tijd.locatie.uuid),
        infopunt=infopunt,
        aanbod=contact.aanbod,
        contactpersoon=contact.contactpersoon,
        voorstel=factories.VoorstelFactory(organisatie=contact.aanbod.organisatie),
        verwijzing=verwijzing,
        melding=factories.MeldingFactory(aanbod=contact.aanbod),
        verzoek=factories.ControleverzoekFactory(organisatie=contact.aanbod.organisatie, token="sleutel"),
        agendabron=factories.AgendabronFactory(),
        knop=factories.TurfknopFactory(),
        invoer=factories.InvoerFactory(),
        uitvoer=factories.UitvoerFactory(gevraagd_door=people["coordinator"]),
        vraag=factories.VraagFactory(infopunt=infopunt, moment=to_quarter(timezone.now())),
        token=actions.new_link(verwijzing),
        buitenlink=factories.BuitenlinkFactory(token="stuurgroep"),
        kwartaal=factories.PublicatieFactory(),
        open_data=OpenData.objects.create(aan=True),
        zoekwoord=Zoekwoord.objects.create(woord="duiten", vakwoord="geld"),
        gemist=GemistWoord.objects.create(woord="brommer", aantal=3, maand=date(2026, 3, 1)),
        keuze=Woordkeuze.objects.create(
            woord="brommer", aanbod=contact.aanbod, aantal=3, maand=date(2026, 3, 1)
        ),
        people=people,
    )


def bewerk_arguments(aanbod, persoon):
    """The pages on which the map is edited; for the browser too."""
    onderwerp, plek = factories.OnderwerpFactory(), factories.LocatieFactory()
    per_soort = [
        ([aanbod.organisatie_id], ["bewerken", "persoon_nieuw", "aanbod_nieuw"]),
        ([aanbod.organisatie_id, "gegevens"], ["organisatie_deel"]),
        ([aanbod.pk], ["aanbod_bewerken", "nagekeken"]),
        ([aanbod.pk, "tijden"], ["aanbod_deel", "mijn_aanbod"]),
        (["gegevens"], ["mijn_deel"]),
        ([aanbod.organisatie_id], ["organisatie_geschiedenis"]),
        (["plek", plek.pk, factories.LocatieFactory(adres="Plein 1").pk], ["samenvoegen_twee"]),
        (
            [Aanbod.pgh_event_model.objects.filter(id=aanbod.pk).latest("pgh_id").pgh_context_id],
            ["wijziging"],
        ),
        (["aanbod", aanbod.pk], ["naar_archief", "uit_archief"]),
        ([persoon.pk], ["persoon", "persoon_weghalen", "mijn_persoon", "mijn_persoon_weghalen"]),
        ([plek.pk], ["locatie", "locatie_weghalen"]),
        ([onderwerp.pk], ["subonderwerp_nieuw", "onderwerp", "onderwerp_schuiven", "onderwerp_weghalen"]),
    ]
    return {f"sociale_kaart:{naam}": wat for wat, namen in per_soort for naam in namen}


@pytest.fixture(scope="module")
def addresses(world):
    """What goes into the address of a page, by its name."""
    return {
        **bewerk_arguments(world.aanbod, world.contactpersoon),
        "sociale_kaart:voorstel_intrekken": [world.voorstel.pk],
        "agenda_infopunt": [world.infopunt.pk],
        "agenda_organisatie": [world.aanbod.organisatie_id],
        "sociale_kaart:agendabron_ophalen": [world.agendabron.pk],
        "sociale_kaart:agendabron_weghalen": [world.agendabron.pk],
        "sociale_kaart:organisatie": [world.aanbod.organisatie_id],
        "sociale_kaart:aanbod": [world.aanbod.pk],
        **{f"sociale_kaart:{naam}": [world.invoer.pk] for naam in INVOER},
        **{f"rapportage:{naam}": [world.uitvoer.pk] for naam in UITVOER},
        "sociale_kaart:invoer_csv": [world.invoer.pk, "geweigerd"],
        "sociale_kaart:klopt_niet": [world.aanbod.pk],
        "sociale_kaart:melding_afhandelen": [world.melding.pk],
        "sociale_kaart:klopt_vragen": [world.aanbod.organisatie_id],
        "sociale_kaart:voorstel": [world.voorstel.pk],
        "klopt": ["sleutel"],
        "klopt_organisatie": ["sleutel"],
        "klopt_wijzigen": ["sleutel", world.aanbod.pk],
        "sociale_kaart:kaartje": [world.aanbod.pk],
        "sociale_kaart:zoekwoord_weghalen": [world.zoekwoord.pk],
        "sociale_kaart:gemist_afdoen": [world.gemist.pk],
        "sociale_kaart:woordkeuze_toevoegen": [world.keuze.pk],
        "sociale_kaart:woordkeuze_weghalen": [world.keuze.pk],
        "hsds:service": [world.aanbod.uuid],
        "hsds:organization": [world.aanbod.organisatie.uuid],
        "hsds:service_at_location": [world.op_plek],
        "hsds:taxonomy": [TAXONOMIE],
        "hsds:taxonomy_term": [KENMERKEN["soort"].id],
        "registratie:ongedaan": [world.vraag.pk],
        "registratie:wijzigen": [world.vraag.pk],
        "registratie:turfknop": [world.knop.pk],
        "registratie:turfknop_weghalen": [world.knop.pk],
        "registratie:zonder_internet": ["nieuw"],
        "doorverwijzing:nieuw": [world.aanbod.pk],
        "doorverwijzing:samen": [world.aanbod.pk],
        "doorverwijzing:toestemming": [world.aanbod.pk],
        "doorverwijzing:bij_organisatie": [world.aanbod.organisatie_id],
        "doorverwijzing:detail": [world.verwijzing.pk],
        "doorverwijzing:intrekken": [world.verwijzing.pk],
        "doorverwijzing:opnieuw_versturen": [world.verwijzing.pk],
        "doorverwijzing:kaartje": [world.verwijzing.pk],
        "doorverwijzing:belnotitie": [world.verwijzing.pk],
        "doorverwijzing:overnemen": [world.verwijzing.pk],
        "doorverwijzing:fhir": [world.verwijzing.pk],
        "doorverwijzing:terugkoppeling": [world.verwijzing.pk],
        "doorverwijzing:partner": [world.token],
        "rapportage:stoppen": ["onbekend"],
        "rapportage:link_intrekken": [world.buitenlink.pk],
        "rapportage:opnieuw": ["2026-07-01"],
        "rapportage:met_link": ["stuurgroep"],
        "account_reset_password_from_key": ["1", "onbekend"],
    }


def pages(resolver=None, namespace=""):
    """Names of all addresses in the URLconf."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from pages(pattern, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"


def test_every_page_has_a_row():
    assert sorted(pages()) == sorted(row[0] for row in ROWS)


@pytest.mark.parametrize(("name", "method", "who", "answer"), RULES)
def test_table(world, addresses, name, method, who, answer):
    client = Client()
    if who != "anoniem":
        client.force_login(world.people[who])
    url = reverse(name, args=addresses.get(name, []))
    data = {"infopunt": world.infopunt.pk} if name == "balie:infopunt_kiezen" else {}
    response = getattr(client, method)(url, data)
    if answer == "login":
        assert (response.status_code, response.url.split("?")[0]) == (302, reverse("account_login"))
    else:
        assert response.status_code == int(answer)


def test_get_on_what_only_posts_changes_nothing(world, addresses):
    client = Client()
    client.force_login(world.people["coordinator"])
    for name in (row[0] for row in ROWS if row[1] == "post"):
        assert client.get(reverse(name, args=addresses.get(name, []))).status_code == 405

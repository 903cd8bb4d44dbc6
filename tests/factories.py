"""Makers of valid things. Every default is plain and fixed: no random values in tests."""

import hashlib
import uuid
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from balie.models import Infopunt, InfopuntTijd, Kern, Medewerker, Roosterdienst
from doorverwijzing.models import Doorverwijzing, Toestemming
from rapportage.models import Buitenlink, IdoCategorie, OpenData, Publicatie, Uitvoer
from registratie.models import Turfknop, Vraag
from sociale_kaart.models import (
    Aanbod,
    AanbodContact,
    Agendabron,
    Agendapunt,
    Contactpersoon,
    Controle,
    Controleverzoek,
    Invoer,
    Locatie,
    Melding,
    Onderwerp,
    Openingstijd,
    Organisatie,
    Voorstel,
)


class KernFactory(DjangoModelFactory):
    class Meta:
        model = Kern
        django_get_or_create = ["naam"]

    naam = factory.Sequence(lambda n: f"Kern {n}")


class InfopuntFactory(DjangoModelFactory):
    class Meta:
        model = Infopunt

    naam = factory.Sequence(lambda n: f"Infopunt {n}")
    kern = factory.SubFactory(KernFactory)
    plek = "Kulturhus de Proef"
    email = factory.Sequence(lambda n: f"infopunt{n}@bibliotheek.example")


class InfopuntTijdFactory(DjangoModelFactory):
    class Meta:
        model = InfopuntTijd

    infopunt = factory.SubFactory(InfopuntFactory)
    weekdag = 0
    van = time(9, 30)
    tot = time(12, 30)


class MedewerkerFactory(DjangoModelFactory):
    class Meta:
        model = Medewerker
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"medewerker{n}")
    first_name = factory.Sequence(lambda n: f"Joke{n}")
    email = factory.LazyAttribute(lambda self: f"{self.username}@bibliotheek.example")
    password = factory.django.Password("infopunt-demo")
    rol = "vrijwilliger"

    @factory.post_generation
    def infopunten(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create and extracted:
            self.infopunten.set(extracted)


class RoosterdienstFactory(DjangoModelFactory):
    class Meta:
        model = Roosterdienst

    infopunt = factory.SubFactory(InfopuntFactory)
    medewerker = factory.SubFactory(MedewerkerFactory)
    begin = datetime(2026, 3, 16, 12, 30, tzinfo=UTC)
    eind = datetime(2026, 3, 16, 15, 30, tzinfo=UTC)


class OnderwerpFactory(DjangoModelFactory):
    class Meta:
        model = Onderwerp

    naam = factory.Sequence(lambda n: f"Onderwerp {n}")


class OrganisatieFactory(DjangoModelFactory):
    class Meta:
        model = Organisatie

    naam = factory.Sequence(lambda n: f"Organisatie {n}")
    telefoon = "0529-55 55 00"
    email = factory.Sequence(lambda n: f"organisatie{n}@partner.example")
    belofte_werkdagen = 2


class AanbodFactory(DjangoModelFactory):
    class Meta:
        model = Aanbod
        skip_postgeneration_save = True

    organisatie = factory.SubFactory(OrganisatieFactory)
    naam = factory.Sequence(lambda n: f"Aanbod {n}")
    kosten = "gratis"
    talen = ["nl"]
    telefoon = "0529-55 55 00"

    @factory.post_generation
    def onderwerpen(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create and extracted:
            self.onderwerpen.set(extracted)


class LocatieFactory(DjangoModelFactory):
    class Meta:
        model = Locatie

    naam = factory.Sequence(lambda n: f"Locatie {n}")


class ContactpersoonFactory(DjangoModelFactory):
    class Meta:
        model = Contactpersoon

    organisatie = factory.SubFactory(OrganisatieFactory)
    naam = factory.Sequence(lambda n: f"Contactpersoon {n}")
    email = factory.Sequence(lambda n: f"contact{n}@partner.example")


class AanbodContactFactory(DjangoModelFactory):
    class Meta:
        model = AanbodContact

    aanbod = factory.SubFactory(AanbodFactory)
    contactpersoon = factory.SubFactory(
        ContactpersoonFactory, organisatie=factory.SelfAttribute("..aanbod.organisatie")
    )
    rol = "coördinator"


class OpeningstijdFactory(DjangoModelFactory):
    class Meta:
        model = Openingstijd

    aanbod = factory.SubFactory(AanbodFactory)
    weekdagen = [0]
    van = time(9, 0)
    tot = time(12, 0)


class ControleFactory(DjangoModelFactory):
    class Meta:
        model = Controle

    aanbod = factory.SubFactory(AanbodFactory)
    groep = "contact"
    door = "partner"


class MeldingFactory(DjangoModelFactory):
    class Meta:
        model = Melding

    aanbod = factory.SubFactory(AanbodFactory)
    soort = "klopt_niet"
    bron = "balie"


class ControleverzoekFactory(DjangoModelFactory):
    """A mail that was sent; `token` is what stands in its link."""

    class Meta:
        model = Controleverzoek

    class Params:
        token = "geheim-van-de-link"

    organisatie = factory.SubFactory(OrganisatieFactory)
    email = "contact@partner.example"
    token_hash = factory.LazyAttribute(lambda self: hashlib.sha256(self.token.encode()).hexdigest())
    verstuurd_op = factory.LazyFunction(timezone.now)
    geldig_tot = factory.LazyFunction(lambda: timezone.now() + timedelta(days=60))


class VoorstelFactory(DjangoModelFactory):
    class Meta:
        model = Voorstel

    organisatie = factory.SubFactory(OrganisatieFactory)
    velden = factory.LazyAttribute(
        lambda self: {
            "telefoon": {"was": self.organisatie.telefoon, "wordt": "0529-55 55 11", "besluit": None}
        }
    )


class AgendabronFactory(DjangoModelFactory):
    class Meta:
        model = Agendabron

    organisatie = factory.SubFactory(OrganisatieFactory)
    url = factory.Sequence(lambda n: f"https://partner{n}.example/agenda.ics")


class AgendapuntFactory(DjangoModelFactory):
    class Meta:
        model = Agendapunt

    bron = factory.SubFactory(AgendabronFactory)
    uid = factory.Sequence(lambda n: f"punt{n}@partner.example")
    begin = datetime(2026, 3, 16, 13, 0, tzinfo=UTC)
    eind = datetime(2026, 3, 16, 15, 0, tzinfo=UTC)
    titel = factory.Sequence(lambda n: f"Agendapunt {n}")


class VraagFactory(DjangoModelFactory):
    class Meta:
        model = Vraag

    id = factory.LazyFunction(uuid.uuid4)
    infopunt = factory.SubFactory(InfopuntFactory)
    moment = datetime(2026, 3, 16, 13, 15, tzinfo=UTC)
    onderwerp = factory.SubFactory(OnderwerpFactory)
    leeftijdsgroep = "65-79"
    geslacht = "vrouw"
    wijze = "zelf_beantwoord"


class InvoerFactory(DjangoModelFactory):
    """A file that was looked at and waits for a yes."""

    class Meta:
        model = Invoer

    soort = "hsds_json"
    status = "voorbeeld"
    bestandsnaam = "kaart.json"
    bron = "ggd"
    inhoud = b"[]"


class UitvoerFactory(DjangoModelFactory):
    """A file that is there, for a coordinator."""

    class Meta:
        model = Uitvoer

    gevraagd_door = factory.SubFactory(MedewerkerFactory, rol="coordinator")
    eerste = date(2026, 1, 1)
    laatste = date(2026, 4, 1)
    status = "klaar"
    gedaan = totaal = 2
    inhoud = b"PK"


class TurfknopFactory(DjangoModelFactory):
    class Meta:
        model = Turfknop

    naam = factory.Sequence(lambda n: f"Knop {n}")
    onderwerp = factory.SubFactory(OnderwerpFactory)


class DoorverwijzingFactory(DjangoModelFactory):
    """A referral just offered, without contact details: those come through kluis.py."""

    class Meta:
        model = Doorverwijzing

    infopunt = factory.SubFactory(InfopuntFactory)
    organisatie = factory.SubFactory(OrganisatieFactory)
    email = factory.SelfAttribute("organisatie.email")
    aangemaakt_op = factory.LazyFunction(timezone.now)
    verloopt_op = factory.LazyAttribute(
        lambda self: timezone.localdate(self.aangemaakt_op) + timedelta(days=30)
    )


class ToestemmingFactory(DjangoModelFactory):
    class Meta:
        model = Toestemming

    doorverwijzing = factory.SubFactory(DoorverwijzingFactory)
    versie = "1"
    tekst = "Mogen wij uw gegevens doorgeven?"
    velden = ["naam", "telefoon"]
    wijze = "voorgelezen"


class BuitenlinkFactory(DjangoModelFactory):
    """A link for outsiders; `token` is what stands in its address."""

    class Meta:
        model = Buitenlink

    class Params:
        token = "geheim-van-de-stuurgroep"

    naam = factory.Sequence(lambda n: f"Stuurgroep {n}")
    token_hash = factory.LazyAttribute(lambda self: hashlib.sha256(self.token.encode()).hexdigest())
    geldig_tot = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=30))


class PublicatieFactory(DjangoModelFactory):
    """A published quarter, without figures until publiceren.py makes them."""

    class Meta:
        model = Publicatie

    kwartaal = date(2026, 7, 1)


class OpenDataFactory(DjangoModelFactory):
    class Meta:
        model = OpenData


class IdoCategorieFactory(DjangoModelFactory):
    class Meta:
        model = IdoCategorie

    naam = factory.Sequence(lambda n: f"Categorie {n}")

"""The social map: organisations, what they offer, where and when, whom to ask for, and how it stays right."""

from sociale_kaart.models.aanbod import Aanbod, AanbodContact, AanbodQuerySet
from sociale_kaart.models.agenda import Agendabron, Agendapunt
from sociale_kaart.models.controle import Controle, Controleverzoek, Melding, Voorstel
from sociale_kaart.models.geschiedenis import AanbodKern, AanbodOnderwerp
from sociale_kaart.models.groep import Groep
from sociale_kaart.models.invoer import Invoer
from sociale_kaart.models.onderwerp import Onderwerp
from sociale_kaart.models.organisatie import Contactpersoon, Locatie, Organisatie, OrganisatieQuerySet
from sociale_kaart.models.taal import Taal
from sociale_kaart.models.tijd import (
    Maand,
    Mededeling,
    Openingstijd,
    OpeningstijdQuerySet,
    Uitzondering,
    WeekVanMaand,
)
from sociale_kaart.models.woorden import GemistWoord, Kaartwoord, Woordkeuze, Zoekwoord

__all__ = [
    "Aanbod",
    "AanbodContact",
    "AanbodKern",
    "AanbodOnderwerp",
    "AanbodQuerySet",
    "Agendabron",
    "Agendapunt",
    "Contactpersoon",
    "Controle",
    "Controleverzoek",
    "GemistWoord",
    "Groep",
    "Invoer",
    "Kaartwoord",
    "Locatie",
    "Maand",
    "Mededeling",
    "Melding",
    "Onderwerp",
    "Openingstijd",
    "OpeningstijdQuerySet",
    "Organisatie",
    "OrganisatieQuerySet",
    "Taal",
    "Uitzondering",
    "Voorstel",
    "WeekVanMaand",
    "Woordkeuze",
    "Zoekwoord",
]

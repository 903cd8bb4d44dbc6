"""A desk, an offer with somebody to ask for, and a referral made the real way."""

import uuid
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from doorverwijzing import actions, kluis
from doorverwijzing.models import Doorverwijzing
from tests import factories

# Marked words: nothing outside the vault may ever show them.
NAAM = "Zwaantje Merkteken"
TELEFOON = "0529 551 234"
VRAAG = "Mevrouw Merkteken krijgt brieven die zij niet begrijpt."


@pytest.fixture
def infopunt(db: None) -> Any:
    return factories.InfopuntFactory(naam="Nieuwleusen")


@pytest.fixture
def vrijwilliger(infopunt: Any) -> Any:
    return factories.MedewerkerFactory(rol="vrijwilliger", first_name="Joke", infopunten=[infopunt])


@pytest.fixture
def aanbod(db: None) -> Any:
    aanbod = factories.AanbodFactory(organisatie__naam="SchuldHulpMaatje")
    factories.AanbodContactFactory(
        aanbod=aanbod, contactpersoon__naam="Cees Hagedoorn", contactpersoon__email="cees@partner.example"
    )
    return aanbod


@pytest.fixture
def gegevens() -> kluis.Gegevens:
    return kluis.Gegevens(naam=NAAM, telefoon=TELEFOON, vraag=VRAAG)


@pytest.fixture
def verwijzing(aanbod: Any, infopunt: Any, vrijwilliger: Any, gegevens: kluis.Gegevens) -> Doorverwijzing:
    return actions.refer(
        id=uuid.uuid4(),
        aanbod=aanbod,
        contact=aanbod.eerste_contact,
        infopunt=infopunt,
        gegevens=gegevens,
        wijze="voorgelezen",
        by=vrijwilliger,
    )


@pytest.fixture
def token(verwijzing: Doorverwijzing) -> str:
    return actions.new_link(verwijzing)


@pytest.fixture
def partner(verwijzing: Doorverwijzing) -> Any:
    """The contact person of this referral, with an account."""
    account = factories.MedewerkerFactory(rol="partner", username="cees")
    contact = verwijzing.contactpersoon
    contact.medewerker = account
    contact.save()
    return account


def queued_jobs() -> list[ProcrastinateJob]:
    return list(ProcrastinateJob.objects.filter(task_name="doorverwijzing.send_mail"))

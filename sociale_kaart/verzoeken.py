"""Asking organisations whether what the map says is still right: whom, when, and the key in the mail."""

import hashlib
import secrets
from contextlib import suppress
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from procrastinate.contrib.django import app

from sociale_kaart.feestdagen import is_feestdag
from sociale_kaart.models import Aanbod, Controleverzoek, Organisatie, OrganisatieQuerySet
from sociale_kaart.termijnen import Termijnen

GELDIG = timedelta(days=60)
RUST = timedelta(weeks=3)  # nobody gets two of these mails within this time


class AlGevraagd(Exception):
    """This address got such a mail less than three weeks ago."""


class GeenAdres(Exception):
    """The organisation has no mail address."""


def is_mail_day(dag: date) -> bool:
    """The working days of the first week of a month. The first one is meant; the others catch up when the worker
    was off, and find nobody left to ask otherwise."""
    return dag.day <= 7 and dag.weekday() < 5 and not is_feestdag(dag)


def to_ask(now: datetime) -> OrganisatieQuerySet:
    """Organisations with something due and an address, that were not asked in the past weeks."""
    te_laat = Termijnen.at(now).due(Aanbod.objects.current())
    onlangs = Controleverzoek.objects.filter(organisatie=OuterRef("pk"), gemaakt_op__gt=now - RUST)
    return (
        Organisatie.objects.current()
        .with_address()
        .filter(Exists(te_laat.filter(organisatie=OuterRef("pk"))), ~Exists(onlangs))
    )


def ask_due(now: datetime) -> int:
    """Queue the mail to everybody whose turn it is, each in a transaction of its own; returns how many."""
    aantal = 0
    for organisatie in to_ask(now):
        with suppress(AlGevraagd, GeenAdres):  # a coordinator was just before us
            ask(organisatie=organisatie, now=now)
            aantal += 1
    return aantal


@transaction.atomic
def ask(*, organisatie: Organisatie, now: datetime) -> Controleverzoek:
    """Queue one mail, in this transaction. Raises AlGevraagd or GeenAdres.

    The key is made when the mail is: until then nothing has this hash.
    """
    organisatie = Organisatie.objects.select_for_update().get(pk=organisatie.pk)
    adres = organisatie.controle_adres
    if not adres:
        raise GeenAdres
    if organisatie.controleverzoeken.filter(email=adres, gemaakt_op__gt=now - RUST).exists():
        raise AlGevraagd
    verzoek = Controleverzoek.objects.create(
        organisatie=organisatie,
        email=adres,
        token_hash=token_hash(secrets.token_urlsafe(32)),
        gemaakt_op=now,
        geldig_tot=now + GELDIG,
    )
    # By name, because the tasks import this module.
    app.configure_task("sociale_kaart.send_controleverzoek").defer(verzoek_id=verzoek.pk)
    return verzoek


def new_token(verzoek: Controleverzoek) -> str:
    """Make the key for the mail; only its hash is kept, an earlier one dies."""
    token = secrets.token_urlsafe(32)
    verzoek.token_hash = token_hash(token)
    verzoek.save(update_fields=["token_hash"])
    return token


def token_hash(token: str) -> str:
    """A token has 256 random bits, so one plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()

"""Everything that changes a referral. Each step is one transaction, with its event and its job inside it."""

import hashlib
import logging
import secrets
import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from balie.models import Infopunt, Medewerker
from doorverwijzing import kluis, partnercode, toestemming
from doorverwijzing.adressen import organisation_address, partner_address
from doorverwijzing.models import (
    UITKOMSTEN,
    Door,
    Doorverwijzing,
    Gebeurtenis,
    Hindernis,
    KoudeVerwijzing,
    Partnerlink,
    RedenNietPassend,
    Status,
    Toestemming,
)
from sociale_kaart import controle
from sociale_kaart.feestdagen import is_workday
from sociale_kaart.models import Aanbod, AanbodContact, Contactpersoon, Melding, Organisatie

logger = logging.getLogger(__name__)

BEDENKTIJD = timedelta(minutes=10)  # in which a partner can take back a mis-tap


@dataclass(frozen=True)
class Afloop:
    """How it went, in the words of whoever reports it: `reden` with "niet passend", `afspraak_op` with contact.

    `toelichting` has passed the privacy guard; `beter_bij` is where the partner would send the visitor instead.
    """

    status: str
    reden: str = ""
    toelichting: str = ""
    beter_bij: Organisatie | None = None
    afspraak_op: datetime | None = None


class OngeldigeOvergang(Exception):
    """The referral is not in a state from which this step is possible."""


@transaction.atomic
def refer(
    *,
    id: uuid.UUID,
    aanbod: Aanbod,
    contact: AanbodContact | None,
    infopunt: Infopunt,
    gegevens: kluis.Gegevens,
    wijze: str,
    by: Medewerker,
) -> Doorverwijzing:
    """Make a warm referral: consent, details in the vault, first event and the mail's job, or nothing at all.

    `id` comes with the form: sending it twice gives back the referral that is there.
    """
    nu = timezone.now()
    organisatie = aanbod.organisatie
    verwijzing = Doorverwijzing(
        id=id,
        infopunt=infopunt,
        organisatie=organisatie,
        aanbod=aanbod,
        contactpersoon=contact.contactpersoon if contact else None,
        gemaakt_door=by,
        email=partner_address(aanbod, contact),
        aangemaakt_op=nu,
        beloofd_op=promised_date(nu, organisatie.belofte_werkdagen),
        verloopt_op=expiry_date(nu),
        code_zout=partnercode.new_salt(organisatie),
    )
    if not _insert(verwijzing):
        return Doorverwijzing.objects.get(id=id, gemaakt_door=by)
    _entrust(verwijzing, gegevens, wijze, Door.BALIE)
    return verwijzing


@transaction.atomic
def refer_together(
    *,
    id: uuid.UUID,
    aanbod: Aanbod,
    contact: AanbodContact | None,
    infopunt: Infopunt,
    wijze: str,
    afloop: Afloop,
    by: Medewerker,
) -> Doorverwijzing:
    """Note a referral that was made with the visitor beside us: by telephone or by walking along.

    The visitor spoke for themselves, so there is nothing personal to keep and the outcome is known at once.
    """
    nu = timezone.now()
    verwijzing = Doorverwijzing(
        id=id,
        infopunt=infopunt,
        organisatie=aanbod.organisatie,
        aanbod=aanbod,
        contactpersoon=contact.contactpersoon if contact else None,
        gemaakt_door=by,
        wijze=wijze,
        status=afloop.status,
        reden_niet_passend=afloop.reden,
        afspraak_op=afloop.afspraak_op,
        aangemaakt_op=nu,
        verloopt_op=timezone.localdate(nu),
        gewist_op=nu,
    )
    if not _insert(verwijzing):
        return Doorverwijzing.objects.get(id=id, gemaakt_door=by)
    Gebeurtenis.objects.create(doorverwijzing=verwijzing, naar=afloop.status, door=Door.BALIE, op=nu)
    _doubt(verwijzing)
    return verwijzing


def refer_cold(*, id: uuid.UUID, aanbod: Aanbod, infopunt: Infopunt) -> None:
    """Count that somebody went home with the details of this offer on a card, and nothing was passed on."""
    KoudeVerwijzing.objects.get_or_create(
        id=id, defaults={"infopunt": infopunt, "aanbod": aanbod, "organisatie": aanbod.organisatie}
    )


@transaction.atomic
def reassign(*, doorverwijzing: Doorverwijzing, contact: Contactpersoon | None) -> None:
    """Somebody else at the same organisation takes over, with a fresh link to their own address; None is whoever
    reads the organisation's own mail. The code, if there is one, is another: the one before knew it."""
    verwijzing = Doorverwijzing.objects.select_for_update().get(pk=doorverwijzing.pk)
    email = (contact.email if contact else "") or organisation_address(verwijzing.organisatie)
    elders = contact is not None and contact.organisatie_id != verwijzing.organisatie_id
    if elders or not email or not verwijzing.is_open:
        raise OngeldigeOvergang(f"{verwijzing.kenmerk}: kan niet naar een ander")
    verwijzing.contactpersoon, verwijzing.email, verwijzing.code_zout = contact, email, ""
    verwijzing.save(update_fields=["contactpersoon", "email", "code_zout"])
    send_again(doorverwijzing=verwijzing)


@transaction.atomic
def report(*, doorverwijzing: Doorverwijzing, afloop: Afloop, door: str) -> Doorverwijzing:
    """Note how it goes. Reporting the state it is in already changes at most the appointment; an impossible
    step raises."""
    verwijzing = Doorverwijzing.objects.select_for_update().get(pk=doorverwijzing.pk)
    if verwijzing.status == afloop.status:
        if afloop.afspraak_op and verwijzing.is_open:
            verwijzing.afspraak_op = afloop.afspraak_op
            verwijzing.save(update_fields=["afspraak_op"])
        return verwijzing
    if not verwijzing.may_become(afloop.status):
        raise OngeldigeOvergang(f"{verwijzing.kenmerk}: {verwijzing.status} -> {afloop.status}")
    verwijzing.reden_niet_passend = afloop.reden
    verwijzing.toelichting = afloop.toelichting
    verwijzing.beter_bij = afloop.beter_bij
    verwijzing.afspraak_op = afloop.afspraak_op or verwijzing.afspraak_op
    if afloop.status in UITKOMSTEN:
        verwijzing.wissen_op = timezone.now() + BEDENKTIJD
    elif afloop.status not in {Status.ONTVANGEN, Status.CONTACT_GELEGD}:
        _erase(verwijzing)
    _move(verwijzing, afloop.status, door)
    _doubt(verwijzing)
    return verwijzing


@transaction.atomic
def pass_on(
    *, doorverwijzing: Doorverwijzing, afloop: Afloop, medewerker: Medewerker | None = None
) -> Doorverwijzing:
    """Hand over to `afloop.beter_bij`, because the visitor told the partner that this is all right.

    A referral of its own with its own consent, that keeps the details no day longer than the first one would
    have. Raises OngeldigeOvergang when there is nothing left to hand over or nowhere to send it.
    """
    eerste = Doorverwijzing.objects.select_for_update().get(pk=doorverwijzing.pk)
    naar = afloop.beter_bij
    if naar is None or not (email := organisation_address(naar)) or not eerste.may_become(afloop.status):
        raise OngeldigeOvergang(f"{eerste.kenmerk}: kan niet door naar een ander")
    gegevens = kluis.read(eerste, door=Door.PARTNER, reden="doorgezet", medewerker=medewerker)
    if gegevens is None:
        raise OngeldigeOvergang(f"{eerste.kenmerk}: de gegevens zijn er niet meer")
    nu = timezone.now()
    vervolg = Doorverwijzing(
        infopunt=eerste.infopunt,
        organisatie=naar,
        gemaakt_door=eerste.gemaakt_door,
        email=email,
        vervolg_op=eerste,
        aangemaakt_op=nu,
        beloofd_op=promised_date(nu, naar.belofte_werkdagen),
        verloopt_op=eerste.verloopt_op,
        code_zout=partnercode.new_salt(naar),
    )
    _insert(vervolg)
    _entrust(vervolg, gegevens, Toestemming.Wijze.VIA_PARTNER, Door.PARTNER)
    report(doorverwijzing=eerste, afloop=afloop, door=Door.PARTNER)
    return vervolg


@transaction.atomic
def withdraw(*, doorverwijzing: Doorverwijzing, door: str) -> None:
    """The visitor changed their mind: the details go at once, and a partner who was mailed is told.

    When the partner has had the last word already, only the details are left to go. Where it went on to goes too.
    """
    verwijzing = Doorverwijzing.objects.select_for_update().get(pk=doorverwijzing.pk)
    if verwijzing.is_open:
        report(doorverwijzing=verwijzing, afloop=Afloop(Status.INGETROKKEN), door=door)
        if verwijzing.verzonden_op:
            app.configure_task("doorverwijzing.send_withdrawn").defer(doorverwijzing_id=str(verwijzing.pk))
    elif verwijzing.gewist_op is None:
        _erase(verwijzing)
        verwijzing.save()
    if vervolg := Doorverwijzing.objects.filter(vervolg_op=verwijzing).first():
        withdraw(doorverwijzing=vervolg, door=door)


@transaction.atomic
def restore(*, doorverwijzing: Doorverwijzing, door: str) -> Doorverwijzing:
    """Take back a partner's last word, as long as the details are there; what it was passed on to ends."""
    verwijzing = Doorverwijzing.objects.select_for_update().get(pk=doorverwijzing.pk)
    if not verwijzing.can_be_restored:
        raise OngeldigeOvergang(f"{verwijzing.kenmerk}: niet te herstellen")
    laatste = verwijzing.gebeurtenissen.latest("pk")
    if verwijzing.aanbod and verwijzing.reden_niet_passend == RedenNietPassend.BESTAAT_NIET:
        controle.take_back(aanbod=verwijzing.aanbod, bron=Melding.Bron.VERWIJZING)
    if vervolg := Doorverwijzing.objects.filter(vervolg_op=verwijzing).first():
        withdraw(doorverwijzing=vervolg, door=door)
        Doorverwijzing.objects.filter(pk=vervolg.pk).update(vervolg_op=None)
    verwijzing.wissen_op = None
    verwijzing.reden_niet_passend = verwijzing.toelichting = ""
    verwijzing.beter_bij = None
    _move(verwijzing, laatste.van, door)
    return verwijzing


@transaction.atomic
def send_again(*, doorverwijzing: Doorverwijzing) -> None:
    """Mail the partner once more, with a fresh link; the old one dies when the new one is made.

    The code stays the one that was told, but not when guessing it closed the link.
    """
    verwijzing = Doorverwijzing.objects.select_for_update().get(pk=doorverwijzing.pk)
    if not verwijzing.is_open:
        raise OngeldigeOvergang(f"{verwijzing.kenmerk}: al afgelopen")
    if not verwijzing.code_zout or verwijzing.hapering == Hindernis.OP_SLOT:
        verwijzing.code_zout = partnercode.new_salt(verwijzing.organisatie)
    verwijzing.verzonden_op = verwijzing.hapering_op = None
    verwijzing.hapering = ""
    verwijzing.save(update_fields=["code_zout", "verzonden_op", "hapering", "hapering_op"])
    _queue_mail(verwijzing)


@transaction.atomic
def new_link(doorverwijzing: Doorverwijzing) -> str:
    """Make a link for the partner and return its token; only the hash is kept, earlier links die."""
    nu = timezone.now()
    doorverwijzing.links.filter(ingetrokken_op__isnull=True).update(ingetrokken_op=nu)
    token = secrets.token_urlsafe(32)
    Partnerlink.objects.create(
        doorverwijzing=doorverwijzing, token_hash=token_hash(token), bericht=message_id(token), gemaakt_op=nu
    )
    return token


def erase_due(now: datetime) -> int:
    """Destroy details whose time has come and close what nobody answered; returns how many.

    One that fails holds up no others: it is logged, and tried again the next time.
    """
    gewist = 0
    for pk in Doorverwijzing.objects.to_erase(now).values_list("pk", flat=True):
        try:
            gewist += _erase_one(pk, now)
        except DatabaseError as fout:
            # Not the error itself: PostgreSQL shows the whole row in it.
            logger.error("gegevens van verwijzing %s niet gewist: %s", pk, type(fout).__name__)
    return gewist


@transaction.atomic
def _erase_one(pk: uuid.UUID, now: datetime) -> bool:
    """One at a time and checked again under lock: a partner may just have said "toch niet"."""
    verwijzing = (
        Doorverwijzing.objects.to_erase(now).select_for_update(skip_locked=True).filter(pk=pk).first()
    )
    if verwijzing is None:
        return False
    _erase(verwijzing)
    if verwijzing.is_open:
        _move(verwijzing, Status.VERLOPEN, Door.SYSTEEM)
    verwijzing.save()
    return True


def token_hash(token: str) -> str:
    """A token has 256 random bits, so one plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def message_id(token: str) -> uuid.UUID:
    """What names the mail with this token, for mail that comes back. Nobody gets the token out of it."""
    return uuid.UUID(bytes=hashlib.sha256(f"bericht:{token}".encode()).digest()[:16])


def expiry_date(now: datetime) -> date:
    """The last day on which we have the details."""
    return timezone.localdate(now) + timedelta(days=settings.BEWAARTERMIJN_DAGEN)


def promised_date(now: datetime, werkdagen: int | None) -> date | None:
    """The day by which a partner promised to call: Monday to Friday count, public holidays do not."""
    if werkdagen is None:
        return None
    dag = timezone.localdate(now)
    while werkdagen > 0:
        dag += timedelta(days=1)
        werkdagen -= is_workday(dag)
    return dag


def _insert(verwijzing: Doorverwijzing) -> bool:
    """False when this id is there already; a reference that happens to be taken is drawn again."""
    for _ in range(5):
        try:
            with transaction.atomic():
                verwijzing.save(force_insert=True)
        except IntegrityError:
            if Doorverwijzing.objects.filter(pk=verwijzing.pk).exists():
                return False
            verwijzing.kenmerk = Doorverwijzing._meta.get_field("kenmerk").get_default()
        else:
            return True
    raise RuntimeError("no free reference after five draws")


def _entrust(verwijzing: Doorverwijzing, gegevens: kluis.Gegevens, wijze: str, door: str) -> None:
    """Consent, details in the vault, first event and the mail's job."""
    bewijs = Toestemming.objects.create(
        doorverwijzing=verwijzing,
        versie=toestemming.VERSIE,
        tekst=toestemming.as_text(verwijzing.organisatie.naam, verwijzing.verloopt_op),
        velden=gegevens.velden,
        wijze=wijze,
        gegeven_op=verwijzing.aangemaakt_op,
    )
    kluis.store(bewijs, gegevens)
    Gebeurtenis.objects.create(
        doorverwijzing=verwijzing, naar=Status.AANGEBODEN, door=door, op=verwijzing.aangemaakt_op
    )
    _queue_mail(verwijzing)


def _move(verwijzing: Doorverwijzing, status: str, door: str) -> None:
    Gebeurtenis.objects.create(doorverwijzing=verwijzing, van=verwijzing.status, naar=status, door=door)
    verwijzing.status = status
    verwijzing.hapering, verwijzing.hapering_op = "", None
    verwijzing.save()


def _doubt(verwijzing: Doorverwijzing) -> None:
    """Whoever searches next is warned at once of what turned out to be gone."""
    if verwijzing.aanbod and verwijzing.reden_niet_passend == RedenNietPassend.BESTAAT_NIET:
        controle.report(
            aanbod=verwijzing.aanbod, soort=Melding.Soort.BESTAAT_NIET, bron=Melding.Bron.VERWIJZING
        )


def _erase(verwijzing: Doorverwijzing) -> None:
    kluis.destroy(verwijzing)
    verwijzing.gewist_op = timezone.now()


def _queue_mail(verwijzing: Doorverwijzing) -> None:
    """By name, because the tasks import these actions; in this transaction, so the job exists if the referral does."""
    app.configure_task("doorverwijzing.send_mail").defer(doorverwijzing_id=str(verwijzing.pk))

"""Mail that did not arrive: refused by the mail server at once, or sent back later.

A message that comes back is told by the Message-ID we gave the one that went out. That names nobody and cannot be
guessed, so the worst that a forged one can do is show a warning. Nothing of its content is kept.
"""

import re
import smtplib
import uuid
from collections.abc import Iterator
from email.message import Message

from django.db.models import QuerySet
from django.utils import timezone

from doorverwijzing.models import OPEN, Doorverwijzing, Hindernis

BERICHT = re.compile(rb"infopunt\.([0-9a-f]{32})@")


def message_id(bericht: uuid.UUID, afzender: str) -> str:
    """The Message-ID of a mail, at the sender's own domain."""
    return f"<infopunt.{bericht.hex}@{afzender.rpartition('@')[2]}>"


def is_refused_for_good(fout: Exception) -> bool:
    """Whether the mail server said that this recipient will never get this mail (5xx); trying again has no use.

    What is wrong with the sender or the login (also 5xx) is for us to mend, so that mail waits.
    """
    if isinstance(fout, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in fout.recipients.values())
    return isinstance(fout, smtplib.SMTPDataError) and fout.smtp_code >= 500


def note_refused(verwijzing: Doorverwijzing) -> None:
    _note(Doorverwijzing.objects.filter(pk=verwijzing.pk), Hindernis.GEWEIGERD)


def read(bericht: Message) -> bool:
    """Note it when this says that a mail of ours could not be delivered; False when it says anything else.

    Only about the last mail of a referral: what came back before it was sent again is old news.
    """
    if not _says_failed(bericht):
        return False
    return _note(
        Doorverwijzing.objects.filter(
            links__bericht__in=set(_our_ids(bericht)), links__ingetrokken_op__isnull=True
        ),
        Hindernis.TERUGGEKOMEN,
    )


def _note(verwijzingen: "QuerySet[Doorverwijzing]", soort: Hindernis) -> bool:
    nog_niets_mis = verwijzingen.filter(status__in=OPEN, hapering="")
    return bool(nog_niets_mis.update(hapering=soort, hapering_op=timezone.now()))


def _says_failed(bericht: Message) -> bool:
    """A delivery status notification (RFC 3464) that gave up on somebody; not one of delay, nor an out-of-office."""
    return any(
        blok.get("Action", "").strip().lower() == "failed"
        for deel in bericht.walk()
        if deel.get_content_type() == "message/delivery-status" and deel.is_multipart()
        for blok in deel.walk()
    )


def _our_ids(bericht: Message) -> Iterator[uuid.UUID]:
    """Wherever it is named: in the headers of what came back, in a reference to it, or in words."""
    for deel in bericht.walk():
        teksten = [str(waarde).encode(errors="replace") for waarde in deel.values()]
        inhoud = deel.get_payload(decode=True)
        if isinstance(inhoud, bytes):
            teksten.append(inhoud)
        for tekst in teksten:
            yield from (uuid.UUID(hex=vondst.decode()) for vondst in BERICHT.findall(tekst))

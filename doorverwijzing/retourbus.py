"""The mailbox that undeliverable mail comes back to, read over IMAP."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from imap_tools import AND, BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted, MailMessageFlags

from doorverwijzing import retour

HOOGSTENS = 200
WACHTTIJD = 20  # seconds
BUSSEN: dict[str, type[BaseMailBox]] = {
    "imaps": MailBox,
    "imap+tls": MailBoxStartTls,
    "imap": MailBoxUnencrypted,
}


def empty() -> int:
    """Read what is new; returns how many mails of ours had come back.

    Those are deleted, because a copy of our mail with the partner's link may be in them. Anything else (an answer,
    an out-of-office) is only marked as read, for people to deal with.
    """
    bus = settings.RETOUR_IMAP
    teruggekomen = 0
    with _open(bus) as mailbox:
        for bericht in mailbox.fetch(AND(seen=False), mark_seen=False, limit=HOOGSTENS):
            if bericht.uid is None:
                continue
            if retour.read(bericht.obj):
                teruggekomen += 1
                mailbox.delete(bericht.uid)
            else:
                mailbox.flag(bericht.uid, MailMessageFlags.SEEN, True)
    return teruggekomen


@contextmanager
def _open(bus: dict[str, str]) -> Iterator[BaseMailBox]:
    """Logged in and in the right folder; the connection is closed also when that fails."""
    mailbox = BUSSEN[bus["soort"]](bus["host"], int(bus["poort"]), timeout=WACHTTIJD)  # type: ignore[call-arg]
    try:
        yield mailbox.login(bus["naam"], bus["wachtwoord"], initial_folder=bus["map"])
    finally:
        mailbox.logout()

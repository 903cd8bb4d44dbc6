"""Mail that does not arrive: refused at once or sent back later, seen at the desk, gone when sent again."""

import smtplib
import socket
import sys
import threading
from contextlib import suppress
from email import message_from_bytes
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone

from doorverwijzing import actions, kluis, retour, retourbus, tasks
from doorverwijzing.models import Contactgegevens, Doorverwijzing, Hindernis, Status
from tests import factories
from tests.doorverwijzing.test_mail import Brievenbus, serve

pytestmark = pytest.mark.django_db


class Weigeraar(Brievenbus):
    """A mail server that refuses the recipient, with the reply it was given."""

    antwoord = "550 5.1.1 No such user here"

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):  # noqa: N802 - as aiosmtpd calls it
        return self.antwoord


class Afwijzer(Brievenbus):
    """A mail server that takes everybody and refuses the message itself."""

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - as aiosmtpd calls it
        return "554 5.7.1 Not here"


def send(verwijzing):
    tasks.send_mail(doorverwijzing_id=str(verwijzing.pk))
    verwijzing.refresh_from_db()


@pytest.fixture
def verstuurd(verwijzing):
    """A referral whose mail went out, with the Message-ID it had."""
    token = actions.new_link(verwijzing)
    Doorverwijzing.objects.filter(pk=verwijzing.pk).update(verzonden_op=timezone.now())
    verwijzing.refresh_from_db()
    message_id = retour.message_id(actions.message_id(token), "infopunt@bibliotheek.example")
    return SimpleNamespace(verwijzing=verwijzing, token=token, message_id=message_id)


def dsn(message_id, *, action="failed", origineel="message/rfc822", kop="", woorden="It did not arrive."):
    """A notification as mail servers make them, written after the example in RFC 3464, section 5."""
    return message_from_bytes(
        f"""From: Mail Delivery System <MAILER-DAEMON@mail.partner.example>
To: infopunt@bibliotheek.example
Subject: Undelivered Mail Returned to Sender
{kop}MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="grens"

--grens
Content-Type: text/plain; charset=us-ascii

{woorden}
--grens
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.partner.example

Final-Recipient: rfc822; cees@partner.example
Action: {action}
Status: 5.1.1
--grens
Content-Type: {origineel}

Message-ID: {message_id}
Subject: Infopunt
To: cees@partner.example

Een geheime paarse olifant.
--grens--
""".encode()
    )


class TestRefusedAtOnce:
    @pytest.mark.parametrize("server", [Weigeraar, Afwijzer])
    def test_for_good_is_not_tried_again_and_the_desk_knows(self, settings, verwijzing, server):
        with serve(settings, server()) as brievenbus:
            send(verwijzing)
        assert brievenbus.berichten == []
        assert (verwijzing.hapering, verwijzing.verzonden_op) == (Hindernis.GEWEIGERD, None)

    def test_for_now_is_tried_again(self, settings, verwijzing):
        weigeraar = Weigeraar()
        weigeraar.antwoord = "450 4.2.1 Greylisted, come back later"
        with serve(settings, weigeraar), pytest.raises(smtplib.SMTPRecipientsRefused):
            send(verwijzing)
        verwijzing.refresh_from_db()
        assert verwijzing.hapering == ""

    def test_what_is_wrong_with_us_waits(self, settings, verwijzing):
        class Sender(Brievenbus):
            async def handle_MAIL(self, server, session, envelope, address, mail_options):  # noqa: N802 - as aiosmtpd calls it
                return "550 5.7.1 You may not send from here"

        with serve(settings, Sender()), pytest.raises(smtplib.SMTPSenderRefused):
            send(verwijzing)
        verwijzing.refresh_from_db()
        assert verwijzing.hapering == ""

    def test_word_of_withdrawing_is_not_tried_for_days_either(self, settings, verwijzing):
        with serve(settings, Weigeraar()):
            tasks.send_withdrawn(doorverwijzing_id=str(verwijzing.pk))

    def test_sending_again_clears_it_and_arrives(self, settings, as_user, vrijwilliger, verwijzing):
        with serve(settings, Weigeraar()):
            send(verwijzing)
        as_user(vrijwilliger).post(f"/doorverwijzingen/{verwijzing.pk}/opnieuw-versturen/")
        with serve(settings, Brievenbus()) as brievenbus:
            send(verwijzing)
        assert len(brievenbus.berichten) == 1
        assert verwijzing.hapering == ""


class TestSentBack:
    def test_says_so_at_the_desk_everywhere(self, as_user, vrijwilliger, verstuurd):
        assert retour.read(dsn(verstuurd.message_id))
        desk = as_user(vrijwilliger)
        verwijzing = verstuurd.verwijzing
        for pagina in (
            "/",
            "/doorverwijzingen/",
            "/doorverwijzingen/?stand=vraagt",
            verwijzing.get_absolute_url(),
        ):
            assert "Mail kwam niet aan" in desk.get(pagina).content.decode(), pagina
        assert "cees@partner.example" in desk.get(verwijzing.get_absolute_url()).content.decode()
        bord = as_user(factories.MedewerkerFactory(rol="coordinator")).get("/doorverwijzingen/bord/")
        assert "Mail kwam niet aan" in bord.content.decode()

    @pytest.mark.parametrize(
        "vorm",
        [
            {"origineel": "text/rfc822-headers"},
            {"action": "Failed "},
        ],
    )
    def test_other_spellings(self, verstuurd, vorm):
        assert retour.read(dsn(verstuurd.message_id, **vorm))

    def test_without_the_original_a_reference_is_enough(self, verstuurd):
        assert retour.read(dsn("<weg@elders>", kop=f"In-Reply-To: {verstuurd.message_id}\n"))

    @pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
    def test_delay_is_no_failure(self, verstuurd, action):
        assert not retour.read(dsn(verstuurd.message_id, action=action))

    def test_an_out_of_office_is_no_failure(self, verstuurd):
        antwoord = f"In-Reply-To: {verstuurd.message_id}\nSubject: Afwezig: failed\n\nAction: failed\n"
        assert not retour.read(message_from_bytes(antwoord.encode()))

    def test_about_an_older_mail_is_old_news(self, verstuurd):
        actions.new_link(verstuurd.verwijzing)
        assert not retour.read(dsn(verstuurd.message_id))

    def test_about_what_has_ended_changes_nothing(self, verstuurd):
        actions.report(
            doorverwijzing=verstuurd.verwijzing, afloop=actions.Afloop(Status.GEHOLPEN), door="partner"
        )
        assert not retour.read(dsn(verstuurd.message_id))

    def test_when_the_partner_answers_after_all_the_warning_goes(self, verstuurd):
        retour.read(dsn(verstuurd.message_id))
        verwijzing = actions.report(
            doorverwijzing=verstuurd.verwijzing, afloop=actions.Afloop(Status.ONTVANGEN), door="partner"
        )
        assert (verwijzing.hapering, verwijzing.hapering_op) == ("", None)

    def test_a_forged_one_shows_a_warning_and_nothing_more(self, client, verstuurd, gegevens):
        """Even who has seen the mail can end nothing and read nothing with it."""
        retour.read(dsn(verstuurd.message_id))
        assert kluis.read(verstuurd.verwijzing, door="partner", reden="proef") == gegevens
        assert client.get(f"/d/{verstuurd.token}/").status_code == 200
        assert verstuurd.verwijzing.gebeurtenissen.count() == 1

    @pytest.mark.parametrize(
        "bericht",
        [
            b"",
            b"\xff\xfe\x00",
            b"Content-Type: multipart/report; boundary=x\n\n--x\nContent-Type: message/delivery-status\n\n",
            b"Content-Type: message/delivery-status\n\nAction: failed\n\n<infopunt.zz@x>",
        ],
    )
    def test_rubbish_is_no_error(self, bericht):
        assert not retour.read(message_from_bytes(bericht))

    def test_nobody_guesses_which(self, verstuurd):
        assert not retour.read(dsn(f"<infopunt.{'0' * 32}@bibliotheek.example>"))
        assert not retour.read(dsn(f"<{verstuurd.verwijzing.kenmerk}@bibliotheek.example>"))

    def test_the_id_in_the_mail_tells_nothing_of_the_token(self, verstuurd, settings):
        assert verstuurd.token not in verstuurd.message_id
        assert actions.token_hash(verstuurd.token)[:32] not in verstuurd.message_id

    def test_the_mail_that_goes_out_has_that_id_and_the_return_address(self, settings, verwijzing):
        settings.RETOURADRES = "retour@bibliotheek.example"
        with serve(settings, Brievenbus()) as brievenbus:
            send(verwijzing)
        (bericht,) = brievenbus.berichten
        assert bericht["X-MailFrom"] == "retour@bibliotheek.example"
        assert verwijzing.infopunt.email in bericht["From"]
        assert retour.read(dsn(bericht["Message-ID"]))


class TestCommand:
    def run(self, monkeypatch, inhoud):
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=BytesIO(inhoud)))
        call_command("lees_retourmail")

    def test_one_message_from_a_pipe(self, monkeypatch, capsys, verstuurd):
        self.run(monkeypatch, dsn(verstuurd.message_id).as_bytes())
        assert Doorverwijzing.objects.get().hapering == Hindernis.TERUGGEKOMEN
        assert capsys.readouterr().out == "Genoteerd.\n"

    def test_nothing_of_it_is_kept_or_said(self, monkeypatch, capsys, caplog, verstuurd):
        self.run(monkeypatch, dsn(verstuurd.message_id, woorden="De olifant").as_bytes())
        rij = Doorverwijzing.objects.values().get()
        assert "olifant" not in f"{rij}{capsys.readouterr().out}{caplog.text}"

    def test_without_a_database_the_mail_server_keeps_it(self, monkeypatch):
        def broken(bericht):
            raise OperationalError

        monkeypatch.setattr(retour, "read", broken)
        with pytest.raises(SystemExit) as einde:
            self.run(monkeypatch, b"x")
        assert einde.value.code == 75


class Postbus(threading.Thread):
    """As much of an IMAP server (RFC 3501) as reading a mailbox needs, on a free port of this machine."""

    def __init__(self, berichten):
        super().__init__(daemon=True)
        self.berichten = dict(enumerate(berichten, start=1))
        self.vlaggen = {uid: set() for uid in self.berichten}
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]

    def run(self):
        with suppress(OSError):
            verbinding, _ = self.socket.accept()
            with verbinding, verbinding.makefile("rwb") as lijn:
                self.zeg(lijn, "* OK ready")
                while regel := lijn.readline().decode().strip():
                    self.antwoord(lijn, *regel.split(" ", 2))

    def zeg(self, lijn, tekst):
        lijn.write(tekst.encode() + b"\r\n")
        lijn.flush()

    def antwoord(self, lijn, tag, wat, rest=""):
        wat = f"{wat} {rest.split(' ')[0]}" if wat == "UID" else wat
        if wat == "CAPABILITY":
            self.zeg(lijn, "* CAPABILITY IMAP4rev1")
        elif wat == "LOGIN" and "geheim" not in rest:
            return self.zeg(lijn, f"{tag} NO wrong")
        elif wat == "LOGOUT":
            self.zeg(lijn, "* BYE")
        elif wat == "SELECT":
            self.zeg(lijn, f"* {len(self.berichten)} EXISTS")
        elif wat == "UID SEARCH":
            nieuw = [str(uid) for uid in self.berichten if r"\Seen" not in self.vlaggen[uid]]
            self.zeg(lijn, f"* SEARCH {' '.join(nieuw)}")
        elif wat == "UID FETCH":
            uid = int(rest.split(" ")[1])
            inhoud = self.berichten[uid]
            self.zeg(lijn, f"* {uid} FETCH (UID {uid} FLAGS () BODY[] {{{len(inhoud)}}}")
            lijn.write(inhoud + b")\r\n")
        elif wat == "UID STORE":
            _, uid, _, vlaggen = rest.split(" ", 3)
            self.vlaggen[int(uid)] |= set(vlaggen.strip("()").split())
        elif wat == "EXPUNGE":
            for uid in [uid for uid, vlaggen in self.vlaggen.items() if r"\Deleted" in vlaggen]:
                del self.berichten[uid], self.vlaggen[uid]
        self.zeg(lijn, f"{tag} OK done")
        return None


class TestMailbox:
    @pytest.fixture
    def bus(self, settings):
        bussen = []

        def start(*berichten, wachtwoord="geheim"):
            postbus = Postbus([bericht.as_bytes() for bericht in berichten])
            postbus.start()
            bussen.append(postbus)
            settings.RETOUR_IMAP = {
                "soort": "imap",
                "host": "127.0.0.1",
                "poort": str(postbus.port),
                "naam": "retour",
                "wachtwoord": wachtwoord,
                "map": "INBOX",
            }
            return postbus

        yield start
        for postbus in bussen:
            postbus.socket.close()
            postbus.join(timeout=5)

    def test_what_came_back_is_noted_and_deleted_and_the_rest_left_for_people(self, bus, verstuurd):
        gewoon = message_from_bytes(b"Subject: Vraagje\n\nKan ik morgen langskomen?\n")
        postbus = bus(dsn(verstuurd.message_id), gewoon)
        tasks.read_returned(timestamp=0)
        assert Doorverwijzing.objects.get().hapering == Hindernis.TERUGGEKOMEN
        assert postbus.vlaggen == {2: {r"\Seen"}}

    def test_an_empty_mailbox(self, bus):
        bus()
        assert retourbus.empty() == 0

    def test_a_mailbox_that_refuses_us_is_an_error_without_the_password(self, bus):
        bus(wachtwoord="verkeerd")
        with pytest.raises(Exception, match="wrong") as fout:
            retourbus.empty()
        assert "verkeerd" not in str(fout.value)

    def test_not_configured_is_nothing_to_do(self, settings):
        settings.RETOUR_IMAP = {}
        tasks.read_returned(timestamp=0)


def test_details_go_on_time_all_the_same(verstuurd):
    retour.read(dsn(verstuurd.message_id))
    Doorverwijzing.objects.update(verloopt_op="2026-01-01")
    assert actions.erase_due(timezone.now()) == 1
    assert not Contactgegevens.objects.exists()
    assert Doorverwijzing.objects.get().hapering == ""

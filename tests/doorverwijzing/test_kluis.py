"""The vault: locked, logged, and never ciphertext on a page."""

from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from doorverwijzing import kluis
from doorverwijzing.models import Contactgegevens, Doorverwijzing, Inzage
from tests import factories
from tests.doorverwijzing.conftest import NAAM, TELEFOON, VRAAG

pytestmark = pytest.mark.django_db


def read(verwijzing):
    return kluis.read(verwijzing, door="partner", reden="link in de mail")


def test_what_goes_in_comes_out_and_is_logged(verwijzing, gegevens):
    assert read(verwijzing) == gegevens
    inzage = Inzage.objects.get()
    assert (inzage.doorverwijzing, inzage.door, inzage.reden) == (verwijzing, "partner", "link in de mail")


def test_database_holds_nothing_readable(verwijzing):
    """Every table, every column: the marked words are nowhere."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            inhoud = "\n".join(row[0] for row in cursor.fetchall())
            for geheim in (NAAM, TELEFOON, VRAAG, "Merkteken", "551 234"):
                assert geheim not in inhoud, table


def test_wrong_key_is_an_error_and_leaves_no_trace(verwijzing, settings):
    settings.KLUIS_SLEUTELS = [Fernet.generate_key().decode()]
    with pytest.raises(kluis.KluisFout):
        read(verwijzing)
    assert not Inzage.objects.exists()


def test_an_older_key_still_opens(verwijzing, settings, gegevens):
    settings.KLUIS_SLEUTELS = [Fernet.generate_key().decode(), *settings.KLUIS_SLEUTELS]
    assert read(verwijzing) == gegevens


def test_destroyed_is_gone_and_nobody_looked(verwijzing):
    kluis.destroy(verwijzing)
    assert read(verwijzing) is None
    assert not Contactgegevens.objects.exists()
    assert not Inzage.objects.exists()


def test_past_the_last_day_nobody_reads_them_even_when_no_worker_came_by(client, verwijzing, token):
    Doorverwijzing.objects.update(verloopt_op=timezone.localdate())
    assert read(Doorverwijzing.objects.get()) is not None
    Doorverwijzing.objects.update(verloopt_op=timezone.localdate() - timedelta(days=1))
    assert read(Doorverwijzing.objects.get()) is None
    html = client.get(f"/d/{token}/").content.decode()
    assert "De gegevens zijn er niet meer" in html
    assert NAAM not in html


def test_no_details_without_consent():
    verwijzing = factories.DoorverwijzingFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Contactgegevens.objects.create(toestemming_id=verwijzing.pk, versleuteld=b"x")
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_details_never_show_in_a_repr(gegevens):
    assert "Merkteken" not in f"{gegevens!r} {gegevens} {[gegevens]}"


class TestRotation:
    def test_afterwards_the_new_key_alone_opens(self, verwijzing, gegevens, settings, capsys):
        new, old = Fernet.generate_key().decode(), settings.KLUIS_SLEUTELS
        settings.KLUIS_SLEUTELS = [new, *old]
        call_command("roteer_kluis")
        assert "1 keer" in capsys.readouterr().out
        settings.KLUIS_SLEUTELS = [new]
        assert read(verwijzing) == gegevens
        settings.KLUIS_SLEUTELS = old
        with pytest.raises(kluis.KluisFout):
            read(verwijzing)

    def test_a_missing_key_changes_nothing(self, verwijzing, gegevens, settings):
        old = settings.KLUIS_SLEUTELS
        settings.KLUIS_SLEUTELS = [Fernet.generate_key().decode()]
        with pytest.raises(CommandError, match=verwijzing.kenmerk):
            call_command("roteer_kluis")
        settings.KLUIS_SLEUTELS = old
        assert read(verwijzing) == gegevens

    def test_rotating_is_not_looking(self, verwijzing):
        kluis.rotate()
        assert not Inzage.objects.exists()

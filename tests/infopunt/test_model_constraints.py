"""Invariants the database itself keeps, tried by going past the forms."""

import pytest
from django.db import IntegrityError, connection, transaction

from registratie.models import Vraag
from sociale_kaart.models import Onderwerp, Organisatie
from tests import factories

pytestmark = pytest.mark.django_db


def check_now() -> None:
    """Deferred constraints speak up at commit; make them speak now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_question_time_is_a_quarter_of_an_hour():
    vraag = factories.VraagFactory()
    with pytest.raises(IntegrityError, match="op_kwartier"), transaction.atomic():
        Vraag.objects.filter(pk=vraag.pk).update(moment=vraag.moment.replace(minute=16))


def test_question_names_an_organisation_only_when_referred():
    organisatie = factories.OrganisatieFactory()
    factories.VraagFactory(wijze="doorverwezen", organisatie=organisatie)
    with pytest.raises(IntegrityError, match="organisatie_bij_verwijzing"), transaction.atomic():
        factories.VraagFactory(wijze="zelf_beantwoord", organisatie=organisatie)


def test_topics_have_two_levels():
    hoofd = factories.OnderwerpFactory()
    sub = factories.OnderwerpFactory(ouder=hoofd)
    check_now()
    with pytest.raises(IntegrityError, match="ouder_is_hoofdonderwerp"), transaction.atomic():
        factories.OnderwerpFactory(ouder=sub)
        check_now()


def test_a_main_topic_with_subtopics_cannot_become_one():
    hoofd = factories.OnderwerpFactory()
    factories.OnderwerpFactory(ouder=hoofd)
    ander = factories.OnderwerpFactory()
    with pytest.raises(IntegrityError, match="ouder_is_hoofdonderwerp"), transaction.atomic():
        Onderwerp.objects.filter(pk=hoofd.pk).update(ouder=ander)
        check_now()


@pytest.mark.parametrize("statement", ["UPDATE {} SET op = now()", "DELETE FROM {}"])
@pytest.mark.parametrize("table", ["doorverwijzing_gebeurtenis", "doorverwijzing_inzage"])
def test_events_and_inspections_are_append_only(table, statement):
    doorverwijzing = factories.DoorverwijzingFactory()
    doorverwijzing.gebeurtenissen.create(naar="aangeboden", door="balie")
    doorverwijzing.inzagen.create(door="partner", reden="proef")
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table))


def test_an_ended_referral_has_its_details_erased_or_about_to_be():
    with pytest.raises(IntegrityError, match="dv_afgelopen_wordt_gewist"), transaction.atomic():
        factories.DoorverwijzingFactory(status="geholpen")


def test_sorting_ignores_accents_and_case():
    for naam in ["zoe", "Éva", "Anna", "évb"]:
        factories.OrganisatieFactory(naam=naam)
    assert [organisatie.naam for organisatie in Organisatie.objects.all()] == ["Anna", "Éva", "évb", "zoe"]

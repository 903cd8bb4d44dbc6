"""The anonymous course as FHIR R4, judged by models of the standard itself."""

import pytest
from fhirclient.models.bundle import Bundle
from fhirclient.models.servicerequest import ServiceRequest
from fhirclient.models.task import Task

from doorverwijzing import actions, fhir
from doorverwijzing.actions import Afloop
from doorverwijzing.models import Status
from tests import factories
from tests.doorverwijzing.conftest import NAAM, TELEFOON, VRAAG

pytestmark = pytest.mark.django_db

# Of https://hl7.org/fhir/R4/valueset-task-status.html and request-status.html.
TASK_STATUSES = {
    *("draft", "requested", "received", "accepted", "rejected", "ready", "cancelled", "in-progress"),
    *("on-hold", "failed", "completed", "entered-in-error"),
}
REQUEST_STATUSES = {"draft", "active", "on-hold", "revoked", "completed", "entered-in-error", "unknown"}


@pytest.mark.parametrize("status", Status.values)
def test_every_state_is_valid(verwijzing, status):
    verwijzing.status = status
    verwijzing.reden_niet_passend = "wachtlijst" if status == Status.NIET_PASSEND else ""
    bundel = Bundle(fhir.as_bundle(verwijzing), strict=True)
    verzoek, taak = (deel.resource for deel in bundel.entry)
    assert isinstance(verzoek, ServiceRequest)
    assert isinstance(taak, Task)
    assert taak.status in TASK_STATUSES
    assert verzoek.status in REQUEST_STATUSES
    assert taak.focus.reference == bundel.entry[0].fullUrl


def test_the_course_is_in_it_and_nobody(client, as_user, verwijzing):
    actions.report(doorverwijzing=verwijzing, afloop=Afloop(Status.ONTVANGEN), door="partner")
    coordinator = as_user(factories.MedewerkerFactory(rol="coordinator"))
    response = coordinator.get(f"/doorverwijzingen/{verwijzing.pk}/fhir/")
    assert response.headers["Content-Type"] == "application/fhir+json"
    taak = response.json()["entry"][1]["resource"]
    assert taak["status"] == "accepted"
    assert [note["text"] for note in taak["note"]] == ["Verstuurd (balie)", "Ontvangen (partner)"]
    assert taak["owner"]["display"] == "SchuldHulpMaatje"
    for geheim in (NAAM, TELEFOON, VRAAG, verwijzing.email):
        assert geheim not in response.content.decode()

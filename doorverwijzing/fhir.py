"""The anonymous course of a referral as FHIR R4: a ServiceRequest (what was asked) and a Task (how it went).

For systems that connect later. There is no patient in it: the subject is a display text, as the standard allows.
See https://hl7.org/fhir/R4/task.html and https://hl7.org/fhir/R4/servicerequest.html.
"""

from typing import Any

from django.conf import settings

from doorverwijzing.models import Doorverwijzing, Status, Wijze

TASK_STATUS = {
    Status.AANGEBODEN: "requested",
    Status.ONTVANGEN: "accepted",
    Status.CONTACT_GELEGD: "in-progress",
    Status.GEHOLPEN: "completed",
    Status.NIET_BEREIKT: "failed",
    Status.NIET_PASSEND: "rejected",
    Status.INGETROKKEN: "cancelled",
    Status.VERLOPEN: "failed",
}
REQUEST_STATUS = {
    "completed": "completed",
    "cancelled": "revoked",
    "rejected": "revoked",
    "failed": "revoked",
}
BEZOEKER = {"display": "Anonymous visitor"}


def as_bundle(verwijzing: Doorverwijzing) -> dict[str, Any]:
    """A Bundle of type collection, as plain JSON types."""
    verzoek_url = f"urn:uuid:{verwijzing.pk}"
    inhoud = [(verzoek_url, _service_request(verwijzing)), (None, _task(verwijzing, verzoek_url))]
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [{"fullUrl": url, "resource": deel} if url else {"resource": deel} for url, deel in inhoud],
    }


def _service_request(verwijzing: Doorverwijzing) -> dict[str, Any]:
    onderwerp = verwijzing.aanbod.naam if verwijzing.aanbod else verwijzing.organisatie.naam
    return {
        "resourceType": "ServiceRequest",
        "identifier": [_identifier(verwijzing)],
        "status": REQUEST_STATUS.get(TASK_STATUS[Status(verwijzing.status)], "active"),
        "intent": "order",
        "code": {"text": onderwerp},
        "subject": BEZOEKER,
        "authoredOn": verwijzing.aangemaakt_op.isoformat(),
        "requester": {"display": f"{settings.DIENST_NAAM} {verwijzing.infopunt}"},
        "performer": [{"display": verwijzing.organisatie.naam}],
    }


def _task(verwijzing: Doorverwijzing, verzoek_url: str) -> dict[str, Any]:
    taak = {
        "resourceType": "Task",
        "identifier": [_identifier(verwijzing)],
        "status": TASK_STATUS[Status(verwijzing.status)],
        "businessStatus": {"text": verwijzing.get_status_display()},
        "intent": "order",
        "code": {"text": Wijze(verwijzing.wijze).label},
        "focus": {"reference": verzoek_url},
        "for": BEZOEKER,
        "authoredOn": verwijzing.aangemaakt_op.isoformat(),
        "requester": {"display": f"{settings.DIENST_NAAM} {verwijzing.infopunt}"},
        "owner": {"display": verwijzing.organisatie.naam},
        "note": [
            {
                "time": gebeurtenis.op.isoformat(),
                "text": f"{gebeurtenis.get_naar_display()} ({gebeurtenis.door})",
            }
            for gebeurtenis in verwijzing.gebeurtenissen.all()
        ],
    }
    if verwijzing.reden_niet_passend:
        taak["statusReason"] = {"text": verwijzing.get_reden_niet_passend_display()}
    laatste = verwijzing.gebeurtenissen.last()
    if laatste is not None:
        taak["lastModified"] = laatste.op.isoformat()
    if verwijzing.beloofd_op and verwijzing.wijze == Wijze.MAIL:
        taak["restriction"] = {"period": {"end": verwijzing.beloofd_op.isoformat()}}
    return taak


def _identifier(verwijzing: Doorverwijzing) -> dict[str, str]:
    return {"system": f"{settings.ADRES}/doorverwijzingen/", "value": verwijzing.kenmerk}

"""Details that stay too long are an alarm."""

from datetime import timedelta

import pytest
from django.utils import timezone

from doorverwijzing import actions
from doorverwijzing.models import Doorverwijzing, Status

pytestmark = pytest.mark.django_db


def test_all_is_well(client, verwijzing):
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok", "problemen": []})


def test_overdue_details_are_a_problem_until_they_go(client, verwijzing):
    actions.report(doorverwijzing=verwijzing, afloop=actions.Afloop(Status.GEHOLPEN), door="partner")
    Doorverwijzing.objects.update(wissen_op=timezone.now() - timedelta(minutes=6))
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json()["problemen"] == ["gegevens van 1 doorverwijzingen zijn niet op tijd gewist"]
    actions.erase_due(timezone.now())
    assert client.get("/healthz").status_code == 200

"""Details that stay too long are an alarm."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from doorverwijzing import actions, kluis, tasks
from doorverwijzing.models import Doorverwijzing, Status
from tests import factories

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


@pytest.fixture
def te_laat(verwijzing):
    actions.report(doorverwijzing=verwijzing, afloop=actions.Afloop(Status.GEHOLPEN), door="partner")
    Doorverwijzing.objects.update(wissen_op=timezone.now() - timedelta(minutes=6))
    return verwijzing


def test_the_coordinator_sees_it_and_others_are_not_troubled(as_user, coordinator, vrijwilliger, te_laat):
    zin = "Gegevens van 1 verwijzing zijn niet op tijd gewist."
    baas = as_user(coordinator)
    for pagina in ("/", "/doorverwijzingen/bord/"):
        assert zin in baas.get(pagina).content.decode()
    assert zin not in as_user(vrijwilliger).get("/").content.decode()
    actions.erase_due(timezone.now())
    assert zin not in baas.get("/").content.decode()


def test_the_coordinator_is_mailed_once_as_soon_as_a_worker_is_back(coordinator, te_laat, mailoutbox):
    tasks.erase_due(timestamp=0)
    tasks.erase_due(timestamp=0)
    [job] = ProcrastinateJob.objects.filter(task_name="doorverwijzing.send_erased_late")
    tasks.send_erased_late(**job.args)
    [bericht] = mailoutbox
    assert bericht.recipients() == [coordinator.email]
    assert f"{te_laat.kenmerk}, SchuldHulpMaatje, vanuit Nieuwleusen: gewist op" in bericht.body
    assert "Merkteken" not in bericht.body


def test_on_time_is_not_worth_a_mail(verwijzing):
    actions.report(doorverwijzing=verwijzing, afloop=actions.Afloop(Status.GEHOLPEN), door="partner")
    Doorverwijzing.objects.update(wissen_op=timezone.now() - timedelta(minutes=1))
    tasks.erase_due(timestamp=0)
    assert not ProcrastinateJob.objects.filter(task_name="doorverwijzing.send_erased_late").exists()


def test_one_that_cannot_be_erased_holds_up_no_others(te_laat, monkeypatch, caplog):
    ander = factories.DoorverwijzingFactory(verloopt_op="2026-01-01")
    really_destroy = kluis.destroy

    def destroy(doorverwijzing):
        if doorverwijzing.pk == te_laat.pk:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 / 0")
        really_destroy(doorverwijzing)

    monkeypatch.setattr(kluis, "destroy", destroy)
    assert actions.erase_due(timezone.now()) == 1
    ander.refresh_from_db()
    assert ander.gewist_op is not None
    assert f"gegevens van verwijzing {te_laat.pk} niet gewist" in caplog.text
    assert te_laat.email not in caplog.text

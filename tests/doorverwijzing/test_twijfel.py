"""A referral to what turns out to be gone warns whoever searches next."""

import pytest

from doorverwijzing import actions
from doorverwijzing.models import RedenNietPassend, Status
from sociale_kaart.models import Aanbod, Controle, Melding

pytestmark = pytest.mark.django_db


def report(verwijzing, reden):
    return actions.report(
        doorverwijzing=verwijzing, afloop=actions.Afloop(Status.NIET_PASSEND, reden), door="partner"
    )


def test_what_is_gone_is_flagged_in_search_at_once(verwijzing):
    report(verwijzing, RedenNietPassend.BESTAAT_NIET)
    melding = Melding.objects.get()
    assert (melding.aanbod, melding.soort, melding.bron) == (verwijzing.aanbod, "bestaat_niet", "verwijzing")
    rij = Aanbod.objects.for_row().get(pk=verwijzing.aanbod_id)
    assert "bestaat misschien niet meer" in rij.waarschuwing


@pytest.mark.parametrize("reden", [reden for reden in RedenNietPassend if reden != "bestaat_niet"])
def test_other_reasons_say_nothing_about_the_map(verwijzing, reden):
    report(verwijzing, reden)
    assert not Melding.objects.exists()


def test_a_mis_tap_takes_the_warning_back(verwijzing):
    verwijzing = report(verwijzing, RedenNietPassend.BESTAAT_NIET)
    actions.restore(doorverwijzing=verwijzing, door="partner")
    assert not Melding.objects.open().exists()
    assert not Controle.objects.exists()


def test_the_partner_says_it_on_their_page(client, token, verwijzing):
    html = client.get(f"/d/{token}/?antwoord=niet_passend").content.decode()
    assert "Bestaat niet meer" in html
    client.post(f"/d/{token}/", {"antwoord": "niet_passend", "reden": "bestaat_niet"})
    assert Melding.objects.get().aanbod == verwijzing.aanbod

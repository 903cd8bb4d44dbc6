"""The made-up map is whole: what is added fits its offers, and shows."""

import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from infopunt.velden import find_personal
from sociale_kaart import demo
from sociale_kaart.demo.aanvulling import VELDEN, lees_aanvulling
from sociale_kaart.invoer.kaart import importeer
from sociale_kaart.invoer.kaartbestand import lees_kaart
from sociale_kaart.models import Aanbod, Contactpersoon, Mededeling, Organisatie, Uitzondering

KAART = json.loads(demo.BESTAND.read_text("utf-8"))["aanbod"]
EXTRA: dict[str, dict[str, Any]] = lees_aanvulling()["aanbod"]


def test_every_offer_of_the_map_is_there() -> None:
    assert set(EXTRA) == {rij["id"] for rij in KAART}


def test_only_valid_choices() -> None:
    andere = {veld.name for veld in Aanbod._meta.get_fields()} - set(VELDEN)
    fout = {}
    for extern_id, velden in EXTRA.items():
        try:
            Aanbod(**velden).clean_fields(exclude=andere)
        except ValidationError as error:
            fout[extern_id] = error.message_dict

    assert not fout


def test_activities_and_only_they_say_what_newcomers_want_to_know() -> None:
    ontmoeten = {"kennismaken", "contact", "vaste_gezichten", "drempel"}

    assert {velden["soort"] for velden in EXTRA.values()} == set(Aanbod.Soort)
    for extern_id, velden in EXTRA.items():
        nodig = ontmoeten if velden["soort"] == Aanbod.Soort.ACTIVITEIT else set()
        assert ontmoeten & set(velden) == nodig, extern_id


@pytest.mark.parametrize("veld", ["aanmelden", "meenemen"])
def test_texts_are_short_and_about_nobody(db: None, veld: str) -> None:
    teksten = [velden.get(veld, "") for velden in EXTRA.values()]

    assert not [tekst for tekst in teksten if len(tekst) > 120]
    assert not [tekst for tekst in teksten if find_personal(tekst)]


def test_fills_the_map_once(db: None) -> None:
    """One long test, because filling takes seconds."""
    gegevens, vandaag = lees_aanvulling(), timezone.localdate()

    gezegd = demo.vul()

    for aanbod in Aanbod.objects.all():
        verwacht = EXTRA[aanbod.extern_id or ""]
        assert {veld: getattr(aanbod, veld) for veld in verwacht} == verwacht
    openbaar = set(Contactpersoon.objects.filter(is_openbaar=True).values_list("naam", flat=True))
    assert openbaar == set(gegevens["openbaar"])
    assert Contactpersoon.objects.sleutelpersonen("ti").get().naam == "Yonas Habtemariam"
    assert Mededeling.objects.filter(van_dag__lte=vandaag, tot_dag__gte=vandaag).count() == 4
    assert {rij.is_dicht for rij in Uitzondering.objects.filter(van_dag__gt=vandaag)} == {True, False}
    assert not Aanbod.objects.stale().exists()

    Aanbod.objects.update(aanmelden="")

    assert demo.vul() == gezegd
    assert not Aanbod.objects.exclude(aanmelden="").exists()
    assert Contactpersoon.objects.filter(is_sleutelpersoon=True).count() == len(gegevens["sleutelpersonen"])
    verslag = importeer(lees_kaart(demo.BESTAND.read_bytes()))
    assert not verslag.geweigerd
    assert len(verslag.ongewijzigd) == Aanbod.objects.count() > 200
    beloofd = Organisatie.objects.exclude(belofte_werkdagen=None).count()
    assert 0.35 < beloofd / Organisatie.objects.count() < 0.65
    assert not Contactpersoon.objects.filter(email="", is_sleutelpersoon=False).exists()
